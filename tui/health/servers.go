package health

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/pane"
	"github.com/aimo3/aimo3/tui/phrase"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// servers are a box for each server.
func (s *Screen) servers(w int) []box {
	all := s.all
	if len(all) == 0 {
		all = []engine.Health{{}}
	}
	boxes := make([]box, len(all))
	for i, h := range all {
		boxes[i] = s.host(h, w)
	}
	return boxes
}

// host tells of one server. Before the first request it has no name but what the
// server was found by.
func (s *Screen) host(h engine.Health, w int) box {
	st, b := s.env.Styles.Text, box{title: cmp.Or(bounded(h.Host), "Model server")}
	if seen := s.server; seen != nil && (h.Host == "" || h.Host == seen.Host || len(s.all) == 1) {
		b.title = cmp.Or(bounded(h.Host), bounded(seen.Host), b.title)
		if seen.Version != "" {
			b.right = strings.TrimSpace(bounded(seen.Name) + " " + bounded(seen.Version))
		}
		if seen.Fault != nil {
			b.lines = append(b.lines, s.wrapped(st.Bad, "▲ "+engine.Hint(seen.Fault), w, maxReason)...)
		}
	}
	b.lines = append(b.lines, st.Body.Render(phrase.Load(h)))
	name := 0
	for _, one := range h.Breakers {
		name = max(name, ansi.StringWidth(nameOf(one)))
	}
	for _, one := range h.Breakers {
		b.lines = append(b.lines, s.breaker(one, min(name, max(w/3, 8)), w)...)
	}
	if len(h.Breakers) == 0 {
		b.lines = append(b.lines, st.Faint.Render("no requests yet: every breaker is closed"))
	}
	return b
}

// breaker is its sign, whose it is, its state, and below that what counts against it.
func (s *Screen) breaker(b engine.Breaker, name, w int) []string {
	st := s.env.Styles.Text
	sign, style := "●", st.Good
	switch b.StateAt(s.now) {
	case engine.BreakerOpen:
		sign, style = "▲", st.Bad
	case engine.BreakerHalfOpen:
		sign, style = "◐", st.Warn
	case engine.BreakerClosed:
	}
	line := style.Render(sign) + " " + st.Strong.Render(pane.Fit(nameOf(b), name)) + "  " + style.Render(phrase.BreakerNow(b, s.now))
	lines := []string{line}
	indent := strings.Repeat(" ", name+4)
	for _, said := range phrase.BreakerCounts(b) {
		for _, l := range s.wrapped(st.Faint, said, max(w-len(indent), 1), maxReason) {
			lines = append(lines, indent+l)
		}
	}
	return lines
}

// How many lines a reason has at most: one that a server gave, and one of our own.
const (
	maxReason    = 3
	maxOwnReason = 6
)

// maxBytes is how much of an untrusted text is looked at: far more than is shown of any,
// so that one of 10^5 characters costs no more than another.
const maxBytes = 4 << 10

// bounded is the beginning of a text of which more can be in view nowhere.
func bounded(text string) string {
	if len(text) <= maxBytes {
		return text
	}
	return strings.ToValidUTF8(text[:maxBytes], "") + "…"
}

// nameOf is whose a breaker is.
func nameOf(b engine.Breaker) string {
	b.Model = bounded(b.Model)
	return phrase.BreakerOf(b)
}

// wrapped are the lines of a text that may be untrusted, at most n, in a style.
func (s *Screen) wrapped(style lipgloss.Style, text string, w, n int) []string {
	lines := strings.Split(ansi.Wrap(termsafe.Line(bounded(text)), max(w, 1), ""), "\n")
	if len(lines) > n {
		lines = append(lines[:n-1], ansi.Truncate(strings.Join(lines[n-1:], " "), w, "…"))
	}
	for i, l := range lines {
		lines[i] = style.Render(l)
	}
	return lines
}

// retries are the replies of all servers that wait to be asked for again. Of those that
// wait for the same reason the last one says it.
func (s *Screen) retries(w int) box {
	st, b := s.env.Styles.Text, box{title: "Retries"}
	var all []engine.PendingRetry
	for _, h := range s.all {
		all = append(all, h.Retries...)
	}
	if len(all) == 0 {
		b.lines = []string{st.Faint.Render("none waits")}
		return b
	}
	b.right = fmt.Sprintf("%d waiting", len(all))
	for i, r := range all {
		model := termsafe.Line(bounded(r.Model))
		model = pane.Fit(model, min(ansi.StringWidth(model), max(w/3, 8)))
		b.lines = append(b.lines, st.Warn.Render("↻ ")+st.Strong.Render(model)+"  "+st.Warn.Render(phrase.RetryIn(r, s.now)))
		if i+1 < len(all) && all[i+1].Why == r.Why {
			continue
		}
		for _, l := range s.wrapped(st.Faint, r.Why, w-2, maxReason) {
			b.lines = append(b.lines, "  "+l)
		}
	}
	return b
}
