package store

import (
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/mattn/go-sqlite3"
)

// TestMarksAreOfOneMoment: a store that another program is making or migrating is
// seen as it was before or as it is after, and not taken for a damaged one.
func TestMarksAreOfOneMoment(t *testing.T) {
	path := filepath.Join(t.TempDir(), "aimo3.db")
	ours(t, path)
	other, err := (&sqlite3.SQLiteDriver{}).Open(path)
	if err != nil {
		t.Fatal(err)
	}
	to, ok := other.(*sqlite3.SQLiteConn)
	if !ok {
		t.Fatalf("a connection is a %T", other)
	}
	defer func() { _ = to.Close() }()
	const trigger = "events_never_change"
	if _, err := to.Exec("PRAGMA synchronous = OFF", nil); err != nil {
		t.Fatal(err)
	}
	made := statement(t, path, trigger)
	gone := fmt.Sprintf("BEGIN IMMEDIATE; DROP TRIGGER %s; PRAGMA application_id = 0; COMMIT", trigger)
	back := fmt.Sprintf("BEGIN IMMEDIATE; %s; PRAGMA application_id = %d; COMMIT", made, applicationID)
	done := make(chan struct{})
	var writing sync.WaitGroup
	writing.Go(func() {
		for {
			select {
			case <-done:
				return
			default:
			}
			for _, script := range []string{gone, back} {
				if _, err := to.Exec(script, nil); err != nil {
					t.Error(err)
					return
				}
			}
		}
	})
	for range 500 {
		if _, err := probe(t.Context(), path); err != nil && !strings.Contains(err.Error(), "the database of another program") {
			t.Error(err)
			break
		}
	}
	close(done)
	writing.Wait()
}

// statement is what made something of a database.
func statement(t *testing.T, path, name string) (sql string) {
	t.Helper()
	db := handle(path, 1, nil)
	defer func() { _ = db.Close() }()
	if err := db.QueryRowContext(t.Context(), `SELECT sql FROM sqlite_schema WHERE name = ?`, name).Scan(&sql); err != nil {
		t.Fatal(err)
	}
	return sql
}
