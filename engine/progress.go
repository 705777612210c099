package engine

import (
	"strings"
	"time"

	"github.com/aimo3/aimo3/engine/confidence"
)

// Progress is the state of an attempt so far: a fold over its events. Live
// panes, replays and reports all build one the same way. Its zero value is an
// attempt not yet begun. It is not safe for concurrent use and, holding
// builders, must not be copied.
type Progress struct {
	ID       AttemptID
	Problem  Problem
	Plan     Plan
	Code     Code      // what runs the samples' code; zero if nothing does
	Begun    time.Time // of the first event
	Latest   time.Time // of the latest event
	Seq      uint64    // of the latest event
	Samples  []SampleProgress
	Tally    Tally
	Choices  []Choosing // of strategies for a split vote
	Warnings []string
	Verdict  *Verdict // nil until the attempt has finished
}

// SampleProgress is one sample's share of a Progress.
type SampleProgress struct {
	State           SampleState
	Phase           Phase
	Seed            int64
	Thinking, Reply strings.Builder
	Cells           []CellProgress
	Writing         strings.Builder // code of a cell that is not whole yet
	Frames          int             // frames received, about one token each
	Begun           time.Time       // when it was sent; zero while queued here
	First           time.Time       // of its first text
	Latest          time.Time       // of its latest fact
	Answer          Answer
	Found           Found
	Sure            *confidence.Figures // nil if it was not measured
	Strip           []float64           // confidence, of SampleMeasured after SampleMeasured
	Ending          Ending              // once finished
	Cause, Todo     string              // why it failed or was stopped, and what to do
}

// Choosing is one strategy's try to settle a split vote.
type Choosing struct {
	ChoiceStarted
	Ended *ChoiceFinished // nil while it goes on
}

// CellProgress is one cell of a sample, with its place among the text.
type CellProgress struct {
	Code            string
	Thinking, Reply int       // bytes of the sample's text that came before it
	Begun           time.Time // when it was handed over
	Cell            *Cell     // nil while it runs, and for good if the sample ended first
}

// SampleState says how far a sample is.
type SampleState string

// The states of a sample. Waiting and Running ones may still vote.
const (
	Waiting  SampleState = ""
	Running  SampleState = "running"
	Finished SampleState = "finished"
	Failed   SampleState = "failed"
	Stopped  SampleState = "stopped"
)

// Open says whether the sample may still vote.
func (s *SampleProgress) Open() bool { return s.State == Waiting || s.State == Running }

// Tokens is the number of tokens generated, and whether the server counted
// them; before a sample has finished it is the number of frames received.
func (s *SampleProgress) Tokens() (n int, counted bool) {
	if s.State == Finished && s.Ending.Tokens > 0 {
		return s.Ending.Tokens, true
	}
	return s.Frames, false
}

// Apply folds one event in. It never fails: an event that makes no sense here
// is ignored, so that a newer program's log still opens.
func (p *Progress) Apply(e Event) {
	p.Latest, p.Seq = e.At, e.Seq
	switch f := e.Fact.(type) {
	case AttemptStarted:
		*p = Progress{ID: e.Attempt, Problem: f.Problem, Plan: f.Plan, Begun: e.At, Latest: e.At, Seq: e.Seq}
		p.Samples = make([]SampleProgress, min(max(f.Plan.Samples, 0), MaxSamples))
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
	case Warning:
		p.Warnings = append(p.Warnings, f.Text)
	case AttemptFinished:
		p.Verdict = &f.Verdict
	default:
		p.applySample(e)
	}
}

// grow makes room for more samples. What builders hold is written anew: they
// must not be copied.
func (p *Progress) grow(more int) {
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
}

func (p *Progress) applySample(e Event) {
	s := p.sample(e.Fact)
	if s == nil {
		return
	}
	switch f := e.Fact.(type) {
	case SampleStarted: // again, after a retry: what was said before is void
		*s = SampleProgress{State: Running, Phase: Queued, Seed: f.Seed, Begun: e.At}
	case PhaseChanged:
		s.Phase = f.Phase
	case Delta:
		if s.First.IsZero() {
			s.First = e.At
		}
		s.Frames += f.Frames
		s.channel(f.Channel).WriteString(f.Text)
	case ReplyWasThinking:
		s.rethink()
	case CodeStarted:
		s.Writing.Reset()
		s.Cells = append(s.Cells, CellProgress{Code: f.Code, Thinking: s.Thinking.Len(), Reply: s.Reply.Len(), Begun: e.At})
	case CodeFinished:
		if n := len(s.Cells); n > 0 && s.Cells[n-1].Cell == nil {
			s.Cells[n-1].Cell = &f.Cell
		}
	case SampleFinished:
		s.State, s.Answer, s.Found, s.Sure, s.Ending = Finished, f.Answer, f.Found, f.Sure, f.Ending
	case SampleMeasured:
		s.Strip = append(s.Strip, f.Confidence)
	case SampleFailed:
		s.State, s.Cause, s.Todo = Failed, f.Cause, f.Todo
	case SampleStopped:
		s.State, s.Cause = Stopped, f.Why
	}
	s.Latest = e.At
}

// rethink makes what the latest turn replied part of its thinking. The turns
// before it ended with a cell and stay as they are.
func (s *SampleProgress) rethink() {
	from := 0
	if n := len(s.Cells); n > 0 {
		from = s.Cells[n-1].Reply
	}
	reply := s.Reply.String()
	s.Thinking.WriteString(reply[from:] + s.Writing.String())
	s.Writing.Reset()
	s.Reply.Reset()
	s.Reply.WriteString(reply[:from])
}

func (s *SampleProgress) channel(c Channel) *strings.Builder {
	switch c {
	case Thinking:
		return &s.Thinking
	case Writing:
		return &s.Writing
	case Reply:
	}
	return &s.Reply
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

// maxJoined bounds a joined Delta, in bytes, so that joining stays linear and a
// stored row small.
const maxJoined = 4096

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
		if prev.Channel != d.Channel || len(prev.Text)+len(d.Text) > maxJoined {
			break
		}
		prev.Text += d.Text
		prev.Frames += d.Frames
		queue[i].Fact = prev
		return queue
	}
	return append(queue, e)
}
