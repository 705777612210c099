// Package tui is the terminal interface: an App that routes to screens, and the
// Feed that brings engine events to it.
//
//	feed := tui.NewFeed()                 // an engine.Sink: give it to whoever attempts
//	err := tui.Run(ctx, tui.Options{Env: env, Feed: feed, Server: look})
//
// The App is the one model of Bubble Tea. It draws the header line and the status line
// itself, and between them the top one of a stack of screens ([Routes] are those of the
// tabs), or a cover over it: help, the list of all commands, or a question before the app is
// left. A message goes to whom it concerns: a key to the cover, else to the app's own
// bindings, else to the top screen; a batch of events to every open screen, which drops what
// is not its attempt's.
// Screens send wishes back as messages of tui/screen, and do all that waits in a tea.Cmd.
//
// The Feed joins the deltas that arrive between two looks, so that a fast model costs no
// more frames than a slow one; no event is dropped and Put never waits. A frame is drawn
// when something changed, at most every few milliseconds after a key and every 33 else,
// and only what changed in it is written (tui/repaint). RunPlain is the same app as text
// that only grows.
//
// What models, files and servers say is made safe before it is drawn (tui/termsafe). A
// panic ends the app with the terminal put back; quitting asks while samples run.
package tui

import (
	"slices"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/tui/screen"
)

// App is the root model. It owns the open screens, the header line and the
// status line, and routes by four rules: sizes go to every open screen; keys to
// what covers the screen, else to the top one; Open, Raise, Back and Notice to the
// stack; every other message to every open screen.
type App struct {
	env           screen.Env
	quit          key.Binding
	stop          func() returned // gives the terminal to the shell until the program goes on; nil if it cannot
	routes        []Route
	feed          *Feed
	polls         polls
	first         screen.Screen // to be opened at the start; may be nil
	open          []screen.Screen
	cover         cover
	bar           bar
	readings      []screen.MachineRead // the latest ones, for screens that open later
	tokens        tokenRate
	drawn         string // the frame; empty when stale
	width, height int
}

// maxReadings is how many readings of the machine a new screen is told of: two
// minutes' worth.
const maxReadings = 120

// maxOpen bounds the screens kept beneath: the longest unused one that need not stay makes
// room.
const maxOpen = 16

func newApp(env screen.Env, feed *Feed, polls polls, first screen.Screen) *App {
	a := &App{env: env, quit: env.Keys.Quit, routes: Routes(env.Keys), feed: feed, polls: polls, first: first}
	a.open = []screen.Screen{a.routes[0].New(env)}
	return a
}

// Init starts the feed, the polls and the first screens.
func (a *App) Init() tea.Cmd {
	cmds := []tea.Cmd{a.feed.Next, a.polls.server, a.polls.machine, a.polls.health, a.polls.link, a.top().Init()}
	if a.first != nil {
		cmds = append(cmds, a.push(a.first))
	}
	return tea.Batch(cmds...)
}

// Update routes one message.
func (a *App) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	msg = a.count(msg)
	if read, ok := msg.(screen.MachineRead); !ok || a.shows(read) {
		a.drawn = ""
	}
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		a.resize(msg)
		return a, nil
	case tea.KeyMsg:
		return a, a.pressed(msg)
	case tea.MouseMsg:
		return a, a.mouse(msg)
	case screen.Open:
		return a, a.push(msg.Screen)
	case screen.Raise:
		return a, a.raiseAttempt(msg.Attempt)
	case screen.Back:
		return a, a.back()
	case screen.Due:
		if msg.Of != a.top() { // its clock stands still until it is on top again
			return a, nil
		}
		return a, msg.Of.Update(msg)
	case screen.PlanChanged:
		a.env.Plan = msg.Plan // of screens that open later
	case screen.Notice:
		return a, a.bar.show(msg, a.top())
	case found:
		a.list(msg)
		return a, nil
	case noticeOver:
		a.bar.over(msg)
		return a, nil
	case counted:
		now := a.env.Now()
		return a, tea.Batch(a.bar.health.count(now), a.toAll(screen.Counted{Now: now}))
	}
	return a, tea.Batch(a.toAll(msg), a.next(msg), a.keep(msg))
}

func (a *App) resize(msg tea.WindowSizeMsg) {
	a.width, a.height = msg.Width, msg.Height
	for _, s := range a.open {
		s.Resize(a.room())
	}
}

// shows says whether a reading of the machine changes the frame: only screens of
// attempts and of the machine show it, and of the header only the model in memory. Left
// alone, the app would else draw the same frame every second.
func (a *App) shows(read screen.MachineRead) bool {
	after := a.bar
	after.reading = &read.Reading
	_, attempt := a.top().(screen.Busy)
	g, gauged := a.top().(screen.Gauged)
	return attempt || gauged && g.Gauging() || after.model(a.env.Plan.Model) != a.bar.model(a.env.Plan.Model)
}

// next asks for what comes after msg, if msg is one of a series.
func (a *App) next(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case screen.Arrived:
		return a.feed.Next
	case screen.ServerSeen:
		a.bar.server = &msg.Server
		return a.polls.serverLater
	case screen.HealthSeen:
		return tea.Batch(a.bar.health.see(msg.Health, a.env.Now()), a.polls.healthLater)
	case screen.LinkSeen:
		a.bar.link = &msg.Link
		return tea.Batch(a.bar.health.connected(msg.Link, a.env.Now()), a.polls.link)
	case screen.MachineRead:
		a.bar.reading = &msg.Reading
		a.readings = append(a.readings[max(0, len(a.readings)+1-maxReadings):], msg)
		return a.polls.machine
	}
	return nil
}

// keep has the screens told when it changes how saving goes.
func (a *App) keep(msg tea.Msg) tea.Cmd {
	if a.env.Library == nil || !a.bar.keeping.learn(msg, a.env.Now()) {
		return nil
	}
	return a.toAll(screen.KeepingSeen{Keeping: a.bar.keeping.Keeping})
}

func (a *App) toAll(msg tea.Msg) tea.Cmd {
	cmds := make([]tea.Cmd, len(a.open))
	for i, s := range slices.Clone(a.open) {
		cmds[i] = s.Update(msg)
	}
	return tea.Batch(cmds...)
}

func (a *App) key(msg tea.KeyMsg) tea.Cmd {
	text := plain(msg) && (a.cover != nil || a.typing())
	switch k := a.env.Keys; {
	case text:
	case key.Matches(msg, k.Suspend):
		return a.toShell()
	case key.Matches(msg, k.Redraw):
		return screen.Send(continued{})
	}
	if len(msg.Runes) > 1 && msg.Type == tea.KeyRunes && !msg.Paste && !a.typing() {
		return a.severalKeys(msg)
	}
	if a.small() {
		return a.blind(msg)
	}
	if a.cover != nil {
		return a.cover.key(a, msg)
	}
	if a.typing() && plain(msg) {
		return a.top().Update(msg)
	}
	switch {
	case key.Matches(msg, a.quit):
		return a.leave()
	case key.Matches(msg, a.env.Keys.Help):
		a.cover = newHelp(a)
		return nil
	case key.Matches(msg, a.env.Keys.Palette):
		return a.openPalette()
	}
	for _, r := range a.routes {
		if key.Matches(msg, r.Key) {
			return a.raise(r)
		}
	}
	if cmd, refused := a.refuse(msg); refused {
		return cmd
	}
	return a.top().Update(msg)
}
