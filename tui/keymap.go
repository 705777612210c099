package tui

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/charmbracelet/bubbles/key"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/theme"
	"github.com/aimo3/aimo3/tui/compare"
	"github.com/aimo3/aimo3/tui/events"
	"github.com/aimo3/aimo3/tui/live"
	"github.com/aimo3/aimo3/tui/save"
	"github.com/aimo3/aimo3/tui/screen"
)

// Bound is what keys do on a screen; Screen is "everywhere" if they do it on every one.
type Bound struct {
	Screen string
	screen.Action
}

// Bounds are all that keys do by a keymap, the screens in the order of their tabs. What is
// only asked or typed is left out.
func Bounds(m screen.Keymap) []Bound {
	var all []Bound
	m.Keys(func(a screen.Action) { all = append(all, Bound{"everywhere", a}) })
	for _, p := range keyPlaces() {
		for _, a := range p.own(m) {
			again := func(b Bound) bool { return b.Does == a.Does && (b.Screen == p.name || b.Screen == "everywhere") }
			if !a.Asked && !slices.ContainsFunc(all, again) {
				all = append(all, Bound{p.name, a})
			}
		}
	}
	return all
}

// place is a screen, as far as its keys go.
type place struct {
	name   string
	open   func(screen.Env) screen.Screen
	shared []func(screen.Keys) key.Binding // of those of everywhere, that it has
	typed  bool                            // plain characters are text there
}

// keyPlaces are all screens.
func keyPlaces() []place {
	var all []place
	for _, r := range Routes(screen.NewKeys()) {
		p := place{name: strings.ToLower(r.Name), open: r.New, shared: moving()}
		switch p.name {
		case "ask":
			p.typed, p.shared = true, append(moving()[:4], source) // of the recent problems
		case "live":
			p.open = func(e screen.Env) screen.Screen { return live.New(e, "", engine.Problem{}) }
			p.shared = append(p.shared, source, func(k screen.Keys) key.Binding { return k.Left }, func(k screen.Keys) key.Binding { return k.Right })
			p.shared = slices.Delete(p.shared, 0, 1) // "g" is its own
		case "history":
			p.shared = append(p.shared, source, opening)
		case "machine":
			p.shared = append(p.shared, func(k screen.Keys) key.Binding { return k.Next })
		}
		all = append(all, p)
	}
	return append(all,
		place{"list of events", func(e screen.Env) screen.Screen { return events.New(e, engine.Summary{}) }, moving(), false},
		place{"comparison", func(e screen.Env) screen.Screen { return compare.New(e, engine.Summary{}, engine.Summary{}) }, moving(), false},
		place{"export", func(e screen.Env) screen.Screen { return save.New(e, engine.Summary{}) }, append(moving(), opening), false},
	)
}

func source(k screen.Keys) key.Binding  { return k.Source }
func opening(k screen.Keys) key.Binding { return k.Open }

// moving are the keys that move a list, and lead back.
func moving() []func(screen.Keys) key.Binding {
	return []func(screen.Keys) key.Binding{
		func(k screen.Keys) key.Binding { return k.Top }, func(k screen.Keys) key.Binding { return k.End },
		func(k screen.Keys) key.Binding { return k.Up }, func(k screen.Keys) key.Binding { return k.Down },
		func(k screen.Keys) key.Binding { return k.PageUp }, func(k screen.Keys) key.Binding { return k.PageDn },
		func(k screen.Keys) key.Binding { return k.Back },
	}
}

// own are the actions that the screen alone has, or has besides.
func (p place) own(m screen.Keymap) []screen.Action {
	var noted []screen.Action
	k := m.Keys(func(a screen.Action) { noted = append(noted, a) })
	noted = nil // those of everywhere
	look, _ := theme.Find("mono")
	p.open(screen.Env{Styles: theme.New(theme.Renderer(io.Discard, look), look), Keys: k, Now: time.Now})
	return noted
}

// held are all actions that count on the screen: the app's, which come first and are so
// many, those of everywhere that it has, and its own.
func (p place) held(m screen.Keymap) (all []screen.Action, app int) {
	k := m.Keys(nil)
	bindings := []key.Binding{
		k.Help, k.Quit, k.Palette, k.Suspend, k.Redraw,
		k.Ask, k.Live, k.History, k.Health, k.Metrics, k.Log, k.Machine, k.Models, k.Settings,
	}
	app = len(bindings)
	for _, of := range p.shared {
		bindings = append(bindings, of(k))
	}
	for _, b := range bindings {
		all = append(all, screen.Action{Does: b.Help().Desc, Keys: b.Keys()})
	}
	return append(all, p.own(m)...), app
}

// clash is a key that does two things on one screen.
type clash struct{ key, one, other string }

// clashes are the keys that do two things. What is asked takes its keys from the screen, but
// not from the app.
func (p place) clashes(m screen.Keymap) []clash {
	all, app := p.held(m)
	var found []clash
	for i, one := range all {
		for _, other := range all[i+1:] {
			if one.Does == other.Does || one.Asked || other.Asked && i >= app {
				continue
			}
			for _, k := range one.Keys {
				if slices.Contains(other.Keys, k) && !screen.Reserved(k) {
					found = append(found, clash{k, one.Does, other.Does})
				}
			}
		}
	}
	return found
}

// checkKeymap says which key of a keymap would do two things on a screen, or would be text
// there, though by default it is not so.
func checkKeymap(m screen.Keymap) error {
	for _, p := range keyPlaces() {
		byDefault := p.clashes(nil)
		for _, c := range p.clashes(m) {
			if !slices.Contains(byDefault, c) {
				return badKeys("give one of them another key", "“%s” and “%s” are both on %s on the screen %s", c.one, c.other, screen.Named(c.key), p.name)
			}
		}
		if err := p.checkText(m); err != nil {
			return err
		}
	}
	return nil
}

// checkText says which action of a screen, or of the app, could not be had there since its
// keys are text.
func (p place) checkText(m screen.Keymap) error {
	const todo = "give it a key with ctrl or alt, or a function key"
	all, app := p.held(m)
	for i, a := range all {
		keys, mapped := m[a.Does]
		shared := i >= app && i < app+len(p.shared)
		switch {
		case !p.typed || !mapped || a.Fixed || shared:
		case i < app && !slices.ContainsFunc(a.Keys, func(k string) bool { return !screen.IsText(k) }):
			return badKeys(todo+" besides", "“%s” could not be used while text is typed: %s is text then", a.Does, screen.Named(keys...))
		case i >= app && slices.ContainsFunc(keys, screen.IsText):
			return badKeys(todo, "“%s” is on the screen %s, where %s is text", a.Does, p.name, screen.Named(keys[slices.IndexFunc(keys, screen.IsText)]))
		}
	}
	return nil
}

func badKeys(todo, format string, args ...any) error {
	return &engine.Fault{Class: engine.Invalid, What: fmt.Sprintf(format, args...), Todo: todo}
}
