package tui

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/monitor"
	"github.com/aimo3/aimo3/tui/screen"
)

// maxHeardAge is how old text may be that counts as heard now: what is older was told
// again, as of an attempt that goes on.
const maxHeardAge = 10 * time.Second

// tokenRate counts the tokens of all samples, from one reading of the machine to the next.
type tokenRate struct {
	heard int
	since time.Time // of the latest reading
}

// hear counts what samples say.
func (r *tokenRate) hear(events []engine.Event, now time.Time) {
	for _, e := range events {
		if d, is := e.Fact.(engine.Delta); is && now.Sub(e.At) < maxHeardAge {
			r.heard += d.Frames
		}
	}
}

// take is the rate until a reading, and begins anew.
func (r *tokenRate) take(at time.Time) monitor.Value {
	passed, v := at.Sub(r.since).Seconds(), monitor.Value{Missing: monitor.Measuring}
	if !r.since.IsZero() && passed > 0 {
		v = monitor.Value{N: float64(r.heard) / passed}
	}
	r.heard, r.since = 0, at
	return v
}

// count takes in what samples say, puts their speed into the next reading of the machine,
// which is made to agree with the status line, and keeps that for an hour.
func (a *App) count(msg tea.Msg) tea.Msg {
	switch m := msg.(type) {
	case screen.Arrived:
		a.tokens.hear(m.Events, a.env.Now())
	case screen.MachineRead:
		m.Reading = a.bar.agreed(m.Reading)
		m.Reading.Tokens = a.tokens.take(m.Reading.At)
		if a.env.Hour != nil {
			a.env.Hour.Add(m.Reading)
		}
		return m
	}
	return msg
}
