package screen

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/bubbles/key"
)

// Keymap is which keys do what, where a person wants other ones than the default: the names
// of keys, as Press takes them, by what they do, as their binding says it.
type Keymap map[string][]string

// Action is what keys do, as they are bound.
type Action struct {
	Does  string
	Keys  []string // names, as Press takes them
	Fixed bool     // nobody can change its keys
	// Asked says that the keys count only while something is asked or typed, when those of
	// the screen do not.
	Asked bool
}

// Reserved says whether a key always does what it does by default, so that nobody locks
// himself out: it can neither be taken from that nor be given to anything else.
func Reserved(name string) bool {
	return slices.Contains([]string{"ctrl+c", "f1", "esc", "enter"}, name)
}

// IsText says whether a key of a name is a character that a text field takes.
func IsText(name string) bool { return utf8.RuneCountInString(name) == 1 }

// Bind is the binding of keys to what they do; help is their names, as screens show them.
// If the keymap has other keys for that, they are these instead, and named as they are. The
// reserved ones of the default stay.
func (k Keys) Bind(help, does string, keys ...string) key.Binding {
	if own, mapped := k.mapped[does]; mapped {
		stay := slices.DeleteFunc(slices.Clone(keys), func(name string) bool { return !Reserved(name) })
		keys = append(slices.Clone(own), stay...)
		shown := slices.DeleteFunc(stay, func(name string) bool { return !slices.Contains(strings.Fields(help), Named(name)) })
		help = Named(append(slices.Clone(own), shown...)...)
	}
	return k.bound(Action{Does: does, Keys: keys}, help)
}

// Fixed is a binding whose keys nobody can change: they mean something as keys, such as
// digits and arrows.
func (k Keys) Fixed(help, does string, keys ...string) key.Binding {
	return k.bound(Action{Does: does, Keys: keys, Fixed: true}, help)
}

// Answer is a binding that counts only while something is asked or typed. Nobody can change
// its keys.
func (k Keys) Answer(help, does string, keys ...string) key.Binding {
	return k.bound(Action{Does: does, Keys: keys, Fixed: true, Asked: true}, help)
}

func (k Keys) bound(a Action, help string) key.Binding {
	if k.note != nil {
		k.note(a)
	}
	return key.NewBinding(key.WithKeys(a.Keys...), key.WithHelp(help, a.Does))
}

// Named is how screens name keys, with spaces between: "ctrl+n F2".
func Named(keys ...string) string {
	names := make([]string, len(keys))
	for i, name := range keys {
		before, last := "", name
		if at := strings.LastIndexByte(name, '+'); at > 0 && at < len(name)-1 {
			before, last = name[:at+1], name[at+1:]
		}
		switch last {
		case "up":
			last = "↑"
		case "down":
			last = "↓"
		case "left":
			last = "←"
		case "right":
			last = "→"
		case "pgdown":
			last = "pgdn"
		case " ":
			last = "space"
		}
		if len(last) > 1 && last[0] == 'f' && last[1] >= '0' && last[1] <= '9' {
			last = "F" + last[1:]
		}
		names[i] = before + last
	}
	return strings.Join(names, " ")
}

// Untyped is a binding without the keys that are text to a focused field. Those are named
// by one character in its help.
func Untyped(k key.Binding) key.Binding {
	named := slices.DeleteFunc(strings.Fields(k.Help().Key), IsText)
	return key.NewBinding(
		key.WithKeys(slices.DeleteFunc(slices.Clone(k.Keys()), IsText)...),
		key.WithHelp(strings.Join(named, " "), k.Help().Desc),
	)
}
