package phrase

import (
	"fmt"

	"github.com/aimo3/aimo3/engine/contrast"
)

// Pair is one line of two attempts side by side. What it says of them may be untrusted;
// both are clean and on one line.
type Pair struct{ Name, A, B string }

// Forms put what may hold formulas on one line, clean: a statement in at most so many cells,
// and an answer.
type Forms struct {
	Statement func(statement string, cells int) string
	Answer    func(answer string) string
}

// AsWritten are the forms that draw nothing.
func AsWritten() Forms {
	return Forms{func(statement string, cells int) string { return Short(flat(statement), cells) }, flat}
}

// Contrast is two attempts side by side, line by line: what they are, what came of them,
// the votes, and the settings that differ.
func Contrast(c contrast.Contrast, as Forms) []Pair {
	all := []Pair{
		{"attempt", flat(string(c.A.Attempt)), flat(string(c.B.Attempt))},
		{"problem", as.Statement(c.A.Statement, maxStatement), as.Statement(c.B.Statement, maxStatement)},
		{"model", flat(c.A.Model), flat(c.B.Model)},
		{"answer", answerOf(c.A, as), answerOf(c.B, as)},
		{"samples", fmt.Sprint(c.A.Samples), fmt.Sprint(c.B.Samples)},
		{"tokens", Thousands(c.A.Tokens), Thousands(c.B.Tokens)},
		{"cells", Thousands(c.A.Cells), Thousands(c.B.Cells)},
		{"took", Took(c.A.Took), Took(c.B.Took)},
	}
	for _, v := range c.Votes {
		all = append(all, Pair{"votes for " + Short(as.Answer(string(v.Answer)), maxVotedFor), fmt.Sprint(v.A), fmt.Sprint(v.B)})
	}
	for _, s := range c.Settings {
		name := flat(s.Name)
		switch {
		case name == "model", name == "samples" && s.A == fmt.Sprint(c.A.Samples) && s.B == fmt.Sprint(c.B.Samples):
			continue // it is said above
		case name == "samples":
			name = "samples asked for"
		}
		all = append(all, Pair{name, orNone(flat(s.A)), orNone(flat(s.B))})
	}
	return all
}

// The bounds of what a line says, in cells.
const (
	maxStatement = 60
	maxVotedFor  = 24
)

// answerOf is what an attempt answered, and by how many votes.
func answerOf(s contrast.Side, as Forms) string {
	switch v := s.Verdict; {
	case v == nil:
		return "no verdict"
	case v.Answer == "":
		return "no answer"
	case v.Correct != nil && *v.Correct:
		return fmt.Sprintf("%s (%d of %d, correct)", as.Answer(string(v.Answer)), v.Votes, v.Of)
	case v.Correct != nil:
		return fmt.Sprintf("%s (%d of %d, wrong)", as.Answer(string(v.Answer)), v.Votes, v.Of)
	default:
		return fmt.Sprintf("%s (%d of %d)", as.Answer(string(v.Answer)), v.Votes, v.Of)
	}
}

func orNone(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

// Parting says where what two samples said parts, and what each said there; "" if there is
// nothing to compare.
func Parting(p *contrast.Parting) (where, a, b string) {
	if p == nil {
		return "", "", ""
	}
	ended := func(s string) string {
		if s == "" {
			return "(it had ended)"
		}
		return flat(s)
	}
	where = fmt.Sprintf("Sample %d of the first and sample %d of the second ", p.SampleA+1, p.SampleB+1)
	switch {
	case p.A == "" && p.B == "":
		return where + "said the same: " + Count(p.Same, "sentence"), "", ""
	case p.Same == 0:
		return where + "part at once:", ended(p.A), ended(p.B)
	}
	return where + "part after " + Count(p.Same, "sentence") + ":", ended(p.A), ended(p.B)
}
