// Package wire has the JSON of attempts, the same wherever it leaves the program:
// printed, exported or served.
//
//	err := wire.WriteJSON(w, wire.Of(&progress, false)) // one attempt
//	err := wire.WriteLine(w, event)                     // one event
//
// Text that the program did not write itself decodes to what came; what a terminal
// would obey or hide is escaped.
package wire

import (
	"time"

	"github.com/aimo3/aimo3/engine"
)

// Version is the version of every JSON object printed. It rises when a
// field changes its meaning or goes, not when one is added.
const Version = 1

// Attempt is an attempt as one JSON object.
type Attempt struct {
	Version   int                   `json:"version"`
	Attempt   engine.AttemptID      `json:"attempt,omitempty"`
	Problem   engine.Problem        `json:"problem"`
	Plan      engine.Plan           `json:"plan"`
	Code      engine.Code           `json:"code,omitzero"`       // what ran the samples' code
	Verdict   *engine.Verdict       `json:"verdict"`             // null: it never ended
	Doubt     engine.Doubt          `json:"doubt,omitempty"`     // why its answer may well be wrong, as far as the votes tell
	Cached    *Cached               `json:"cached,omitempty"`    // it was kept, and nothing was attempted
	Precedent *engine.Split         `json:"precedent,omitempty"` // such votes in other scored attempts
	Tally     engine.Tally          `json:"tally"`
	Choices   []Choice              `json:"choices,omitempty"` // in the order they were tried
	Samples   []Sample              `json:"samples"`
	Breakers  []engine.Breaker      `json:"breakers,omitempty"`  // as they were last told of
	Fallbacks []engine.FallbackUsed `json:"fallbacks,omitempty"` // what was tried in place of a server that failed; Plan is what it became
	Timing    Timing                `json:"timing"`
	Marks     engine.Marks          `json:"marks,omitzero"` // what a person said of it
	Warnings  []string              `json:"warnings,omitempty"`
	Error     *Failure              `json:"error,omitempty"`
}

// Sample is one sample in JSON. Samples count from 0, as in events.
type Sample struct {
	Sample       int           `json:"sample"`
	Seed         int64         `json:"seed"`
	State        string        `json:"state"` // waiting, running, finished, failed, stopped
	Answer       engine.Answer `json:"answer"`
	Tokens       int           `json:"tokens"`
	Counted      bool          `json:"counted"` // by the server; otherwise Tokens are frames of the wire
	PromptTokens int           `json:"prompt_tokens,omitempty"`
	Rate         float64       `json:"tokens_per_second,omitempty"`
	Cut          bool          `json:"cut"`
	Cause        string        `json:"cause,omitempty"`
	Todo         string        `json:"todo,omitempty"`
	Took         time.Duration `json:"took_ns"`
	Cells        []Cell        `json:"cells,omitempty"`

	Retries []engine.SampleRetried `json:"retries,omitempty"` // replies that came to nothing

	Thinking string `json:"thinking,omitempty"` // in exports only
	Reply    string `json:"reply,omitempty"`    // likewise
}

// Cell is one cell of a sample in JSON. Cells count from 1, as in events. What
// came of it is not there if it never ended.
type Cell struct {
	Number int    `json:"cell"`
	Code   string `json:"code"`
	Ended  bool   `json:"ended"`
	*engine.Cell

	// What the sample had said before the cell, in bytes of its thinking and of
	// its reply.
	ThinkingBefore int `json:"thinking_before"`
	ReplyBefore    int `json:"reply_before"`
}

// Cached says of a verdict that it was kept.
type Cached struct {
	Attempt engine.AttemptID `json:"attempt"`
	Age     time.Duration    `json:"age_ns"` // since the attempt ended
	Tier    string           `json:"tier"`
	Here    bool             `json:"here"` // the attempt is in this database

	NoServer string `json:"no_server,omitempty"` // why no server could be asked whether it still has that model
}

// Timing is how long an attempt took.
type Timing struct {
	Begun  time.Time     `json:"begun"`
	Ended  time.Time     `json:"ended"` // of the latest event kept
	Took   time.Duration `json:"took_ns"`
	Tokens int           `json:"tokens"`                       // of all samples
	Saved  int           `json:"tokens_saved_about,omitempty"` // by stopping early: an estimate
}

// Of puts an attempt into its JSON form, with what the samples said if
// words is true.
func Of(p *engine.Progress, words bool) Attempt {
	f := Attempt{
		Version: Version, Attempt: p.ID, Problem: p.Problem, Plan: p.Plan, Code: p.Code, Verdict: p.Verdict, Tally: p.Tally,
		Samples:  make([]Sample, 0, len(p.Samples)),
		Timing:   Timing{Begun: p.Begun, Ended: p.Latest, Took: p.Latest.Sub(p.Begun), Tokens: p.Tokens(), Saved: p.Saved()},
		Breakers: p.Breakers, Fallbacks: p.Fallbacks, Warnings: p.Warnings,
	}
	if p.Verdict != nil {
		f.Doubt = p.Verdict.Doubt(len(p.Samples))
	}
	if f.Tally.Votes == nil {
		f.Tally.Votes = []engine.Vote{}
	}
	for i := range p.Choices {
		f.Choices = append(f.Choices, formOfChoice(&p.Choices[i]))
	}
	for i := range p.Samples {
		f.Samples = append(f.Samples, formOfSample(i, &p.Samples[i], words))
	}
	return f
}

func formOfSample(i int, s *engine.SampleProgress, words bool) Sample {
	f := Sample{
		Sample: i, Seed: s.Seed, State: string(s.State), Answer: s.Answer, PromptTokens: s.Ending.PromptTokens,
		Rate: s.Ending.Rate(), Cut: s.Ending.Cut, Cause: s.Cause, Todo: s.Todo, Took: s.Latest.Sub(s.Begun), Retries: s.Retries,
	}
	if s.State == engine.Waiting {
		f.State = "waiting"
	}
	if s.Begun.IsZero() {
		f.Took = 0
	}
	f.Tokens, f.Counted = s.Tokens()
	for i := range s.Cells {
		c := &s.Cells[i]
		f.Cells = append(f.Cells, Cell{Number: i + 1, Code: c.Code, Ended: c.Cell != nil, Cell: c.Cell, ThinkingBefore: c.Thinking, ReplyBefore: c.Reply})
	}
	if words {
		f.Thinking, f.Reply = s.Thinking.String(), s.Reply.String()
	}
	return f
}

// Failure is an error in JSON.
type Failure struct {
	Class engine.Class `json:"class"`
	What  string       `json:"what"`
	Todo  string       `json:"todo,omitempty"`
}

// Choice is one way of choosing that was tried on a split vote, in JSON.
type Choice struct {
	engine.ChoiceStarted
	Ended  bool          `json:"ended"`
	Answer engine.Answer `json:"answer"`           // "" if it settled nothing
	Scores []float64     `json:"scores,omitempty"` // of the candidates, in their order; of a judge, its picks
}

func formOfChoice(c *engine.Choosing) Choice {
	f := Choice{ChoiceStarted: c.ChoiceStarted, Ended: c.Ended != nil}
	if f.Ended {
		f.Answer, f.Scores = c.Ended.Answer, c.Ended.Scores
	}
	return f
}
