package prompt

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/answer/asked"
)

// What the texts say was measured on olympiad problems by those who took part
// in the AIMO Progress Prizes:
//   - the range of the answer, what to do when one is outside it, and four
//     checks before the box: the change that the second place of AIMO3 ranks
//     first among its own;
//   - one line of library names: the same, ranked second;
//   - check by code, check the conditions again, no brute force unless it is
//     bounded and its cost estimated: the third place, from 1,120 graded answers;
//   - how many calls are left: NVIDIA's prompt for code in AIMO2;
//   - no output that the model makes up: Numina, AIMO1, dropped such traces;
//   - nothing more: personas, small cases first, working backwards, naming the
//     kind of problem first and code first each lost points with gpt-oss-120b
//     (arXiv 2603.27844).
//
// The first sentences are those that the cards of Qwen, DeepSeek-R1 and
// OpenMath-Nemotron give for mathematics. OpenMath was trained with this prompt
// alone, so it gets no list of checks.

// words is the family's text for a brief: how it begins, what there is to say of
// code, and how it ends, a paragraph each.
func (f Family) words(b engine.Brief) string {
	t := tellingOf(b)
	switch f {
	case DeepSeekR1, Qwen:
		return paragraphs(`Please reason step by step, and put your final answer within \boxed{}.`,
			t.code(), t.check(), `Write \boxed{} exactly once, at the end.`)
	case Phi:
		return paragraphs(`Solve this mathematics problem step by step.`,
			t.code(), t.check(), `End the solution with the final answer in \boxed{}, exactly once.`)
	case Nemotron:
		return paragraphs(`Solve the following math problem. Put the answer, and only the answer, inside \boxed{}, exactly once, at the end.`,
			t.code(), t.check())
	case OpenMath:
		return paragraphs(t.openMath(), t.code(), t.rangeAlone())
	case GPTOSS:
		return paragraphs(`Solve the mathematics problem of the user.`,
			t.code(), t.check(), `End with the final answer in \boxed{}, exactly once.`)
	default:
		return paragraphs(`Solve the mathematics problem step by step.`,
			t.code(), t.check(), `End with the final answer in \boxed{}, exactly once.`)
	}
}

// paragraphs joins those that say something.
func paragraphs(all ...string) string {
	return strings.Join(slices.DeleteFunc(all, func(p string) bool { return p == "" }), "\n\n")
}

// telling is what the texts are filled with.
type telling struct {
	Code         bool // code can be run
	Calls, SymPy bool
	Cells, Shown int
	Cell, Total  string
	Range        string // of the answer; "" if it is not known
}

func tellingOf(b engine.Brief) telling {
	t := telling{Range: rangeOf(b)}
	if b.Code.Engine == "" {
		return t
	}
	caps := b.Code.Caps.WithDefaults()
	t.Code, t.Calls, t.SymPy = true, b.Code.Calls, b.Code.SymPy
	t.Cells, t.Shown, t.Cell, t.Total = caps.Cells, caps.OutputChars, span(caps.CellTimeout), span(caps.TotalTimeout)
	return t
}

// span writes a time as it is read most easily: "6 s", "5 min".
func span(d time.Duration) string {
	if d >= 2*time.Minute && d%time.Minute == 0 {
		return fmt.Sprintf("%d min", d/time.Minute)
	}
	return fmt.Sprintf("%g s", d.Seconds())
}

// rangeOf is where an answer lies, in words; "" if nothing is sure.
func rangeOf(b engine.Brief) string {
	said, err := asked.ParseRange(b.Plan.Range)
	if err != nil { // the command line refuses such a plan
		said = asked.Range{}
	}
	r := asked.Read(b.Problem.Statement).With(said).Range
	switch {
	case !r.Integer:
		return ""
	case r.Lo != nil && r.Hi != nil:
		return fmt.Sprintf("an integer from %s to %s", r.Lo, r.Hi)
	case r.Lo != nil:
		return fmt.Sprintf("an integer of at least %s", r.Lo)
	case r.Hi != nil:
		return fmt.Sprintf("an integer of at most %s", r.Hi)
	}
	return "an integer"
}
