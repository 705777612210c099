package pane

import (
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/tui/termsafe"
)

// Fit clips or fills s to exactly w cells, with … where it was cut. It may be
// styled; a second line would become part of the first.
func Fit(s string, w int) string {
	s, n := clip(s, w)
	return s + spaces(w-n)
}

// clip is s within w cells, and the cells it takes. It is the last door before
// the screen: no control character passes but our own colours.
func clip(s string, w int) (string, int) {
	if w <= 0 {
		return "", 0
	}
	if printable(s) { // measured and cut without a look at clusters
		if len(s) > w {
			return s[:w-1] + "…", w
		}
		return s, len(s)
	}
	s = oneLine(termsafe.Styled(s))
	n := ansi.StringWidth(s)
	// Truncate takes a digit with an enclosing keycap for one cell, which
	// StringWidth takes for two: try again until they agree.
	whole := s
	for limit := w; n > w; limit-- {
		s = ansi.Truncate(whole, limit, "…")
		n = ansi.StringWidth(s)
	}
	return s, n
}

// Shed is s without as many of its last parts, which " · " divides, as would reach
// beyond w cells; the first one stays. A figure is shown whole or not at all.
func Shed(s string, w int) string {
	for ansi.StringWidth(s) > w {
		last := strings.LastIndex(s, " · ")
		if last < 0 {
			break
		}
		s = s[:last]
	}
	return s
}

// printable says that s is plain ASCII, a cell for each byte.
func printable(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

func oneLine(s string) string {
	if strings.ContainsAny(s, "\n\t") {
		s = strings.NewReplacer("\n", " ", "\t", " ").Replace(s)
	}
	return s
}

const blank = "                                                                "

func spaces(n int) string {
	if n <= 0 {
		return ""
	}
	if n <= len(blank) {
		return blank[:n]
	}
	return strings.Repeat(" ", n)
}

// paint is a style reduced to what it puts before and after a text, for where
// many lines are dressed at every frame.
type paint struct{ before, after string }

func newPaint(s lipgloss.Style) paint {
	before, after, _ := strings.Cut(s.Render("x"), "x")
	return paint{before, after}
}

func (p paint) over(s string) string {
	if s == "" {
		return ""
	}
	return p.before + s + p.after
}

// dress puts s on text that is not styled yet.
func dress(s lipgloss.Style, text string) string {
	if text == "" || strings.IndexByte(text, '\x1b') >= 0 {
		return text
	}
	return newPaint(s).over(text)
}

// Center puts a block in the middle of w by h, exactly; it is clipped if larger.
func Center(block string, w, h int) string {
	lines := strings.Split(block, "\n")
	widest := 0
	for _, line := range lines {
		widest = max(widest, ansi.StringWidth(line))
	}
	left := spaces((w - widest) / 2)
	above := max(0, (h-len(lines))/2)
	rows := make([]string, max(h, 0))
	for i := range rows {
		if k := i - above; 0 <= k && k < len(lines) {
			rows[i] = Fit(left+lines[k], w)
		} else {
			rows[i] = spaces(w)
		}
	}
	return strings.Join(rows, "\n")
}
