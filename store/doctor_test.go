package store

import (
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine"
)

func TestCheckFindsWhatIsWrong(t *testing.T) {
	for name, wrong := range map[string]string{
		"a word of no attempt":   `INSERT INTO search (docid, statement, answer, model, id) VALUES (77, 'ghost', '', '', '')`,
		"an event of no attempt": `PRAGMA foreign_keys = OFF; INSERT INTO events (attempt, seq, at, kind, fact) VALUES ('nobody', 1, '', 'x', '{}')`,
	} {
		t.Run(name, func(t *testing.T) {
			d := opened(t)
			attempt(t, d, "a1", "first", "m", "1")
			if err := d.Check(t.Context()); err != nil {
				t.Fatal(err)
			}
			if _, err := d.writer.Exec(wrong); err != nil {
				t.Fatal(err)
			}
			wantFault(t, d.Check(t.Context()), engine.Storage, "damaged", d.Path())
		})
	}
}

func TestStats(t *testing.T) {
	d := opened(t)
	attempt(t, d, "a1", "first", "m", "1")
	s, err := d.Stats(t.Context())
	if err != nil || s.Size < 8192 || s.Attempts != 1 || s.Deleted != 0 || s.Version != 4 || !strings.HasPrefix(s.SQLite, "3.") || s.Path != d.Path() {
		t.Errorf("got %+v, %v", s, err)
	}
}
