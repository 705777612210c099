package export

import (
	"fmt"
	"io"
	"strings"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/formula"
	"github.com/aimo3/aimo3/engine/formula/latex"
	"github.com/aimo3/aimo3/tui/markdown"
	"github.com/aimo3/aimo3/tui/phrase"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// beginning is how a document begins. It needs what every TeX distribution has.
const beginning = `\documentclass[11pt]{article}
\usepackage{amsmath,amssymb}
\IfFileExists{geometry.sty}{\usepackage[margin=25mm]{geometry}}{}
` + latex.Preamble + `\setlength{\parindent}{0pt}
\setlength{\parskip}{5pt plus 2pt}
\setcounter{secnumdepth}{0}
\setcounter{MaxMatrixCols}{50}
\allowdisplaybreaks
\sloppy
\emergencystretch=3em
\begin{document}
`

// WriteLaTeX writes an attempt as a document for pdflatex, lualatex or xelatex: the
// statement, the answer, the votes, and what every sample replied and ran. Hidden reasoning
// is left out, and said to be. Formulas are set as such where they can be read, and else
// shown as they were written. It is ASCII.
func WriteLaTeX(w io.Writer, p *engine.Progress, said engine.Marks) error {
	t := &texWriter{}
	t.WriteString(beginning)
	t.WriteString(`{\LARGE\bfseries ` + latexTitle(p.Problem.Statement) + "\\par}\n\n")
	t.blocks(markdown.Tree(p.Problem.Statement), 0)
	t.heading("Verdict")
	answer, parts := phrase.Verdict(p)
	if p.Verdict != nil && p.Verdict.Answer != "" {
		answer = latex.Text("Answer: ") + latexSaid(string(p.Verdict.Answer))
	} else {
		answer = latex.Text(answer)
	}
	t.WriteString(`\textbf{` + answer + "}\n\n" + latex.Text(strings.Join(parts, " · ")) + "\n\n")
	t.votes(p)
	for _, line := range about(p, said) {
		t.WriteString(broken(termsafe.Line(line)) + "\n\n")
	}
	for i := range p.Samples {
		t.sample(i, &p.Samples[i])
	}
	t.WriteString("\n\\end{document}\n")
	_, err := io.WriteString(w, t.String())
	return err
}

type texWriter struct{ strings.Builder }

func (t *texWriter) heading(title string) {
	t.WriteString("\n\\section{" + latex.Text(title) + "}\n")
}

// latexTitle is the title of a statement.
func latexTitle(statement string) string {
	var b strings.Builder
	for _, p := range titleOf(statement) {
		if tex, ok := latex.Of(formula.Parse(p.Body, nil)); p.Formula && ok {
			b.WriteString(`\(` + tex + `\)`)
			continue
		}
		b.WriteString(latex.Text(p.Text))
	}
	if strings.TrimSpace(b.String()) == "" {
		return untitled
	}
	return b.String()
}

// latexSaid is an answer, as a formula if it is one.
func latexSaid(answer string) string {
	if f, is := mathematical(answer); is {
		if tex, ok := latex.Of(f); ok {
			return `\(` + tex + `\)`
		}
	}
	return broken(termsafe.Line(answer))
}

// votes is the table of votes.
func (t *texWriter) votes(p *engine.Progress) {
	rows := phrase.VoteRows(&p.Tally)
	if len(rows) == 0 {
		return
	}
	t.WriteString("\\begin{tabular}{@{}p{.55\\linewidth}ll@{}}\n\\textbf{answer} & \\textbf{votes} & \\\\\n\\hline\n")
	for _, row := range rows {
		words := latex.Text(row.Words)
		if row.Answer != "" {
			words = latexSaid(row.Answer)
		}
		t.WriteString("{}" + words + " & " + latex.Text(row.Votes) + " & " + latex.Text(phrase.Short(row.Samples, maxVoters)) + " \\\\\n")
	}
	t.WriteString("\\end{tabular}\n\n")
}

// maxVoters is how many characters say whose an answer is, where there is little room.
const maxVoters = 40

func (t *texWriter) sample(i int, s *engine.SampleProgress) {
	t.heading(fmt.Sprintf("Sample %d", i+1))
	t.WriteString(broken(phrase.Outcome(s)) + "\n\n")
	if n := len([]rune(s.Thinking.String())); n > 0 {
		t.WriteString(latex.Text("("+phrase.Count(n, "character")+" of hidden reasoning are left out)") + "\n\n")
	}
	for _, part := range sectionsOf(s) {
		switch {
		case part.thinking:
			continue
		case part.code:
			t.subheading(part.title)
			t.listing(part.text)
			t.came(part.came)
		default:
			t.subheading(part.title)
			t.blocks(markdown.Tree(part.text), 0)
		}
	}
}

func (t *texWriter) subheading(title string) {
	t.WriteString("\n\\subsection{" + latex.Text(title) + "}\n")
}

// came writes what came of a cell.
func (t *texWriter) came(all []phrase.Told) {
	for _, c := range all {
		if c.Title == "" {
			t.WriteString("\n(" + latex.Text(c.Text) + ")\n\n")
			continue
		}
		t.WriteString("\n\\textbf{" + latex.Text(c.Title) + "}\n")
		t.listing(strings.TrimRight(c.Text, "\n"))
	}
}

// listing writes untrusted lines as they stand, in letters of one width.
func (t *texWriter) listing(code string) {
	t.WriteString("\n{\\small\\ttfamily\\raggedright\\parskip0pt\n")
	for line := range strings.SplitSeq(termsafe.Expand(termsafe.Clean(code), 4), "\n") {
		rest := strings.TrimLeft(line, " ")
		t.WriteString("\\noindent")
		if n := len(line) - len(rest); n > 0 {
			fmt.Fprintf(&t.Builder, "\\hspace*{%.1fem}", 0.525*float64(min(n, maxIndent)))
		}
		t.WriteString("\\mbox{}" + strings.ReplaceAll(broken(rest), "  ", "\\ \\ ") + "\\par\n")
	}
	t.WriteString("}\n\n")
}

// maxIndent is how many spaces of indent a line is shown with.
const maxIndent = 60

// unbroken is from how many characters without a space a line may be broken between any two
// groups of so many.
const unbroken = 24

// broken is untrusted text on one line in which long words may be broken.
func broken(text string) string {
	var b strings.Builder
	for i, word := range strings.Split(text, " ") {
		if i > 0 {
			b.WriteByte(' ')
		}
		for runes := []rune(word); len(runes) > 0; {
			n := min(len(runes), unbroken)
			b.WriteString(latex.Text(string(runes[:n])))
			if runes = runes[n:]; len(runes) > 0 {
				b.WriteString("\\allowbreak{}")
			}
		}
	}
	return b.String()
}
