package store

import (
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine"
)

// TestOnlyAFullDiskIsWaitedOut: what is shown and not kept is held while there is no room,
// within a bound, once the attempt has begun on disk. Everything else ends the attempt.
func TestOnlyAFullDiskIsWaitedOut(t *testing.T) {
	text := func(seq uint64, bytes int) []engine.Event {
		return []engine.Event{{Attempt: "a", Seq: seq, At: start, Fact: engine.Warning{Text: strings.Repeat("x", bytes)}}}
	}
	begins := []engine.Event{{Attempt: "b", Seq: 1, At: start, Fact: engine.AttemptStarted{Problem: engine.Problem{Statement: strings.Repeat("x", 1<<20)}}}}
	begun := func(d *DB) *Recorder {
		r := &Recorder{db: d}
		if err := r.keepOrHold(long(1)); err != nil {
			t.Fatal(err)
		}
		return r
	}
	d, _ := fills(t)
	if err := (&Recorder{db: d}).keepOrHold(begins); !isFull(err) {
		t.Errorf("an attempt that cannot begin on a full disk: %v", err)
	}
	r := begun(d)
	seq, held := uint64(2), 0
	for err := error(nil); err == nil && seq < 20; seq++ {
		if err = r.keepOrHold(text(seq, 8<<20)); err == nil {
			held += 8 << 20
		}
	}
	if held == 0 || held > maxHeldBytes {
		t.Errorf("%d bytes are held, of at most %d", held, maxHeldBytes)
	}
	other := opened(t)
	r = begun(other)
	if _, err := other.writer.Exec("DROP TABLE events"); err != nil {
		t.Fatal(err)
	}
	if err := r.keepOrHold(text(2, 1)); err == nil || isFull(err) || len(r.gap.held) > 0 {
		t.Errorf("a failure that room does not mend: %v, and %d events are held", err, len(r.gap.held))
	}
}
