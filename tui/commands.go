package tui

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/tui/screen"
)

// command is a line of help or of the palette: something that a person can have done.
type command struct {
	group string // the heading that it stands under
	does  string
	key   string // that does it; "" if none does
	why   string // it cannot be done now; "" if it can
	tab   string // the name of the tab that it leads to, by which it is found too
	run   func(*App) tea.Cmd
}

// The headings of commands.
const (
	here       = "Here"
	screens    = "Screens"
	everywhere = "Everywhere"
	recents    = "Recent"
	settingsOf = "Setting"
)

// commands are all that a person can do by a key now, or could but for what each says.
// They are made of the bindings that take the keys, so that what is listed is what is so.
func (a *App) commands() []command {
	var all []command
	add := func(group, why string, do func(*App, tea.KeyMsg) tea.Cmd, keys ...key.Binding) {
		for _, k := range keys {
			press, ok := pressOf(k)
			if !ok || !k.Enabled() || k.Help().Key == "" {
				continue
			}
			c := command{group: group, does: k.Help().Desc, key: k.Help().Key, why: why}
			if why == "" {
				c.run = func(a *App) tea.Cmd { return do(a, press) }
			}
			all = append(all, c)
		}
	}
	onTop := func(a *App, press tea.KeyMsg) tea.Cmd { return a.top().Update(press) }
	for _, k := range a.top().Keys() {
		if press, ok := pressOf(k); ok && !matches(press, a.tabKeys()) {
			add(here, "", onTop, k)
		}
	}
	for _, r := range a.refusals() {
		add(here, r.Why, nil, r.Key)
	}
	for _, r := range a.routes {
		others := len(all)
		add(screens, "", (*App).key, a.untyped([]key.Binding{r.Key})...)
		for i := range all[others:] {
			all[others+i].tab = r.Name
		}
	}
	add(everywhere, "", (*App).key, a.ownKeys()...)
	return all
}

// refusals are what the top screen says of keys that do nothing now, but for those that do
// something else.
func (a *App) refusals() []screen.Refused {
	r, ok := a.top().(screen.Refuser)
	if !ok {
		return nil
	}
	var all []screen.Refused
	keys := a.top().Keys()
	for _, refused := range r.Refused() {
		press, ok := pressOf(refused.Key)
		if ok && !matches(press, keys) {
			all = append(all, refused)
		}
	}
	return all
}

// refuse says why a key does nothing, if the top screen says that it does not.
func (a *App) refuse(msg tea.KeyMsg) (cmd tea.Cmd, refused bool) {
	for _, r := range a.refusals() {
		if key.Matches(msg, r.Key) {
			return a.bar.show(screen.Notice{Text: r.Why, Bad: true}, a.top()), true
		}
	}
	return nil, false
}

func matches(msg tea.KeyMsg, keys []key.Binding) bool {
	for _, k := range keys {
		if key.Matches(msg, k) {
			return true
		}
	}
	return false
}

// tabKeys are those that lead to the tabs of the header line.
func (a *App) tabKeys() []key.Binding {
	var keys []key.Binding
	for _, r := range a.routes {
		keys = append(keys, r.Key)
	}
	return a.untyped(keys)
}

// ownKeys are the app's besides. What esc does is each screen's to say.
func (a *App) ownKeys() []key.Binding {
	k := a.env.Keys
	help := k.Help
	help.SetHelp(help.Help().Key+" F1", help.Help().Desc)
	return a.untyped([]key.Binding{help, k.Palette, k.Redraw, k.Suspend, a.quit})
}

// untyped are bindings without the keys that are text while a field has the focus.
func (a *App) untyped(keys []key.Binding) []key.Binding {
	if a.typing() {
		for i, k := range keys {
			keys[i] = screen.Untyped(k)
		}
	}
	return keys
}

// mouseWords are what the mouse does, and the terminal's own that people miss when a
// program has the mouse.
func (a *App) mouseWords() []screen.Word {
	if a.env.NoMouse {
		return nil
	}
	return []screen.Word{{Word: "click", Means: "choose, press"}, {Word: "wheel", Means: "scroll"}, {Word: "shift+drag", Means: "select text to copy"}}
}
