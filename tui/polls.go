package tui

import (
	"context"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/monitor"
	"github.com/aimo3/aimo3/tui/screen"
)

const (
	serverEvery = 2 * time.Second        // how often the model server is looked at
	healthEvery = 100 * time.Millisecond // how often at most its health is told
)

// polls are the commands that look at the world outside. Each asks once; the
// App asks again when the answer has come, so that no two overlap.
type polls struct {
	ctx        context.Context // ends with the app
	askServer  func(context.Context) engine.Server
	askMachine func(context.Context) (monitor.Reading, bool)
	askHealth  func(context.Context) ([]engine.Health, bool)
	askLink    func(context.Context) (engine.Link, bool)
}

func (p polls) server() tea.Msg {
	if p.askServer == nil || p.ctx.Err() != nil {
		return nil
	}
	return screen.ServerSeen{Server: p.askServer(p.ctx)}
}

func (p polls) serverLater() tea.Msg { return p.later(serverEvery, p.server) }

// later asks after a while, unless the app ends.
func (p polls) later(after time.Duration, ask tea.Cmd) tea.Msg {
	timer := time.NewTimer(after)
	defer timer.Stop()
	select {
	case <-timer.C:
		return ask()
	case <-p.ctx.Done():
		return nil
	}
}

// machine waits for the next reading; the monitor sets the pace.
func (p polls) machine() tea.Msg {
	if p.askMachine == nil {
		return nil
	}
	r, more := p.askMachine(p.ctx)
	if !more {
		return nil
	}
	return screen.MachineRead{Reading: r}
}

// health waits for the next change.
func (p polls) health() tea.Msg {
	if p.askHealth == nil {
		return nil
	}
	all, more := p.askHealth(p.ctx)
	if !more {
		return nil
	}
	return screen.HealthSeen{Health: all}
}

func (p polls) healthLater() tea.Msg { return p.later(healthEvery, p.health) }

// link waits for the next change.
func (p polls) link() tea.Msg {
	if p.askLink == nil {
		return nil
	}
	link, more := p.askLink(p.ctx)
	if !more {
		return nil
	}
	return screen.LinkSeen{Link: link}
}
