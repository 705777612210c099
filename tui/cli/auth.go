package cli

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/secure/audit"
	"github.com/aimo3/aimo3/engine/secure/vault"
	"github.com/aimo3/aimo3/engine/wire"
	"github.com/aimo3/aimo3/tui/cli/form"
)

func (s *shell) authCommand() *cobra.Command {
	c := group("auth", "Keep secrets of other programs, and make API keys",
		s.authSetCommand(), s.authListCommand(), s.authDeleteCommand(), s.authKeyCommand())
	c.Long = "Keep the secrets that this program shows to others, and make the API keys that\n" +
		"others show to its server.\n\n" +
		"A secret is the first that is found: its variable, the file that its variable with\n" +
		"_FILE names, either of them in a file of --env-file, the system's keyring, a file\n" +
		"encrypted by age. A file that others may read is refused."
	return c
}

func (s *shell) authSetCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "set NAME",
		Short: "Keep a secret, which is typed or comes on standard input",
		Long: "Keep a secret, which is typed without being shown or comes on standard input, never\n" +
			"on the command line, where others could read it. It is kept in the system's keyring\n" +
			"or, where there is none, in a file encrypted with a passphrase: that of\n" +
			vault.Passphrase.Variable() + ", of the file that " + vault.Passphrase.FileVariable() + " names, or one\n" +
			"that is asked for.\n\nNames:\n" + credentialLines(),
		Example:           "  aimo3 auth set redis\n  pass show redis | aimo3 auth set redis",
		Args:              oneCredential,
		ValidArgsFunction: completeCredentials,
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := credential(args[0])
			if err != nil {
				return err
			}
			secret, err := s.readSecret(cmd.Context(), c.About())
			if err != nil {
				return err
			}
			kept, err := s.vault().Keep(cmd.Context(), c, secret)
			if err = s.did(cmd.Context(), "", audit.KeepSecret, string(c), err); err != nil {
				return err
			}
			s.say("%s is kept in %s", c, kept.Where)
			return s.stillSet(cmd.Context(), c, kept.Place)
		},
	}
}

// stillSet says what counts more than a secret that was kept or deleted just now.
func (s *shell) stillSet(ctx context.Context, c vault.Credential, kept vault.Place) error {
	v := s.vault()
	v.Tell = nil // it was told just now
	found, err := v.Locate(ctx, c)
	if err == nil && found.Place != "" && found.Place != kept {
		s.say("warning: %s is also set by %s, which counts more", c, found.Where)
	}
	return err
}

// oneCredential refuses any number of arguments but one, and shows none of them: the
// second may be a secret.
func oneCredential(_ *cobra.Command, args []string) error {
	if len(args) != 1 {
		return usage("a secret is typed, or comes on standard input", "give the name alone, one of: %s", credentialNames())
	}
	return nil
}

func credential(name string) (vault.Credential, error) {
	c := vault.Credential(name)
	if !slices.Contains(vault.Kept(), c) {
		return "", usage("use one of: "+credentialNames(), "no secret is known by that name")
	}
	return c, nil
}

func credentialNames() string { return strings.Join(namesOfCredentials(), ", ") }

func namesOfCredentials() []string {
	var all []string
	for _, c := range vault.Kept() {
		all = append(all, string(c))
	}
	return all
}

func credentialLines() string {
	var b strings.Builder
	for _, c := range vault.Kept() {
		b.WriteString("  " + string(c) + "  " + c.About() + "\n")
	}
	return strings.TrimRight(b.String(), "\n")
}

func completeCredentials(_ *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return namesOfCredentials(), cobra.ShellCompDirectiveNoFileComp
}

// credentialNow is a credential and where it comes from, as JSON has it.
type credentialNow struct {
	Name  vault.Credential `json:"name"`
	About string           `json:"about"`
	From  vault.Place      `json:"from,omitempty"` // none: it is not set
	Where string           `json:"where,omitempty"`
	Fault *engine.Fault    `json:"fault,omitempty"` // why it cannot be had
}

func (s *shell) authListCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "list",
		Short: "List the secrets, and where each comes from; never what they are",
		Args:  exactly(0, "no arguments"),
		RunE:  func(cmd *cobra.Command, _ []string) error { return s.listCredentials(cmd.Context()) },
	}
	c.Flags().BoolVar(&s.json, "json", false, "print one JSON object")
	return c
}

func (s *shell) listCredentials(ctx context.Context) error {
	all := []credentialNow{}
	rows := [][]string{{"NAME", "FROM", "WHERE", "ABOUT"}}
	for _, c := range vault.Kept() {
		found, err := s.vault().Locate(ctx, c)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		now := credentialNow{Name: c, About: c.About(), From: found.Place, Where: found.Where}
		row := []string{string(c), "-", "-", c.About()}
		switch {
		case err != nil:
			now.Fault = &engine.Fault{Class: engine.ClassOf(err), What: hint(err)}
			row[1], row[2] = "refused", hint(err)
		case found.Place != "":
			row[1], row[2] = string(found.Place), found.Where
		}
		all, rows = append(all, now), append(rows, row)
	}
	if s.json {
		return s.printJSON(struct {
			Version     int             `json:"version"`
			Credentials []credentialNow `json:"credentials"`
		}{wire.Version, all})
	}
	return form.WriteTable(s.out, "", rows)
}

func (s *shell) authDeleteCommand() *cobra.Command {
	return &cobra.Command{
		Use:               "delete NAME",
		Short:             "Delete a secret that was kept",
		Args:              oneCredential,
		ValidArgsFunction: completeCredentials,
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := credential(args[0])
			if err != nil {
				return err
			}
			from, err := s.vault().Forget(cmd.Context(), c)
			if err = s.did(cmd.Context(), "", audit.DropSecret, string(c), err); err != nil {
				return err
			}
			if len(from) == 0 {
				return usage("`aimo3 auth list` says where it comes from, if it is set", "no secret is kept for %s", c)
			}
			for _, place := range from {
				s.say("%s is deleted from the %s", c, place)
			}
			return s.stillSet(cmd.Context(), c, "")
		},
	}
}
