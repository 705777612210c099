package secure_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/secure"
	"github.com/aimo3/aimo3/store"
)

// office are keys in a real database, and the time there.
type office struct {
	*secure.Keys
	t   *testing.T
	now time.Time
}

func newOffice(t *testing.T) *office {
	t.Helper()
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "aimo3.db"), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	o := &office{t: t, now: time.Date(2026, 11, 23, 12, 0, 30, 0, time.UTC)}
	o.Keys = secure.NewKeys(db.Keys(), func() time.Time { return o.now })
	return o
}

func (o *office) create(life time.Duration) (secure.Key, string) {
	o.t.Helper()
	key, bearer, err := o.Create(o.t.Context(), "grader", []secure.Scope{secure.Solve}, life, secure.Signing{})
	if err != nil {
		o.t.Fatal(err)
	}
	return key, bearer.Reveal()
}

// wants holds a bearer to being let in, or denied for a reason.
func (o *office) wants(bearer, why string) {
	o.t.Helper()
	key, err := o.Check(o.t.Context(), bearer)
	switch {
	case why == "" && (err != nil || !key.May(secure.Solve) || key.May(secure.Admin)):
		o.t.Errorf("denied: %+v, %v", key, err)
	case why != "" && (!errors.Is(err, secure.ErrDenied) || !strings.HasSuffix(err.Error(), why) || key.ID != ""):
		o.t.Errorf("%+v, %v; want %q", key, err, why)
	}
}

// TestKeyLetsIn: exactly the whole key does, until it expires.
func TestKeyLetsIn(t *testing.T) {
	o := newOffice(t)
	_, bearer := o.create(time.Hour)
	_, other := o.create(0)
	o.wants(bearer, "")
	o.wants(other, "")
	const no = "not valid"
	for _, wrong := range []string{
		"", "aimo3_", "x", bearer[:len(bearer)-1], bearer + "x", " " + bearer, strings.ToUpper(bearer), "Bearer " + bearer,
		bearer[:17] + other[17:], other[:17] + bearer[17:], strings.Replace(bearer, "aimo3_", "aimo4_", 1), bearer[:16] + bearer[17:], strings.Repeat("a", 1<<20),
	} {
		o.wants(wrong, no)
	}
	for i := range bearer { // one letter of it changed
		changed := []byte(bearer)
		if changed[i] = 'Q'; string(changed) != bearer {
			o.wants(string(changed), no)
		}
	}
	o.now = o.now.Add(time.Hour - time.Nanosecond)
	o.wants(bearer, "")
	o.now = o.now.Add(time.Nanosecond)
	o.wants(bearer, "it is expired")
	o.wants(other, "")
}

// TestRevokedAndRotated: a revoked key lets nobody in from then on; a rotated one does
// for the overlap, never longer than it would have.
func TestRevokedAndRotated(t *testing.T) {
	o := newOffice(t)
	key, bearer := o.create(48 * time.Hour)
	o.now = o.now.Add(time.Hour)
	next, following, err := o.Rotate(t.Context(), key.ID, 24*time.Hour, nil)
	if err != nil || next.Name != "grader" || next.Expires != o.now.Add(48*time.Hour) {
		t.Fatalf("%+v, %v", next, err)
	}
	if _, _, err := o.Rotate(t.Context(), key.ID, time.Hour, nil); !strings.Contains(engine.Hint(err), "is replaced · only an active key") {
		t.Errorf("rotated twice: %s", engine.Hint(err))
	}
	o.wants(bearer, "")
	o.wants(following.Reveal(), "")
	o.now = o.now.Add(24 * time.Hour)
	o.wants(bearer, "it is expired")
	o.wants(following.Reveal(), "")
	if err := o.Revoke(t.Context(), next.ID); err != nil {
		t.Fatal(err)
	}
	o.wants(following.Reveal(), "it is revoked")
	for id, want := range map[string]string{next.ID: "is revoked already", "nothing": "the key nothing is not known · `aimo3 auth key list`", following.Reveal(): "the key of that ID is not known"} {
		if err := o.Revoke(t.Context(), id); engine.ClassOf(err) != engine.Invalid || !strings.Contains(engine.Hint(err), want) {
			t.Errorf("revoke: %s, want %q", engine.Hint(err), want)
		}
	}
	short, bearer := o.create(time.Hour)
	if _, _, err := o.Rotate(t.Context(), short.ID, 24*time.Hour, nil); err != nil {
		t.Fatal(err)
	}
	o.now = o.now.Add(time.Hour)
	o.wants(bearer, "it is expired")
	o.states("expired", "revoked", "expired", "expired")
}

// states holds the keys, the oldest first, to their states.
func (o *office) states(want ...string) {
	o.t.Helper()
	all, err := o.List(o.t.Context())
	var got []string
	for _, k := range all {
		got = append(got, string(k.State(o.now)))
	}
	if err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
		o.t.Errorf("states %v, %v; want %v", got, err, want)
	}
}

// TestUsed: that a key was used is noted to the minute, and only when it let somebody in.
func TestUsed(t *testing.T) {
	o := newOffice(t)
	_, bearer := o.create(0)
	used := func() time.Time {
		all, err := o.List(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return all[0].Used
	}
	o.wants(bearer[:20], "not valid")
	if !used().IsZero() {
		t.Errorf("used %v without its secret", used())
	}
	o.wants(bearer, "")
	first := used()
	if first != o.now.Truncate(time.Minute) {
		t.Errorf("used %v, want the minute of %v", first, o.now)
	}
	o.now = o.now.Add(time.Minute)
	o.wants(bearer, "")
	if used() != first.Add(time.Minute) {
		t.Errorf("used %v, want a minute after %v", used(), first)
	}
}

// TestWrongKeys: a key needs a name and scopes that there are.
func TestWrongKeys(t *testing.T) {
	o := newOffice(t)
	for _, name := range []string{"", "  ", strings.Repeat("x", 65)} {
		if _, _, err := o.Create(t.Context(), name, nil, 0, secure.Signing{}); engine.ClassOf(err) != engine.Invalid {
			t.Errorf("%q: %v", name, err)
		}
	}
	for list, want := range map[string]string{"solve": "[solve]", " batch, solve,batch": "[batch solve]", "": "[]", "solve,": "[]", "root": "[]"} {
		if got, err := secure.ParseScopes(list); fmt.Sprint(got) != want || (err != nil) != (want == "[]") {
			t.Errorf("%q: %v, %v; want %s", list, got, err, want)
		}
	}
}
