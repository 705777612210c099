package tui

import (
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/tui/pane"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// maxNoticeLines bounds what a notice covers of a screen.
const maxNoticeLines = 3

// notice is what is to be said over the screen on top; "" if nothing is.
func (a *App) notice() string {
	switch n := a.bar.notice; {
	case n.Text == "" || a.bar.on != a.top(): // else it would follow to a screen that it says nothing of
		return ""
	case n.Bad:
		return "✗ " + termsafe.Line(n.Text)
	default:
		return termsafe.Line(n.Text)
	}
}

func (a *App) noticeStyle() lipgloss.Style {
	if a.bar.notice.Bad {
		return a.env.Styles.Text.Bad
	}
	return a.env.Styles.Bar.Notice
}

// longNotice are the lines of a notice for which the status line has no room. They stand
// above it for as long: what matters, such as the name of a file, is often the end.
func (a *App) longNotice() []string {
	text := a.notice()
	if ansi.StringWidth(text) <= a.statusRoom() {
		return nil
	}
	lines := byWords(text, a.width-2)
	if len(lines) > maxNoticeLines {
		lines = append(lines[:maxNoticeLines-1], strings.Join(lines[maxNoticeLines-1:], " "))
	}
	for i, l := range lines {
		lines[i] = pane.Fit(" "+a.noticeStyle().Render(pane.Fit(l, a.width-2)), a.width)
	}
	return lines
}

// byWords parts a text into lines of so many cells, between words only: the name of a file
// stays whole, to be copied.
func byWords(text string, w int) []string {
	var lines []string
	for word := range strings.FieldsSeq(text) {
		if n := len(lines); n > 0 && ansi.StringWidth(lines[n-1])+1+ansi.StringWidth(word) <= w {
			lines[n-1] += " " + word
		} else {
			lines = append(lines, word)
		}
	}
	return lines
}

// covered is a block whose last lines are others.
func covered(block string, by []string) string {
	if len(by) == 0 {
		return block
	}
	lines := strings.Split(block, "\n")
	by = by[:min(len(by), len(lines))]
	copy(lines[len(lines)-len(by):], by)
	return strings.Join(lines, "\n")
}
