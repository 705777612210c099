package ask

import (
	"context"
	"errors"
	"fmt"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/pane"
	"github.com/aimo3/aimo3/tui/screen"
)

// pull is the download of a model: offered, then begun.
type pull struct {
	model   string
	size    int64
	begun   bool
	latest  engine.Pull
	cancel  context.CancelFunc
	updates chan engine.Pull // holds the latest one not yet shown; closed at the end
}

type (
	// pullMoved says how far the download in p is.
	pullMoved struct {
		p      *pull
		latest engine.Pull
	}
	// pullEnded says that it is over.
	pullEnded struct {
		p   *pull
		err error
	}
)

// asking says whether a download waits for its yes.
func (s *Screen) asking() bool { return s.pull != nil && !s.pull.begun }

// canPull says whether there is a model to offer, and a server to pull it to.
func (s *Screen) canPull() bool {
	if s.env.Pull == nil || s.env.Recommend == nil || s.pull != nil {
		return false
	}
	return s.setup.missing() == engine.NoModel
}

// offer asks whether to download the model that fits this machine.
func (s *Screen) offer() {
	if !s.canPull() {
		return
	}
	name, size := s.env.Recommend()
	s.pull = &pull{model: name, size: size}
}

func (s *Screen) answer(msg tea.KeyMsg) tea.Cmd {
	switch {
	case key.Matches(msg, s.keys.yes):
		return s.startPull()
	case key.Matches(msg, s.keys.no):
		s.pull = nil
	}
	return nil
}

func (s *Screen) startPull() tea.Cmd {
	ctx, cancel := context.WithCancel(context.Background())
	p := s.pull
	p.begun, p.cancel, p.updates = true, cancel, make(chan engine.Pull, 1)
	s.layout()
	download := s.env.Pull
	run := func() tea.Msg {
		defer cancel()
		defer close(p.updates)
		return pullEnded{p, download(ctx, p.model, p.tell)}
	}
	return tea.Batch(run, p.next)
}

// tell replaces the update that has not been shown yet: only the latest counts.
// The download calls it from one goroutine.
func (p *pull) tell(latest engine.Pull) {
	select {
	case <-p.updates:
	default:
	}
	p.updates <- latest
}

// next is a tea.Cmd that waits for an update.
func (p *pull) next() tea.Msg {
	latest, more := <-p.updates
	if !more {
		return nil
	}
	return pullMoved{p, latest}
}

func (s *Screen) pulling(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case pullMoved:
		if msg.p != s.pull {
			return nil
		}
		s.pull.latest = msg.latest
		return s.pull.next
	case pullEnded:
		if msg.p != s.pull {
			return nil
		}
		s.pull = nil
		s.layout()
		return s.pulled(msg)
	}
	return nil
}

func (s *Screen) pulled(msg pullEnded) tea.Cmd {
	switch {
	case errors.Is(msg.err, context.Canceled), errors.Is(msg.err, engine.ErrCancelled):
		return screen.Send(screen.Notice{Text: "download stopped; pulling again resumes it"})
	case msg.err != nil:
		s.refuse(msg.err)
		return nil
	}
	return screen.Send(screen.Notice{Text: msg.p.model + " is installed"})
}

// lines draw how far the download is.
func (p *pull) lines(g pane.Graph, width int) []string {
	total := max(p.latest.Total, p.latest.Done)
	if total == 0 {
		total = p.size
	}
	done := 0.0
	if total > 0 {
		done = float64(p.latest.Done) / float64(total)
	}
	far := fmt.Sprintf("%s of %s · %s", pane.Bytes(p.latest.Done), pane.Bytes(total), pane.Percent(100*done))
	return []string{g.Bar(done, max(width, 1)), far, p.latest.Status}
}
