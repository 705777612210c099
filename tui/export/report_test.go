package export_test

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine/figures"
	"github.com/aimo3/aimo3/tui/export"
)

// twoRuns are two runs over twelve problems of one statement, which gives names, subjects and
// wrong answers too.
func twoRuns(statement string) export.Report {
	of := func(name string, wrong int) figures.Run {
		r := figures.Run{Name: name}
		for i := range 12 {
			p := figures.Problem{
				ID: fmt.Sprint("p", i, statement), Statement: statement, Expected: `\frac{1}{2}`, Subject: []string{statement, "Algebra"}[i%2], Level: fmt.Sprint(i % 3),
				Verdict: figures.Verdict{Answer: `\frac{1}{2}`, Mark: figures.Right, Votes: 3, Of: 4},
			}
			for k := range 4 {
				s := figures.Sample{Answer: `\frac{1}{2}`, Mark: figures.Right, Tokens: 10}
				if k == 3 || i < wrong {
					s.Answer, s.Mark = statement, figures.Wrong
				}
				p.Samples = append(p.Samples, s)
			}
			if i < wrong {
				p.Verdict = figures.Verdict{Answer: statement, Mark: figures.Wrong, Votes: 4, Of: 4}
			}
			r.Problems = append(r.Problems, p)
		}
		return r
	}
	a, b := of("A "+statement, 3), of("B", 5)
	pair := figures.Compare(a, b, 1)
	page := export.Report{Pair: &pair}
	for _, run := range []figures.Run{a, b} {
		r := figures.Of(run, 1)
		page.Runs = append(page.Runs, export.ReportedRun{Report: &r, Problems: run.Problems})
	}
	return page
}

func reportOf(t *testing.T, r export.Report) string {
	t.Helper()
	var b strings.Builder
	if err := export.WriteReport(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// reportSections are the sections that every page of two runs has.
var reportSections = []string{
	"Side by side", "Over the 12 scored problems that both have", "Right in one of them",
	"With k samples", "What went wrong", "What it cost", "By subject", "By level", "By the verdict's share of the votes", "Wrong verdicts",
}

// TestReportIsOurs: whatever problems, answers and names hold, a page of figures has our
// elements and sections alone.
func TestReportIsOurs(t *testing.T) {
	for _, text := range append(hostileTeX, hostile...) {
		page := reportOf(t, twoRuns(text))
		ours, named := 0, 0
		for _, h := range headingsOf(t, text, page) {
			switch {
			case slices.Contains(reportSections, h):
				ours++
			case !strings.HasPrefix(h, "p"): // else it is the summary of a problem
				named++
			}
		}
		if ours != 3+2*7 || named > 2+2*2 { // of each run its name, and those in the two flips
			t.Errorf("%q: %d sections of ours and %d named by others", text, ours, named)
		}
		if strings.Contains(page, "<script") || strings.Contains(page, "\x1b") || strings.Contains(page, "NaN") {
			t.Errorf("%q gives a page with a script, an escape or no number", text)
		}
	}
}

// TestReportDraws formulas as MathML, and a chart for k, shares, subjects and levels of each
// run, and for both.
func TestReportDraws(t *testing.T) {
	page := reportOf(t, twoRuns(`Find $\frac{x^2}{3}$ for $x = 6$.`))
	if n := strings.Count(page, "<svg "); n != 1+2*4 {
		t.Errorf("%d charts", n)
	}
	for _, want := range []string{"<mfrac>", "Right in one of them", "Wrong verdicts", "expected <math", " · A: <math", "avg@k</text>"} {
		if !strings.Contains(page, want) {
			t.Errorf("no %q", want)
		}
	}
	if !strings.Contains(page, "default-src 'none'") {
		t.Error("the page may load something")
	}
}

// TestChartsStayWithin their pictures: no place of a line lies outside.
func TestChartsStayWithin(t *testing.T) {
	page := reportOf(t, twoRuns("x"))
	var far []string
	for _, part := range strings.Split(page, ` points="`)[1:] {
		points, _, _ := strings.Cut(part, `"`)
		for p := range strings.FieldsSeq(points) {
			x, y, _ := strings.Cut(p, ",")
			px, errX := strconv.ParseFloat(x, 64)
			py, errY := strconv.ParseFloat(y, 64)
			if errX != nil || errY != nil || math.IsNaN(px+py) || px < 0 || px > 640 || py < 0 || py > 300 {
				far = append(far, p)
			}
		}
	}
	if far = slices.Compact(far); len(far) > 0 {
		t.Errorf("outside of the picture: %v", far)
	}
}
