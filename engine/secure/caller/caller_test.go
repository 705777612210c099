package caller_test

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine/secure"
	"github.com/aimo3/aimo3/engine/secure/caller"
	"github.com/aimo3/aimo3/engine/secure/signature"
	"github.com/aimo3/aimo3/store"
)

// house is a server's callers, over a real database.
type house struct {
	*caller.Callers
	*secure.Keys
	t    testing.TB
	now  time.Time
	used []string
}

func newHouse(t testing.TB) *house {
	t.Helper()
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "aimo3.db"), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	h := &house{t: t, now: time.Date(2026, 11, 27, 12, 0, 30, 0, time.UTC)}
	h.Keys = secure.NewKeys(db.Keys(), func() time.Time { return h.now })
	h.Callers = caller.New(caller.Options{
		Keys: h.Keys, Nonces: db.Nonces(), Now: func() time.Time { return h.now },
		Used: func(k secure.Key) { h.used = append(h.used, k.ID) },
	})
	return h
}

func (h *house) create(how secure.Signing) (secure.Key, string) {
	h.t.Helper()
	key, bearer, err := h.Create(h.t.Context(), "grader", []secure.Scope{secure.Solve}, time.Hour, how)
	if err != nil {
		h.t.Fatal(err)
	}
	return key, bearer.Reveal()
}

func request(body, authorization string) *http.Request {
	r := httptest.NewRequestWithContext(context.Background(), http.MethodPost, "http://localhost/v1/attempts", strings.NewReader(body))
	if authorization != "" {
		r.Header.Set("Authorization", authorization)
	}
	return r
}

// signed is a request that is signed by what the owner of a key has.
func (h *house) signed(id, text, body, authorization string) *http.Request {
	h.t.Helper()
	k, err := signature.ParseKey(id, text)
	if err != nil {
		h.t.Fatal(err)
	}
	return h.signedBy(k, body, authorization)
}

func (h *house) signedBy(k signature.Key, body, authorization string) *http.Request {
	h.t.Helper()
	r := request(body, authorization)
	if err := signature.Sign(r, k, h.now, rand.Text()); err != nil {
		h.t.Fatal(err)
	}
	return r
}

// wants holds a request to be a key's, nobody's if that is "", or denied for a reason.
func (h *house) wants(name string, r *http.Request, open bool, id, why string) {
	h.t.Helper()
	key, err := h.Who(r, open, nil)
	denied := new(caller.Denied)
	switch {
	case why == "" && (err != nil || key.ID != id):
		h.t.Errorf("%s: %q, %v; want %q", name, key.ID, err, id)
	case why != "" && (!errors.As(err, &denied) || !strings.Contains(denied.Why, why) || key.ID != ""):
		h.t.Errorf("%s: %q, %v; want it denied: %s", name, key.ID, err, why)
	}
}

// TestWhoNeedsAKey: nobody does while there is none, then everybody does at once, but for an
// open server; what is shown is checked there, too, unless it is of another program.
func TestWhoNeedsAKey(t *testing.T) {
	h := newHouse(t)
	for _, open := range []bool{true, false} {
		h.wants("without keys", request("", ""), open, "", "")
		h.wants("without keys, of another program", request("", "Bearer sk-none"), open, "", "")
		h.wants("without keys, a key of ours", request("", "Bearer aimo3_0123456789_x"), open, "", "not valid")
	}
	key, bearer := h.create(secure.Signing{})
	for _, open := range []bool{true, false} {
		h.wants("a key", request("", "bearer "+bearer), open, key.ID, "")
		h.wants("half a key", request("", "Bearer "+bearer[:40]), open, "", "not valid: give one")
	}
	h.wants("open", request("", ""), true, "", "")
	h.wants("open, of another program", request("", "Bearer sk-none"), true, "", "")
	h.wants("nothing", request("", ""), false, "", "not valid")
	h.wants("of another program", request("", "Bearer sk-none"), false, "", "not valid")
	h.wants("another scheme", request("", "Basic "+bearer), false, "", "not valid")
	if err := h.Revoke(t.Context(), key.ID); err != nil {
		t.Fatal(err)
	}
	h.wants("revoked", request("", "Bearer "+bearer), false, "", "it is revoked")
	h.wants("all are revoked", request("", ""), false, "", "not valid")
}

