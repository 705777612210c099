package tui

import (
	"slices"
	"strings"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/screen"
)

// maxKeysEach is how many keys one action may have: more are not read where it is named.
const maxKeysEach = 3

// keymapForm says how a keymap is written; errors end with it.
const keymapForm = "write ACTION=KEY, such as stop all=Z; `aimo3 config keys` lists both"

// ParseKeymap reads which keys do what as a person writes it: what is done, "=", and the
// names of keys with spaces between, each pair after a comma. A space is called space, and a
// comma is called comma. A keymap that locks anybody out, or of which anything is wrong, is
// an error, and then nothing of it counts.
func ParseKeymap(said string) (screen.Keymap, error) {
	pairs := pairsOf(said)
	if len(pairs) == 0 {
		return nil, nil
	}
	m, known := screen.Keymap{}, Bounds(nil)
	for _, one := range pairs {
		does, keys, ok := strings.Cut(one, "=")
		does = strings.TrimSpace(does)
		if !ok || does == "" || strings.TrimSpace(keys) == "" {
			return nil, badKeys(keymapForm, "%q maps no key", strings.TrimSpace(one))
		}
		if err := checkAction(does, known); err != nil {
			return nil, err
		}
		if _, again := m[does]; again {
			return nil, badKeys("write its keys together: "+does+"=X Y", "“%s” is mapped twice", does)
		}
		named, err := keysNamed(does, strings.Fields(keys))
		if err != nil {
			return nil, err
		}
		m[does] = named
	}
	if err := checkKeymap(m); err != nil {
		return nil, err
	}
	return m, nil
}

// pairsOf are what stands between commas, but for commas before a "=": they are part of the
// name of an action.
func pairsOf(said string) []string {
	var all []string
	open := false // what came last has no "=" yet
	for part := range strings.SplitSeq(said, ",") {
		switch {
		case open:
			all[len(all)-1] += "," + part
		case strings.TrimSpace(part) == "":
			continue
		default:
			all = append(all, part)
		}
		open = !strings.Contains(part, "=")
	}
	return all
}

// checkAction says why there is no action of a name, or none with keys to change.
func checkAction(does string, known []Bound) error {
	var names []string
	fixed := false
	for _, b := range known {
		switch {
		case b.Does != does:
		case b.Fixed:
			fixed = true
		default:
			return nil
		}
		if !slices.Contains(names, b.Does) {
			names = append(names, b.Does)
		}
	}
	if fixed {
		return badKeys("leave it out", "the keys of “%s” cannot be changed", does)
	}
	todo := "`aimo3 config keys` lists all"
	if near := engine.Near(does, names); len(near) > 0 {
		todo = "did you mean “" + strings.Join(near, "” or “") + "”? " + todo
	}
	return badKeys(todo, "nothing that keys do is called “%s”", does)
}

// keysNamed are the keys that a person names, as bindings have them.
func keysNamed(does string, said []string) ([]string, error) {
	var keys []string
	for _, name := range said {
		switch name {
		case "space":
			name = " "
		case "comma":
			name = ","
		}
		if _, ok := screen.Press(name); !ok {
			return nil, badKeys("a key is one character, or a name such as ctrl+x, alt+x, shift+up, pgdown or f9", "“%s”: no key is called %q", does, name)
		}
		if screen.Reserved(name) {
			return nil, badKeys("choose another key", "“%s” cannot be on %s: that key always does what it does by default", does, screen.Named(name))
		}
		if !slices.Contains(keys, name) {
			keys = append(keys, name)
		}
	}
	if len(keys) > maxKeysEach {
		return nil, badKeys("choose some of them", "“%s” has %d keys: it may have %d", does, len(keys), maxKeysEach)
	}
	return keys, nil
}

// WrittenKeys are keys as ParseKeymap reads them.
func WrittenKeys(keys []string) string {
	names := slices.Clone(keys)
	for i, name := range names {
		switch name {
		case " ":
			names[i] = "space"
		case ",":
			names[i] = "comma"
		}
	}
	return strings.Join(names, " ")
}
