package machine

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/monitor"
	"github.com/aimo3/aimo3/tui/pane"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// models is what the server holds in memory.
func (s *Screen) models() content {
	right := []string{"no server"}
	switch v := s.server; {
	case v == nil: // not looked yet
		right = nil
	case v.Version != "":
		right = []string{termsafe.Line(strings.TrimSpace(v.Name + " " + v.Version))}
	}
	notes := 0
	if s.shown.Remote {
		notes = 1
	}
	if len(s.shown.Loaded) > 0 {
		notes++ // the columns' titles
	}
	return content{title: "Loaded models", right: right, lines: s.modelLines, wants: max(len(s.shown.Loaded), 1) + notes, least: 1}
}

func (s *Screen) modelLines(w, h int) []string {
	st, r := s.env.Styles.Text, &s.shown
	var lines []string
	if r.Remote {
		lines = append(lines, st.Warn.Render("◐ the server runs elsewhere: the graphs are of this machine"))
	}
	switch {
	case !s.seen, r.NoLoad == monitor.Measuring:
		return append(lines, st.Faint.Render("measuring…"))
	case r.NoLoad != "":
		return append(lines, st.Faint.Render("– "+termsafe.Line(r.NoLoad)))
	case len(r.Loaded) == 0:
		return append(lines, st.Faint.Render("none: one is loaded when it is first asked"))
	}
	columns := pane.Columns{{Title: "Model", Min: 10, Weight: 1}, {Title: "Size", Min: 7, Right: true}, {Title: "GPU", Min: 8, Right: true}}
	if w >= 44 {
		columns = append(columns, pane.Column{Title: "Window", Min: 6, Right: true})
	}
	if w >= 54 {
		columns = append(columns, pane.Column{Title: "Expires", Min: 7, Right: true})
	}
	chosen := s.model().Name
	if h > len(lines)+len(r.Loaded) {
		lines = append(lines, columns.Header(s.env.Styles.List, w))
	}
	for i, m := range r.Loaded {
		if len(lines) == h-1 && i < len(r.Loaded)-1 {
			return append(lines, st.Faint.Render(fmt.Sprintf("+%d more", len(r.Loaded)-i)))
		}
		mark, style := "", st.Body
		switch {
		case !s.unloads() || len(r.Loaded) == 1:
		case m.Name == chosen:
			mark, style = "▸ ", st.Strong
		default:
			mark = "  "
		}
		cells := []string{mark + m.Name, pane.Bytes(m.Size), pane.OnGPU(m.VRAM, m.Size), pane.Window(m.Context), pane.Expiry(m.Expires, s.now())}
		lines = append(lines, style.Render(columns.Line(w, cells...)))
	}
	return lines
}

// unloads says whether a model can be unloaded now.
func (s *Screen) unloads() bool { return s.env.Unload != nil && len(s.shown.Loaded) > 0 }

// model is the one that would be unloaded; no name if there is none.
func (s *Screen) model() (m monitor.Loaded) {
	if len(s.shown.Loaded) > 0 {
		m = s.shown.Loaded[max(s.place(), 0)]
	}
	return m
}

// place is where the chosen model stands, -1 if it is gone.
func (s *Screen) place() int {
	return slices.IndexFunc(s.shown.Loaded, func(m monitor.Loaded) bool { return m.Name == s.chosen })
}

func (s *Screen) choose() {
	s.chosen = s.shown.Loaded[(max(s.place(), 0)+1)%len(s.shown.Loaded)].Name
}

// question asks whether to unload a model, and says what that means.
func (s *Screen) question() string {
	running := 0
	for _, h := range s.health {
		running += h.Running
	}
	means := "The next request loads it again."
	if running > 0 {
		means = fmt.Sprintf("What runs is finished first (%d now), and the next request loads it again.", running)
	}
	return fmt.Sprintf("Unload %s, %s? %s y yes · n no", s.asking.Name, pane.Bytes(s.asking.Size), means)
}

// unloaded says how unloading went.
type unloaded struct {
	of    *Screen
	model monitor.Loaded
	err   error
}

// answer takes a key while a question is asked.
func (s *Screen) answer(msg tea.KeyMsg) tea.Cmd {
	asked := s.asking
	switch {
	case key.Matches(msg, s.keys.yes):
		s.asking = monitor.Loaded{}
		unload := s.env.Unload
		return func() tea.Msg {
			ctx, cancel := context.WithTimeout(context.Background(), lookTimeout)
			defer cancel()
			return unloaded{s, asked, unload(ctx, asked.Name)}
		}
	case key.Matches(msg, s.keys.no):
		s.asking = monitor.Loaded{}
	}
	return nil
}

func (s *Screen) afterUnload(msg unloaded) tea.Cmd {
	if msg.err != nil {
		return screen.Send(screen.Notice{Text: "not unloaded: " + engine.Hint(msg.err), Bad: true})
	}
	return screen.Send(screen.Notice{Text: fmt.Sprintf("%s is unloaded: %s are given back", termsafe.Line(msg.model.Name), pane.Bytes(msg.model.Size))})
}
