package enginetest

import (
	"time"

	"github.com/aimo3/aimo3/engine"
)

// HostileCells is an attempt of one sample that ran code and was stopped in its second
// cell; its words are hostile to whoever prints them.
func HostileCells() *engine.Progress {
	at := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	var p engine.Progress
	for i, f := range []engine.Fact{
		engine.AttemptStarted{Problem: engine.Problem{Statement: "Find n."}, Plan: engine.Plan{Samples: 1}.WithDefaults()},
		engine.SampleStarted{},
		engine.CodeChosen{Code: engine.Code{Engine: "python", SymPy: true}},
		engine.Delta{Channel: engine.Thinking, Text: "Hmm.", Frames: 2},
		engine.Delta{Channel: engine.Reply, Text: "First:\n", Frames: 2},
		engine.Delta{Channel: engine.Writing, Text: "print('```')", Frames: 5},
		engine.CodeStarted{Number: 1, Code: "print('```')\n1/0"},
		engine.CodeFinished{Number: 1, Cell: engine.Cell{Output: "```\x1b[2J\n", Err: "Trace\nZeroDivisionError", Took: 2 * time.Second}},
		engine.Delta{Channel: engine.Reply, Text: "Then:\n", Frames: 2},
		engine.CodeStarted{Number: 2, Code: "while True: pass"},
		engine.SampleStopped{Why: "the vote is decided"},
	} {
		p.Apply(engine.Event{Attempt: "a1", Seq: uint64(i + 1), At: at.Add(time.Duration(i) * time.Second), Fact: f})
	}
	return &p
}
