package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"

	"github.com/charmbracelet/x/term"

	"github.com/aimo3/aimo3/engine/secure"
	"github.com/aimo3/aimo3/engine/secure/vault"
	"github.com/aimo3/aimo3/tui/cli/config"
	"github.com/aimo3/aimo3/tui/cli/form"
)

// vault is where secrets are looked for and kept, as this call was told.
func (s *shell) vault() *vault.Vault {
	v := &vault.Vault{Getenv: s.Getenv, Keyring: s.Keyring, Tell: s.tell}
	if mine := config.User(s.Getenv); mine != "" {
		v.Dir = filepath.Join(filepath.Dir(mine), "secrets")
	}
	for _, set := range s.fromFiles {
		v.EnvFiles = append(v.EnvFiles, vault.Variable{Name: set.Key, Text: set.Text, Path: set.From.File})
	}
	if s.Terminal(s.in) {
		v.Ask = s.askPassphrase
	}
	return v
}

// askPassphrase asks a person for what opens a file; for that of a new one twice, since
// nobody could open it with what was mistyped.
func (s *shell) askPassphrase(ctx context.Context, path string, isNew bool) (secure.Secret, error) {
	first, err := s.typed(ctx, "passphrase of "+path)
	if err != nil || !isNew || first == "" {
		return secure.NewSecret(first), err
	}
	again, err := s.typed(ctx, "the same again")
	if err == nil && again != first {
		err = usage("begin again", "the two passphrases are not the same")
	}
	return secure.NewSecret(first), err
}

// readSecret reads a secret from the terminal without showing it or, where there is none,
// all of standard input.
func (s *shell) readSecret(ctx context.Context, about string) (secure.Secret, error) {
	var text string
	var err error
	if s.Terminal(s.in) {
		text, err = s.typed(ctx, about)
	} else {
		text, err = readBounded(ctx, s.in)
	}
	if err != nil {
		return secure.Secret{}, fault(err, "cannot read the secret", "type it, or give it on standard input")
	}
	return vault.Check(text)
}

// typed asks for a line that is not shown while it is typed.
func (s *shell) typed(ctx context.Context, about string) (text string, err error) {
	fmt.Fprint(s.err, form.Line(about)+": ")
	defer fmt.Fprintln(s.err)
	in, ok := s.in.(interface{ Fd() uintptr })
	if !ok {
		return awaited(ctx, func() (string, error) { return lineOf(s.in) })
	}
	before, err := term.GetState(in.Fd())
	if err != nil {
		return "", err
	}
	text, err = awaited(ctx, func() (string, error) {
		line, err := term.ReadPassword(in.Fd())
		return string(line), err
	})
	if errors.Is(err, io.EOF) {
		err = nil // nothing was typed
	}
	return text, errors.Join(err, term.Restore(in.Fd(), before)) // which a read that was given up has not done
}

// lineOf reads one line and not a byte of the next.
func lineOf(r io.Reader) (string, error) {
	var line []byte
	for one := []byte{0}; ; {
		switch n, err := r.Read(one); {
		case n > 0 && one[0] == '\n', errors.Is(err, io.EOF):
			return string(line), nil
		case err != nil:
			return "", err
		case n > 0:
			line = append(line, one[0])
		}
	}
}
