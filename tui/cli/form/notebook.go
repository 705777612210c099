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
	for _, part := range outcome(c) {
		if part.title == "" {
			out += "(" + part.text + ")\n"
			continue
		}
		out += beside(fmt.Sprintf("%s[%d]: ", part.title, number), part.text)
	}
	return out
}

// told is one thing that came of a cell; untitled, it is a remark.
type told struct{ title, text string }

func outcome(c *engine.CellProgress) []told {
	if c.Cell == nil {
		return []told{{"", phrase.Unfinished}}
	}
	var all []told
	if c.Cell.Output != "" {
		all = append(all, told{"Out", c.Cell.Output})
	}
	if c.Cell.Err != "" {
		all = append(all, told{"Err", c.Cell.Err})
	}
	for _, remark := range append(phrase.Alerts(c.Cell), phrase.Figures(c.Cell)) {
		if remark != "" {
			all = append(all, told{"", remark})
		}
	}
	return all
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

// WriteMarkdown writes an attempt as a document.
func WriteMarkdown(w io.Writer, p *engine.Progress) error {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n%s\n\n## Verdict\n\n%s\n", Line(p.Problem.Title(100)), termsafe.Clean(p.Problem.Statement), termsafe.Clean(verdictLines(p)))
	if rows := voteRows(p); len(rows) > 0 {
		b.WriteString("| answer | votes |\n|---|---|\n")
		for _, row := range rows {
			fmt.Fprintf(&b, "| %s | %s |\n", strings.ReplaceAll(Line(row[0]), "|", `\|`), strings.TrimSpace(strings.Join(row[1:], " ")))
		}
		b.WriteString("\n")
	}
	fmt.Fprintf(&b, "%s\n", Line(planLine(p)))
	for i := range p.Samples {
		writeParts(&b, i, &p.Samples[i], p.Code.Language())
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// writeParts writes a sample as a chapter.
func writeParts(b *strings.Builder, i int, s *engine.SampleProgress, language string) {
	fmt.Fprintf(b, "\n## Sample %d\n\n%s\n", i+1, Line(Outcome(s)))
	for part := range phrase.Parts(s) {
		text := strings.TrimSpace(part.Text)
		switch {
		case part.Cell != nil:
			fmt.Fprintf(b, "\n### Cell %d\n\n%s", part.Number, fenced(language, part.Cell.Code))
			for _, came := range outcome(part.Cell) {
				if came.title == "" {
					fmt.Fprintf(b, "\n(%s)\n", came.text)
				} else {
					b.WriteString("\n" + fenced("text", came.text))
				}
			}
		case part.Hint != "":
			fmt.Fprintf(b, "\n### You said\n\n%s\n", termsafe.Clean(part.Hint))
		case text == "":
		case part.Channel == engine.Writing:
			b.WriteString("\n### Code that never ran\n\n" + fenced(language, text))
		case part.Channel == engine.Thinking:
			fmt.Fprintf(b, "\n### Thinking\n\n%s\n", termsafe.Clean(text))
		default:
			fmt.Fprintf(b, "\n### Reply\n\n%s\n", termsafe.Clean(text))
		}
	}
}

// fenced is untrusted text in a fenced block.
func fenced(language, text string) string {
	text = termsafe.Clean(strings.TrimRight(text, "\n"))
	fence := engine.FenceFor(text)
	return fence + language + "\n" + text + "\n" + fence + "\n"
}
