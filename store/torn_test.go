package store

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine"
)

// What a write that failed left in the log is not taken for commits that are lost,
// should the program be killed after the next one.
func TestAFailedWriteLeavesNoDamageInTheLog(t *testing.T) {
	path := filepath.Join(t.TempDir(), "aimo3.db")
	d := openedAt(t, path)
	attempt(t, d, "a1", "what", "m", "7")
	var pages int
	if err := d.writer.QueryRow("PRAGMA page_count").Scan(&pages); err != nil {
		t.Fatal(err)
	}
	if _, err := d.writer.Exec(fmt.Sprintf("PRAGMA cache_size = 10; PRAGMA max_page_count = %d", pages+200)); err != nil {
		t.Fatal(err)
	}
	var events []engine.Event // more than the cache, so that they get into the log before it fails
	for i := range uint64(400) {
		events = append(events, engine.Event{Attempt: "a1", Seq: 10 + i, At: start, Fact: engine.Warning{Text: strings.Repeat("x", 3000)}})
	}
	wantFault(t, d.commit(events), engine.Storage, "its disk is full")
	attempt(t, d, "a2", "second", "m", "8")
	killed := copyOf(t, path)
	write(t, killed+"-wal", read(t, path+"-wal"))
	again := openedAt(t, killed)
	if err := again.Damage(); err != nil || len(stored(t, again, "a2")) == 0 {
		t.Error(err)
	}
}
