package theme

import "github.com/charmbracelet/lipgloss"

// Bubble Tea v1 asks the terminal for its background when it is initialised,
// in every command, and waits up to five seconds for a terminal that does not
// answer. Lip Gloss does not ask when it has been told; packages are initialised
// in the order of their paths, so this one is before Bubble Tea. The background
// that counts is the one that OnDark finds. A test of tui in a terminal holds it.
var _ = quieted()

func quieted() struct{} {
	lipgloss.SetHasDarkBackground(true)
	return struct{}{}
}
