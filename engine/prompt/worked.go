package prompt

import "github.com/aimo3/aimo3/engine"

// example is a solved problem: by words, or by code and its output.
type example struct{ problem, words, code, output, answer string }

// examples are shown in this order; one without words is shown as code only.
var examples = []example{
	{"What is 12 * 11?", "", "12 * 11", "132", "132"},
	{"What is 3 + 4?", "3 + 4 = 7.", "3 + 4", "7", "7"},
	{"Tom has 2 apples and buys 6 more. How many apples does he have?", "2 + 6 = 8.", "2 + 6", "8", "8"},
}

// Worked shows solved problems before the one to solve. A model of a hundred
// million parameters does not follow the instruction to box its answer, or to
// write code, but it does go on as it began.
func Worked(b engine.Brief) []engine.Turn {
	var turns []engine.Turn
	say := func(role, text string) { turns = append(turns, engine.Turn{Role: role, Text: text}) }
	coded := b.Code.Engine != "" && !b.Code.Calls
	for _, x := range examples {
		if !coded && x.words == "" {
			continue
		}
		say("user", x.problem)
		box := `The answer is \boxed{` + x.answer + `}.`
		if !coded {
			say("assistant", x.words+" "+box)
			continue
		}
		say("assistant", "```python\n"+x.code+"\n```")
		say("user", fenced(x.output))
		say("assistant", box)
	}
	say("user", b.Problem.Statement)
	return turns
}
