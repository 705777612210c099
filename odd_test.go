package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"runtime/debug"
	"slices"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/wire"
	"github.com/aimo3/aimo3/store"
	"github.com/aimo3/aimo3/tui/cli/form"
	"github.com/aimo3/aimo3/tui/export"
	"github.com/aimo3/aimo3/tui/live"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

// TestOddFactsAreShown: rows from before there were checksums, or of somebody who
// makes them, may say anything. A thousand values in stored facts are changed for
// odd ones; all is folded, printed and replayed, and nothing panics.
func TestOddFactsAreShown(t *testing.T) {
	db, err := store.OpenToRead(t.Context(), unpackOlder(t, "store/testdata/starlark"), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	all, err := db.Attempts(t.Context(), engine.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range all { // as where an event is damaged
		events, err := db.Events(t.Context(), a.ID, 0, 10_000)
		if err != nil {
			t.Fatal(err)
		}
		for i, e := range events {
			if e.Kind() == "delta" || e.Kind() == "phase_changed" {
				continue
			}
			left := slices.Clone(events)
			left[i].Fact = engine.Warning{Text: "left out"}
			shows(t, a, left, fmt.Sprintf("attempt %s without event %d", a.ID, e.Seq))
		}
	}
	r := rand.New(rand.NewPCG(1, 3))
	changed := 0
	for changed < 1000 {
		a := all[r.IntN(len(all))]
		events, err := db.Events(t.Context(), a.ID, 0, 10_000)
		if err != nil {
			t.Fatal(err)
		}
		i := r.IntN(len(events))
		if kind := events[i].Kind(); (kind == "delta" || kind == "phase_changed") && r.IntN(20) > 0 {
			continue
		}
		odd, what := oddOne(t, r, events[i])
		if odd.Fact == nil {
			continue // it cannot be read, and would be left out
		}
		changed++
		events[i] = odd
		shows(t, a, events, fmt.Sprintf("attempt %s, event %d: %s", a.ID, events[i].Seq, what))
	}
}

// oddOne is an event one of whose values is changed; its Fact is nil if it can
// then not be read.
func oddOne(t *testing.T, r *rand.Rand, e engine.Event) (engine.Event, string) {
	t.Helper()
	fact, err := e.FactJSON()
	if err != nil {
		t.Fatal(err)
	}
	var tree any
	if err := json.Unmarshal(fact, &tree); err != nil {
		t.Fatal(err)
	}
	n := r.IntN(count(tree))
	changed, err := json.Marshal(change(tree, &n, oddValues[r.IntN(len(oddValues))]))
	if err != nil {
		t.Fatal(err)
	}
	odd, err := engine.NewEvent(e.Attempt, e.Seq, e.At, e.Kind(), changed)
	if err != nil {
		return engine.Event{}, ""
	}
	return odd, e.Kind() + " " + string(changed)
}

var oddValues = []any{
	nil, "", "\x1b]0;x\x07", strings.Repeat("9", 400), true, 0, -1, 1 << 20, json.Number("9223372036854775807"), json.Number("-9223372036854775808"),
	json.Number("1e300"), 0.5,
	[]any{},
	[]any{-1, 70, 1 << 40},
	[]any{map[string]any{}},
	map[string]any{},
	"zzz", "2026-13-45",
}

// count is how many values there are in a tree, and change the tree with the
// n-th of them replaced.
func count(tree any) int {
	n := 1
	switch tree := tree.(type) {
	case map[string]any:
		for _, v := range tree {
			n += count(v)
		}
	case []any:
		for _, v := range tree {
			n += count(v)
		}
	}
	return n
}

func change(tree any, n *int, to any) any {
	if *n--; *n < 0 {
		*n = 1 << 30
		return to
	}
	switch tree := tree.(type) {
	case map[string]any:
		keys := make([]string, 0, len(tree))
		for k := range tree {
			keys = append(keys, k)
		}
		slices.Sort(keys)
		for _, k := range keys {
			tree[k] = change(tree[k], n, to)
		}
	case []any:
		for i := range tree {
			tree[i] = change(tree[i], n, to)
		}
	}
	return tree
}

// shows folds, prints and replays an attempt.
func shows(t *testing.T, a engine.Summary, events []engine.Event, what string) {
	t.Helper()
	defer func() {
		if r := recover(); r != nil {
			t.Errorf("%.500s: panic: %v\n%.1500s", what, r, debug.Stack())
		}
	}()
	var p engine.Progress
	for _, e := range events {
		p.Apply(e)
		if _, err := json.Marshal(e); err != nil {
			t.Errorf("%.500s: %v", what, err)
		}
	}
	if err := form.WriteAttempt(io.Discard, &p, nil); err != nil {
		t.Errorf("%.500s: %v", what, err)
	}
	for _, write := range []func(io.Writer, *engine.Progress, engine.Marks) error{export.WriteMarkdown, export.WriteLaTeX, export.WriteHTML} {
		_ = write(io.Discard, &p, engine.Marks{})
	}
	for i := range p.Samples {
		_ = form.WriteSample(io.Discard, i, &p.Samples[i], true)
	}
	if _, err := json.Marshal(wire.Of(&p, true)); err != nil {
		t.Errorf("%.500s: %v", what, err)
	}
	env := tuitest.Env(t, tuitest.Palette(t))
	env.Library = told(events)
	s := live.Replay(env, a, 0)
	s.Resize(100, 30)
	s.Update(s.Init()())
	if s.View() == "" || !strings.Contains(tuitest.Status(s), "at the end") {
		t.Errorf("%.500s: the replay stands at %q", what, tuitest.Status(s))
	}
}

// told is a Library of the events of one attempt.
type told []engine.Event

func (l told) Events(context.Context, engine.AttemptID, uint64, int) ([]engine.Event, error) {
	return l, nil
}

func (told) Attempt(context.Context, string) (engine.Summary, error)           { return engine.Summary{}, nil }
func (told) Attempts(context.Context, engine.Filter) ([]engine.Summary, error) { return nil, nil }
func (told) Splits(context.Context) ([]engine.Split, error)                    { return nil, nil }
func (told) Delete(context.Context, engine.AttemptID) error                    { return nil }
func (told) Restore(context.Context, engine.AttemptID) error                   { return nil }

var _ screen.Library = told{}
