package cli

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/aimo3/aimo3/engine/wire"
	"github.com/aimo3/aimo3/tui/cli/form"
)

// keysName is the setting of which keys do what in the app.
const keysName = "keys"

// KeyAction is what keys do in the app.
type KeyAction struct {
	Screen string `json:"screen"` // "everywhere" if they do it on every one
	Action string `json:"action"` // its name in the setting
	Keys   string `json:"keys"`   // as the setting has them, with spaces between
	Fixed  bool   `json:"fixed"`  // they cannot be changed
}

// keymap reads which keys do what, and returns that as it was said.
func (s *shell) keymap(said string) (string, error) {
	if s.Keymap == nil {
		return said, nil
	}
	_, err := s.Keymap(said)
	return said, err
}

// actions are what the setting of keys may begin with.
func (s *shell) actions() []string {
	if s.Keymap == nil {
		return nil
	}
	all, _ := s.Keymap("")
	var names []string
	for _, a := range all {
		if name := a.Action + "="; !a.Fixed && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

func (s *shell) configKeysCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "keys",
		Short: "List what keys do in the app, and the names to change them by",
		Long: "List what keys do in the app, by screen, as the settings have them. An action is\n" +
			"given other keys by its name, on every screen that has it:\n\n" +
			"  aimo3 config set keys 'stop all=Z,history=ctrl+e'",
		Args: exactly(0, "no arguments"),
		RunE: func(*cobra.Command, []string) error { return s.showKeys() },
	}
	s.keysFlag(c.Flags())
	c.Flags().BoolVar(&s.json, "json", false, "print one JSON object")
	return c
}

func (s *shell) showKeys() error {
	all := []KeyAction{}
	if s.Keymap != nil {
		found, err := s.Keymap(s.set.Keys)
		if err != nil {
			return err
		}
		all = append(all, found...)
	}
	if s.json {
		return s.printJSON(struct {
			Version int         `json:"version"`
			Keys    []KeyAction `json:"keys"`
		}{wire.Version, all})
	}
	rows := [][]string{{"SCREEN", "ACTION", "KEYS"}}
	for _, a := range all {
		keys := a.Keys
		if a.Fixed {
			keys = strings.TrimSpace(keys + "  (always)")
		}
		rows = append(rows, []string{a.Screen, a.Action, keys})
	}
	return form.WriteTable(s.out, "", rows)
}
