package observe

import (
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/timing"
)

// attempt listens to the events of one attempt.
type attempt struct {
	to      *Metrics
	from    time.Time // what happened before was told before, as of an attempt that goes on
	begun   time.Time
	samples map[int]*sample
	last    uint64 // Seq of the latest event
	joined  bool   // it was a delta, which may stand for more than its own number
}

// sample is what is known of one that runs.
type sample struct {
	phase engine.Phase
	since time.Time // that it is in that phase
	asked time.Time // zero once its reply has begun
}

// Attempt returns who listens to the events of one attempt, to be told each of them in
// order, from one goroutine. It never fails, and keeps no event.
func (m *Metrics) Attempt() engine.Sink {
	a := &attempt{to: m, from: m.now(), samples: map[int]*sample{}}
	return a.put
}

func (a *attempt) put(e engine.Event) error {
	d, delta := e.Fact.(engine.Delta)
	if a.last > 0 && !a.joined && e.Seq > a.last+1 {
		a.to.add(lostEvents, "", float64(e.Seq-a.last-1))
	}
	a.last, a.joined = e.Seq, delta
	switch {
	case delta:
		a.heard(d.Sample, e.At)
	case e.At.Before(a.from): // kept by an earlier program, and counted there
	default:
		a.take(e)
	}
	return nil
}

// heard takes that a sample said something.
func (a *attempt) heard(n int, at time.Time) {
	s := a.samples[n]
	if s == nil || s.asked.IsZero() {
		return
	}
	a.to.add(firstSeconds, "", at.Sub(s.asked).Seconds())
	s.asked = time.Time{}
}

func (a *attempt) take(e engine.Event) {
	switch f := e.Fact.(type) {
	case engine.AttemptStarted:
		a.begun = e.At
	case engine.SampleStarted:
		a.enter(f.Sample, engine.Queued, e.At)
	case engine.PhaseChanged:
		a.enter(f.Sample, f.Phase, e.At)
	case engine.CodeFinished:
		a.ran(f.Cell)
	case engine.SampleRetried:
		a.to.add(retries, label(f.Class), 1)
		a.enter(f.Sample, engine.Queued, e.At)
	case engine.SampleFinished:
		if f.From != "" { // it was counted where it was taken
			return
		}
		a.to.add(samples, "finished", 1)
		a.to.add(tokens, "", float64(f.Ending.Tokens))
		if rate := f.Ending.Rate(); rate > 0 {
			a.to.add(tokenRate, "", rate)
		}
		a.leave(f.Sample, e.At)
	case engine.SampleFailed:
		a.to.add(samples, "failed", 1)
		a.to.add(tokens, "", float64(f.Tokens))
		a.to.add(faults, label(f.Class), 1)
		a.leave(f.Sample, e.At)
	case engine.SampleStopped:
		a.to.add(samples, "stopped", 1)
		a.to.add(tokens, "", float64(f.Tokens))
		a.leave(f.Sample, e.At)
	case engine.BreakerChanged:
		a.to.breakerChanged(f)
	case engine.NotKept:
		if f.Until == 0 { // else they are kept after all
			a.to.add(storeGaps, "", 1)
		}
	case engine.AttemptFinished:
		a.ended(f.Verdict, e.At)
	}
}

// enter has a sample be in a phase from now on.
func (a *attempt) enter(n int, p engine.Phase, at time.Time) {
	if !known(p) {
		p = "other"
	}
	a.leave(n, at)
	s := &sample{phase: p, since: at}
	if p == engine.Queued {
		s.asked = at
	} else if was := a.samples[n]; was != nil {
		s.asked = was.asked
	}
	a.samples[n] = s
	a.to.move(inPhase, string(p), 1)
}

// leave ends the phase that a sample is in.
func (a *attempt) leave(n int, at time.Time) {
	s := a.samples[n]
	if s == nil || s.since.IsZero() {
		return
	}
	a.to.add(phaseSeconds, string(s.phase), at.Sub(s.since).Seconds())
	a.to.move(inPhase, string(s.phase), -1)
	s.since = time.Time{}
}

func (a *attempt) ran(c engine.Cell) {
	a.to.add(cells, timing.CellOutcome(c), 1)
	a.to.add(cellSeconds, "", c.Took.Seconds())
	if !c.Kept {
		a.to.add(sandboxKills, "", 1)
	}
}

func (a *attempt) ended(v engine.Verdict, at time.Time) {
	for n := range a.samples { // none is left; if one were, it would stay for good
		a.leave(n, at)
	}
	a.to.add(attempts, outcome(v), 1)
	if !a.begun.IsZero() {
		a.to.add(attemptSeconds, "", at.Sub(a.begun).Seconds())
	}
}

// outcome is why an attempt ended or, where every sample had its say, that it has no
// answer.
func outcome(v engine.Verdict) string {
	switch v.Why {
	case engine.AllEnded:
		if v.Answer == "" {
			return "no_answer"
		}
	case engine.FourAgree, engine.Uncatchable, engine.LikelyLead, engine.WindowAgrees, engine.Consensus,
		engine.OutOfBudget, engine.Cancelled, engine.AllFailed:
	default:
		return "other"
	}
	return string(v.Why)
}

func known(p engine.Phase) bool {
	switch p {
	case engine.Queued, engine.Loading, engine.Reading, engine.Reasoning, engine.Answering, engine.Computing:
		return true
	}
	return false
}

// label is a class, of which a newer program's log may hold others.
func label(c engine.Class) string {
	switch c {
	case engine.Invalid, engine.Unreachable, engine.NoModel, engine.NoTools, engine.Busy, engine.Memory, engine.Crashed,
		engine.Stalled, engine.Truncated, engine.Garbled, engine.TooLong, engine.Looped, engine.Oversize, engine.Storage, engine.Internal:
		return string(c)
	case engine.Unknown:
	}
	return string(engine.Unknown)
}