// TestSigned: a signed request acts as its key, once; by either algorithm, until the key
// ends; a key that must sign is refused without, and no key signs for another.
func TestSigned(t *testing.T) {
	h := newHouse(t)
	key, bearer := h.create(secure.Signing{})
	_, secret, _ := secure.Split(bearer)
	must, mustBearer := h.create(secure.Signing{Must: true})
	_, mustSecret, _ := secure.Split(mustBearer)
	public, private, _ := ed25519.GenerateKey(rand.Reader)
	ed, edBearer := h.create(secure.Signing{Public: public})
	signer := signature.Ed25519(ed.ID, private)
	r := h.signed(key.ID, secret, "body", "")
	h.wants("hmac", r, false, key.ID, "")
	h.wants("once more", r, false, "", "nonce was used")
	h.wants("with its bearer", h.signed(key.ID, secret, "", "Bearer "+bearer), false, key.ID, "")
	h.wants("with another bearer", h.signed(key.ID, secret, "", "Bearer "+mustBearer), false, "", "by one key and shows another")
	h.wants("with a wrong bearer", h.signed(key.ID, secret, "", "Bearer "+bearer[:40]), false, "", "not valid")
	h.wants("must, signed", h.signed(must.ID, mustSecret, "", ""), false, must.ID, "")
	h.wants("must, signed, with its bearer", h.signed(must.ID, mustSecret, "", "Bearer "+mustBearer), false, must.ID, "")
	h.wants("must, not signed", request("", "Bearer "+mustBearer), true, "", "must be signed")
	h.wants("must, signed by another", h.signed(must.ID, secret, "", ""), false, "", "does not fit")
	h.wants("ed25519", h.signedBy(signer, "", ""), false, ed.ID, "")
	h.wants("ed25519, not signed", request("", "Bearer "+edBearer), false, "", "must be signed")
	_, edSecret, _ := secure.Split(edBearer)
	h.wants("ed25519, by hmac", h.signed(ed.ID, edSecret, "", ""), false, "", "does not fit")
	h.wants("no such key", h.signed("0123456789", secret, "", ""), true, "", "no such key")
	half := h.signed(key.ID, secret, "", "Bearer "+bearer)
	half.Header.Del("Signature")
	h.wants("half a signature", half, true, "", "0 headers Signature")
	late := h.signed(key.ID, secret, "", "")
	h.now = h.now.Add(61 * time.Second)
	h.wants("late", late, false, "", "signed 1m1s ago")
	h.now = h.now.Add(time.Hour)
	h.wants("expired", h.signed(key.ID, secret, "", ""), false, "", "its key is expired")
	if err := h.Revoke(t.Context(), ed.ID); err != nil {
		t.Fatal(err)
	}
	h.wants("revoked", h.signedBy(signer, "", ""), false, "", "its key is revoked")
	if _, _, err := h.Rotate(t.Context(), must.ID, time.Hour, public); err == nil {
		t.Error("a key with a secret was rotated to a public one")
	}
}

// TestBodyIsReadOnce: the body is read by who is told to, after the signature fits, and what
// is wrong with it is no matter of the key.
func TestBodyIsReadOnce(t *testing.T) {
	h := newHouse(t)
	key, bearer := h.create(secure.Signing{})
	_, secret, _ := secure.Split(bearer)
	asked, wrong := 0, errors.New("too large")
	read := func(r *http.Request) ([]byte, error) {
		if asked++; asked == 2 {
			return nil, wrong
		}
		return io.ReadAll(r.Body)
	}
	if got, err := h.Who(h.signed(key.ID, secret, "body", ""), false, read); got.ID != key.ID || err != nil {
		t.Errorf("%+v, %v", got, err)
	}
	if _, err := h.Who(h.signed(key.ID, secret, "body", ""), false, read); !errors.Is(err, wrong) {
		t.Error(err)
	}
	forged := h.signed(key.ID, secret, "body", "")
	forged.Method = http.MethodPut
	if _, err := h.Who(forged, false, read); err == nil || asked != 2 {
		t.Errorf("%v; the body of a forged one was asked for: %d", err, asked)
	}
}

// TestUsedIsTold: once when a key is used, and again when it was not for an hour.
func TestUsedIsTold(t *testing.T) {
	h := newHouse(t)
	key, bearer := h.create(secure.Signing{})
	_, secret, _ := secure.Split(bearer)
	h.wants("wrong", request("", "Bearer "+bearer[:59]+"x"), false, "", "not valid")
	for range 20 {
		h.wants("bearer", request("", "Bearer "+bearer), false, key.ID, "")
		h.wants("signed", h.signed(key.ID, secret, "", ""), false, key.ID, "")
		h.now = h.now.Add(time.Minute)
	}
	if len(h.used) != 1 {
		t.Errorf("told %v", h.used)
	}
	other, lasting, err := h.Create(t.Context(), "x", nil, 0, secure.Signing{})
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		for range 100 {
			h.wants("other", request("", "Bearer "+lasting.Reveal()), false, other.ID, "")
		}
		h.now = h.now.Add(time.Hour)
	}
	if len(h.used) != 3 {
		t.Errorf("told %v", h.used)
	}
}
