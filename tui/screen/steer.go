package screen

// WhyNotSteered says why a running attempt cannot be told or changed anything here; "" if
// it can.
func (e Env) WhyNotSteered() string {
	switch {
	case e.Hint != nil && e.ChangeRule != nil && e.AddSamples != nil:
		return ""
	case e.Connect != "":
		return "an attempt of a server takes no hint, rule or sample from here"
	}
	return "attempts cannot be changed here while they run"
}

// WhyNotExtended says why an attempt that has ended cannot be added to here; "" if it can.
func (e Env) WhyNotExtended() string {
	switch {
	case e.Extend != nil:
		return ""
	case e.Connect != "":
		return "samples are added where the server runs: `aimo3 history extend ID`"
	}
	return "nothing is saved, so nothing can be added to: aimo3 was started with --no-save"
}
