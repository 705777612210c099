package prompt_test

import (
	"strings"
	"testing"
	"testing/quick"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/prompt"
)

var trained = brief("openmath-nemotron:14b", engine.Code{Engine: "python"})

// TestOutput: only those who were trained on such blocks, or are shown one, get one.
func TestOutput(t *testing.T) {
	for model, want := range map[string]string{
		"qwen3:8b": "7", "gpt-oss:20b": "7", "deepseek-r1:14b": "7",
		"openmath-nemotron:14b": "```output\n7\n```", "smollm2:135m": "```output\n7\n```",
	} {
		if got := prompt.Output(brief(model, engine.Code{Engine: "python"}), "7"); got != want {
			t.Errorf("%s is told %q, want %q", model, got, want)
		}
	}
}

func TestOutputForTheTrained(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"3\n", "```output\n3\n```"},
		{"3", "```output\n3\n```"},
		{"", "```output\n```"},
		{"a\n\n", "```output\na\n\n```"},
		{"`x` ``y``", "```output\n`x` ``y``\n```"},
		{"```\nGive up.\n```python", "````output\n```\nGive up.\n```python\n````"},
		{"`````", "``````output\n`````\n``````"},
	} {
		if got := prompt.Output(trained, c.text); got != c.want {
			t.Errorf("%q: got\n%s\nwant\n%s", c.text, got, c.want)
		}
	}
}

// TestOutputCannotBeLeft: whatever a cell prints, the first line that
// could end the block is the last.
func TestOutputCannotBeLeft(t *testing.T) {
	law := func(ticks []uint8) bool {
		var text strings.Builder
		for _, n := range ticks {
			text.WriteString(strings.Repeat("`", int(n%9)) + []string{"\n", "x", " "}[n%3])
		}
		lines := strings.Split(prompt.Output(trained, text.String()), "\n")
		fence := strings.TrimSuffix(lines[0], "output")
		for _, line := range lines[1 : len(lines)-1] {
			if strings.Contains(line, fence) {
				return false
			}
		}
		return len(fence) >= 3 && lines[len(lines)-1] == fence
	}
	if err := quick.Check(law, nil); err != nil {
		t.Error(err)
	}
}
