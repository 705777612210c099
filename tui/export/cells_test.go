package export_test

import (
	"io"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/enginetest"
	"github.com/aimo3/aimo3/tui/export"
)

// TestMarkdownCells: no text of a model's or of its code's ends its own block.
func TestMarkdownCells(t *testing.T) {
	var b strings.Builder
	if err := export.WriteMarkdown(&b, enginetest.HostileCells(), engine.Marks{}); err != nil {
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

// TestDocumentsSayWhichAttemptTheyAre, when it was, and what a person said of it, which is no
// more obeyed than what a model said.
func TestDocumentsSayWhichAttemptTheyAre(t *testing.T) {
	p := attempted("Find n.", "So 7.", "", "")
	said := engine.Marks{Starred: true, Tags: []string{"geometry"}, Note: "lost a sign\n# so\n\\input{x} <b>"}
	for _, row := range []struct {
		write func(io.Writer, *engine.Progress, engine.Marks) error
		never string
	}{{export.WriteMarkdown, "\n# so"}, {export.WriteHTML, "<b>"}, {export.WriteLaTeX, `\input`}} {
		var b strings.Builder
		if err := row.write(&b, p, said); err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{"attempt a1", "2026-07-01 12:00 UTC", "geometry", "lost a sign"} {
			if !strings.Contains(b.String(), want) {
				t.Errorf("there is no %q in\n%s", want, &b)
			}
		}
		if strings.Contains(b.String(), row.never) {
			t.Errorf("%q is obeyed in\n%s", row.never, &b)
		}
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
