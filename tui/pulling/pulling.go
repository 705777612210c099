// Package pulling follows the download of a model for a screen: begun, drawn, stopped.
//
//	s.pull, cmd = pulling.Begin("qwen3:8b", 5_200_000_000, env.Pull)
//	…
//	case pulling.Moved: return s.pull.Take(msg)
//	case pulling.Ended: if msg.Of == s.pull { s.pull = nil }
//
// What is drawn never goes back, though a server learns how large a model is only while it
// sends it. Of reports that come faster than they are drawn the latest counts.
package pulling

import (
	"context"
	"errors"
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/pane"
)

// Pull is a download that has begun. Only the event loop calls its methods.
type Pull struct {
	Model  string
	size   int64 // bytes that are expected; 0 if not known
	latest engine.Pull
	share  float64 // of it that is there, never less than before
	stop   context.CancelFunc

	reports chan engine.Pull // holds the latest one not yet taken; closed at the end
}

type (
	// Moved says how far a download is.
	Moved struct {
		Of     *Pull
		latest engine.Pull
	}
	// Ended says that it is over; Err is nil if the model is installed.
	Ended struct {
		Of  *Pull
		Err error
	}
)

// Begin begins to fetch a model of about so many bytes. The command gives Moved and, in
// the end, Ended.
func Begin(model string, size int64, fetch func(context.Context, string, func(engine.Pull)) error) (*Pull, tea.Cmd) {
	ctx, cancel := context.WithCancel(context.Background())
	p := &Pull{Model: model, size: size, stop: cancel, reports: make(chan engine.Pull, 1)}
	run := func() tea.Msg {
		defer cancel()
		defer close(p.reports)
		return Ended{p, fetch(ctx, model, p.tell)}
	}
	return p, tea.Batch(run, p.next)
}

// tell replaces the report that has not been taken yet. The download calls it from one
// goroutine.
func (p *Pull) tell(latest engine.Pull) {
	select {
	case <-p.reports:
	default:
	}
	p.reports <- latest
}

// next is a tea.Cmd that waits for a report.
func (p *Pull) next() tea.Msg {
	latest, more := <-p.reports
	if !more {
		return nil
	}
	return Moved{p, latest}
}

// Stop ends the download; what is there is kept by the server.
func (p *Pull) Stop() { p.stop() }

// Take takes in how far the download is, if m is about it, and waits for more.
func (p *Pull) Take(m Moved) tea.Cmd {
	if p == nil || m.Of != p {
		return nil
	}
	p.latest = m.latest
	if total := p.total(); total > 0 {
		p.share = max(p.share, float64(p.latest.Done)/float64(total))
	}
	return p.next
}

// total is how large the model is, as far as is known.
func (p *Pull) total() int64 { return max(p.latest.Total, p.latest.Done, p.size) }

// Stopped says whether the download ended because it was stopped.
func (e Ended) Stopped() bool {
	return errors.Is(e.Err, context.Canceled) || errors.Is(e.Err, engine.ErrCancelled)
}

// Bar draws how far the download is.
func (p *Pull) Bar(g pane.Graph, width int) string { return g.Bar(p.share, max(width, 1)) }

// Far says how far it is, in words.
func (p *Pull) Far() string {
	return fmt.Sprintf("%s of %s · %s", pane.Bytes(p.latest.Done), pane.Bytes(p.total()), pane.Percent(100*p.share))
}

// Status is what the server does now, as it says it: not to be trusted.
func (p *Pull) Status() string { return p.latest.Status }
