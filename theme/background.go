package theme

import (
	"strconv"
	"strings"
	"time"

	"github.com/charmbracelet/lipgloss"
)

// patience is how long a terminal has to tell its background. Those that can do
// so in a millisecond or two.
const patience = 100 * time.Millisecond

// OnDark asks the terminal whether its background is dark. It takes at most a
// tenth of a second, and says true where it cannot know. It asks nothing over
// SSH and within tmux or screen: an answer that comes late would be taken for
// something typed. Call it before the screen is in use.
func OnDark(env func(string) string) bool {
	term := env("TERM")
	for _, name := range []string{"SSH_TTY", "SSH_CONNECTION", "TMUX", "STY"} {
		if env(name) != "" {
			return true
		}
	}
	if term == "" || term == "dumb" || strings.HasPrefix(term, "screen") || strings.HasPrefix(term, "tmux") || term == "linux" {
		return true
	}
	// The second question is one that every terminal answers, in order: its
	// answer, which ends in c, says that there will be none to the first.
	dark, known := background(ask("\x1b]11;?\x1b\\\x1b[c", 'c', patience))
	return dark || !known
}

// background reads a terminal's answer: "ESC ]11;rgb:1e1e/1e1e/2e2e" and an end.
func background(answer string) (dark, known bool) {
	_, colour, ok := strings.Cut(answer, "]11;rgb:")
	if !ok {
		return false, false
	}
	if end := strings.IndexAny(colour, "\a\x1b"); end >= 0 {
		colour = colour[:end]
	}
	parts := strings.Split(colour, "/")
	if len(parts) != 3 {
		return false, false
	}
	var light float64
	for i, weight := range [3]float64{0.299, 0.587, 0.114} { // Rec. 601 luma
		digits := parts[i]
		n, err := strconv.ParseUint(digits, 16, 16)
		if err != nil || len(digits) > 4 {
			return false, false
		}
		light += weight * float64(n) / float64(uint(1)<<(4*len(digits))-1)
	}
	return light < 0.5, true
}

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
