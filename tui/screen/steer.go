package screen

// WhyNotSteered says why a running attempt cannot be told or changed anything here; "" if
// it can.
func (e Env) WhyNotSteered() string {
	switch {
	case e.Hint != nil && e.ChangeRule != nil && e.AddSamples != nil:
		return ""
	}
	return "attempts cannot be changed here while they run"
}

// WhyNotExtended says why an attempt that has ended cannot be added to here; "" if it can.
func (e Env) WhyNotExtended() string {
	switch {
	case e.Extend != nil, e.More != nil:
		return ""
	}
	return "nothing is saved, so nothing can be added to: aimo3 was started with --no-save"
}
