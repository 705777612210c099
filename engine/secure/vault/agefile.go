package vault

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"

	"filippo.io/age"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/secure"
)

// The work of a passphrase, as the power of 2 of scrypt's N. What is written takes 128 MB
// and half a second; a file that asks for more than 512 MB is not opened.
const (
	scryptWorkFactor    = 17
	maxScryptWorkFactor = 19
)

// path is that of a credential's own file; "" if there is no place for one. A file for
// each tells without a passphrase what is kept.
func (v *Vault) path(c Credential) string {
	if v.Dir == "" {
		return ""
	}
	return filepath.Join(v.Dir, string(c)+".age")
}

func exists(path string) bool {
	if path == "" {
		return false
	}
	_, err := os.Lstat(path)
	return err == nil
}

func remove(path string) error {
	if path == "" {
		return nil
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return &engine.Fault{Class: engine.Invalid, What: "cannot remove " + path, Todo: "remove it yourself", Err: errors.Unwrap(err)}
	}
	return nil
}

// seal encrypts a secret into the file at path.
func (v *Vault) seal(ctx context.Context, path string, secret secure.Secret) error {
	passphrase, err := v.passphrase(ctx, path, true)
	if err != nil {
		return err
	}
	to, err := age.NewScryptRecipient(passphrase.Reveal())
	if err != nil {
		return err
	}
	to.SetWorkFactor(v.factor())
	var sealed bytes.Buffer
	w, err := age.Encrypt(&sealed, to)
	if err == nil {
		_, err = io.WriteString(w, secret.Reveal())
		err = errors.Join(err, w.Close())
	}
	if err != nil {
		return err
	}
	return secure.WritePrivate(path, sealed.Bytes())
}

func (v *Vault) factor() int {
	if v.workFactor > 0 {
		return v.workFactor
	}
	return scryptWorkFactor
}

// open decrypts the secret in the file at path.
func (v *Vault) open(ctx context.Context, path string) (secure.Secret, error) {
	sealed, err := secure.ReadPrivate(path)
	if err != nil {
		return secure.Secret{}, err
	}
	passphrase, err := v.passphrase(ctx, path, false)
	if err != nil {
		return secure.Secret{}, err
	}
	by, err := age.NewScryptIdentity(passphrase.Reveal())
	if err != nil {
		return secure.Secret{}, err
	}
	by.SetMaxWorkFactor(maxScryptWorkFactor)
	r, err := age.Decrypt(bytes.NewReader(sealed), by)
	if errors.Is(err, age.ErrIncorrectIdentity) {
		return secure.Secret{}, &engine.Fault{Class: engine.Invalid, What: "the passphrase does not open " + path, Todo: "check it, or keep the secret anew with `aimo3 auth set`"}
	}
	var text []byte
	if err == nil {
		text, err = io.ReadAll(io.LimitReader(r, maxSecretBytes+1))
	}
	if err != nil { // which may quote what the file holds: a secret that somebody put there as it is
		return secure.Secret{}, &engine.Fault{Class: engine.Invalid, What: path + " is damaged, or no file of ours", Todo: "keep the secret anew with `aimo3 auth set`"}
	}
	found, err := valid(string(text), Found{Where: path})
	return found.Secret, err
}
