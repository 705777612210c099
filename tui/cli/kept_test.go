package cli

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/cache"
	"github.com/aimo3/aimo3/engine/desk"
	"github.com/aimo3/aimo3/engine/secure"
	"github.com/aimo3/aimo3/engine/secure/signature"
	"github.com/aimo3/aimo3/store"
)

// keeping is how the database of a test, a real one in a temporary folder, is
// opened, and what goes wrong with it besides.
type keeping struct {
	opened  int
	says    string // when it is opened
	full    int    // if positive, recording fails at this event
	damaged error
	splits  []engine.Split // in place of its own, if there are any
	forgot  error          // why there are no splits
}

// kept is a Store that is opened.
type kept struct {
	*store.DB
	how *keeping
}

func (b *bench) opens(open func(context.Context, string, func(string)) (*store.DB, error)) func(context.Context, string, func(string)) (Store, error) {
	return func(ctx context.Context, path string, say func(string)) (Store, error) {
		b.store.opened++
		if b.open != nil {
			return nil, b.open
		}
		db, err := open(ctx, path, say)
		if err != nil {
			return nil, err
		}
		if b.store.says != "" {
			say(b.store.says)
		}
		return &kept{db, &b.store}, nil
	}
}

// Cache is the database's own.
func (k *kept) Cache() cache.Tier { return k.DB.Cache() }

// Keys are the database's own.
func (k *kept) Keys() secure.Rows { return k.DB.Keys() }

// Nonces are the database's own.
func (k *kept) Nonces() signature.Nonces { return k.DB.Nonces() }

// Record keeps events until the disk is full.
func (k *kept) Record(next engine.Sink) desk.Recorder {
	return &filling{k.DB.Record(next), k.how.full}
}

// Resume is the database's.
func (k *kept) Resume(ctx context.Context, id engine.AttemptID, next engine.Sink) (desk.Recorder, *engine.Progress, error) {
	return k.DB.Resume(ctx, id, next)
}

// Splits are the database's, or what the test has in their place.
func (k *kept) Splits(ctx context.Context) ([]engine.Split, error) {
	if err := errors.Join(ctx.Err(), k.how.forgot); err != nil || k.how.splits != nil {
		return k.how.splits, err
	}
	return k.DB.Splits(ctx)
}

func (k *kept) Check(ctx context.Context) error { return errors.Join(k.how.damaged, k.DB.Check(ctx)) }
func (k *kept) Damage() error                   { return errors.Join(k.how.damaged, k.DB.Damage()) }

// filling is a Recorder on a disk with room for so many events less one; none if
// that is not positive means no bound.
type filling struct {
	*store.Recorder
	left int
}

func (f *filling) Put(e engine.Event) error {
	if f.left--; f.left == 0 {
		return &engine.Fault{Class: engine.Storage, What: "the disk is full", Todo: "free some space"}
	}
	return f.Recorder.Put(e)
}

// path is where the test's database is.
func (b *bench) path() string {
	return filepath.Join(b.env["XDG_DATA_HOME"], "aimo3", "aimo3.db")
}

// db opens the test's database beside the program; it is closed with the test.
func (b *bench) db() *store.DB {
	b.t.Helper()
	db, err := store.Open(b.t.Context(), b.path(), nil)
	if err != nil {
		b.t.Fatal(err)
	}
	b.t.Cleanup(func() { _ = db.Close() })
	return db
}

// keep puts facts into the test's database as an attempt, each at its time.
func (b *bench) keep(events []engine.Event) {
	b.t.Helper()
	rec := b.db().Record(nil)
	for _, e := range events {
		if err := rec.Put(e); err != nil {
			b.t.Fatal(err)
		}
	}
	if err := rec.Close(); err != nil {
		b.t.Fatal(err)
	}
}

// indexed waits until words find what samples said.
func (b *bench) indexed() {
	b.t.Helper()
	db := b.db()
	for left := 1; left > 0; time.Sleep(time.Millisecond) {
		var err error
		if left, err = db.Unindexed(b.t.Context()); err != nil {
			b.t.Fatal(err)
		}
	}
}

// attempts are those kept, newest first.
func (b *bench) attempts() []engine.Summary {
	b.t.Helper()
	all, err := b.db().Attempts(b.t.Context(), engine.Filter{})
	if err != nil {
		b.t.Fatal(err)
	}
	return all
}

// latest is the newest attempt.
func (b *bench) latest() engine.Summary {
	b.t.Helper()
	all := b.attempts()
	if len(all) == 0 {
		b.t.Fatal("nothing is kept")
	}
	return all[0]
}

// events are those kept of an attempt.
func (b *bench) events(id engine.AttemptID) []engine.Event {
	b.t.Helper()
	all, err := b.db().Events(b.t.Context(), id, 0, 10_000)
	if err != nil {
		b.t.Fatal(err)
	}
	return all
}

// TestSplitsAreOfWhatIsKept: the precedents that are printed come from the
// database, not from what tests put in their place.
func TestSplitsAreOfWhatIsKept(t *testing.T) {
	b := newBench(t).boxes("4", "4", "5")
	b.wantCode(b.run("solve", "p", "--key", "4", "--samples", "3", "--stop", "none"), 0)
	got, err := b.db().Splits(t.Context())
	if want := (engine.Split{Votes: 2, Of: 3, Right: 1, Scored: 1}); err != nil || !slices.Contains(got, want) {
		t.Errorf("%+v, %v; want %+v", got, err, want)
	}
}
