package cli

import (
	"context"
	"errors"
	"io"
	"time"

	"github.com/spf13/cobra"

	"github.com/aimo3/aimo3/engine/secure"
	"github.com/aimo3/aimo3/engine/secure/audit"
	"github.com/aimo3/aimo3/engine/wire"
)

func (s *shell) authKeyCommand() *cobra.Command {
	c := group("key", "Create, list, revoke and rotate API keys",
		s.keyCreateCommand(), s.keyListCommand(), s.keyRevokeCommand(), s.keyRotateCommand())
	c.Long = "Create, list, revoke and rotate the API keys that others show to this program's\n" +
		"server. They are kept in the database; of the secret part only a hash."
	return c
}

func (s *shell) keyCreateCommand() *cobra.Command {
	name, scopes, life := "", []secure.Scope{secure.Solve}, 90*24*time.Hour
	must, public := false, ""
	c := &cobra.Command{
		Use:   "create --name NAME",
		Short: "Create an API key and print it; it is printed only once",
		Long: "Create an API key and print it; it is printed only once. With --public-key there is\n" +
			"nothing to print but its ID: its owner signs requests by a private key that never comes here.",
		Example: "  aimo3 auth key create --name grader --scope solve,batch --expires 30d\n" +
			"  openssl pkey -in ed.pem -pubout -out ed.pub && aimo3 auth key create --name grader --public-key ed.pub",
		Args: exactly(0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			how, err := signing25519(public)
			if err != nil {
				return err
			}
			how.Must = must
			return s.withStore(cmd, s.Open, func(ctx context.Context, store Store) error {
				key, bearer, err := s.keys(store).Create(ctx, name, scopes, life, how)
				if err = s.audit.Did(ctx, audit.CreateKey, key.ID, err); err != nil {
					return err
				}
				s.note(ctx, store, "key made", key.ID)
				return s.printKey(key, bearer)
			})
		},
	}
	f := c.Flags()
	f.StringVar(&name, "name", "", "whom or what the key is for")
	f.Var(&parsed[[]secure.Scope]{"solve", "LIST", &scopes, secure.ParseScopes}, "scope", "what the key may do: solve, batch, admin, metrics, several joined by commas")
	f.Var(&parsed[time.Duration]{"90d", "AGE", &life, lifetime}, "expires", "how long the key lives, as 30d, 8w or 12h; none for until it is revoked")
	f.BoolVar(&must, "must-sign", false, "refuse requests of this key that are not signed")
	publicFlag(f, &public)
	s.keyFlags(c)
	return c
}

func (s *shell) keyFlags(c *cobra.Command) {
	c.Flags().BoolVar(&s.json, "json", false, "print one JSON object")
	s.dbFlag(c.Flags())
}

func (s *shell) keys(store Store) *secure.Keys { return secure.NewKeys(store.Keys(), s.Now) }

// lifetime reads how long a key lives; 0 is for good.
func lifetime(text string) (time.Duration, error) {
	if text == "none" {
		return 0, nil
	}
	return span(text)
}

// span reads days, weeks or a shorter time.
func span(text string) (time.Duration, error) {
	if d, err := time.ParseDuration(text); err == nil && d > 0 {
		return d, nil
	}
	d, err := age(text)
	if err != nil {
		return 0, usage("write days as 30d, weeks as 8w, hours as 12h", "%q is no length of time", text)
	}
	return d, nil
}

// printKey prints a new key: the one time that its secret is shown.
func (s *shell) printKey(key secure.Key, bearer secure.Secret) error {
	text := bearer.Reveal()
	if key.Public != nil {
		text = ""
	}
	if s.json {
		return s.printJSON(struct {
			Version int    `json:"version"`
			Secret  string `json:"secret,omitempty"` // the whole key, as its owner shows it
			secure.Key
		}{wire.Version, text, key})
	}
	if text == "" {
		s.say("the key %s for %s %s · sign its requests by `aimo3 sign --key-id %s`", key.ID, key.Name, until(key.Expires), key.ID)
		_, err := io.WriteString(s.out, key.ID+"\n")
		return err
	}
	s.say("the key %s for %s %s · it is shown this once: keep it now", key.ID, key.Name, until(key.Expires))
	_, err := io.WriteString(s.out, text+"\n")
	return err
}

func until(expires time.Time) string {
	if expires.IsZero() {
		return "does not expire"
	}
	return "expires on " + day(expires)
}

func day(at time.Time) string {
	if at.IsZero() {
		return "-"
	}
	return at.Local().Format("2006-01-02 15:04")
}

func (s *shell) keyRevokeCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "revoke ID",
		Short: "End an API key for good, at once",
		Args:  oneKey,
		RunE: func(cmd *cobra.Command, args []string) error {
			return s.withKeys(cmd, func(ctx context.Context, store Store) error {
				if err := s.keys(store).Revoke(ctx, args[0]); err != nil {
					return s.audit.Did(ctx, audit.RevokeKey, "", err) // what was given may be a whole key
				}
				s.note(ctx, store, "key revoked", args[0])
				s.say("the key %s is revoked", args[0])
				return s.audit.Did(ctx, audit.RevokeKey, args[0], nil)
			})
		},
	}
	s.dbFlag(c.Flags())
	return c
}

func (s *shell) keyRotateCommand() *cobra.Command {
	overlap, public := 24*time.Hour, ""
	c := &cobra.Command{
		Use:   "rotate ID",
		Short: "Replace an API key by a new one, which is printed only once",
		Long:  "Replace an API key by a new one with the same name, scopes and lifetime, which is\nprinted only once. The old key stays valid for the overlap, so that its owner can\nchange over.",
		Args:  oneKey,
		RunE: func(cmd *cobra.Command, args []string) error {
			how, err := signing25519(public)
			if err != nil {
				return err
			}
			return s.withKeys(cmd, func(ctx context.Context, store Store) error {
				key, bearer, err := s.keys(store).Rotate(ctx, args[0], overlap, how.Public)
				if err = s.audit.Did(ctx, audit.RotateKey, key.ID, err); err != nil {
					return err
				}
				s.note(ctx, store, "key rotated", key.ID)
				s.say("the key %s goes on for at most %s", args[0], overlap)
				return s.printKey(key, bearer)
			})
		},
	}
	publicFlag(c.Flags(), &public)
	c.Flags().Var(&parsed[time.Duration]{"24h", "TIME", &overlap, span}, "overlap", "how long the old key stays valid, as 24h or 7d")
	s.keyFlags(c)
	return c
}

// oneKey refuses any number of arguments but one, and shows none of them: one may be a
// whole key.
func oneKey(_ *cobra.Command, args []string) error {
	if len(args) != 1 {
		return usage("`aimo3 auth key list` has the IDs", "give the ID of one key")
	}
	return nil
}

// withKeys runs a command on keys that there are.
func (s *shell) withKeys(cmd *cobra.Command, do func(context.Context, Store) error) error {
	err := s.withKept(cmd, do)
	if errors.Is(err, errNothingKept) {
		return usage("create one with `aimo3 auth key create`", "there are no API keys")
	}
	return err
}
