package export_test

import (
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine/enginetest"
	"github.com/aimo3/aimo3/tui/export"
)

// TestMarkdownCells: no text of a model's or of its code's ends its own block.
func TestMarkdownCells(t *testing.T) {
	var b strings.Builder
	if err := export.WriteMarkdown(&b, enginetest.HostileCells()); err != nil {
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
