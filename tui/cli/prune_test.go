package cli

import (
	"strings"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
)

// TestPrune asks, deletes what is older, and brings it back by the time it prints.
func TestPrune(t *testing.T) {
	b := newBench(t)
	for id, days := range map[engine.AttemptID]int{"a1": 40, "a2": 31, "a3": 3} {
		at := b.after(0).AddDate(0, 0, -days)
		b.keep([]engine.Event{
			{Attempt: id, Seq: 1, At: at, Fact: engine.AttemptStarted{Problem: engine.Problem{Statement: "p"}}},
			{Attempt: id, Seq: 2, At: at.Add(time.Second), Fact: engine.AttemptFinished{}},
		})
	}
	b.wantCode(b.run("history", "prune", "--older-than", "30d"), 2) // nobody to ask
	b.terminals, b.stdin = true, strings.NewReader("n\n")
	b.wantCode(b.run("history", "prune", "--older-than", "30d"), 2)
	if n := len(b.attempts()); n != 3 || !strings.Contains(b.err.String(), "Delete 2 attempts?") {
		t.Errorf("%d are left; said %q", n, b.err.String())
	}
	b.stdin = strings.NewReader("y\n")
	b.wantCode(b.run("history", "prune", "--older-than", "30d"), 0)
	if n := len(b.attempts()); n != 1 {
		t.Errorf("%d are left", n)
	}
	_, undo, _ := strings.Cut(b.err.String(), "--undo ")
	undo, _, _ = strings.Cut(undo, "`")
	b.wantCode(b.run("history", "prune", "--undo", undo), 0)
	if n := len(b.attempts()); n != 3 {
		t.Errorf("%d are back; said %q", n, b.err.String())
	}
	b.wantCode(b.run("history", "prune", "--older-than", "8w", "--yes"), 0)
	for _, args := range [][]string{{}, {"--older-than", "30"}, {"--older-than", "0d"}, {"--undo", "now"}, {"--undo", "2020-01-01T00:00:00Z"}, {"--older-than", "1d", "--undo", undo}} {
		b.wantCode(b.run(append([]string{"history", "prune"}, args...)...), 2)
	}
}
