package live

import (
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/pane"
	"github.com/aimo3/aimo3/tui/phrase"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// maxKeptRows is how many answers, and minKeptFoot how many other lines of the votes,
// an answer that is drawn large does not push out.
const maxKeptRows, minKeptFoot = 3, 2

// remark is a plain text about the verdict, and its style.
type remark struct {
	text  string
	style lipgloss.Style
}

// standing is the sign and the style of a verdict: the tick is for one of which the votes
// leave no doubt.
func (s *Screen) standing(v *engine.Verdict) (sign string, style lipgloss.Style) {
	text := s.env.Styles.Text
	switch {
	case v.Answer == "":
		return "✗", text.Bad
	case v.Doubt(len(s.progress.Samples)) != "":
		return "?", text.Warn
	}
	return "✓", text.Good
}

// verdictLines are the answer, as large as there is room for, and how the samples stood to
// it; none before there is a verdict.
func (s *Screen) verdictLines(width, height int) []string {
	v := s.progress.Verdict
	if v == nil {
		return nil
	}
	sign, style := s.standing(v)
	lines := remarks(s.stand(v), width-2)
	for i := range lines {
		lines[i] = "  " + lines[i]
	}
	big, ok := pane.Big(string(v.Answer), width)
	if !ok || height < len(big)+len(lines)+min(len(s.progress.Tally.Votes), maxKeptRows)+minKeptFoot {
		badge := ansi.Truncate(s.badge(v), width, "…")
		if len(lines) > 0 && ansi.StringWidth(badge)+ansi.StringWidth(lines[0]) <= width {
			badge, lines = badge+lines[0][1:], lines[1:]
		}
		return append([]string{badge}, lines...)
	}
	for i := range big {
		big[i] = style.Bold(true).Render(big[i])
	}
	lines[0] = style.Render(sign) + lines[0][1:]
	return append(big, lines...)
}

// remarks puts them on as few lines as they fit on, in order.
func remarks(all []remark, width int) []string {
	var lines []string
	room := 0 // left in the last line
	for _, r := range all {
		for i, l := range strings.Split(wrapped(r.text, max(width, 1)), "\n") {
			if n := ansi.StringWidth(l); i == 0 && len(lines) > 0 && n+3 <= room {
				lines[len(lines)-1] += " · " + r.style.Render(l)
				room -= n + 3
			} else {
				lines = append(lines, r.style.Render(l))
				room = width - n
			}
		}
	}
	return lines
}

// badge is the answer in one line, set off from all that stands around it.
func (s *Screen) badge(v *engine.Verdict) string {
	sign, style := s.standing(v)
	answer := "no answer"
	if v.Answer != "" {
		answer = s.answered(string(v.Answer))
	}
	return style.Bold(true).Reverse(true).Render(" " + sign + " " + answer + " ")
}

// stand is how the samples stood to the answer, in parts: whether it is right, if that is
// known, what there is to doubt, that the verdict was kept, and the votes.
func (s *Screen) stand(v *engine.Verdict) []remark {
	if v.Answer == "" {
		return nil
	}
	text := s.env.Styles.Text
	var all []remark
	add := func(style lipgloss.Style, line string) {
		if line != "" {
			all = append(all, remark{line, style})
		}
	}
	switch {
	case v.Correct == nil:
	case *v.Correct:
		add(text.Good, "correct")
	default:
		add(text.Bad, "wrong, expected "+termsafe.Line(s.progress.Problem.Key))
	}
	add(text.Warn, string(v.Doubt(len(s.progress.Samples))))
	if s.cached != nil {
		add(text.Warn, s.cached.words())
	}
	add(text.Body, phrase.Votes(&s.progress))
	add(text.Warn, strings.TrimSpace(marked(phrase.Weak(v.Thinking, v.Votes))))
	if v.Repaired > 0 {
		add(text.Warn, "↻ "+pane.Count(v.Repaired)+" reduced mod n")
	}
	return all
}
