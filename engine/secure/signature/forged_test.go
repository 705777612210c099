package signature_test

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine/secure/signature"
)

// TestWhatAnybodyKnowsSignsNothing: neither the public part of a key, taken for a secret of
// hmac-sha256, nor the empty secret of a key that has none; and no key signs that is not
// known, whatever was found in its place.
func TestWhatAnybodyKnowsSignsNothing(t *testing.T) {
	s := fresh(t)
	public, _, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	s.keys["public"], s.keys["empty"] = signature.Ed25519Public("public", public), signature.Key{ID: "empty"}
	find := s.Keys
	s.Keys = func(ctx context.Context, id string) (signature.Key, bool, error) {
		k, known, err := find(ctx, id)
		return k, known && id != "mac", err
	}
	for name, forged := range map[string]signature.Key{
		"a public key as a secret": signature.HMAC("public", public), "an empty secret": signature.HMAC("empty", []byte{}),
		"no such key": signature.HMAC("none", []byte{}), "a key that is not known": s.keys["mac"],
	} {
		r := request(http.MethodPost, "http://example.com/v1/solve", "x")
		if err := signature.Sign(r, forged, s.now, rand.Text()); err != nil {
			t.Fatal(err)
		}
		if id, err := s.Verify(r); id != "" || !refused(err) || !strings.Contains(err.Error(), "does not fit") {
			t.Errorf("%s: %q, %v", name, id, err)
		}
	}
}

// unwritable are nonces of a disk that takes nothing.
type unwritable struct{ error }

func (u unwritable) Use(context.Context, string, string, time.Time, time.Time) (bool, error) {
	return true, u.error
}

// TestNoncesThatCannotBeKept: what could come again unseen is not served, and no refusal
// of its sender.
func TestNoncesThatCannotBeKept(t *testing.T) {
	s, broken := fresh(t), errors.New("disk I/O error")
	s.Nonces = unwritable{broken}
	if id, err := s.Verify(s.signed(t, "mac", "x")); id != "" || !errors.Is(err, broken) {
		t.Errorf("%q, %v", id, err)
	}
}

// TestNoncesAreOfTheirKey: what one key has used up is still there for another.
func TestNoncesAreOfTheirKey(t *testing.T) {
	s, nonce := fresh(t), rand.Text()
	for _, key := range []string{"mac", "ed", "must"} {
		r := request(http.MethodPost, "http://example.com/v1/solve", "x")
		if err := signature.Sign(r, s.keys[key], s.now, nonce); err != nil {
			t.Fatal(err)
		}
		if id, err := s.Verify(again(r, "x")); id != key || err != nil {
			t.Errorf("%s: %q, %v", key, id, err)
		}
		if id, err := s.Verify(again(r, "x")); !refused(err) {
			t.Errorf("%s once more: %q, %v", key, id, err)
		}
	}
}
