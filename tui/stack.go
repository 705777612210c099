package tui

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/live"
	"github.com/aimo3/aimo3/tui/screen"
)

// raise brings the latest screen of a route to the top, or opens one. A screen
// with an attempt comes before one that only says there is none.
func (a *App) raise(r Route) tea.Cmd {
	at := -1
	for i, s := range a.open {
		_, busy := s.(screen.Busy)
		if r.Holds(s) && (busy || at < 0) {
			at = i
		}
	}
	if at < 0 {
		return a.push(r.New(a.env))
	}
	return a.lift(at)
}

// lift brings the open screen of that number to the top.
func (a *App) lift(at int) tea.Cmd {
	s := a.open[at]
	a.open = append(slices.Delete(a.open, at, at+1), s)
	return a.resume()
}

// raiseAttempt brings the screen of an attempt that this app takes to the top.
func (a *App) raiseAttempt(id engine.AttemptID) tea.Cmd {
	at := slices.IndexFunc(a.open, func(s screen.Screen) bool {
		l, is := s.(*live.Screen)
		return is && l.Attempt() == id && !l.Replays()
	})
	if at < 0 {
		return a.bar.show(screen.Notice{Text: "its screen was closed: it goes on, and is listed once it has ended", Bad: true}, a.top())
	}
	return a.lift(at)
}

// resume has the clock of the screen on top begin anew, if it has one.
func (a *App) resume() tea.Cmd {
	if c, ok := a.top().(screen.Clocked); ok {
		return c.Resume()
	}
	return nil
}

// push opens s on top and tells it what the others have been told before.
func (a *App) push(s screen.Screen) tea.Cmd {
	a.supersede(s)
	if len(a.open) >= maxOpen {
		a.drop()
	}
	a.open = append(a.open, s)
	s.Resize(a.room())
	cmds := []tea.Cmd{s.Init()}
	if a.bar.server != nil {
		cmds = append(cmds, s.Update(screen.ServerSeen{Server: *a.bar.server}))
	}
	if a.bar.link != nil {
		cmds = append(cmds, s.Update(screen.LinkSeen{Link: *a.bar.link}))
	}
	if a.bar.health.seen {
		cmds = append(cmds, s.Update(screen.HealthSeen{Health: a.bar.health.all}))
	}
	if a.bar.keeping.Latest != "" {
		cmds = append(cmds, s.Update(screen.KeepingSeen{Keeping: a.bar.keeping.Keeping}))
	}
	for _, r := range a.readings {
		cmds = append(cmds, s.Update(r))
	}
	return tea.Batch(cmds...)
}

// supersede closes the screen of an attempt that another one is to show from its first
// event on.
func (a *App) supersede(by screen.Screen) {
	shows, is := by.(*live.Screen)
	if !is {
		return
	}
	id, watches := shows.Watches()
	a.open = slices.DeleteFunc(a.open, func(s screen.Screen) bool {
		old, is := s.(*live.Screen)
		if !is || !watches {
			return false
		}
		its, watched := old.Watches()
		return watched && its == id
	})
}

func (a *App) drop() {
	i := slices.IndexFunc(a.open, func(s screen.Screen) bool { return !stays(s) && !a.routes[0].Holds(s) })
	if i >= 0 {
		a.open = slices.Delete(a.open, i, i+1)
	}
}

// back closes the top screen. One with samples running, or with something that can be undone
// there, goes beneath instead, and the ask screen stays: it is where everything begins.
func (a *App) back() tea.Cmd {
	top, rest := a.top(), a.open[:len(a.open)-1]
	switch {
	case a.routes[0].Holds(top):
	case stays(top):
		a.open = slices.Insert(slices.Clone(rest), 0, top)
	default:
		a.open = slices.Clone(rest)
	}
	return a.resume()
}

func (a *App) top() screen.Screen { return a.open[len(a.open)-1] }

func (a *App) typing() bool {
	t, ok := a.top().(screen.Typer)
	return ok && t.Typing()
}

// running is how many samples have not ended, on all open screens.
func (a *App) running() int {
	n := 0
	for _, s := range a.open {
		n += running(s)
	}
	return n
}

// stays says whether a screen is kept when it is left.
func stays(s screen.Screen) bool {
	r, ok := s.(screen.Reverser)
	return running(s) > 0 || ok && r.Undoable()
}

// elsewhere is on how many screens beneath the one on top something runs.
func (a *App) elsewhere() int {
	n := 0
	for _, s := range a.open[:len(a.open)-1] {
		if running(s) > 0 {
			n++
		}
	}
	return n
}

func running(s screen.Screen) int {
	if b, ok := s.(screen.Busy); ok {
		return b.Running()
	}
	return 0
}
