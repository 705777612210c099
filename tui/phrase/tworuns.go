package phrase

import (
	"fmt"
	"strings"

	"github.com/aimo3/aimo3/engine/figures"
)

// maxRunName is how many cells of a run's name head its column: three such columns fit into a
// terminal of 80.
const maxRunName = 21

// PairSheets are the tables of two runs side by side, with at most so many of the problems of
// which they say otherwise.
func PairSheets(p *figures.Pair, a, b *figures.Report, maxFlips int) []Sheet {
	name := func(r *figures.Report) string { return Short(flat(r.Name), maxRunName) }
	both := Sheet{Title: "Side by side", Head: []string{"", "A: " + name(a), "B: " + name(b)}}
	both.Rows = [][]string{
		{"problems", Thousands(a.Problems), Thousands(b.Problems)},
		{"samples", Thousands(a.Samples), Thousands(b.Samples)},
		{"verdicts right", Percent(a.Accuracy), Percent(b.Accuracy)},
		{"samples right", Percent(a.Avg), Percent(b.Avg)},
	}
	for _, row := range []struct {
		name string
		a, b int
	}{{"tokens, common problems", p.CostA.Tokens, p.CostB.Tokens}, {"cells, common problems", p.CostA.Cells, p.CostB.Cells}} {
		if row.a+row.b > 0 {
			both.Rows = append(both.Rows, []string{row.name, Thousands(row.a), Thousands(row.b)})
		}
	}
	if p.CostA.Seconds+p.CostB.Seconds > 0 {
		both.Rows = append(both.Rows, []string{"time, common problems", tookSeconds(p.CostA.Seconds), tookSeconds(p.CostB.Seconds)})
	}
	all := []Sheet{both, together(p)}
	for _, list := range []struct {
		title string
		flips []figures.Flip
	}{{"Right in one of them", p.Flips}, {"Wrong in both, and not alike", p.Changed}} {
		if len(list.flips) > 0 {
			all = append(all, flips(list.title, list.flips, maxFlips))
		}
	}
	return all
}

// together is what the problems say that both runs have.
func together(p *figures.Pair) Sheet {
	s := Sheet{Title: fmt.Sprintf("Over the %s that both have", Count(p.Both, "scored problem")), Rows: [][]string{
		{"right in both", Thousands(p.RightBoth)},
		{"right in A alone", Thousands(p.RightA)},
		{"right in B alone", Thousands(p.RightB)},
		{"right in neither", Thousands(p.WrongBoth)},
	}}
	if left := p.OnlyA + p.OnlyB; left > 0 {
		s.Rows = append(s.Rows, []string{"left out", fmt.Sprintf("%s of A, %s of B", Thousands(p.OnlyA), Thousands(p.OnlyB))})
	}
	if p.Both > 0 {
		d := p.Difference
		s.Rows = append(s.Rows,
			[]string{"B over A", fmt.Sprintf("%+.1f points (%+.1f to %+.1f)", 100*d.Value, 100*d.Low, 100*d.High)},
			[]string{"McNemar", mcnemar(p.Test)},
			[]string{"AIMO score of two runs", fmt.Sprintf("%s of %d", strings.TrimSuffix(fmt.Sprintf("%.1f", p.TwoRuns), ".0"), p.Both)})
	}
	return s
}

// mcnemar is what the test says, and which it was.
func mcnemar(t figures.Test) string {
	how := fmt.Sprintf("chi-square %.2f without continuity correction", t.Statistic)
	if t.Exact {
		how = "exact binomial"
	}
	p := fmt.Sprintf("p = %.3f", t.P)
	if t.P < .0005 {
		p = "p < 0.001"
	}
	return p + ", two-sided, " + how
}

func flips(title string, all []figures.Flip, limit int) Sheet {
	s := Sheet{Title: title, Head: []string{"problem", "expected", "A", "B"}}
	answer := func(text string, m figures.Mark) string {
		if text == "" {
			return "no answer"
		}
		if text = Short(flat(text), maxVerdict); m == figures.Right {
			return "✓ " + text // before it, where no narrow column cuts it off
		}
		return text
	}
	for _, f := range all[:min(len(all), limit)] {
		s.Rows = append(s.Rows, []string{Short(flat(f.ID), maxName), Short(flat(f.Expected), maxVerdict), answer(f.A, f.MarkA), answer(f.B, f.MarkB)})
	}
	if more := len(all) - limit; more > 0 {
		s.Rows = append(s.Rows, []string{fmt.Sprintf("… and %s more", Thousands(more)), "", "", ""})
	}
	return s
}
