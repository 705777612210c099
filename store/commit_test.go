package store

import (
	"database/sql"
	"fmt"
	"sync"
	"testing"

	"github.com/aimo3/aimo3/engine"
)

func TestStoringAgainChangesNothing(t *testing.T) {
	d := opened(t)
	events := record(t, d, story("a", 6, 100))
	before, err := d.Attempt(t.Context(), "a")
	if err != nil {
		t.Fatal(err)
	}
	if err := d.commit(events); err != nil {
		t.Fatal(err)
	}
	after, err := d.Attempt(t.Context(), "a")
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "summary", after, before)
	equal(t, "events", stored(t, d, "a"), events)

	other := events[3]
	other.Fact = engine.Warning{Text: "something else"}
	wantFault(t, d.commit([]engine.Event{other}), engine.Storage, "already stored")
}

func TestOneAttemptsFaultSparesTheOthersOfItsGroup(t *testing.T) {
	d := opened(t)
	good := &batch{events: story("good", 1, 20)}
	bad := &batch{events: story("bad", 1, 20)[1:]} // it never began
	d.write([]*batch{good, bad})
	if good.err != nil || bad.err == nil {
		t.Errorf("errors %v and %v, want only the second", good.err, bad.err)
	}
	equal(t, "events", stored(t, d, "good"), good.events)
	equal(t, "events", len(stored(t, d, "bad")), 0)
}

func TestManyAttemptsAtOnce(t *testing.T) {
	d := opened(t)
	var wg sync.WaitGroup
	for i := range uint64(16) {
		wg.Go(func() {
			id := engine.AttemptID(fmt.Sprintf("a%02d", i))
			put := story(id, i, 300)
			record(t, d, put)
			equal(t, "fold", told(stored(t, d, id)), told(put))
		})
	}
	wg.Wait()
}

func TestEventsOnlyGrow(t *testing.T) {
	d := opened(t)
	want := record(t, d, story("a", 1, 30))
	for _, query := range []string{
		`UPDATE events SET fact = '{}'`,
		`UPDATE events SET seq = seq + 1000`,
		`DELETE FROM events`,
		`DELETE FROM attempts`,
	} {
		if _, err := d.writer.Exec(query); err == nil {
			t.Errorf("%s was obeyed", query)
		}
	}
	if err := d.Delete(t.Context(), "a"); err != nil {
		t.Fatal(err)
	}
	if _, err := d.writer.Exec(`DELETE FROM events`); err == nil {
		t.Error("the events of an attempt that can be restored were deleted")
	}
	equal(t, "events", stored(t, d, "a"), want)
	var e sql.NullInt64
	if err := d.reader.QueryRow(`INSERT INTO attempts (id) VALUES ('x') RETURNING n`).Scan(&e); err == nil {
		t.Error("a reader could write")
	}
}
