package tuitest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/aimo3/aimo3/engine"
)

// Library keeps attempts in memory, as a store does on disk. Fail, if set, is
// what every call answers.
type Library struct {
	mu     sync.Mutex
	kept   []engine.Summary // newest first
	hidden map[engine.AttemptID]bool
	fail   error
}

// NewLibrary keeps the given attempts, which are newest first.
func NewLibrary(kept ...engine.Summary) *Library {
	return &Library{kept: kept, hidden: map[engine.AttemptID]bool{}}
}

// Fail makes every later call answer err.
func (l *Library) Fail(err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.fail = err
}

// Attempts lists what is kept and not deleted.
func (l *Library) Attempts(_ context.Context, f engine.Filter) ([]engine.Summary, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	limit := f.Limit
	if limit == 0 {
		limit = 200
	}
	var found []engine.Summary
	for _, a := range l.kept {
		a.Deleted = time.Time{}
		if l.hidden[a.ID] {
			a.Deleted = Now()
		}
		if l.hidden[a.ID] != f.OfDeleted() || f.Before != "" && a.ID >= f.Before || !matches(a, f.Words) || !f.Holds(&a, nil) {
			continue
		}
		if found = append(found, a); len(found) == limit {
			break
		}
	}
	return found, l.fail
}

func matches(a engine.Summary, words string) bool {
	text := " " + strings.ToLower(a.Problem.Statement+" "+a.Model+" "+string(a.ID))
	if a.Verdict != nil {
		text += " " + string(a.Verdict.Answer)
	}
	for w := range strings.FieldsSeq(strings.ToLower(words)) {
		if !strings.Contains(text, " "+w) {
			return false
		}
	}
	return true
}

// Attempt finds one as the store does.
func (l *Library) Attempt(_ context.Context, name string) (engine.Summary, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	var found []engine.Summary
	for _, a := range l.kept {
		if !l.hidden[a.ID] && (strings.HasPrefix(string(a.ID), name) || name == "last" && len(found) == 0) {
			found = append(found, a)
		}
	}
	if l.fail == nil && len(found) != 1 {
		return engine.Summary{}, &engine.Fault{Class: engine.Invalid, What: fmt.Sprintf("%d attempts are named %q", len(found), name)}
	}
	return append(found, engine.Summary{})[0], l.fail
}

// Events tells an attempt's story.
func (l *Library) Events(_ context.Context, id engine.AttemptID, after uint64, limit int) ([]engine.Event, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	var found []engine.Event
	for _, a := range l.kept {
		if a.ID != id {
			continue
		}
		for _, e := range Events(id, a.Problem) {
			if e.Seq > after && len(found) < limit {
				found = append(found, e)
			}
		}
	}
	return found, l.fail
}

// Splits counts scored attempts by how their votes fell.
func (l *Library) Splits(context.Context) ([]engine.Split, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	var all []engine.Split
	for _, a := range l.kept {
		v := a.Verdict
		if v == nil || v.Correct == nil || v.Votes == 0 || v.Chosen != "" || l.hidden[a.ID] {
			continue
		}
		i := slices.IndexFunc(all, func(s engine.Split) bool { return s.Votes == v.Votes && s.Of == v.Of })
		if i < 0 {
			i, all = len(all), append(all, engine.Split{Votes: v.Votes, Of: v.Of})
		}
		all[i].Scored++
		if *v.Correct {
			all[i].Right++
		}
	}
	return all, l.fail
}

// Delete hides an attempt.
func (l *Library) Delete(_ context.Context, id engine.AttemptID) error { return l.hide(id, true) }

// Restore brings it back.
func (l *Library) Restore(_ context.Context, id engine.AttemptID) error { return l.hide(id, false) }

func (l *Library) hide(id engine.AttemptID, hidden bool) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.fail == nil {
		l.hidden[id] = hidden
	}
	return l.fail
}
