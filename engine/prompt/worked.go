package prompt

import "github.com/aimo3/aimo3/engine"

// Worked shows two solved problems before the one to solve. A model of a
// hundred million parameters does not follow the instruction to box its answer,
// or to write code, but it does go on as it began.
func Worked(b engine.Brief) []engine.Turn {
	turns := []engine.Turn{
		{Role: "user", Text: "What is 3 + 4?"},
		{Role: "assistant", Text: `3 + 4 = 7. The answer is \boxed{7}.`},
		{Role: "user", Text: "Tom has 2 apples and buys 6 more. How many apples does he have?"},
	}
	if b.Code.Engine != "" && !b.Code.Calls {
		turns = append(turns,
			engine.Turn{Role: "assistant", Text: "```" + b.Code.Language() + "\n2 + 6\n```"},
			engine.Turn{Role: "user", Text: fenced("8\n")},
			engine.Turn{Role: "assistant", Text: `The answer is \boxed{8}.`})
	} else {
		turns = append(turns, engine.Turn{Role: "assistant", Text: `2 + 6 = 8. The answer is \boxed{8}.`})
	}
	return append(turns, engine.Turn{Role: "user", Text: b.Problem.Statement})
}
