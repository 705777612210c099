package export_test

import (
	"strings"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/export"
)

func ran() *engine.Progress {
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

// TestMarkdownCells: no text of a model's or of its code's ends its own block.
func TestMarkdownCells(t *testing.T) {
	var b strings.Builder
	if err := export.WriteMarkdown(&b, ran()); err != nil {
		t.Fatal(err)
	}
	want := []string{
		"code blocks", "### Reply\n\nFirst:", "### Cell 1\n\n````python\nprint('```')\n1/0\n````\n", "\n````text\n```␛[2J\n````\n",
		"```text\nTrace\nZeroDivisionError\n```\n", "(the session crashed: its variables are lost)", "### Reply\n\nThen:",
		"### Cell 2\n\n```python\nwhile True: pass\n```\n", "(interrupted: ",
	}
	if !inOrder(b.String(), want) {
		t.Errorf("not in order %q:\n%s", want, &b)
	}
}

// inOrder says whether text holds all of want, each after the one before.
func inOrder(text string, want []string) bool {
	for _, w := range want {
		_, after, found := strings.Cut(text, w)
		if !found {
			return false
		}
		text = after
	}
	return true
}
