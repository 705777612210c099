// Package timing finds where the time of an attempt went: a fold over its events that
// gives a [Span] for each of its stages.
//
//	var p timing.Profile
//	for _, e := range events {
//		p.Apply(e)
//	}
//	for _, s := range p.Spans() {
//		fmt.Println(s.Title(), s.Took)
//	}
//
// Storing is no stage: events are committed beside the attempt, which never waits for that,
// and its last event is made before it is committed, so no fact can tell how long that
// took. How long commits take is measured over all attempts, as aimo3_store_commit_seconds.
package timing

import (
	"fmt"
	"time"

	"github.com/aimo3/aimo3/engine"
)

// Span is a stretch of an attempt: the attempt, one of its samples, or a stage. Stages
// of a sample follow each other and never overlap.
type Span struct {
	Name   string        `json:"name"`   // attempt, prepare, sample, a phase, cell, vote, or the name of a way of choosing
	Parent int           `json:"parent"` // its index among the spans; -1 of the attempt
	Sample int           `json:"sample"` // -1 if it belongs to none
	Number int           `json:"number"` // of a cell, from 1; else 0
	Begun  time.Time     `json:"begun"`
	Took   time.Duration `json:"took_ns"`
	What   string        `json:"what,omitempty"` // how it ended, where that can be told: finished, a class of faults
	Open   bool          `json:"open,omitempty"` // its end was not recorded
}

// Ended is when the span ended or, if it is open, was last known of.
func (s Span) Ended() time.Time { return s.Begun.Add(s.Took) }

// Profile is a fold over the events of an attempt that finds its spans. Text does not
// count, but for the phase that it begins; so the spans of a replay, whose text is
// joined, are those of the attempt as it went. The zero Profile is of an attempt not yet
// begun.
type Profile struct {
	ID      engine.AttemptID
	spans   []Span
	now     time.Time
	samples map[int]*tracks // of those that run
	voting  bool            // the stage below is the vote
	stage   int             // index of the attempt's own stage, 0 if it is in none
}

// tracks are the indexes of the spans in which a sample is; stage is 0 if it is in none.
type tracks struct{ sample, stage int }

// Apply folds one event in. An event that makes no sense here is ignored.
func (p *Profile) Apply(e engine.Event) {
	if _, text := e.Fact.(engine.Delta); text {
		return
	}
	if f, ok := e.Fact.(engine.AttemptStarted); ok {
		*p = Profile{ID: e.Attempt, now: e.At, samples: map[int]*tracks{}}
		p.begin(Span{Name: "attempt", Parent: -1, Sample: -1, What: f.Plan.Model})
		p.stage = p.begin(Span{Name: "prepare", Sample: -1})
		return
	}
	if len(p.spans) == 0 || !p.spans[0].Open {
		return
	}
	before := p.now
	if e.At.After(p.now) { // else a clock was set back
		p.now = e.At
	}
	p.take(e.Fact, before)
}

func (p *Profile) take(f engine.Fact, before time.Time) {
	switch f := f.(type) {
	case engine.SampleStarted:
		p.started(f.Sample, before)
	case engine.PhaseChanged:
		name := string(f.Phase)
		if f.Phase == engine.Computing {
			name = "cell"
		}
		p.enter(f.Sample, name)
	case engine.CodeStarted:
		p.cell(f)
	case engine.CodeFinished:
		p.leave(f.Sample, CellOutcome(f.Cell))
	case engine.SampleRetried:
		p.leave(f.Sample, string(f.Class))
		p.enter(f.Sample, string(engine.Queued))
	case engine.SampleFinished:
		p.ended(f.Sample, "finished")
	case engine.SampleFailed:
		p.ended(f.Sample, string(f.Class))
	case engine.SampleStopped:
		p.ended(f.Sample, "stopped")
	case engine.ChoiceStarted:
		p.turn(f.Choice)
	case engine.ChoiceFinished:
		if p.stage > 0 {
			p.end(p.stage, map[bool]string{true: "settled"}[f.Answer != ""])
			p.stage = 0
		}
	case engine.AttemptFinished:
		p.over(f.Verdict)
	}
}

