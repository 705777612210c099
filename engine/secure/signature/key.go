package signature

import (
	"crypto/ed25519"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"strings"
)

// minSecretBytes is the length below which a secret is refused as one that can be guessed.
const minSecretBytes = 32

// Key signs, verifies, or both. It prints as its ID.
type Key struct {
	ID       string
	MustSign bool // requests of this key are refused unless they are signed

	secret  []byte // of hmac-sha256; nil: the key is of ed25519
	private ed25519.PrivateKey
	public  ed25519.PublicKey
}

// HMAC is a key of hmac-sha256, which signs and verifies by the same secret.
func HMAC(id string, secret []byte) Key { return Key{ID: id, secret: secret} }

// Ed25519 is a key that signs and verifies.
func Ed25519(id string, private ed25519.PrivateKey) Key {
	public, _ := private.Public().(ed25519.PublicKey)
	return Key{ID: id, private: private, public: public}
}

// Ed25519Public is a key that only verifies.
func Ed25519Public(id string, public ed25519.PublicKey) Key { return Key{ID: id, public: public} }

// ParseKey reads a key to sign with: an ed25519 private key in PEM (PKCS #8), or any other
// text of 32 bytes or more, which is the secret of hmac-sha256 as it stands but for white
// space around it.
func ParseKey(id, text string) (Key, error) {
	text = strings.TrimSpace(text)
	if !strings.HasPrefix(text, "-----BEGIN") {
		if len(text) < minSecretBytes {
			return Key{}, fmt.Errorf("the secret has %d bytes, fewer than %d", len(text), minSecretBytes)
		}
		return HMAC(id, []byte(text)), nil
	}
	block, _ := pem.Decode([]byte(text))
	if block == nil {
		return Key{}, errors.New("the key is not PEM")
	}
	parsed, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	private, ok := parsed.(ed25519.PrivateKey)
	if err != nil || !ok {
		return Key{}, errors.New("the key is not an ed25519 private key in PKCS #8")
	}
	return Ed25519(id, private), nil
}

// String is the key's ID.
func (k Key) String() string { return k.ID }

// GoString is the key's ID.
func (k Key) GoString() string { return k.ID }

func (k Key) mac(base string) []byte {
	m := hmac.New(sha256.New, k.secret)
	m.Write([]byte(base))
	return m.Sum(nil)
}

func (k Key) sign(base string) ([]byte, error) {
	switch {
	case k.secret != nil:
		return k.mac(base), nil
	case k.private != nil:
		return ed25519.Sign(k.private, []byte(base)), nil
	}
	return nil, fmt.Errorf("key %q cannot sign", k.ID)
}

// verify takes as long for the key of nobody as for one of hmac-sha256.
func (k Key) verify(base string, signature []byte) bool {
	if len(k.public) == ed25519.PublicKeySize {
		return ed25519.Verify(k.public, []byte(base), signature)
	}
	return hmac.Equal(k.mac(base), signature) && len(k.secret) > 0
}
