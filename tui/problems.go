package tui

import (
	"context"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/live"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/settings"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// found is what a palette lists that had to be read.
type found struct {
	of       *palette
	problems []engine.Summary
	settings []engine.Setting
}

// maxProblems is how many attempts are looked through.
const maxProblems = 500

// lookFor reads what was attempted last, and which settings there are. Where these cannot
// be read the screens of history and of settings say so; here none are listed.
func (a *App) lookFor(p *palette) tea.Cmd {
	library, set, ctx := a.env.Library, a.env.Settings, a.polls.ctx
	return func() tea.Msg { return found{p, attempted(ctx, library), settable(ctx, set)} }
}

func attempted(ctx context.Context, library screen.Library) []engine.Summary {
	if library == nil {
		return nil
	}
	all, err := library.Attempts(ctx, engine.Filter{Limit: maxProblems})
	if err != nil {
		return nil
	}
	return all
}

func settable(ctx context.Context, read func(context.Context) (engine.Settings, error)) []engine.Setting {
	if read == nil {
		return nil
	}
	now, err := read(ctx)
	if err != nil {
		return nil
	}
	return now.All
}

// list adds what was found to the palette that asked for it: the problems, each once, then
// the settings.
func (a *App) list(found found) {
	if a.cover != found.of {
		return
	}
	p, seen := found.of, map[string]bool{}
	var statements []string
	for _, s := range found.problems {
		text := termsafe.Line(strings.Join(strings.Fields(s.Problem.Statement), " "))
		if seen[text] {
			continue
		}
		seen[text] = true
		statements = append(statements, text)
		p.all = append(p.all, command{group: recents, does: text, run: func(a *App) tea.Cmd { return a.openKept(s) }})
	}
	for _, s := range found.settings {
		p.all = append(p.all, command{group: settingsOf, does: s.Key, run: func(a *App) tea.Cmd { return a.openSetting(s.Key) }})
	}
	p.titles.Of(statements)
	p.take()
}

// openKept shows a stored attempt: its live screen while this app takes it, as it goes on
// while the server or another process does, and else as it ended.
func (a *App) openKept(s engine.Summary) tea.Cmd {
	for i, open := range a.open {
		if l, is := open.(*live.Screen); is && l.Attempt() == s.ID && !l.Replays() {
			return a.lift(i)
		}
	}
	env := a.env // as it is now: what asks does so beside the event loop, which may change it
	switch {
	case env.Watch != nil && a.bar.link != nil && slices.Contains(a.bar.link.Taken, s.ID):
		return live.Watch(env, s.ID, s.Problem)
	case s.Verdict == nil && env.Alive != nil:
		return func() tea.Msg {
			if env.Alive(s.ID) {
				return screen.Open{Screen: live.Follow(env, s)}
			}
			return screen.Open{Screen: live.Replay(env, s, 0)}
		}
	}
	return a.push(live.Replay(env, s, 0))
}

// openSetting shows the screen of settings with one of them selected.
func (a *App) openSetting(key string) tea.Cmd {
	for i, open := range a.open {
		if s, is := open.(*settings.Screen); is {
			s.Want(key)
			return a.lift(i)
		}
	}
	return a.push(settings.At(a.env, key))
}
