package signature_test

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/tls"
	"encoding/base64"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine/secure/signature"
)

// TestRefusedSizes: a signature that was cut or filled up, and a nonce or an ID beyond its
// bounds, are refused, and the genuine request passes afterwards.
func TestRefusedSizes(t *testing.T) {
	value := func(size int) func(*http.Request) {
		return func(r *http.Request) {
			text := strings.TrimSuffix(strings.TrimPrefix(r.Header.Get("Signature"), "aimo3=:"), ":")
			bytes, _ := base64.StdEncoding.DecodeString(text)
			r.Header.Set("Signature", "aimo3=:"+base64.StdEncoding.EncodeToString(append(bytes, 0)[:size])+":")
		}
	}
	input := func(from func(*http.Request) string, to string) func(*http.Request) {
		return func(r *http.Request) {
			r.Header.Set("Signature-Input", strings.Replace(r.Header.Get("Signature-Input"), `"`+from(r)+`"`, `"`+to+`"`, 1))
		}
	}
	id := func(*http.Request) string { return "mac" }
	for _, c := range []struct {
		name   string
		change func(*http.Request)
		why    string
	}{
		{"no bytes of a signature", value(0), "does not fit"},
		{"one byte of it", value(1), "does not fit"},
		{"all but one", value(31), "does not fit"},
		{"one more", value(33), "does not fit"},
		{"a short nonce", input(nonceOf, strings.Repeat("n", 15)), "too short"},
		{"a long nonce", input(nonceOf, strings.Repeat("n", 65)), "too long"},
		{"a long ID", input(id, strings.Repeat("k", 65)), "too long"},
		{"no ID", input(id, ""), "too short"},
	} {
		t.Run(c.name, func(t *testing.T) { refusedOnly(t, c.change, c.why) })
	}
}

// TestPorts: the port of the scheme may be named or not, in capitals too; any other, that of
// the other scheme too, is another server.
func TestPorts(t *testing.T) {
	s := fresh(t)
	for _, c := range []struct {
		signed, host string
		tls, same    bool
	}{
		{"http://example.com:80/", "example.com", false, true},
		{"http://example.com/", "EXAMPLE.com:80", false, true},
		{"https://example.com:443/", "example.com", true, true},
		{"https://example.com/", "example.com:443", true, true},
		{"http://example.com:443/", "example.com", false, false},
		{"http://example.com/", "example.com:443", false, false},
		{"https://example.com:80/", "example.com", true, false},
		{"https://example.com/", "example.com:80", true, false},
		{"http://example.com:8080/", "example.com", false, false},
	} {
		sent, err := http.NewRequestWithContext(t.Context(), http.MethodGet, c.signed, nil)
		if err != nil {
			t.Fatal(err)
		}
		if err := signature.Sign(sent, s.keys["mac"], s.now, rand.Text()); err != nil {
			t.Fatal(err)
		}
		r := request(http.MethodGet, "/", "") // a server has no scheme and no host in the URL
		if r.Header, r.Host = sent.Header, c.host; c.tls {
			r.TLS = &tls.ConnectionState{}
		}
		if id, err := s.Verify(r); (err == nil && id == "mac") != c.same || !c.same && !refused(err) {
			t.Errorf("signed for %s, sent to %s: %q, %v", c.signed, c.host, id, err)
		}
	}
}

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
