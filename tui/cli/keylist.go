package cli

import (
	"context"
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"github.com/aimo3/aimo3/engine/secure"
	"github.com/aimo3/aimo3/engine/wire"
	"github.com/aimo3/aimo3/tui/cli/form"
)

func (s *shell) keyListCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "list",
		Short: "List API keys, without their secrets",
		Args:  exactly(0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			err := s.reading(cmd, func(ctx context.Context, store Store) error {
				all, err := s.keys(store).List(ctx)
				if err != nil {
					return err
				}
				return s.printKeys(all)
			})
			if errors.Is(err, errNothingKept) {
				return s.printKeys(nil)
			}
			return err
		},
	}
	s.keyFlags(c)
	return c
}

// keyNow is a key and how it is now, as JSON has it.
type keyNow struct {
	secure.Key
	State secure.State `json:"state"`
}

func (s *shell) printKeys(all []secure.Key) error {
	now, at := []keyNow{}, s.Now()
	rows := [][]string{{"ID", "NAME", "SCOPES", "CREATED", "EXPIRES", "LAST USED", "SIGNS", "STATE"}}
	for _, k := range all {
		state := k.State(at)
		now = append(now, keyNow{k, state})
		var scopes []string
		for _, scope := range k.Scopes {
			scopes = append(scopes, string(scope))
		}
		rows = append(rows, []string{k.ID, k.Name, strings.Join(scopes, ","), day(k.Created), day(k.Expires), day(k.Used), signs(k), string(state)})
	}
	switch {
	case s.json:
		return s.printJSON(struct {
			Version int      `json:"version"`
			Keys    []keyNow `json:"keys"`
		}{wire.Version, now})
	case len(all) == 0:
		s.say("there are no API keys")
		return nil
	}
	return form.WriteTable(s.out, "", rows)
}

// signs is how a key signs its requests, and "" if it need not.
func signs(k secure.Key) string {
	switch {
	case k.Public != nil:
		return "ed25519"
	case k.MustSign:
		return "hmac"
	}
	return "-"
}
