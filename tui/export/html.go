package export

import (
	"fmt"
	"html"
	"io"
	"strings"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/formula"
	"github.com/aimo3/aimo3/engine/formula/mathml"
	"github.com/aimo3/aimo3/tui/markdown"
	"github.com/aimo3/aimo3/tui/phrase"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// head is how a page begins. Its policy lets nothing be loaded and nothing run; the icon,
// which is empty, keeps a browser from asking for one.
const head = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<style>
:root { --ink: #1c1e21; --paper: #fdfdfb; --faint: #5b616b; --line: #d5d8dd; --code: #f1f2f0; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e6e9; --paper: #16181b; --faint: #a2a9b3; --line: #3a3f46; --code: #202327; } }
body { margin: 2rem auto; max-width: 50rem; padding: 0 1rem; color: var(--ink); background: var(--paper); font: 1rem/1.55 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; line-height: 1.3; }
h2 { margin-top: 2.5rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1rem; color: var(--faint); }
pre { padding: .7rem; background: var(--code); border-left: 3px solid var(--line); overflow-x: auto; overflow-wrap: normal; font: .85rem/1.45 ui-monospace, monospace; }
code { font: .9em ui-monospace, monospace; background: var(--code); }
table { border-collapse: collapse; margin: 1rem 0; display: block; overflow-x: auto; }
td, th { border: 1px solid var(--line); padding: .25rem .6rem; text-align: left; }
blockquote { margin-left: 0; padding-left: 1rem; border-left: 3px solid var(--line); }
math { font-size: 1.08em; }
math[display="block"] { overflow-x: auto; overflow-y: hidden; padding: .2rem 0; }
summary { color: var(--faint); cursor: pointer; }
.faint { color: var(--faint); }
.answer { font-size: 1.3rem; font-weight: 600; }
.title { font-weight: 600; }
.source { font-family: ui-monospace, monospace; font-size: .9em; }
</style>
`

// WriteHTML writes an attempt as a web page of one file, with formulas in MathML. It has no
// script and loads nothing. Hidden reasoning is there, folded, and what a person said of it.
func WriteHTML(w io.Writer, p *engine.Progress, said engine.Marks) error {
	h := &htmlWriter{}
	title, plain := htmlTitle(p.Problem.Statement)
	h.WriteString(head + "<title>" + plain + "</title>\n</head>\n<body>\n<h1>" + title + "</h1>\n")
	h.blocks(markdown.Tree(p.Problem.Statement))
	h.WriteString("<h2>Verdict</h2>\n")
	answer, parts := phrase.Verdict(p)
	if p.Verdict != nil && p.Verdict.Answer != "" {
		answer = "Answer: " + htmlSaid(string(p.Verdict.Answer))
	} else {
		answer = escaped(answer)
	}
	h.WriteString("<p class=\"answer\">" + answer + "</p>\n<p>" + escaped(strings.Join(parts, " · ")) + "</p>\n")
	h.votes(p)
	for _, line := range about(p, said) {
		h.WriteString("<p class=\"faint\">" + escaped(line) + "</p>\n")
	}
	for i := range p.Samples {
		h.sample(i, &p.Samples[i])
	}
	h.WriteString("</body>\n</html>\n")
	_, err := io.WriteString(w, h.String())
	return err
}

type htmlWriter struct{ strings.Builder }

// escaped is untrusted text that is nothing but text.
func escaped(s string) string { return html.EscapeString(termsafe.Clean(s)) }

// htmlTitle is the title of a statement, with its formulas and without markup.
func htmlTitle(statement string) (title, plain string) {
	var marked, bare strings.Builder
	for _, p := range titleOf(statement) {
		bare.WriteString(escaped(strings.Join(strings.Fields(p.Text), " ") + " "))
		if p.Formula {
			marked.WriteString(mathml.Of(formula.Parse(p.Body, nil), false))
			continue
		}
		marked.WriteString(escaped(p.Text))
	}
	if strings.TrimSpace(bare.String()) == "" {
		return untitled, untitled
	}
	return marked.String(), strings.TrimSpace(bare.String())
}

// htmlSaid is an answer, as a formula if it is one.
func htmlSaid(answer string) string {
	if f, is := mathematical(answer); is {
		return mathml.Of(f, false)
	}
	return escaped(answer)
}

func (h *htmlWriter) votes(p *engine.Progress) {
	rows := phrase.VoteRows(&p.Tally)
	if len(rows) == 0 {
		return
	}
	h.WriteString("<table>\n<tr><th>answer</th><th>votes</th></tr>\n")
	for _, row := range rows {
		words := escaped(row.Words)
		if row.Answer != "" {
			words = htmlSaid(row.Answer)
		}
		h.WriteString("<tr><td>" + words + "</td><td>" + escaped(strings.TrimSpace(row.Votes+" "+row.Samples)) + "</td></tr>\n")
	}
	h.WriteString("</table>\n")
}

func (h *htmlWriter) sample(i int, s *engine.SampleProgress) {
	fmt.Fprintf(&h.Builder, "<h2>Sample %d</h2>\n<p class=\"faint\">%s</p>\n", i+1, escaped(phrase.Outcome(s)))
	for _, part := range sectionsOf(s) {
		switch title := escaped(part.title); {
		case part.thinking:
			h.WriteString("<details>\n<summary>" + title + "</summary>\n")
			h.blocks(markdown.Tree(part.text))
			h.WriteString("</details>\n")
		case part.code:
			h.WriteString("<h3>" + title + "</h3>\n")
			h.listing(part.text)
			h.came(part.came)
		default:
			h.WriteString("<h3>" + title + "</h3>\n")
			h.blocks(markdown.Tree(part.text))
		}
	}
}

// came writes what came of a cell.
func (h *htmlWriter) came(all []phrase.Told) {
	for _, c := range all {
		if c.Title == "" {
			h.WriteString("<p class=\"faint\">(" + escaped(c.Text) + ")</p>\n")
			continue
		}
		h.WriteString("<p class=\"faint\">" + escaped(c.Title) + "</p>\n")
		h.listing(strings.TrimRight(c.Text, "\n"))
	}
}

func (h *htmlWriter) listing(code string) {
	h.WriteString("<pre>" + "\n" + escaped(code) + "</pre>\n") // the first line break is none of the code's
}
