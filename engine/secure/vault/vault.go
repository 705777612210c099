// Package vault finds the secrets that this program shows to others, such as a password
// of Redis, and keeps them for it.
//
// A [Credential] has a name. Its secret is the first that is found of these:
//
//	its variable in the environment, as AIMO3_REDIS_PASSWORD
//	the file that AIMO3_REDIS_PASSWORD_FILE names
//	either of the two in a file of --env-file
//	the keyring of the system, asked for two seconds at most
//	a file of its own, encrypted with a passphrase by age
//	for Kaggle, KAGGLE_KEY and the kaggle.json of its own tools
//
//	v := vault.Vault{Getenv: os.Getenv, Keyring: &vault.Keyring{}, Dir: dir, Ask: ask, Tell: say}
//	found, err := v.Find(ctx, vault.Redis)
//	use(found.Secret.Reveal())
//
// Where the keyring does not answer, Tell is told so in one line and the next place is
// looked in; Find goes on in silence where there is none. A file that others may read, or that does not hold what it should, is an
// error: whoever named it meant it. No error and no line holds a secret.
//
// A Vault may be used by one goroutine at a time.
package vault

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/secure"
)

// maxSecretBytes bounds a secret: no keyring takes much more.
const maxSecretBytes = 2048

// Place is a kind of place where a secret can be.
type Place string

// The places, in the order in which they are looked in.
const (
	Environment Place = "environment"
	File        Place = "file"
	EnvFile     Place = "env file"
	InKeyring   Place = "keyring"
	AgeFile     Place = "age file"
)

// Found is a secret and where it was; the zero value is none.
type Found struct {
	Secret secure.Secret
	Place  Place
	Where  string // the variable or the path
}

// Variable is one that a file of --env-file sets.
type Variable struct{ Name, Text, Path string }

// Vault looks for secrets and keeps them.
type Vault struct {
	Getenv   func(string) string
	EnvFiles []Variable // of two of one name the last counts
	Keyring  *Keyring   // nil: none is asked
	Dir      string     // of encrypted files; "" if there is no place for them
	// Ask asks a person for the passphrase of a file, twice if it is a new one; nil, or
	// an empty one, if there is nobody to ask.
	Ask func(ctx context.Context, path string, isNew bool) (secure.Secret, error)
	// Tell is told what a person should know, a line each; nil for nobody.
	Tell func(string)

	workFactor int // of scrypt, for tests; 0 is the default
}

// Find looks for a secret in every place; none is no error.
func (v *Vault) Find(ctx context.Context, c Credential) (Found, error) {
	return v.look(ctx, c, true)
}

// Locate is Find without the secret, so that no passphrase is needed.
func (v *Vault) Locate(ctx context.Context, c Credential) (Found, error) {
	found, err := v.look(ctx, c, false)
	found.Secret = secure.Secret{}
	return found, err
}

func (v *Vault) look(ctx context.Context, c Credential, open bool) (Found, error) {
	if found, err := v.variables(c); err != nil || found.Place != "" {
		return found, err
	}
	switch secret, err := v.Keyring.get(ctx, string(c)); {
	case err == nil && !secret.Empty():
		return Found{secret, InKeyring, "the system's keyring"}, nil
	case err != nil && ctx.Err() != nil:
		return Found{}, ctx.Err()
	case err != nil && (!open || !errors.Is(err, errNoBus)): // where none is, nobody kept anything in it
		v.tell("the keyring cannot be asked: %s", err)
	}
	path := v.path(c)
	if !exists(path) {
		if c == Kaggle {
			return v.ofKaggle()
		}
		return Found{}, nil
	}
	if !open {
		return Found{Place: AgeFile, Where: path}, secure.CheckPrivate(path)
	}
	secret, err := v.open(ctx, path)
	return Found{secret, AgeFile, path}, err
}

