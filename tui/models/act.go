package models

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/pane"
	"github.com/aimo3/aimo3/tui/phrase"
	"github.com/aimo3/aimo3/tui/pulling"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// question is what is agreed to before it is done.
type question struct {
	text string
	yes  func() tea.Cmd
}

// done says how something went that was done to a model.
type done struct {
	of       *Screen
	said     string // of it, if it went well
	plan     *engine.Plan
	gone     string    // the model that is there no more
	deletion *deletion // that it was; nil if it was another act
	err      error
}

// actTimeout is for what a server does at once, or a file.
const actTimeout = 20 * time.Second

// act does something beside the event loop.
func (s *Screen) act(doing string, what func(context.Context) done) tea.Cmd {
	s.busy, s.fault = doing, ""
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), actTimeout)
		defer cancel()
		d := what(ctx)
		d.of = s
		return d
	}
}

func (s *Screen) after(d done) tea.Cmd {
	switch d.deletion {
	case nil:
		s.busy = ""
	case s.deletion:
		s.deletion = nil
	}
	if d.err != nil {
		s.fault = engine.Hint(d.err)
		return nil
	}
	if d.gone != "" && s.server != nil { // else it would be listed until the server is seen again
		seen := *s.server
		seen.Models = nil
		for _, m := range s.server.Models {
			if m.Name != d.gone {
				seen.Models = append(seen.Models, m)
			}
		}
		s.server = &seen
		s.refresh()
	}
	cmds := []tea.Cmd{screen.Send(screen.Notice{Text: d.said})}
	if d.plan != nil {
		cmds = append(cmds, screen.Send(screen.PlanChanged{Plan: *d.plan}))
	}
	return tea.Batch(cmds...)
}

// by names the server in a question.
func (s *Screen) by() string {
	if s.server == nil || s.server.Host == "" {
		return "the model server"
	}
	return termsafe.Line(s.server.Host)
}

// askPull asks whether to pull a model, with its size and whether it fits where that is
// known.
func (s *Screen) askPull(name string) {
	text := fmt.Sprintf("Pull %s? %s will download it; how large it is, is not known before.", name, s.by())
	size := int64(0)
	if s.env.Offers != nil {
		if o := offerOf(s.env.Offers(), name); o != nil {
			size = o.Size
			fit := "which this machine has"
			if !o.Fits {
				fit = "which this machine does not have: it may not run"
			}
			text = fmt.Sprintf("Pull %s? %s will download %s. It needs %s of memory, %s.", name, s.by(), pane.Bytes(o.Size), pane.Bytes(o.Needs), fit)
		}
	}
	s.asking = &question{text + " y pull · n cancel", func() tea.Cmd { return s.begin(name, size) }}
}

func (s *Screen) begin(name string, size int64) tea.Cmd {
	var cmd tea.Cmd
	s.pull, cmd = pulling.Begin(name, size, s.env.Pull)
	s.fault = ""
	s.layout()
	return cmd
}

func (s *Screen) pulled(e pulling.Ended) tea.Cmd {
	s.pull = nil
	s.layout()
	switch {
	case e.Stopped():
		return screen.Send(screen.Notice{Text: "download stopped; pulling again resumes it"})
	case e.Err != nil:
		s.fault = engine.Hint(e.Err)
		return nil
	}
	return screen.Send(screen.Notice{Text: termsafe.Line(e.Of.Model) + " is installed"})
}

// askDelete asks whether to delete a model, and says for how long there is a way back.
func (s *Screen) askDelete(r row) {
	text := fmt.Sprintf("Delete %s, %s, from the disk of %s? For %.0f s that can be undone; then only pulling it again brings it back.", r.name, pane.Bytes(r.model.Size), s.by(), s.undoTime.Seconds())
	if r.held != nil {
		text += " It is in memory now."
	}
	s.asking = &question{text + " y delete · n keep", func() tea.Cmd { return s.remove(r) }}
}

// askUnload asks whether to have a model's memory given up.
func (s *Screen) askUnload(r row) {
	unload := s.env.Unload
	text := fmt.Sprintf("Unload %s, %s? What runs is finished first, and the next request loads it again. y unload · n keep", r.name, pane.Bytes(r.held.Size))
	s.asking = &question{text, func() tea.Cmd {
		return s.act("unloading "+r.name, func(ctx context.Context) done {
			return done{err: unload(ctx, r.name), said: termsafe.Line(r.name) + " is unloaded"}
		})
	}}
}

// setDefault keeps a model as the one that is asked where none is named.
func (s *Screen) setDefault(r row) tea.Cmd {
	set := s.env.SetSetting
	return s.act("keeping the default", func(ctx context.Context) done {
		now, err := set(ctx, "model", r.name)
		if err != nil {
			return done{err: err}
		}
		one, _ := now.Of("model")
		return done{said: phrase.SettingKept(one), plan: &now.Plan}
	})
}

// answer takes a key while a question is asked.
func (s *Screen) answer(msg tea.KeyMsg) tea.Cmd {
	asked := s.asking
	switch {
	case key.Matches(msg, s.keys.yes):
		s.asking = nil
		return asked.yes()
	case key.Matches(msg, s.keys.no):
		s.asking = nil
	}
	return nil
}

// maxNameChars bounds a name that is typed.
const maxNameChars = 400

func (s *Screen) name() {
	in := screen.NewField(s.env.Styles.Text, "Pull  ", "qwen3:8b", maxNameChars)
	in.Focus()
	s.naming = &in
	s.layout()
}

// nameKey takes a key while a name is typed.
func (s *Screen) nameKey(msg tea.KeyMsg) tea.Cmd {
	switch name := strings.TrimSpace(s.naming.Value()); {
	case key.Matches(msg, s.keys.cancel):
		s.naming = nil
	case key.Matches(msg, s.keys.take):
		if s.naming = nil; name != "" {
			s.askPull(name)
		}
	default:
		in, cmd := s.naming.Update(msg)
		s.naming = &in
		return cmd
	}
	return nil
}
