package phrase

// LeftOut says that so many control characters are not in what was put in; "" if none is
// missing.
func LeftOut(dropped int) string {
	switch dropped {
	case 0:
		return ""
	case 1:
		return "1 control character was left out"
	}
	return Thousands(dropped) + " control characters were left out"
}
