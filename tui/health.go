package tui

import (
	"slices"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/theme"
	"github.com/aimo3/aimo3/tui/phrase"
	"github.com/aimo3/aimo3/tui/screen"
)

// requests are what the bar says of breakers and retries, with what is left of a time.
type requests struct {
	all      []engine.Health
	seen     bool
	now      time.Time
	counting bool // a counted is on its way
	lost     bool // the link is, and is tried again at some time
}

// counted is when the time that is left is told anew.
type counted time.Time

// How often that is: whole seconds of a breaker, tenths of a retry.
const (
	breakerEvery = time.Second
	retryEvery   = 200 * time.Millisecond
)

// see takes in how requests fare.
func (h *requests) see(all []engine.Health, now time.Time) tea.Cmd {
	h.all, h.seen, h.now = all, true, now
	if h.counting {
		return nil
	}
	return h.next()
}

// connected takes in how the link is.
func (h *requests) connected(link engine.Link, now time.Time) tea.Cmd {
	h.lost, h.now = link.State == engine.LinkLost, now
	if h.counting {
		return nil
	}
	return h.next()
}

// count tells the time.
func (h *requests) count(now time.Time) tea.Cmd {
	h.now, h.counting = now, false
	return h.next()
}

// next has the time told again while anything waits for one.
func (h *requests) next() tea.Cmd {
	every := time.Duration(0)
	if h.lost {
		every = breakerEvery
	}
	for _, one := range h.all {
		if slices.ContainsFunc(one.Breakers, func(b engine.Breaker) bool { return b.StateAt(h.now) == engine.BreakerOpen }) {
			every = breakerEvery
		}
		if len(one.Retries) > 0 {
			every = retryEvery
			break
		}
	}
	if h.counting = every > 0; !h.counting {
		return nil
	}
	return tea.Tick(every, func(at time.Time) tea.Msg { return counted(at) })
}

// troubles are what is not as it should be, the worst first, by a sign and words
// besides colour. Of retries the soonest is told.
func (h *requests) troubles(st theme.TextStyles) []piece {
	var open, half, retries []piece
	for _, one := range h.all {
		for _, b := range one.Breakers {
			switch text := phrase.BreakerState(b, h.now); b.StateAt(h.now) {
			case engine.BreakerOpen:
				open = append(open, piece{screen.Alarm, st.Bad.Render("▲ " + text)})
			case engine.BreakerHalfOpen:
				half = append(half, piece{screen.Warning, st.Warn.Render("◐ " + text)})
			case engine.BreakerClosed:
			}
		}
		if len(one.Retries) > 0 {
			retries = append(retries, piece{screen.Warning, st.Warn.Render("↻ " + phrase.Retry(one.Retries[0], h.now))})
		}
	}
	return slices.Concat(open, half, retries)
}

// calm says that all is well, where it is.
func (h *requests) calm(st theme.Styles) []piece {
	if !h.seen {
		return nil
	}
	retries := false
	for _, one := range h.all {
		if slices.ContainsFunc(one.Breakers, func(b engine.Breaker) bool { return b.State != engine.BreakerClosed }) {
			return nil
		}
		retries = retries || len(one.Retries) > 0
	}
	said := []piece{{screen.Calm, st.Bar.Status.Render("breaker closed")}}
	if !retries {
		said = append(said, piece{screen.Calm, st.Bar.Status.Render("retry –")})
	}
	return said
}
