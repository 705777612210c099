package tui

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/tui/pane"
	"github.com/aimo3/aimo3/tui/screen"
)

// cover lies over the top screen and takes its keys until it is put away.
type cover interface {
	key(*App, tea.KeyMsg) tea.Cmd
	mouse(tea.MouseMsg)
	view(a *App, width, height int) string
}

// leaving asks whether to quit while samples run. It is told anew how many run
// each time it is drawn.
type leaving struct{ yes, no key.Binding }

func newLeaving(quit, back key.Binding) leaving {
	return leaving{
		yes: key.NewBinding(key.WithKeys(append([]string{"y", "Y"}, quit.Keys()...)...)),
		no:  key.NewBinding(key.WithKeys(append([]string{"n", "N"}, back.Keys()...)...)),
	}
}

func (l leaving) key(a *App, msg tea.KeyMsg) tea.Cmd {
	switch {
	case key.Matches(msg, l.yes):
		return tea.Quit
	case key.Matches(msg, l.no):
		a.cover = nil
	}
	return nil
}

func (l leaving) mouse(tea.MouseMsg) {}

func (l leaving) view(a *App, w, h int) string {
	what := "Everything has finished; quit?"
	switch n := a.running(); {
	case n == 1:
		what = "1 sample is running; stop it and quit?"
	case n > 1:
		what = fmt.Sprintf("%d samples are running; stop them and quit?", n)
	}
	return pane.Confirm(a.env.Styles, what+" y yes · n no", w, h)
}

// help shows every key that does something now.
type help struct{ list *pane.Help }

func newHelp(a *App) help {
	h := help{pane.NewHelp(a.env.Styles)}
	h.list.Show(
		pane.HelpGroup{Title: "Here", Keys: a.top().Keys()},
		pane.HelpGroup{Title: "Everywhere", Keys: a.everywhere()},
		pane.HelpGroup{Title: "What it says", Keys: words(a.top())},
	)
	return h
}

// words are what a screen explains, in the form in which help shows keys.
func words(s screen.Screen) []key.Binding {
	var all []key.Binding
	if e, ok := s.(screen.Explainer); ok {
		for _, w := range e.Words() {
			all = append(all, key.NewBinding(key.WithKeys(w.Word), key.WithHelp(w.Word, w.Means)))
		}
	}
	return all
}

func (h help) key(a *App, msg tea.KeyMsg) tea.Cmd {
	switch k := a.env.Keys; {
	case msg.Type == tea.KeyCtrlC:
		a.cover = nil
		return a.leave()
	case key.Matches(msg, k.Help, k.Back, k.Open, a.quit):
		a.cover = nil
	case key.Matches(msg, k.Up):
		h.list.Scroll(-1)
	case key.Matches(msg, k.Down):
		h.list.Scroll(1)
	case key.Matches(msg, k.PageUp):
		h.list.Scroll(-a.height / 2)
	case key.Matches(msg, k.PageDn):
		h.list.Scroll(a.height / 2)
	}
	return nil
}

func (h help) mouse(msg tea.MouseMsg) {
	switch msg.Button {
	case tea.MouseButtonWheelUp:
		h.list.Scroll(-3)
	case tea.MouseButtonWheelDown:
		h.list.Scroll(3)
	}
}

func (h help) view(_ *App, w, ht int) string {
	h.list.Resize(w, ht)
	return h.list.View()
}

// everywhere are the app's own keys, and the terminal's one that people miss
// when a program has the mouse. What esc does is each screen's to say.
func (a *App) everywhere() []key.Binding {
	var keys []key.Binding
	for _, r := range a.routes {
		keys = append(keys, r.Key)
	}
	help := a.env.Keys.Help
	help.SetHelp(help.Help().Key+" F1", help.Help().Desc)
	keys = append(keys, help, a.quit)
	if a.typing() {
		for i, k := range keys {
			keys[i] = whileTyping(k)
		}
	}
	if a.env.NoMouse {
		return keys
	}
	for _, does := range [][2]string{{"click", "choose, press"}, {"wheel", "scroll"}, {"shift+drag", "select text to copy"}} {
		keys = append(keys, key.NewBinding(key.WithKeys(does[0]), key.WithHelp(does[0], does[1])))
	}
	return keys
}

// whileTyping is a binding without the keys that are text to a focused field.
// Those are named by one character in its help.
func whileTyping(k key.Binding) key.Binding {
	text := func(s string) bool { return utf8.RuneCountInString(s) == 1 }
	named := slices.DeleteFunc(strings.Fields(k.Help().Key), text)
	return key.NewBinding(
		key.WithKeys(slices.DeleteFunc(slices.Clone(k.Keys()), text)...),
		key.WithHelp(strings.Join(named, " "), k.Help().Desc),
	)
}
