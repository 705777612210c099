package ask

import (
	"slices"
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/pane"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// card says what is missing to begin, what was tried and how to get it; or how
// far the getting is.
type card struct {
	title string
	lines []string // styled; blank ones may go
}

// missing is the card that says what is missing; false when nothing is.
func (s *Screen) missing() (card, bool) {
	st := s.env.Styles.Text
	switch {
	case s.pull != nil && s.pull.begun != nil:
		w, _ := pane.Inner(s.width, 0)
		p := s.pull.begun
		lines := []string{p.Bar(pane.Graph{Styles: s.env.Styles.Graph}, w), st.Body.Render(p.Far()), st.Faint.Render(termsafe.Line(p.Status()))}
		return card{"Pulling " + s.pull.model, append(lines, "", st.Faint.Render("esc stops it; pulling again resumes"))}, true
	case s.setup.busy():
		return card{"Getting ready", []string{s.spin.View() + " " + st.Body.Render(termsafe.Line(s.setup.server.Busy))}}, true
	case s.setup.missing() == "":
		return card{}, false
	case s.setup.missing() == engine.NoModel:
		return card{"No model", s.noModel()}, true
	}
	if s.env.Connect != "" && s.setup.server.Name == "aimo3" { // it is that one which does not answer
		return card{"No server", s.noServer()}, true
	}
	return card{"No model server", s.noServer()}, true
}

func (s *Screen) noServer() []string {
	lines := append(s.reason(), "")
	var steps []string
	for _, h := range s.setup.server.Help {
		steps = append(steps, termsafe.Line(h.Do), termsafe.Line(h.Why))
	}
	if s.env.Connect != "" {
		steps = append(steps, "aimo3 serve", "starts it, where it is to run")
	}
	lines = append(lines, s.recipe(append(steps, "aimo3 doctor", "checks everything"+s.there())...)...)
	return append(lines, "", s.goesOn())
}

func (s *Screen) noModel() []string {
	lines := append(s.reason(), "")
	var steps []string
	if s.env.Recommend != nil {
		name, size := s.env.Recommend()
		fits := "fits this machine, " + pane.Bytes(size)
		if s.canPull() {
			steps = append(steps, s.keys.pull.Help().Key, fits)
			fits = "does the same in a shell"
		}
		steps = append(steps, "aimo3 models pull "+name, fits)
	}
	if len(s.setup.server.Models) > 0 {
		steps = append(steps, s.keys.model.Help().Key, "chooses an installed one")
	}
	if s.env.Connect != "" {
		steps = append(steps, "aimo3 models pull NAME", "gets one"+s.there())
	}
	steps = append(steps, "aimo3 models import FILE.gguf --name NAME", "imports one from a file"+s.there())
	lines = append(lines, s.recipe(steps...)...)
	return append(lines, "", s.goesOn())
}

// there ends what is to be done where the server of Env.Connect runs.
func (s *Screen) there() string {
	if s.env.Connect == "" {
		return ""
	}
	return ", there"
}

// reason is what the server's fault says, and what to do about it below.
func (s *Screen) reason() []string {
	st := s.env.Styles.Text
	what, todo, _ := strings.Cut(engine.Hint(s.setup.fault), " · ")
	lines := s.wrapped(st.Warn, "▲ ", termsafe.Line(what))
	if todo != "" && !s.recipeSaysIt() {
		lines = append(lines, s.wrapped(st.Body, "  ", termsafe.Line(todo))...)
	}
	return lines
}

// wrapped are the lines of a text in the box below the editor, the first with a sign
// before it.
func (s *Screen) wrapped(style lipgloss.Style, sign, text string) []string {
	w, _ := pane.Inner(s.width, 0)
	lines := strings.Split(ansi.Wrap(text, max(w-ansi.StringWidth(sign), 1), ""), "\n")
	for i, l := range lines {
		lines[i] = style.Render(sign + l)
		sign = "  "
	}
	return lines
}

// recipeSaysIt tells the faults whose remedy the recipe below is.
func (s *Screen) recipeSaysIt() bool {
	return s.setup.missing() == engine.Unreachable || s.setup.server.Fault == nil && len(s.setup.server.Models) == 0
}

func (s *Screen) goesOn() string {
	if s.env.Connect != "" {
		return s.env.Styles.Text.Faint.Render("aimo3 asks it again and continues by itself")
	}
	return s.env.Styles.Text.Faint.Render("aimo3 checks every 2 seconds and continues by itself")
}

// recipe sets commands and what they do in two columns. A command is to be typed,
// so it is never cut while there is room for it: what it does gives way.
func (s *Screen) recipe(pairs ...string) []string {
	st, wide := s.env.Styles.Text, 0
	for i := 0; i < len(pairs); i += 2 {
		wide = max(wide, ansi.StringWidth(pairs[i]))
	}
	wide = min(wide, max(s.width-33, 10))
	var lines []string
	for i := 0; i+1 < len(pairs); i += 2 {
		command := termsafe.Line(pairs[i])
		lines = append(lines, "  "+st.Accent.Render(pane.Fit(command, max(wide, ansi.StringWidth(command))))+"  "+st.Faint.Render(pairs[i+1]))
	}
	return lines
}

// fit drops blank lines, and then the last ones, to get into n.
func (c card) fit(n int) []string {
	lines := c.lines
	if len(lines) > n {
		lines = slices.DeleteFunc(slices.Clone(lines), func(l string) bool { return l == "" })
	}
	return lines[:min(len(lines), max(n, 0))]
}
