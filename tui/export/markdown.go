package export

import (
	"fmt"
	"io"
	"strings"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/formula"
	"github.com/aimo3/aimo3/tui/phrase"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// WriteMarkdown writes an attempt as a Markdown document, with what a person said of it. What
// a model wrote stays Markdown: its formulas, lists, tables and code. It has no heading, no
// markup and no link of its own, and nothing that stays open past its section.
func WriteMarkdown(w io.Writer, p *engine.Progress, said engine.Marks) error {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n%s\n\n## Verdict\n\n", markdownTitle(p.Problem.Statement), prose(p.Problem.Statement))
	answer, parts := phrase.Verdict(p)
	if p.Verdict != nil && p.Verdict.Answer != "" {
		b.WriteString("Answer: " + inline(string(p.Verdict.Answer)) + "\n")
	} else {
		b.WriteString(literal(answer) + "\n")
	}
	b.WriteString(literal(strings.Join(parts, " · ")) + "\n")
	if len(parts) > 0 {
		b.WriteString("\n")
	}
	b.WriteString(markdownVotes(p))
	for i, line := range about(p, said) {
		if i > 0 {
			b.WriteString("\n")
		}
		b.WriteString(literal(line) + "\n")
	}
	for i := range p.Samples {
		fmt.Fprintf(&b, "\n## Sample %d\n\n%s\n", i+1, lineStart(literal(phrase.Outcome(&p.Samples[i]))))
		for _, s := range sectionsOf(&p.Samples[i]) {
			b.WriteString("\n### " + s.title + "\n\n" + s.markdown(p.Code.Language()))
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// markdownVotes is the table of votes; "" if there are none.
func markdownVotes(p *engine.Progress) string {
	rows := phrase.VoteRows(&p.Tally)
	if len(rows) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString("| answer | votes |\n|---|---|\n")
	for _, row := range rows {
		words := literal(row.Words)
		if row.Answer != "" {
			words = inline(row.Answer)
		}
		fmt.Fprintf(&b, "| %s | %s |\n", words, strings.TrimSpace(row.Votes+" "+row.Samples))
	}
	b.WriteString("\n")
	return b.String()
}

// markdown is what stands under a section's heading.
func (s section) markdown(language string) string {
	if !s.code {
		return prose(s.text) + "\n"
	}
	out := fenced(language, s.text)
	for _, came := range s.came {
		if came.Title == "" {
			out += "\n(" + literal(came.Text) + ")\n"
			continue
		}
		out += "\n" + fenced("text", came.Text)
	}
	return out
}

// fenced is untrusted text in a fenced block.
func fenced(language, text string) string {
	text = termsafe.Clean(strings.TrimRight(text, "\n"))
	fence := engine.FenceFor(text)
	if !languages.MatchString(language) {
		language = ""
	}
	return fence + language + "\n" + text + "\n" + fence + "\n"
}

// inline is an answer on one line: as a formula if it is one.
func inline(answer string) string {
	f, is := mathematical(answer)
	if dollars, ok := dollared(formula.Piece{Body: answer, Formula: true}, f); is && ok {
		return strings.ReplaceAll(dollars, "|", `\vert `)
	}
	return literal(strings.Join(strings.Fields(answer), " "))
}

// markdownTitle is the heading of a statement.
func markdownTitle(statement string) string {
	var b strings.Builder
	for _, p := range titleOf(statement) {
		if p.Formula {
			p.Display = false
			if dollars, ok := dollared(p, formula.Parse(p.Body, nil)); ok {
				b.WriteString(dollars)
				continue
			}
			p.Text = strings.Join(strings.Fields(p.Text), " ")
		}
		b.WriteString(literal(p.Text))
	}
	if strings.TrimSpace(b.String()) == "" {
		return untitled
	}
	return strings.TrimSpace(b.String())
}

// literal is text of which no character means anything in Markdown, on one line.
func literal(s string) string {
	var b strings.Builder
	s = termsafe.Line(s)
	for i, r := range s {
		if strings.ContainsRune("\\`*_[]<>#|~&!$", r) || linked(s, i) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// dollared is a formula between dollar signs; false if it cannot be read, or could be more
// than a formula to one who knows Markdown only. A space that means nothing in mathematics
// keeps what looks like markup or a link from being one.
func dollared(p formula.Piece, f formula.Formula) (string, bool) {
	body := strings.Join(strings.Fields(termsafe.Clean(p.Body)), " ")
	if !f.Whole || body == "" || strings.ContainsAny(body, "`$~") || holdsLink(body) || comment(body) || strings.Contains(termsafe.Clean(p.Body), "␀") {
		return "", false
	}
	body = apart(body)
	if p.Display || f.Display {
		return "$$" + body + "$$", true
	}
	return "$" + body + "$", true
}

// comment tells a source with a percent sign that is no sign of a percentage.
func comment(body string) bool {
	return strings.Contains(strings.ReplaceAll(body, `\%`, ""), "%")
}

// apart is a formula's source with a space after what would begin markup or a link.
func apart(body string) string {
	var b strings.Builder
	for i, r := range body {
		b.WriteRune(r)
		next := byte(' ')
		if i+1 < len(body) {
			next = body[i+1]
		}
		if r == '<' && markup(next) || r == ']' && (next == '(' || next == ':') || r == '!' && next == '[' {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// markup tells what may follow a < that begins a tag, a comment or an address.
func markup(b byte) bool {
	return 'a' <= b|0x20 && b|0x20 <= 'z' || b == '/' || b == '!' || b == '?'
}
