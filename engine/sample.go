package engine

import (
	"strings"
	"time"

	"github.com/aimo3/aimo3/engine/confidence"
)

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
	Confidence      *confidence.Figures // nil if it was not measured
	Confidences     []float64           // of each SampleMeasured, in order
	Retries         []SampleRetried     // replies that came to nothing, in order
	Hints           []HintProgress      // in order
	From            AttemptID           // the attempt that it was taken in, if its vote is carried over: it has no text here until it is lent
	Ending          Ending              // once finished
	Cause, Todo     string              // why it failed or was stopped, and what to do
	turn            place               // where its latest turn began
}

// CellProgress is one cell of a sample, with its place among the text.
type CellProgress struct {
	Code            string
	Thinking, Reply int       // bytes of the sample's text that came before it
	Begun           time.Time // when it was handed over
	Cell            *Cell     // nil while it runs, and for good if the sample ended first
}

// HintProgress is a hint to a sample, with its place among the text.
type HintProgress struct {
	Text            string
	Thinking, Reply int // bytes of the sample's text that came before it
}

// place is how much a sample has said: bytes of its text, and measurements.
type place struct{ thinking, reply, writing, confidences int }

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

// apply folds in an event that is about the sample.
func (s *SampleProgress) apply(e Event) {
	switch f := e.Fact.(type) {
	case SampleStarted: // again, after a retry: what was said before is void
		*s = SampleProgress{State: Running, Phase: Queued, Seed: f.Seed, Begun: e.At}
	case PhaseChanged:
		if s.Phase = f.Phase; f.Phase == Queued {
			s.turn = s.place()
		}
	case Delta:
		if s.First.IsZero() {
			s.First = e.At
		}
		s.Frames += f.Frames
		s.channel(f.Channel).WriteString(f.Text)
	case ReplyWasThinking:
		s.rethink()
	case CodeStarted:
		s.run(f.Code, e.At)
	case CodeFinished:
		s.ran(f.Cell)
	case HintGiven:
		s.Hints = append(s.Hints, HintProgress{f.Text, s.Thinking.Len(), s.Reply.Len()})
		s.turn = s.place()
	case SampleRetried:
		s.Retries = append(s.Retries, f)
		s.retry(f.Seed)
	case SampleFinished:
		s.State, s.Answer, s.Found, s.Confidence, s.Ending, s.From = Finished, f.Answer, f.Found, f.Confidence, f.Ending, f.From
	case SampleMeasured:
		s.Confidences = append(s.Confidences, f.Confidence)
	case SampleFailed:
		s.State, s.Cause, s.Todo, s.Frames = Failed, f.Cause, f.Todo, max(s.Frames, f.Tokens)
	case SampleStopped:
		s.State, s.Cause, s.Frames = Stopped, f.Why, max(s.Frames, f.Tokens)
	}
	s.Latest = e.At
}

// run begins a cell.
func (s *SampleProgress) run(code string, at time.Time) {
	s.Writing.Reset()
	s.turn.writing = 0
	s.Cells = append(s.Cells, CellProgress{Code: code, Thinking: s.Thinking.Len(), Reply: s.Reply.Len(), Begun: at})
}

// ran ends the latest cell, and with it the turn.
func (s *SampleProgress) ran(c Cell) {
	if n := len(s.Cells); n > 0 && s.Cells[n-1].Cell == nil {
		s.Cells[n-1].Cell = &c
	}
	s.turn = s.place()
}

// rethink makes what the latest turn replied part of its thinking.
func (s *SampleProgress) rethink() {
	reply, writing := s.Reply.String(), s.Writing.String()
	s.Thinking.WriteString(reply[s.turn.reply:] + writing[s.turn.writing:])
	cut(&s.Reply, s.turn.reply)
	cut(&s.Writing, s.turn.writing)
}

func (s *SampleProgress) place() place {
	return place{s.Thinking.Len(), s.Reply.Len(), s.Writing.Len(), len(s.Confidences)}
}

// retry takes back what was said in the latest turn.
func (s *SampleProgress) retry(seed int64) {
	cut(&s.Thinking, s.turn.thinking)
	cut(&s.Reply, s.turn.reply)
	cut(&s.Writing, s.turn.writing)
	s.Confidences = s.Confidences[:s.turn.confidences]
	s.Phase, s.Seed = Queued, seed
}

// cut leaves the first n bytes.
func cut(b *strings.Builder, n int) {
	text := b.String()
	b.Reset()
	b.WriteString(text[:n])
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
