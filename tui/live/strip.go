package live

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/pane"
	"github.com/aimo3/aimo3/tui/phrase"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// weakSign marks an answer that stands only in the reasoning of a sample.
const weakSign = "~"

// sign marks how a sample stands, in a sign and a style: never colour alone.
func (s *Screen) sign(p *engine.SampleProgress) (string, lipgloss.Style) {
	text := s.env.Styles.Text
	switch {
	case p.State == engine.Finished && p.Ending.Cut:
		return "✗", text.Warn
	case p.State == engine.Finished && p.Answer == "":
		return "–", text.Warn
	case p.State == engine.Finished && p.Found.Outside != "":
		return "!", text.Warn // as in the votes: it does not count
	case p.State == engine.Finished && p.Found.Thinking:
		return weakSign, text.Warn
	case p.State == engine.Finished:
		return "✓", text.Good
	case p.State == engine.Failed:
		return "✗", text.Bad
	case p.State == engine.Stopped:
		return "■", text.Faint
	case s.cut():
		return "◌", text.Warn
	case running(p) != nil:
		return "◉", text.Accent
	case p.State == engine.Running && !silent(p) && !s.queued(p):
		return "●", text.Accent
	}
	return "○", text.Faint
}

// stateWord is how a sample stands, in words.
func (s *Screen) stateWord(p *engine.SampleProgress) string {
	switch {
	case p.From != "":
		return carried(p)
	case p.State == engine.Finished && p.Ending.Cut:
		if most := s.progress.Plan.Options; most.NumPredict > 0 && most.NumPredict < most.NumCtx {
			return "hit the token limit"
		}
		return "hit the context window"
	case p.State == engine.Finished && p.Answer == "":
		return "no answer"
	case p.State == engine.Finished && p.Found.Outside != "":
		return "out of range"
	case p.State == engine.Finished && p.Found.Thinking:
		return "weak answer: only in its reasoning"
	case p.State == engine.Finished:
		return "answered"
	case p.State == engine.Failed:
		return "failed"
	case p.State == engine.Stopped:
		return "stopped"
	case s.cut() && p.State == engine.Waiting:
		return "not begun"
	case s.cut():
		return "cut short"
	case p.Phase == "":
		return string(engine.Queued)
	case phrase.Silence(p, s.now) != "":
		return phrase.Silence(p, s.now)
	case p.Phase == engine.Reading, p.Phase == engine.Queued && !s.queued(p):
		return "reading the prompt"
	case p.Phase == engine.Computing:
		return "running code"
	}
	return string(p.Phase)
}

// silent says that a sample has said nothing and run nothing yet.
func silent(p *engine.SampleProgress) bool { return p.Frames == 0 && len(p.Cells) == 0 }

// doing is a sentence for a sample that has said nothing yet.
func (s *Screen) doing(p *engine.SampleProgress) string {
	if s.cut() {
		return isCut
	}
	if text := phrase.Silence(p, s.now); text != "" {
		return "the server is " + text + ": it may hang"
	}
	switch p.Phase {
	case engine.Loading:
		return "the server is loading the model…"
	case engine.Reading:
		return "the server is reading the prompt…"
	case engine.Queued, engine.Reasoning, engine.Answering, engine.Computing:
	}
	return "waiting for its turn…"
}

// short is what the strip must say of a sample: its answer, or why it has none.
func (s *Screen) short(p *engine.SampleProgress) string {
	switch {
	case p.State == engine.Finished && p.Ending.Cut:
		return "cut"
	case p.State == engine.Finished && p.Answer != "":
		return ansi.Truncate(s.answered(string(p.Answer)), 12, "…")
	}
	return ""
}

// voteLine is the vote in one line, for small terminals.
func (s *Screen) voteLine(width int) string {
	text := s.env.Styles.Text
	if v := s.progress.Verdict; v != nil {
		line := s.badge(v) + " " + strings.Join(remarks(s.stand(v), endless), "")
		if p := phrase.Precedent(s.splits, v); p != "" && ansi.StringWidth(line)+3+ansi.StringWidth(p) <= width {
			line += text.Faint.Render(" · " + p)
		}
		line += text.Faint.Render(" · " + strings.Join(s.reasons(v), " · "))
		return pane.Fit(line, width)
	}
	if s.fault != nil {
		return text.Bad.Render(pane.Fit(" ✗ "+termsafe.Line(engine.Hint(s.fault)), width))
	}
	var parts []string
	if s.cut() {
		parts = append(parts, text.Warn.Render("◌ "+isCut))
	}
	for _, v := range s.progress.Tally.Votes {
		part := fmt.Sprintf("%s ×%d", ansi.Truncate(s.answered(string(v.Answer)), 12, "…"), len(v.Samples))
		parts = append(parts, part+text.Warn.Render(weak(&v)))
	}
	if len(parts) == 0 {
		parts = append(parts, "no answers yet")
	}
	return pane.Fit(" "+strings.Join(parts, "  ")+text.Faint.Render(" · "+strings.Join(append([]string{s.share()}, s.changes...), " · ")), width)
}

// stack puts blocks under one another, beside two exact ones side by side.
func stack(blocks ...string) string {
	kept := blocks[:0]
	for _, b := range blocks {
		if b != "" {
			kept = append(kept, b)
		}
	}
	return strings.Join(kept, "\n")
}

func beside(left, right string) string {
	l, r := strings.Split(left, "\n"), strings.Split(right, "\n")
	for i := range min(len(l), len(r)) {
		l[i] += r[i]
	}
	return strings.Join(l, "\n")
}

// firstLines are the first lines of s in cells, at most n; the last one says by
// … that there is more.
func firstLines(s string, width, n int) []string {
	lines := strings.Split(wrapped(s, max(width, 1)), "\n")
	if n = max(n, 1); len(lines) > n {
		lines = append(lines[:n-1], ansi.Truncate(strings.Join(lines[n-1:], " "), width, "…"))
	}
	return lines
}

func wrapped(s string, width int) string { return ansi.Wrap(termsafe.Expand(s, 4), width, "") }
