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

// secretChars is how many characters the secret of an API key has.
const secretChars = 43

// Key signs, verifies, or both. It prints as its ID, and within something else without
// what it signs by.
type Key struct {
	ID      string
	Refused string // why no request of it passes, as "expired"; told to who can sign by it; "" if they do

	secret  hidden // of hmac-sha256; none: the key is of ed25519
	private hidden // of ed25519; none: it only verifies
	public  ed25519.PublicKey
}

// hidden are bytes that are not printed with what has them: of a pointer within something
// else, fmt prints where it points, and of bytes it would print each.
type hidden struct{ bytes *[]byte }

func hide(b []byte) hidden {
	if b == nil {
		return hidden{}
	}
	return hidden{&b}
}

func (h hidden) reveal() []byte {
	if h.bytes == nil {
		return nil
	}
	return *h.bytes
}

// HMAC is a key of hmac-sha256, which signs and verifies by the same secret.
func HMAC(id string, secret []byte) Key { return Key{ID: id, secret: hide(secret)} }

// Ed25519 is a key that signs and verifies.
func Ed25519(id string, private ed25519.PrivateKey) Key {
	public, _ := private.Public().(ed25519.PublicKey)
	return Key{ID: id, private: hide(private), public: public}
}

// Ed25519Public is a key that only verifies.
func Ed25519Public(id string, public ed25519.PublicKey) Key { return Key{ID: id, public: public} }

// FromDigest is the key of hmac-sha256 of an API key of which only the SHA-256 of its
// secret is kept: that digest is what its owner signs by, too.
func FromDigest(id string, digest [sha256.Size]byte) Key { return HMAC(id, digest[:]) }

// ParseKey reads a key to sign with: an ed25519 private key in PEM (PKCS #8), or the secret
// of an API key, of which FromDigest makes a key. Nothing else is taken for a secret, so
// that a file of PEM that is cut off or badly copied is an error.
func ParseKey(id, text string) (Key, error) {
	if text = strings.TrimSpace(text); len(text) == secretChars && strings.IndexFunc(text, notOfSecret) < 0 {
		return FromDigest(id, sha256.Sum256([]byte(text))), nil
	}
	block, err := onlyBlock(text)
	if err != nil {
		return Key{}, fmt.Errorf("it is neither the secret of an API key nor an ed25519 private key in PEM: %w", err)
	}
	parsed, err := x509.ParsePKCS8PrivateKey(block)
	private, ok := parsed.(ed25519.PrivateKey)
	if err != nil || !ok {
		return Key{}, errors.New("the key is not an ed25519 private key in PKCS #8")
	}
	return Ed25519(id, private), nil
}

// ParsePublic reads the public part of an ed25519 key in PEM.
func ParsePublic(text string) (ed25519.PublicKey, error) {
	block, err := onlyBlock(strings.TrimSpace(text))
	if err != nil {
		return nil, err
	}
	parsed, err := x509.ParsePKIXPublicKey(block)
	public, ok := parsed.(ed25519.PublicKey)
	if err != nil || !ok {
		return nil, errors.New("it is no ed25519 public key in PEM")
	}
	return public, nil
}

// notOfSecret says whether no secret of an API key has a character.
func notOfSecret(c rune) bool {
	return (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') && c != '-' && c != '_'
}

// onlyBlock is what stands in a text of PEM, which is nothing else.
func onlyBlock(text string) ([]byte, error) {
	block, rest := pem.Decode([]byte(text))
	if block == nil || !strings.HasPrefix(text, "-----BEGIN ") || len(rest) > 0 {
		return nil, errors.New("the PEM is not whole, or there is something beside it")
	}
	return block.Bytes, nil
}

// String is the key's ID.
func (k Key) String() string { return k.ID }

// GoString is the key's ID.
func (k Key) GoString() string { return k.ID }

func (k Key) mac(base string) []byte {
	m := hmac.New(sha256.New, k.secret.reveal())
	m.Write([]byte(base))
	return m.Sum(nil)
}

func (k Key) sign(base string) ([]byte, error) {
	switch {
	case k.secret.reveal() != nil:
		return k.mac(base), nil
	case k.private.reveal() != nil:
		return ed25519.Sign(k.private.reveal(), []byte(base)), nil
	}
	return nil, fmt.Errorf("key %q cannot sign", k.ID)
}

// verify takes as long for the key of nobody as for one of hmac-sha256.
func (k Key) verify(base string, signature []byte) bool {
	if len(k.public) == ed25519.PublicKeySize {
		return ed25519.Verify(k.public, []byte(base), signature)
	}
	return hmac.Equal(k.mac(base), signature) && len(k.secret.reveal()) > 0
}
