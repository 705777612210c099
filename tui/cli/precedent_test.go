package cli

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/wire"
)

const told = "in past attempts with a 2-of-3 vote, 7 of 9 were right\n"

// TestPrecedentIsPrinted by what solves and by what shows, also of an attempt
// that was interrupted.
func TestPrecedentIsPrinted(t *testing.T) {
	b := newBench(t).boxes("336", "336", "7")
	b.store.splits = []engine.Split{{Votes: 2, Of: 2, Right: 1, Scored: 2}, {Votes: 2, Of: 3, Right: 7, Scored: 9}}
	solve := []string{"solve", "p", "--samples", "3", "--stop", "none", "--parallel", "1"}
	b.wantCode(b.run(solve...), 0)
	if got := b.out.String(); !strings.Contains(got, told) {
		t.Errorf("solve printed\n%s", got)
	}
	b.wantCode(b.run("history", "show", "last"), 0)
	if got := b.out.String(); !strings.Contains(got, told) {
		t.Errorf("history show printed\n%s", got)
	}
	for _, args := range [][]string{{"history", "show", "last", "--json"}, append(solve, "--json")} {
		b.wantCode(b.run(args...), 0)
		var f wire.Attempt
		b.object(&f)
		if f.Precedent == nil || *f.Precedent != b.store.splits[1] || !strings.Contains(b.out.String(), `"precedent": {`) {
			t.Errorf("%q printed\n%s", args, &b.out)
		}
	}
	b.wantCode(b.run(append(solve, "--no-save")...), 0)
	if got := b.out.String(); strings.Contains(got, "in past attempts") {
		t.Errorf("with --no-save solve printed\n%s", got)
	}

	b = newBench(t).boxes("336", "336", "336")
	b.store.splits = []engine.Split{{Votes: 1, Of: 1, Right: 3, Scored: 4}}
	b.server.hangAt, b.server.hangs = 2, make(chan struct{})
	ctx, cancel := context.WithCancel(context.Background())
	go func() { <-b.server.hangs; cancel() }()
	b.wantCode(b.runIn(ctx, solve...), 4)
	if got := b.out.String(); !strings.Contains(got, "in past attempts with a 1-of-1 vote, 3 of 4 were right") {
		t.Errorf("interrupted, solve printed\n%s", got)
	}
}

// TestPrecedentThatCannotBeRead: the verdict is printed, and the code is its own.
func TestPrecedentThatCannotBeRead(t *testing.T) {
	b := newBench(t).boxes("336")
	b.store.forgot = &engine.Fault{Class: engine.Storage, What: "the disk is gone", Err: errors.New("EIO")}
	for _, args := range [][]string{{"solve", "p", "--samples", "1"}, {"history", "show", "last"}, {"history", "show", "last", "--json"}} {
		b.wantCode(b.run(args...), 0)
		if got := b.err.String(); strings.Count(got, "cannot tell how often such votes were right: the disk is gone") != 1 {
			t.Errorf("%q: stderr %q", args, got)
		}
		if got := b.out.String(); !strings.Contains(got, "336") || strings.Contains(got, "recedent") {
			t.Errorf("%q printed\n%s", args, got)
		}
	}
	b.boxes("")
	b.wantCode(b.run("solve", "q", "--samples", "1"), 1)
	if got := b.err.String(); strings.Contains(got, "in past attempts") {
		t.Errorf("no votes, but stderr %q", got)
	}
}