// variables looks in the environment, and then in the files of --env-file.
func (v *Vault) variables(c Credential) (Found, error) {
	if text := v.Getenv(c.Variable()); text != "" {
		return valid(text, Found{Place: Environment, Where: c.Variable()})
	}
	if path := v.Getenv(c.FileVariable()); path != "" {
		return inFile(path)
	}
	for _, name := range []string{c.Variable(), c.FileVariable()} {
		text, from := "", ""
		for _, set := range v.EnvFiles {
			if set.Name == name {
				text, from = set.Text, set.Path
			}
		}
		switch {
		case text == "":
		case name == c.FileVariable():
			return inFile(text)
		default:
			if err := secure.CheckPrivate(from); err != nil {
				return Found{}, err
			}
			return valid(text, Found{Place: EnvFile, Where: from})
		}
	}
	return Found{}, nil
}

// inFile reads a file that holds a secret and nothing else.
func inFile(path string) (Found, error) {
	text, err := secure.ReadPrivate(path)
	if err != nil {
		return Found{}, err
	}
	return valid(string(text), Found{Place: File, Where: path})
}

// valid puts a text as Check reads it into what was found.
func valid(text string, f Found) (Found, error) {
	secret, err := Check(text)
	if err != nil {
		var fault *engine.Fault
		if errors.As(err, &fault) {
			err = &engine.Fault{Class: fault.Class, What: f.Where + ": " + fault.What, Todo: fault.Todo}
		}
		return Found{}, err
	}
	f.Secret = secret
	return f, nil
}

// Check reads a secret as somebody gave it: one line, of which the end is no part.
func Check(text string) (secure.Secret, error) {
	text = strings.TrimSuffix(strings.TrimSuffix(text, "\n"), "\r")
	what := ""
	switch {
	case text == "":
		what = "the secret is empty"
	case len(text) > maxSecretBytes:
		what = fmt.Sprintf("the secret is longer than %d bytes", maxSecretBytes)
	case strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r == 0x7f }):
		what = "the secret has more than one line, or control characters"
	}
	if what != "" {
		return secure.Secret{}, &engine.Fault{Class: engine.Invalid, What: what, Todo: "give the secret alone, on one line"}
	}
	return secure.NewSecret(text), nil
}

// Keep puts a secret into the keyring or, where that cannot be had, into an encrypted
// file, and says where it is now. In the other of the two none of that name is left.
func (v *Vault) Keep(ctx context.Context, c Credential, secret secure.Secret) (Found, error) {
	path := v.path(c)
	err := v.Keyring.set(ctx, string(c), secret)
	if err == nil {
		return Found{Place: InKeyring, Where: "the system's keyring"}, remove(path)
	}
	if ctx.Err() != nil {
		return Found{}, ctx.Err()
	}
	v.tell("the keyring cannot be used: %s", err)
	if path == "" {
		return Found{}, &engine.Fault{Class: engine.Invalid, What: "there is no place for secrets: neither HOME nor XDG_CONFIG_HOME is set", Todo: "set one of them, or " + c.Variable()}
	}
	return Found{Place: AgeFile, Where: path}, v.seal(ctx, path, secret)
}

// Forget removes what Keep kept, wherever it is, and says where it was.
func (v *Vault) Forget(ctx context.Context, c Credential) (from []Place, err error) {
	switch found, err := v.Keyring.forget(ctx, string(c)); {
	case found:
		from = append(from, InKeyring)
	case err != nil && ctx.Err() != nil:
		return nil, ctx.Err()
	case err != nil:
		v.tell("the keyring cannot be asked: %s", err)
	}
	path := v.path(c)
	if exists(path) {
		from = append(from, AgeFile)
	}
	return from, remove(path)
}

func (v *Vault) tell(format string, args ...any) {
	if v.Tell != nil {
		v.Tell(fmt.Sprintf(format, args...))
	}
}

// passphrase finds what opens an encrypted file, or closes a new one.
func (v *Vault) passphrase(ctx context.Context, path string, isNew bool) (secure.Secret, error) {
	found, err := v.variables(Passphrase)
	if err == nil && found.Secret.Empty() && v.Ask != nil {
		found.Secret, err = v.Ask(ctx, path, isNew)
	}
	if err == nil && found.Secret.Empty() {
		err = &engine.Fault{
			Class: engine.Invalid, What: "the passphrase of " + path + " is not known",
			Todo: fmt.Sprintf("set %s or %s", Passphrase.Variable(), Passphrase.FileVariable()),
		}
	}
	return found.Secret, err
}
