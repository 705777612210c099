package export

import (
	"fmt"
	"io"
	"strings"

	"github.com/aimo3/aimo3/engine/figures"
	"github.com/aimo3/aimo3/tui/markdown"
	"github.com/aimo3/aimo3/tui/phrase"
)

// maxListed is how many problems of a kind a report has in full.
const maxListed = 500

// Report is the figures of one run, or of two side by side.
type Report struct {
	Runs []ReportedRun
	Pair *figures.Pair // nil of one run; its places are those in the problems of the two
}

// ReportedRun is a run and its figures.
type ReportedRun struct {
	*figures.Report
	Problems []figures.Problem
}

// reportStyle is what a report's page needs beyond those of attempts.
const reportStyle = `<style>
body { max-width: 60rem; }
svg { display: block; max-width: 100%; height: auto; margin: 1rem 0; font: 12px system-ui, sans-serif; fill: var(--ink); }
svg .axis { stroke: var(--line); } svg .faint { fill: var(--faint); }
svg .c0 { stroke: #2f6fb0; } svg .c1 { stroke: #b4561f; } svg .c2 { stroke: var(--faint); }
svg .f0 { fill: #2f6fb0; } svg .f1 { fill: #b4561f; } svg .f2 { fill: var(--faint); }
svg .line { fill: none; stroke-width: 2; } svg .band { opacity: .16; stroke: none; }
@media (prefers-color-scheme: dark) { svg .c0 { stroke: #74aee6; } svg .f0 { fill: #74aee6; } svg .c1 { stroke: #e69a5f; } svg .f1 { fill: #e69a5f; } }
</style>
`

// WriteReport writes figures as a web page of one file, with charts in SVG and formulas in
// MathML. It has no script and loads nothing.
func WriteReport(w io.Writer, r Report) error {
	h := &htmlWriter{}
	var names []string
	for _, run := range r.Runs {
		names = append(names, phrase.Short(strings.Join(strings.Fields(run.Name), " "), maxTitle))
	}
	title := escaped(strings.Join(names, " and "))
	h.WriteString(head + reportStyle + "<title>" + title + "</title>\n</head>\n<body>\n<h1>" + title + "</h1>\n")
	if r.Pair != nil && len(r.Runs) == 2 {
		h.twoRuns(&r)
	}
	for _, run := range r.Runs {
		h.run(run)
	}
	h.WriteString("</body>\n</html>\n")
	_, err := io.WriteString(w, h.String())
	return err
}

// twoRuns writes what two runs are to each other.
func (h *htmlWriter) twoRuns(r *Report) {
	a, b := r.Runs[0], r.Runs[1]
	sheets := phrase.PairSheets(r.Pair, a.Report, b.Report, 0)
	h.sheet(sheets[0])
	h.WriteString(barChart("verdicts right", []bar{{"A", a.Accuracy}, {"B", b.Accuracy}}))
	h.sheet(sheets[1])
	for _, list := range []struct {
		title string
		flips []figures.Flip
	}{{"Right in one of them", r.Pair.Flips}, {"Wrong in both, and not alike", r.Pair.Changed}} {
		if len(list.flips) == 0 {
			continue
		}
		h.WriteString("<h2>" + list.title + "</h2>\n")
		for _, f := range list.flips[:min(len(list.flips), maxListed)] {
			h.problem(&a.Problems[f.AtA], &b.Problems[f.AtB])
		}
		h.more(len(list.flips))
	}
}

// run writes the figures of one run.
func (h *htmlWriter) run(r ReportedRun) {
	for _, s := range phrase.RunSheets(r.Report) {
		h.sheet(s)
		switch s.Title {
		case phrase.TitleAtK:
			h.WriteString(atKChart(r.AtK))
		case phrase.TitleSubjects:
			h.WriteString(barChart("verdicts right, by subject", groupBars(r.Subjects)))
		case phrase.TitleLevels:
			h.WriteString(barChart("verdicts right, by level", groupBars(r.Levels)))
		case phrase.TitleShares:
			h.WriteString(shareChart(r.Shares))
		}
	}
	var wrong []*figures.Problem
	for i := range r.Problems {
		if p := &r.Problems[i]; p.Verdict.Mark == figures.Wrong {
			wrong = append(wrong, p)
		}
	}
	if len(wrong) == 0 {
		return
	}
	h.WriteString("<h2>Wrong verdicts</h2>\n")
	for _, p := range wrong[:min(len(wrong), maxListed)] {
		h.problem(p)
	}
	h.more(len(wrong))
}

// more says how many of a list are left out.
func (h *htmlWriter) more(n int) {
	if left := n - maxListed; left > 0 {
		fmt.Fprintf(&h.Builder, "<p class=\"faint\">… and %s more</p>\n", phrase.Thousands(left))
	}
}

func (h *htmlWriter) sheet(s phrase.Sheet) {
	h.WriteString("<h2>" + escaped(s.Title) + "</h2>\n<table>\n")
	row := func(cells []string, name string) {
		h.WriteString("<tr>")
		for _, c := range cells {
			h.WriteString("<" + name + ">" + escaped(c) + "</" + name + ">")
		}
		h.WriteString("</tr>\n")
	}
	if s.Head != nil {
		row(s.Head, "th")
	}
	for _, cells := range s.Rows {
		row(cells, "td")
	}
	h.WriteString("</table>\n")
}

// problem writes a problem, folded, and what one run or two made of it.
func (h *htmlWriter) problem(runs ...*figures.Problem) {
	first := runs[0]
	name := first.ID
	if name == first.Statement {
		_, name = htmlTitle(first.Statement)
	} else {
		name = escaped(phrase.Short(name, maxTitle))
	}
	h.WriteString("<details>\n<summary>" + name + " · expected " + htmlSaid(first.Expected))
	for i, p := range runs {
		said := htmlSaid(p.Verdict.Answer)
		if p.Verdict.Answer == "" {
			said = "no answer"
		}
		run := ""
		if len(runs) > 1 {
			run = string(rune('A'+i)) + ": "
		}
		fmt.Fprintf(&h.Builder, " · %s%s (%d of %d, %s)", run, said, p.Verdict.Votes, p.Verdict.Of, p.Verdict.Mark)
	}
	h.WriteString("</summary>\n")
	if first.Statement != "" {
		h.blocks(markdown.Tree(first.Statement))
	}
	for i, p := range runs {
		h.answers(string(rune('A'+i)), p, len(runs) > 1)
	}
	h.WriteString("</details>\n")
}

// answers writes what the samples of a problem answered, the most frequent first.
func (h *htmlWriter) answers(run string, p *figures.Problem, named bool) {
	if named {
		h.WriteString("<h3>" + run + "</h3>\n")
	}
	h.WriteString("<table>\n<tr><th>answer</th><th>samples</th><th>tokens each</th></tr>\n")
	for _, a := range answersOf(p) {
		said := htmlSaid(a.answer)
		if a.answer == "" {
			said = "no answer"
		}
		if a.outside {
			said += " (out of range)"
		}
		fmt.Fprintf(&h.Builder, "<tr><td>%s</td><td>%d</td><td>%s</td></tr>\n", said, a.samples, phrase.Thousands(a.tokens/a.samples))
	}
	h.WriteString("</table>\n")
}
