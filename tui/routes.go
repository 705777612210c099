package tui

import (
	"strings"

	"github.com/charmbracelet/bubbles/key"

	"github.com/aimo3/aimo3/tui/ask"
	"github.com/aimo3/aimo3/tui/eventlog"
	"github.com/aimo3/aimo3/tui/health"
	"github.com/aimo3/aimo3/tui/history"
	"github.com/aimo3/aimo3/tui/live"
	"github.com/aimo3/aimo3/tui/machine"
	"github.com/aimo3/aimo3/tui/metrics"
	"github.com/aimo3/aimo3/tui/screen"
)

// Route is one tab of the header line.
type Route struct {
	Name  string
	Help  string
	Key   key.Binding
	New   func(screen.Env) screen.Screen
	Holds func(screen.Screen) bool // whether a screen belongs to this tab
}

// Routes are the tabs from left to right. The first is always open, and nothing
// is beneath it.
func Routes(k screen.Keys) []Route {
	routes := []Route{
		{"Ask", "ask a problem", k.Ask, func(e screen.Env) screen.Screen { return ask.New(e) }, is[*ask.Screen]},
		{"Live", "the latest attempt", k.Live, func(e screen.Env) screen.Screen { return live.Empty(e) }, either(is[*live.Screen], is[*live.Nothing])},
		{"History", "past attempts", k.History, func(e screen.Env) screen.Screen { return history.New(e) }, is[*history.Screen]},
		{"Health", "health of the server", k.Health, func(e screen.Env) screen.Screen { return health.New(e) }, is[*health.Screen]},
		{"Metrics", "what was measured", k.Metrics, func(e screen.Env) screen.Screen { return metrics.New(e) }, is[*metrics.Screen]},
		{"Log", "log of the program", k.Log, func(e screen.Env) screen.Screen { return eventlog.New(e) }, is[*eventlog.Screen]},
		{"Machine", "the machine, watched", k.Machine, func(e screen.Env) screen.Screen { return machine.New(e) }, is[*machine.Screen]},
	}
	for i := range routes {
		k := &routes[i].Key
		function := k.Keys()[len(k.Keys())-1]
		k.SetHelp(strings.TrimSpace(k.Help().Key+" "+strings.ToUpper(function)), routes[i].Help)
	}
	return routes
}

func is[S screen.Screen](s screen.Screen) bool {
	_, ok := s.(S)
	return ok
}

func either(a, b func(screen.Screen) bool) func(screen.Screen) bool {
	return func(s screen.Screen) bool { return a(s) || b(s) }
}
