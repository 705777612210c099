package audit

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"

	"github.com/aimo3/aimo3/engine/secure"
)

// keyName is what every key is called; they differ by their hashes.
const keyName = "aimo3-audit"

// signingKey signs checkpoints.
type signingKey struct {
	note.Signer
	public string // as note.NewVerifier reads it
}

// openKey reads the key in the file at path, which it makes if there is none, for its
// owner alone.
func openKey(path string) (*signingKey, error) {
	k, err := readKey(path)
	if !errors.Is(err, fs.ErrNotExist) {
		return k, err
	}
	private, public, err := note.GenerateKey(rand.Reader, keyName)
	if err != nil {
		return nil, err
	}
	made, err := os.CreateTemp(filepath.Dir(path), ".audit-key-*") // readable by its owner alone
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.Remove(made.Name()) }()
	_, err = fmt.Fprintf(made, "%s\n%s\n", private, public)
	if err := errors.Join(err, made.Sync(), made.Close()); err != nil {
		return nil, err
	}
	if err := os.Link(made.Name(), path); err != nil && !errors.Is(err, fs.ErrExist) { // another program was faster
		return nil, err
	}
	return readKey(path)
}

func readKey(path string) (*signingKey, error) {
	text, err := secure.ReadPrivate(path)
	if err != nil {
		return nil, err
	}
	private, public, _ := strings.Cut(strings.TrimSpace(string(text)), "\n")
	signer, err := note.NewSigner(private)
	if err != nil {
		return nil, fmt.Errorf("%s is not a key", path)
	}
	return &signingKey{signer, public}, nil
}

// PublicKey is the key that verifies what the key in the file at path signs.
func PublicKey(path string) (string, error) {
	k, err := readKey(path)
	if err != nil {
		return "", err
	}
	return k.public, nil
}
