package cli

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/aimo3/aimo3/engine/remote"
	"github.com/aimo3/aimo3/engine/secure/vault"
)

const connectName = "connect"

func (s *shell) connectFlag(f *pflag.FlagSet) {
	read := func(address string) (remote.Address, error) {
		if address == "" {
			return remote.Address{}, nil
		}
		return remote.ParseAddress(address)
	}
	f.Var(&parsed[remote.Address]{"", "URL", &s.set.Server, read}, connectName, "have the aimo3 server at this address attempt problems and keep them, as http://localhost:8000 (default: none)")
}

// besideConnect are the flags of the app that mean something where a server attempts
// problems: those of a plan, and those of the screen and the log. All others say how
// this program itself would do it.
var besideConnect = []string{connectName, "theme", "no-mouse", keysName, "announce", "plain", "log", "log-level", "debug", "help", envFileFlag}

// checkRivals refuses flags that a server has no use for.
func (s *shell) checkRivals(cmd *cobra.Command) error {
	if s.set.Server == (remote.Address{}) {
		return nil
	}
	allowed := pflag.NewFlagSet("plan", pflag.ContinueOnError)
	(&shell{Program: s.Program}).planFlags(allowed)
	var rivals []string
	cmd.Flags().Visit(func(f *pflag.Flag) {
		if f.Name == "unsafe-python" || allowed.Lookup(f.Name) == nil && !slices.Contains(besideConnect, f.Name) {
			rivals = append(rivals, "--"+f.Name)
		}
	})
	if len(rivals) == 0 {
		return nil
	}
	return usage("leave one out: the server was started with its own", "--%s cannot be used together with %s", connectName, strings.Join(rivals, " and "))
}

// helloTimeout is for the first answer of a server. One that does not answer by then is
// waited for by the app.
const helloTimeout = 3 * time.Second

// connected shows the app on a server.
func (s *shell) connected(cmd *cobra.Command) error {
	ctx := cmd.Context()
	found, err := s.vault().Find(ctx, vault.Connect)
	if err != nil {
		return err
	}
	client, err := remote.New(remote.Options{Address: s.set.Server, Key: found.Secret, Now: s.Now})
	if err != nil {
		return err
	}
	hello, cancel := context.WithTimeout(ctx, helloTimeout)
	defer cancel()
	if err := client.Hello(hello); err != nil && hello.Err() == nil {
		return err
	}
	settings := s.config(cmd.Flags())
	s.set.Plan, settings.plan = client.Plan(s.set.Plan), client.Plan
	return s.App(ctx, Screen{Settings: s.set, Config: settings, Logger: s.Log.Log(), Remote: client})
}
