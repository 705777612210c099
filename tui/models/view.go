package models

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/pane"
	"github.com/aimo3/aimo3/tui/termsafe"
)

const (
	aboutHeight = 5  // of the box below the list, with its frame
	minTall     = 11 // lines from which on there is room for it
)

// Resize sets the room.
func (s *Screen) Resize(width, height int) {
	s.width, s.height = width, height
	s.layout()
}

func (s *Screen) layout() {
	w := max(s.width-2, 0)
	s.list.Resize(s.width, s.height-1-s.below())
	s.list.SetHeader(s.columns(w).Header(s.env.Styles.List, w))
	if s.naming != nil {
		s.naming.Width = max(s.width-10, 1)
	}
}

// below is the height of the box below the list; 0 if there is no room for one.
func (s *Screen) below() int {
	if s.height < minTall && s.pull == nil {
		return 0
	}
	return max(min(aboutHeight, s.height-1), 0)
}

// View draws the screen.
func (s *Screen) View() string {
	switch {
	case s.width <= 0 || s.height <= 0:
		return ""
	case s.asking != nil:
		return pane.Confirm(s.env.Styles, s.asking.text, s.width, s.height)
	}
	h := max(s.height-1-s.below(), 0)
	lines := strings.Split(s.list.View(), "\n")
	if len(s.rows) == 0 {
		lines = s.wrapped(s.env.Styles.Text.Faint, s.nothing(), s.width-2, h)
	}
	for len(lines) < h {
		lines = append(lines, "")
	}
	lines = lines[:h]
	if s.below() > 0 {
		lines = append(lines, strings.Split(s.about(), "\n")...)
	}
	lines = append(lines, s.foot())
	for i, l := range lines {
		lines[i] = pane.Fit(l, s.width)
	}
	return strings.Join(lines, "\n")
}

// nothing says why no model is listed.
func (s *Screen) nothing() string {
	switch {
	case s.server == nil:
		return "looking for a model server…"
	case s.server.Fault != nil:
		return engine.Hint(s.server.Fault)
	case s.env.Connect != "":
		return "no model is installed where the server runs: `aimo3 models pull` there gets one"
	}
	return "no model is installed: " + s.keys.other.Help().Key + " pulls one by its name"
}

// foot names keys, or has the name that is typed.
func (s *Screen) foot() string {
	if s.naming != nil {
		return " " + s.naming.View()
	}
	return pane.HintLine(s.env.Styles.Bar, s.Keys(), s.width)
}

// about is the box below the list: the download, what went wrong, or what the selected
// model is.
func (s *Screen) about() string {
	st, r := s.env.Styles.Text, s.selected()
	w, h := pane.Inner(s.width, s.below())
	box := pane.Box{Styles: s.env.Styles.Pane, Title: r.name}
	var lines []string
	switch {
	case s.pull != nil:
		box.Title, box.Focused = "Pulling "+s.pull.Model, true
		lines = []string{s.pull.Bar(pane.Graph{Styles: s.env.Styles.Graph}, w), st.Body.Render(s.pull.Far()), st.Faint.Render(termsafe.Line(s.pull.Status()))}
	case s.deletion != nil:
		box.Title, box.Focused = "Deleting "+s.deletion.name, true
		lines = s.wrapped(st.Warn, s.deleting(), w, h)
	case s.fault != "":
		box.Title = "Not done"
		lines = s.wrapped(st.Bad, "✗ "+s.fault, w, h)
	case s.server != nil && s.server.Fault != nil:
		box.Title = "No model server"
		lines = s.wrapped(st.Bad, "▲ "+engine.Hint(s.server.Fault), w, h)
	case r.model != nil:
		lines = s.wrapped(st.Body, installed(r), w, h-1)
		lines = append(lines, s.wrapped(st.Faint, s.where(r), w, h-len(lines))...)
	case r.offer != nil:
		lines = s.wrapped(st.Body, r.offer.Why, w, h-1)
		lines = append(lines, s.wrapped(st.Faint, offered(*r.offer), w, h-len(lines))...)
	}
	return box.Render(strings.Join(lines, "\n"), s.width, s.below())
}

// installed says what a model is, as far as the server tells.
func installed(r row) string {
	m := r.model
	var parts []string
	for _, part := range []string{m.Family, m.Parameters, m.Quantization, pane.Bytes(m.Size) + " on disk"} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	if m.Context > 0 {
		parts = append(parts, pane.Window(m.Context)+" context")
	}
	if len(m.Capabilities) > 0 {
		parts = append(parts, strings.Join(m.Capabilities, ", "))
	}
	return strings.Join(parts, " · ")
}

// where says what is in memory of a model, and what cannot be done here.
func (s *Screen) where(r row) string {
	var parts []string
	if r.usual {
		parts = append(parts, "the default")
	}
	if l := r.held; l != nil {
		parts = append(parts, fmt.Sprintf("%s in memory, %s, %s window, given up: %s", pane.Bytes(l.Size), pane.OnGPU(l.VRAM, l.Size), pane.Window(l.Context), pane.Expiry(l.Expires, s.env.Now())))
	}
	if s.env.Connect != "" {
		parts = append(parts, "models are pulled and deleted where the server runs, by `aimo3 models` there; what is in memory is not told")
	}
	return strings.Join(parts, " · ")
}

// offered says what pulling a model takes.
func offered(o engine.Offer) string {
	fit := "more than this machine has"
	if o.Fits {
		fit = "fits this machine"
	}
	return fmt.Sprintf("%s to download · needs %s of memory: %s", pane.Bytes(o.Size), pane.Bytes(o.Needs), fit)
}

// wrapped are the lines of a text, at most n, in a style.
func (s *Screen) wrapped(style lipgloss.Style, text string, w, n int) []string {
	if n <= 0 || text == "" {
		return nil
	}
	lines := strings.Split(ansi.Wrap(termsafe.Line(text), max(w, 1), ""), "\n")
	if len(lines) > n {
		lines = append(lines[:n-1], ansi.Truncate(strings.Join(lines[n-1:], " "), max(w, 1), "…"))
	}
	for i, l := range lines {
		lines[i] = style.Render(l)
	}
	return lines
}
