package engine

import (
	"slices"
	"strings"
	"time"
)

// Progress is the state of an attempt so far: a fold over its events. Live
// panes, replays and reports all build one the same way. Its zero value is an
// attempt not yet begun. It is not safe for concurrent use and, holding
// builders, must not be copied.
type Progress struct {
	ID       AttemptID
	Parent   AttemptID // the attempt that this one adds samples to
	Problem  Problem
	Plan     Plan
	Code     Code      // what runs the samples' code; zero if nothing does
	Begun    time.Time // of the first event
	Resumed  time.Time // when it last went on after it was cut short; zero if it never did
	Latest   time.Time // of the latest event
	Seq      uint64    // of the latest event
	Samples  []SampleProgress
	Tally    Tally
	Choices  []Choosing // of strategies for a split vote
	Breakers []Breaker  // as they were last told of
	Warnings []string
	Verdict  *Verdict // nil until the attempt has finished

	Fallbacks []FallbackUsed // in order; Plan is what it became by them
}

// Choosing is one strategy's try to settle a split vote.
type Choosing struct {
	ChoiceStarted
	Ended *ChoiceFinished // nil while it goes on
}

// Apply folds one event in. It never fails: an event that makes no sense here
// is ignored, so that a newer program's log still opens.
func (p *Progress) Apply(e Event) {
	p.Latest, p.Seq = e.At, e.Seq
	switch f := e.Fact.(type) {
	case AttemptStarted:
		*p = Progress{ID: e.Attempt, Parent: f.Parent, Problem: f.Problem, Plan: f.Plan, Begun: e.At, Latest: e.At, Seq: e.Seq}
		p.Samples = make([]SampleProgress, min(max(f.Plan.Samples, 0), MaxSamples))
	case AttemptResumed:
		p.Resumed = e.At
	case TallyChanged:
		if f.Tally.within(len(p.Samples)) {
			p.Tally = f.Tally
		}
	case CodeChosen:
		p.Code = f.Code
	case ChoiceStarted:
		p.Choices = append(p.Choices, Choosing{ChoiceStarted: f})
		p.grow(f.Samples)
	case ChoiceFinished:
		if n := len(p.Choices); n > 0 {
			p.Choices[n-1].Ended = &f
		}
	case RuleChanged:
		p.Plan.Stop = f.Stop
	case SamplesAdded:
		p.Plan.Samples += p.grow(f.Samples)
	case BreakerChanged:
		p.learnBreaker(f)
	case FallbackUsed:
		p.fallBack(f)
	case NotKept:
		p.Warnings = append(p.Warnings, f.Words())
	case Warning:
		p.Warnings = append(p.Warnings, f.Text)
	case AttemptFinished:
		p.Verdict = &f.Verdict
	default:
		if s := p.sample(e.Fact); s != nil {
			s.apply(e)
		}
	}
}

// Since is from when on the attempt's budget of time counts: from its beginning, or from
// when it last went on. How long it lay cut short is nobody's budget.
func (p *Progress) Since() time.Time {
	if p.Resumed.IsZero() {
		return p.Begun
	}
	return p.Resumed
}

func (p *Progress) learnBreaker(f BreakerChanged) {
	b := f.Breaker()
	for i := range p.Breakers {
		if p.Breakers[i].Host == b.Host && p.Breakers[i].Model == b.Model {
			p.Breakers[i] = b
			return
		}
	}
	p.Breakers = append(p.Breakers, b)
}

// grow makes room for more samples, and returns for how many there was any. What builders
// hold is written anew: they must not be copied.
func (p *Progress) grow(more int) (grown int) {
	old := p.Samples
	p.Samples = make([]SampleProgress, min(len(old)+max(more, 0), MaxSamples))
	for i := range old {
		s := &p.Samples[i]
		thinking, reply, writing := old[i].Thinking.String(), old[i].Reply.String(), old[i].Writing.String()
		old[i].Thinking, old[i].Reply, old[i].Writing = strings.Builder{}, strings.Builder{}, strings.Builder{}
		*s = old[i]
		s.Thinking.WriteString(thinking)
		s.Reply.WriteString(reply)
		s.Writing.WriteString(writing)
	}
	return len(p.Samples) - len(old)
}

func (p *Progress) sample(f Fact) *SampleProgress {
	i, ok := SampleOf(f)
	if !ok {
		return nil
	}
	return p.SampleAt(i)
}

// SampleAt is the sample of that number; nil if the attempt has none such.
func (p *Progress) SampleAt(i int) *SampleProgress {
	if i < 0 || i >= len(p.Samples) {
		return nil
	}
	return &p.Samples[i]
}

// Lend gives samples whose votes were carried over what they said and ran in the attempt
// that they were taken in, of which from is the fold. Nothing is lent of another attempt, nor
// of a sample that answered otherwise there.
func (p *Progress) Lend(from *Progress) {
	for i := range p.Samples {
		s, was := &p.Samples[i], from.SampleAt(i)
		if s.From == "" || s.From != from.ID || was == nil || was.State != Finished || was.Answer != s.Answer {
			continue
		}
		s.Thinking.Reset()
		s.Thinking.WriteString(was.Thinking.String())
		s.Reply.Reset()
		s.Reply.WriteString(was.Reply.String())
		s.Cells = slices.Clone(was.Cells)
	}
}

// maxDeltaBytes bounds the text of a joined Delta, so that joining stays linear and a
// stored row small.
const maxDeltaBytes = 4096

// Append adds e to queue, joining it to the queue's last event of the same
// sample when both are deltas of one channel. A fold over the joined queue
// gives the same Progress as over the plain one, but for the times of joined
// text, which are those of its first piece.
func Append(queue []Event, e Event) []Event {
	d, ok := e.Fact.(Delta)
	if !ok {
		return append(queue, e)
	}
	for i := len(queue) - 1; i >= 0; i-- {
		prev, isDelta := queue[i].Fact.(Delta)
		if !isDelta || queue[i].Attempt != e.Attempt {
			break // never move text across a change of state
		}
		if prev.Sample != d.Sample {
			continue
		}
		if prev.Channel != d.Channel || len(prev.Text)+len(d.Text) > maxDeltaBytes {
			break
		}
		prev.Text += d.Text
		prev.Frames += d.Frames
		queue[i].Fact = prev
		return queue
	}
	return append(queue, e)
}
