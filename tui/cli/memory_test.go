package cli

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/desk"
	"github.com/aimo3/aimo3/tui/cli/form"
)

// memory is a Store in memory. It keeps events as the real one does: those
// that reach next are those it holds.
type memory struct {
	attempts []engine.AttemptID
	events   map[engine.AttemptID][]engine.Event
	deleted  map[engine.AttemptID]bool
	opened   int
	damaged  error
	says     string // when it is opened
	full     int    // if positive, recording fails at this event
	splits   []engine.Split
	forgot   error // why there are no splits
}

func newMemory() *memory {
	return &memory{events: map[engine.AttemptID][]engine.Event{}, deleted: map[engine.AttemptID]bool{}}
}

type memoryRecorder struct {
	*memory
	next engine.Sink
	err  error
	n    int
}

func (m *memory) Record(next engine.Sink) desk.Recorder {
	return &memoryRecorder{memory: m, next: next}
}

func (r *memoryRecorder) Put(e engine.Event) error {
	if r.n++; r.full > 0 && r.n >= r.full {
		r.err = &engine.Fault{Class: engine.Storage, What: "the disk is full", Todo: "free some space"}
		return r.err
	}
	if e.Seq == 1 {
		r.attempts = append([]engine.AttemptID{e.Attempt}, r.attempts...)
	}
	r.events[e.Attempt] = append(r.events[e.Attempt], e)
	return r.next(e)
}

func (r *memoryRecorder) Close() error { return r.err }

func (m *memory) summary(id engine.AttemptID) engine.Summary {
	var p engine.Progress
	for _, e := range m.events[id] {
		p.Apply(e)
	}
	f := form.Of(&p, false)
	return engine.Summary{ID: id, Begun: p.Begun, Took: f.Timing.Took, Problem: p.Problem, Model: p.Plan.Model, Samples: p.Plan.Samples, Tokens: f.Timing.Tokens, Verdict: p.Verdict}
}

func (m *memory) Attempts(_ context.Context, f engine.Filter) ([]engine.Summary, error) {
	var all []engine.Summary
	for _, id := range m.attempts {
		if s := m.summary(id); !m.deleted[id] && strings.Contains(s.Problem.Statement, f.Words) && len(all) < f.Limit {
			all = append(all, s)
		}
	}
	return all, nil
}

func (m *memory) Attempt(_ context.Context, ref string) (engine.Summary, error) {
	for _, id := range m.attempts {
		if !m.deleted[id] && (ref == "last" || strings.HasPrefix(string(id), ref)) {
			return m.summary(id), nil
		}
	}
	return engine.Summary{}, &engine.Fault{Class: engine.Invalid, What: "no attempt " + ref, Todo: "see `aimo3 history list`"}
}

func (m *memory) Events(_ context.Context, id engine.AttemptID, after uint64, limit int) ([]engine.Event, error) {
	events := m.events[id]
	i := slices.IndexFunc(events, func(e engine.Event) bool { return e.Seq > after })
	if i < 0 {
		return nil, nil
	}
	return events[i:min(len(events), i+limit)], nil
}

func (m *memory) Splits(ctx context.Context) ([]engine.Split, error) {
	if err := errors.Join(ctx.Err(), m.forgot); err != nil {
		return nil, err
	}
	return m.splits, nil
}

func (m *memory) Delete(_ context.Context, id engine.AttemptID) error {
	m.deleted[id] = true
	return nil
}

func (m *memory) Restore(_ context.Context, id engine.AttemptID) error {
	if !m.deleted[id] {
		return &engine.Fault{Class: engine.Invalid, What: "nothing to restore"}
	}
	delete(m.deleted, id)
	return nil
}

func (m *memory) Check(context.Context) error { return m.damaged }
func (m *memory) Damage() error               { return m.damaged }
func (m *memory) Tell(func(string))           {}
func (m *memory) Close() error                { return nil }
