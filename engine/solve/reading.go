package solve

import (
	"strings"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/answer"
	"github.com/aimo3/aimo3/engine/answer/asked"
	"github.com/aimo3/aimo3/engine/answer/extract"
	"github.com/aimo3/aimo3/engine/answer/value"
)

// read finds the answer of a sample whose last reply ended properly: in the
// reply, else in a box among the reasoning, else as the number or expression
// that ends output, which is what its last cell printed. Mere guesses, such as
// the last number of a text, are no answer.
//
// Reasoning is what the server or a mark says is such: its own field, the text before a
// bare end mark, a lone channel of analysis. Its last box counts, whatever marks follow
// on it, and the vote is a weak one (Found.Thinking): the model did not say so again.
func read(r *reply, output string) (engine.Answer, engine.Found) {
	if c, ok := extract.Stated(r.text.String()); ok {
		return found(c, c.Thinking)
	}
	if c, ok := extract.BoxIn(r.thinking.String()); ok {
		return found(c, true)
	}
	if c, ok := extract.First("", extract.Options{End: true, Output: output}); ok {
		if a, err := answer.Parse(c.Text); err == nil && a.Kind == answer.Scalar {
			return found(c, false)
		}
	}
	return "", engine.Found{}
}

func found(c extract.Candidate, thinking bool) (engine.Answer, engine.Found) {
	f := engine.Found{Thinking: thinking}
	if c.Source != extract.Box {
		f.Source = string(c.Source)
	}
	return engine.Answer(answer.Normal(c.Text)), f
}

// checkAnswer checks an answer against what the problem asks for: it repairs one
// that lacks the modulus of the problem, and says why one cannot be right.
func checkAnswer(want asked.Asked, a engine.Answer, f engine.Found) (engine.Answer, engine.Found) {
	if a == "" {
		return a, f
	}
	switch fit, repaired, why := want.Check(string(a)); fit {
	case asked.Repaired:
		f.Was, f.Modulus = a, want.Modulus.String()
		return engine.Answer(repaired), f
	case asked.OutOfRange:
		f.Outside = why
	case asked.OK:
	}
	return a, f
}

// askedBy is what a problem asks for, as its statement and the plan say.
func askedBy(p engine.Problem, plan engine.Plan) asked.Asked {
	r, err := asked.ParseRange(plan.Range)
	if err != nil { // the command line refuses such a plan
		r = asked.Range{}
	}
	return asked.Read(p.Statement).With(r)
}

// SameAnswer says whether two answers are one to a vote.
func SameAnswer(a, b engine.Answer) bool {
	_, same := engine.Compare(sameAnswer).Join(a, b)
	return same
}

// sameAnswer compares what samples say, and an answer with a problem's key.
func sameAnswer(a, b engine.Answer) (same bool, tier string) {
	j := answer.Agree(string(a), string(b))
	return j.Verdict == value.Equal, string(j.Tier)
}

// printed says whether an answer stands by itself in what cells printed.
func printed(outputs string, a engine.Answer) bool {
	rest := outputs
	for a != "" {
		i := strings.Index(rest, string(a))
		if i < 0 {
			return false
		}
		end := i + len(a)
		if (i == 0 || !wordByte(rest[i-1])) && (end == len(rest) || !wordByte(rest[end])) {
			return true
		}
		rest = rest[end:]
	}
	return false
}

func wordByte(b byte) bool {
	return b == '_' || b == '.' || b-'0' <= 9 || (b|0x20)-'a' <= 25 || b >= 0x80
}