// started begins a sample. One that a killed program had begun was last known of at the
// event before.
func (p *Profile) started(n int, before time.Time) {
	now := p.now
	p.now = before
	p.ended(n, "cut short")
	p.now = now
	switch {
	case p.stage == 0:
	case p.spans[p.stage].Name == "prepare":
		p.end(p.stage, "")
		p.stage = 0
	case p.voting: // too soon: the vote is the latest span
		p.spans, p.stage, p.voting = p.spans[:p.stage], 0, false
	}
	t := &tracks{sample: p.begin(Span{Name: "sample", Sample: n})}
	p.samples[n] = t
	p.enter(n, string(engine.Queued))
}

// enter has a sample be in a stage from now on.
func (p *Profile) enter(n int, name string) {
	t := p.samples[n]
	if t == nil || t.stage > 0 && p.spans[t.stage].Name == name {
		return
	}
	p.leave(n, "")
	t.stage = p.begin(Span{Name: name, Parent: t.sample, Sample: n})
}

// cell numbers the cell in which a sample is, which its phase may have begun.
func (p *Profile) cell(f engine.CodeStarted) {
	p.enter(f.Sample, "cell")
	if t := p.samples[f.Sample]; t != nil {
		p.spans[t.stage].Number = f.Number
	}
}

func (p *Profile) leave(n int, what string) {
	if t := p.samples[n]; t != nil && t.stage > 0 {
		p.end(t.stage, what)
		t.stage = 0
	}
}

// ended ends a sample. Once none runs, the votes are counted.
func (p *Profile) ended(n int, what string) {
	t := p.samples[n]
	if t == nil {
		return
	}
	p.leave(n, "")
	p.end(t.sample, what)
	delete(p.samples, n)
	if len(p.samples) == 0 && p.stage == 0 {
		p.turn("vote")
		p.voting = true
	}
}

// turn has the attempt be in a stage of its own from now on.
func (p *Profile) turn(name string) {
	if p.stage > 0 {
		p.end(p.stage, "")
	}
	p.stage, p.voting = p.begin(Span{Name: name, Sample: -1}), false
}

func (p *Profile) over(v engine.Verdict) {
	for n := range p.samples {
		p.leave(n, "")
		p.end(p.samples[n].sample, "")
	}
	clear(p.samples)
	if p.stage > 0 {
		p.end(p.stage, "")
		p.stage = 0
	}
	p.end(0, string(v.Why))
}

func (p *Profile) begin(s Span) int {
	s.Begun, s.Open = p.now, true
	p.spans = append(p.spans, s)
	return len(p.spans) - 1
}

func (p *Profile) end(i int, what string) {
	s := &p.spans[i]
	s.Took, s.Open = p.now.Sub(s.Begun), false
	if what != "" {
		s.What = what
	}
}

// Spans are those found so far, a parent before its children. What is open ends at the
// latest event that is no text.
func (p *Profile) Spans() []Span { return p.SpansAt(p.now) }

// SpansAt is Spans at a time: what is open ends then, if that is later.
func (p *Profile) SpansAt(now time.Time) []Span {
	if now.Before(p.now) {
		now = p.now
	}
	all := append([]Span(nil), p.spans...)
	for i := range all {
		if all[i].Open {
			all[i].Took = now.Sub(all[i].Begun)
		}
	}
	return all
}

// Title is what a span is, for a person, who counts samples from 1.
func (s Span) Title() string {
	switch {
	case s.Name == "sample":
		return fmt.Sprintf("sample %d", s.Sample+1)
	case s.Number > 0:
		return fmt.Sprintf("%s %d", s.Name, s.Number)
	}
	return s.Name
}

// CellOutcome is how a cell ended: ok, error, timeout, or ended with its session.
func CellOutcome(c engine.Cell) string {
	switch {
	case c.TimedOut:
		return "timeout"
	case !c.Kept:
		return "ended"
	case c.Err != "":
		return "error"
	}
	return "ok"
}
