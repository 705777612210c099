// Package contrast tells two attempts apart: which settings differ, what each answered and
// spent, and where the reasoning of one sample parts from that of another.
//
//	c := contrast.Of(a, b, contrast.Voter(a), contrast.Voter(b))
//	c.Parting.A // the first sentence of a's sample that b's does not have there
//
// It is a pure function of two folds over events.
package contrast

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/aimo3/aimo3/engine"
)

// Contrast is two attempts, A and B, side by side. Samples count from 0, as in events.
type Contrast struct {
	A           Side      `json:"a"`
	B           Side      `json:"b"`
	SameProblem bool      `json:"same_problem"`
	SameAnswer  bool      `json:"same_answer"` // both have one, and they are written alike
	Settings    []Setting `json:"settings"`    // that differ, by name
	Votes       []Votes   `json:"votes"`       // of every answer that either has, those of A first
	Parting     *Parting  `json:"parting"`     // null if one of them has no sample that said anything
}

// Side is what one attempt came to.
type Side struct {
	Attempt   engine.AttemptID `json:"attempt"`
	Statement string           `json:"statement"`
	Model     string           `json:"model"`
	Answer    engine.Answer    `json:"answer"`
	Verdict   *engine.Verdict  `json:"verdict"` // null: it never ended
	Samples   int              `json:"samples"`
	Tokens    int              `json:"tokens"`
	Cells     int              `json:"cells"`
	Begun     time.Time        `json:"begun"`
	Took      time.Duration    `json:"took_ns"`
}

// Setting is a setting of the plan that differs. A value that is not set is empty.
type Setting struct {
	Name string `json:"name"` // as in the plan's JSON, with points: options.num_ctx
	A    string `json:"a"`
	B    string `json:"b"`
}

// Votes are how many samples gave an answer.
type Votes struct {
	Answer engine.Answer `json:"answer"`
	A      int           `json:"a"`
	B      int           `json:"b"`
}

// Parting is where what two samples said parts: after so many sentences that are the same
// but for spaces. A and B are the sentences there, empty where that sample had ended.
type Parting struct {
	SampleA int    `json:"sample_a"`
	SampleB int    `json:"sample_b"`
	Same    int    `json:"same"`
	A       string `json:"text_a"`
	B       string `json:"text_b"`
}

// Of compares two attempts, and of each the sample of that number.
func Of(a, b *engine.Progress, sampleA, sampleB int) Contrast {
	c := Contrast{A: side(a), B: side(b), Settings: settings(a.Plan, b.Plan), Votes: votes(a, b)}
	c.SameProblem = plain(a.Problem.Statement) == plain(b.Problem.Statement)
	c.SameAnswer = c.A.Answer != "" && c.A.Answer == c.B.Answer
	if one, other := a.SampleAt(sampleA), b.SampleAt(sampleB); one != nil && other != nil {
		c.Parting = parting(one, other)
		c.Parting.SampleA, c.Parting.SampleB = sampleA, sampleB
	}
	return c
}

// Voter is the first sample that gave the verdict's answer, else the first that said
// anything, else 0.
func Voter(p *engine.Progress) int {
	if v := p.Verdict; v != nil {
		for _, vote := range p.Tally.Votes {
			if vote.Answer == v.Answer && len(vote.Samples) > 0 {
				return vote.Samples[0]
			}
		}
	}
	for i := range p.Samples {
		if p.Samples[i].Thinking.Len()+p.Samples[i].Reply.Len() > 0 {
			return i
		}
	}
	return 0
}

func side(p *engine.Progress) Side {
	s := Side{
		Attempt: p.ID, Statement: p.Problem.Statement, Model: p.Plan.Model, Verdict: p.Verdict, Samples: len(p.Samples),
		Tokens: p.Tokens(), Begun: p.Begun, Took: p.Latest.Sub(p.Begun),
	}
	if p.Verdict != nil {
		s.Answer = p.Verdict.Answer
	}
	for i := range p.Samples {
		s.Cells += len(p.Samples[i].Cells)
	}
	return s
}

// settings are those of two plans that differ, whatever a plan has.
func settings(a, b engine.Plan) []Setting {
	one, other := flattened(a), flattened(b)
	var names []string
	for name := range one {
		names = append(names, name)
	}
	for name := range other {
		if _, known := one[name]; !known {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	all := []Setting{}
	for _, name := range names {
		if one[name] != other[name] {
			all = append(all, Setting{name, one[name], other[name]})
		}
	}
	return all
}

// flattened is a plan's JSON, as values by their paths.
func flattened(p engine.Plan) map[string]string {
	var tree map[string]any
	encoded, err := json.Marshal(p)
	if err == nil {
		err = json.Unmarshal(encoded, &tree)
	}
	out := map[string]string{}
	if err == nil {
		flatten(out, "", tree)
	}
	return out
}

func flatten(out map[string]string, path string, value any) {
	if tree, is := value.(map[string]any); is {
		for name, v := range tree {
			flatten(out, strings.TrimPrefix(path+"."+name, "."), v)
		}
		return
	}
	if text, is := value.(string); is {
		out[path] = text
		return
	}
	encoded, err := json.Marshal(value)
	if err != nil {
		encoded = []byte(fmt.Sprint(value))
	}
	out[path] = string(encoded)
}

func votes(a, b *engine.Progress) []Votes {
	all := []Votes{}
	at := func(answer engine.Answer) *Votes {
		i := slices.IndexFunc(all, func(v Votes) bool { return v.Answer == answer })
		if i < 0 {
			i, all = len(all), append(all, Votes{Answer: answer})
		}
		return &all[i]
	}
	for _, v := range a.Tally.Votes {
		at(v.Answer).A = len(v.Samples)
	}
	for _, v := range b.Tally.Votes {
		at(v.Answer).B = len(v.Samples)
	}
	return all
}
