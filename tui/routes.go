package tui

import (
	"slices"

	"github.com/charmbracelet/bubbles/key"

	"github.com/aimo3/aimo3/tui/ask"
	"github.com/aimo3/aimo3/tui/eventlog"
	"github.com/aimo3/aimo3/tui/health"
	"github.com/aimo3/aimo3/tui/history"
	"github.com/aimo3/aimo3/tui/live"
	"github.com/aimo3/aimo3/tui/machine"
	"github.com/aimo3/aimo3/tui/metrics"
	"github.com/aimo3/aimo3/tui/models"
	"github.com/aimo3/aimo3/tui/pane"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/settings"
)

// Route is one tab of the header line.
type Route struct {
	Name  string
	Help  string
	Key   key.Binding
	Aside bool // its tab is shown only while it is open, or where there is room for all
	New   func(screen.Env) screen.Screen
	Holds func(screen.Screen) bool // whether a screen belongs to this tab
}

// Routes are the tabs from left to right. The first is always open, and nothing
// is beneath it.
func Routes(k screen.Keys) []Route {
	routes := []Route{
		{"Ask", "ask a problem", k.Ask, false, func(e screen.Env) screen.Screen { return ask.New(e) }, is[*ask.Screen]},
		{"Live", "the latest attempt", k.Live, false, func(e screen.Env) screen.Screen { return live.Empty(e) }, either(is[*live.Screen], is[*live.Nothing])},
		{"History", "past attempts", k.History, false, func(e screen.Env) screen.Screen { return history.New(e) }, is[*history.Screen]},
		{"Health", "health of the server", k.Health, false, func(e screen.Env) screen.Screen { return health.New(e) }, is[*health.Screen]},
		{"Metrics", "what was measured", k.Metrics, false, func(e screen.Env) screen.Screen { return metrics.New(e) }, is[*metrics.Screen]},
		{"Log", "log of the program", k.Log, false, func(e screen.Env) screen.Screen { return eventlog.New(e) }, is[*eventlog.Screen]},
		{"Machine", "the machine, watched", k.Machine, false, func(e screen.Env) screen.Screen { return machine.New(e) }, is[*machine.Screen]},
		{"Models", "language models", k.Models, true, func(e screen.Env) screen.Screen { return models.New(e) }, is[*models.Screen]},
		{"Settings", "settings", k.Settings, true, func(e screen.Env) screen.Screen { return settings.New(e) }, is[*settings.Screen]},
	}
	for i := range routes {
		k := &routes[i].Key
		k.SetHelp(screen.Named(k.Keys()...), routes[i].Help)
	}
	return routes
}

// tabsFrom is the width from which on there is room for every tab, and for the model.
const tabsFrom = 110

// tabs are the routes whose tabs the header line shows now, and which of them is open; -1 if
// none is. For the open one the last others make room.
func (a *App) tabs() (shown []Route, on int) {
	on = -1
	for _, r := range a.routes {
		holds := r.Holds(a.top())
		if r.Aside && !holds && a.width < tabsFrom {
			continue
		}
		if holds {
			on = len(shown)
		}
		shown = append(shown, r)
	}
	for i := len(shown) - 1; i >= 0 && on >= 0 && pane.TabsWidth(brand, tabNames(shown)) > a.width; i-- {
		if i != on {
			shown = slices.Delete(shown, i, i+1)
		}
		if i < on {
			on--
		}
	}
	return shown, on
}

func is[S screen.Screen](s screen.Screen) bool {
	_, ok := s.(S)
	return ok
}

func either(a, b func(screen.Screen) bool) func(screen.Screen) bool {
	return func(s screen.Screen) bool { return a(s) || b(s) }
}

func tabNames(tabs []Route) []string {
	names := make([]string, len(tabs))
	for i, r := range tabs {
		names[i] = r.Name
	}
	return names
}
