package form

import (
	"fmt"
	"io"
	"strings"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/phrase"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// WriteSample writes what one sample said and ran, in order, for a person.
func WriteSample(w io.Writer, i int, s *engine.SampleProgress, thinking bool) error {
	var b strings.Builder
	fmt.Fprintf(&b, "Sample %d: %s\n", i+1, Line(Outcome(s)))
	if text := s.Thinking.String(); text != "" && !thinking {
		fmt.Fprintf(&b, "(%s of thinking hidden; --thinking shows it)\n", Count(len([]rune(text)), "character"))
	}
	for part := range phrase.Parts(s) {
		text := termsafe.Clean(strings.TrimSpace(part.Text))
		switch {
		case part.Cell != nil:
			b.WriteString("\n" + notebook(part.Number, part.Cell))
		case part.Hint != "":
			fmt.Fprintf(&b, "\n— you said: %s —\n", Line(part.Hint))
		case part.Channel == engine.Writing:
			b.WriteString("\n" + beside(fmt.Sprintf("In [%d]: ", len(s.Cells)+1), text) + "(never run)\n")
		case part.Channel == engine.Reply && text != "" && thinking:
			fmt.Fprintf(&b, "\n— reply —\n%s\n", text)
		case part.Channel == engine.Reply && text != "":
			fmt.Fprintf(&b, "\n%s\n", text)
		case thinking && text != "":
			fmt.Fprintf(&b, "\n— thinking —\n%s\n", text)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// notebook is a cell as a notebook shows it.
func notebook(number int, c *engine.CellProgress) string {
	out := beside(fmt.Sprintf("In [%d]: ", number), c.Code)
	for _, part := range phrase.CameOf(c) {
		if part.Title == "" {
			out += "(" + part.Text + ")\n"
			continue
		}
		out += beside(fmt.Sprintf("%s[%d]: ", part.Title, number), part.Text)
	}
	return out
}

// beside sets untrusted text to the right of a title.
func beside(title, text string) string {
	lines := strings.Split(termsafe.Clean(strings.TrimRight(text, "\n ")), "\n")
	indent := strings.Repeat(" ", len(title))
	for i, line := range lines[1:] {
		if line != "" {
			lines[i+1] = indent + line
		}
	}
	return title + strings.Join(lines, "\n") + "\n"
}
