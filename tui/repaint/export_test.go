package repaint

// Agreed says whether all terminals agree how wide a character is.
func Agreed(text string) bool {
	_, _, doubtful := character(text)
	return !doubtful
}
