package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/secure"
)

// clockOf tells a time that the test moves.
type clockOf struct{ at time.Time }

func (c *clockOf) now() time.Time { return c.at }

func keysAt(d *DB) (*secure.Keys, *clockOf) {
	c := &clockOf{time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)}
	return secure.NewKeys(d.Keys(), c.now), c
}

// TestKeysOutliveTheProgram: all that is known of a key is read back, and its secret is
// nowhere in the file.
func TestKeysOutliveTheProgram(t *testing.T) {
	path := filepath.Join(t.TempDir(), "aimo3.db")
	d, err := Open(t.Context(), path, nil)
	if err != nil {
		t.Fatal(err)
	}
	keys, clock := keysAt(d)
	first, bearer, err := keys.Create(t.Context(), "grader", []secure.Scope{secure.Solve, secure.Batch}, 24*time.Hour, secure.Signing{})
	if err != nil {
		t.Fatal(err)
	}
	next, other, err := keys.Rotate(t.Context(), first.ID, time.Hour, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := keys.Check(t.Context(), bearer.Reveal()); err != nil {
		t.Fatal(err)
	}
	before, err := keys.List(t.Context())
	if err = errors.Join(err, d.Close()); err != nil {
		t.Fatal(err)
	}
	for _, b := range []secure.Secret{bearer, other} {
		secret := b.Reveal()[len("aimo3_")+len(first.ID)+1:]
		if text := read(t, path); strings.Contains(text, secret) {
			t.Errorf("the file holds the secret of a key")
		}
	}
	keys, _ = keysAt(openedAt(t, path))
	after, err := keys.List(t.Context())
	if err != nil || !reflect.DeepEqual(before, after) || len(after) != 2 || after[0].Next != next.ID || after[0].Used != clock.at {
		t.Errorf("kept %+v\nread %+v, %v", before, after, err)
	}
}

// TestDamagedKeys: a key of which anything was changed lets nobody in, and is told.
func TestDamagedKeys(t *testing.T) {
	for _, change := range []string{
		"must_sign = 1", "public = zeroblob(32)", "scopes = 'solve,admin'", "expires = NULL", "revoked = NULL", "digest = zeroblob(32)", "name = 'x'", "sum = 1", "created = ''",
	} {
		d := opened(t)
		keys, _ := keysAt(d)
		key, bearer, err := keys.Create(t.Context(), "grader", []secure.Scope{secure.Solve}, time.Hour, secure.Signing{})
		if err == nil {
			err = keys.Revoke(t.Context(), key.ID)
		}
		if err != nil {
			t.Fatal(err)
		}
		execute(t, d.path, "UPDATE keys SET "+change)
		if _, err := keys.Check(t.Context(), bearer.Reveal()); !errors.Is(err, secure.ErrDenied) {
			t.Errorf("%s: let in: %v", change, err)
		}
		if list, err := keys.List(t.Context()); err != nil || len(list) != 0 {
			t.Errorf("%s: listed %+v, %v", change, list, err)
		}
		if err := d.Check(t.Context()); engine.ClassOf(err) != engine.Storage || !strings.Contains(fmt.Sprint(err), "API key "+key.ID) {
			t.Errorf("%s: check says %v", change, err)
		}
	}
}

// TestKeysOfAnOlderStore: where there is no table of keys there is no key, and nothing fails.
func TestKeysOfAnOlderStore(t *testing.T) {
	path := filepath.Join(t.TempDir(), "aimo3.db")
	all, err := migrations()
	if err != nil {
		t.Fatal(err)
	}
	for _, script := range all[:keysSince-1] {
		execute(t, path, script)
	}
	execute(t, path, fmt.Sprintf("PRAGMA journal_mode = WAL; PRAGMA application_id = %d; PRAGMA user_version = %d", applicationID, keysSince-1))
	d, err := OpenToRead(t.Context(), path, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	keys, _ := keysAt(d)
	list, err := keys.List(t.Context())
	if is, err := keys.Any(t.Context()); is || err != nil {
		t.Errorf("there is a key, %v", err)
	}
	if _, denied := keys.Check(t.Context(), "aimo3_x"); err != nil || len(list) > 0 || !errors.Is(denied, secure.ErrDenied) {
		t.Errorf("%v, %v, %v", list, err, denied)
	}
}

// TestDamagedSigner: that a key must sign cannot be taken from it from outside, nor can
// another public key be put in place of its own.
func TestDamagedSigner(t *testing.T) {
	for _, change := range []string{"must_sign = 0", "public = NULL", "must_sign = 0, public = NULL", "public = zeroblob(32)"} {
		d := opened(t)
		keys, _ := keysAt(d)
		key, _, err := keys.Create(t.Context(), "grader", []secure.Scope{secure.Solve}, time.Hour, secure.Signing{Public: bytes.Repeat([]byte("p"), 32)})
		if err != nil {
			t.Fatal(err)
		}
		if row, found, err := keys.Find(t.Context(), key.ID); err != nil || !found || !row.MustSign || !reflect.DeepEqual(row.Key, key) {
			t.Errorf("%+v, %v, %v", row, found, err)
		}
		execute(t, d.path, "UPDATE keys SET "+change)
		if row, found, err := keys.Find(t.Context(), key.ID); err != nil || found {
			t.Errorf("%s: found %+v, %v", change, row, err)
		}
		if is, err := keys.Any(t.Context()); err != nil || !is {
			t.Errorf("%s: there is no key, %v", change, err)
		}
	}
}

// TestKeysThatCannotSignYet: a store that is only read, of a program that knew no signatures,
// has its keys as they were.
func TestKeysThatCannotSignYet(t *testing.T) {
	path := filepath.Join(t.TempDir(), "aimo3.db")
	all, err := migrations()
	if err != nil {
		t.Fatal(err)
	}
	for _, script := range append(all[:signingSince-1:signingSince-1], read(t, fmt.Sprintf("testdata/version-%d.sql", signingSince-1))) {
		execute(t, path, script)
	}
	execute(t, path, fmt.Sprintf("PRAGMA journal_mode = WAL; PRAGMA application_id = %d; PRAGMA user_version = %d", applicationID, signingSince-1))
	d, err := OpenToRead(t.Context(), path, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	keys, _ := keysAt(d)
	list, err := keys.List(t.Context())
	if is, e := keys.Any(t.Context()); err != nil || e != nil || !is || len(list) != 1 || list[0].Name != "grader" || list[0].MustSign || list[0].Public != nil {
		t.Errorf("%+v, %v, %v, %v", list, is, err, e)
	}
}

// TestOneRotationWins: of many that rotate a key at once one does, and no other leaves a
// key behind.
func TestOneRotationWins(t *testing.T) {
	d := opened(t)
	keys, _ := keysAt(d)
	key, _, err := keys.Create(t.Context(), "grader", []secure.Scope{secure.Solve}, 0, secure.Signing{})
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	var won sync.Map
	for i := range 8 {
		all.Go(func() {
			if _, _, err := keys.Rotate(context.Background(), key.ID, time.Hour, nil); err == nil {
				won.Store(i, true)
			}
		})
	}
	all.Wait()
	n := 0
	won.Range(func(any, any) bool { n++; return true })
	if list, err := keys.List(t.Context()); err != nil || n != 1 || len(list) != 2 {
		t.Errorf("%d rotations won, and there are %d keys, %v", n, len(list), err)
	}
}
