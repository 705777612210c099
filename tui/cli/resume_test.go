package cli

import (
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine"
)

// cutShort keeps the first part of an attempt that the program makes, as a kill
// after its first vote would leave it, under another ID.
func (b *bench) cutShort(id engine.AttemptID) {
	b.t.Helper()
	b.wantCode(b.run("solve", "p", "--samples", "3", "--parallel", "1", "--stop", "none"), 0)
	events := b.events(b.latest().ID)
	for i := range events {
		events[i].Attempt = id
		if events[i].Kind() == "tally_changed" {
			b.keep(events[:i+1])
			return
		}
	}
}

// TestGoingOn: `history resume` asks for the samples that are missing and ends the
// attempt; `history close` asks for none.
func TestGoingOn(t *testing.T) {
	b := newBench(t).boxes("4", "4", "5")
	b.cutShort("zz1")
	b.cutShort("zz2")
	b.server.asked = nil
	b.wantCode(b.run("history", "resume", "zz1"), 0)
	if out := b.out.String(); len(b.server.asked) != 2 || !strings.Contains(out, "4") {
		t.Errorf("%d samples were asked for, want 2; printed\n%s", len(b.server.asked), out)
	}
	if n := len(b.events("zz1")); n < 8 {
		t.Errorf("%d events are kept", n)
	}
	b.wantCode(b.run("history", "resume", "zz1"), 2)
	if !strings.Contains(b.err.String(), "has ended") {
		t.Errorf("said %q", b.err.String())
	}
	b.wantCode(b.run("history", "close", "--all"), 0)
	if !strings.Contains(b.err.String(), "closed zz2") || !strings.Contains(b.err.String(), "4, 1 of 1 vote") || len(b.server.asked) != 2 {
		t.Errorf("said %q", b.err.String())
	}
	b.wantCode(b.run("history", "resume", "--all"), 0)
	if !strings.Contains(b.err.String(), "no attempt was cut short") {
		t.Errorf("said %q", b.err.String())
	}
	b.wantCode(b.run("history", "resume"), 2)
	b.wantCode(b.run("history", "close", "zz1", "--all"), 2)
}

// TestExtending: `history extend` asks for so many samples more, in a new attempt that has
// the votes of the other and says so.
func TestExtending(t *testing.T) {
	b := newBench(t).boxes("4", "4", "5")
	b.wantCode(b.run("solve", "p", "--samples", "2", "--parallel", "1", "--stop", "none"), 0)
	first := b.latest()
	b.server.asked = nil
	b.wantCode(b.run("history", "extend", string(first.ID), "--samples", "1"), 0)
	second := b.latest()
	if len(b.server.asked) != 1 || second.ID == first.ID || second.Verdict.Of != 3 || second.Verdict.Votes != 2 {
		t.Fatalf("%d samples were asked for; %+v", len(b.server.asked), second.Verdict)
	}
	b.wantCode(b.run("history", "show", string(second.ID)), 0)
	for _, want := range []string{"adds to attempt " + string(first.ID), "carried over from attempt " + string(first.ID)} {
		if !strings.Contains(b.out.String(), want) {
			t.Errorf("no %q in\n%s", want, b.out.String())
		}
	}
	b.cutShort("zz1")
	b.wantCode(b.run("history", "extend", "zz1"), 2)
	if !strings.Contains(b.err.String(), "history resume zz1") {
		t.Errorf("said %q", b.err.String())
	}
	b.wantCode(b.run("history", "extend", string(first.ID), "--samples", "512"), 2)
}
