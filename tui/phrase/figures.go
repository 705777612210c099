package phrase

import (
	"fmt"
	"math"
	"strconv"
	"time"

	"github.com/aimo3/aimo3/engine/figures"
)

// Sheet is a table to read. Its cells are clean and on one line.
type Sheet struct {
	Title string
	Head  []string // names of the columns; nil if they need none
	Rows  [][]string
}

// The titles of tables beside which something can be drawn.
const (
	TitleAtK      = "With k samples"
	TitleSubjects = "By subject"
	TitleLevels   = "By level"
	TitleShares   = "By the verdict's share of the votes"
)

// maxName is how many cells of a problem's name, a subject or a level are shown, maxVerdict
// of an answer.
const (
	maxName    = 40
	maxVerdict = 24
)

// Percent is a share in per cent, with its interval.
func Percent(e figures.Estimate) string {
	if e.Of == 0 {
		return "–"
	}
	return fmt.Sprintf("%s (%.1f to %.1f)", percent(e.Value), 100*e.Low, 100*e.High)
}

func percent(share float64) string { return fmt.Sprintf("%.1f %%", 100*share) }

// interval is that of a share in per cent; one problem has none.
func interval(e figures.Estimate) string {
	if e.Of < 2 {
		return "–"
	}
	return fmt.Sprintf("%.1f to %.1f", 100*e.Low, 100*e.High)
}

// withError is a share in per cent, with its standard error, if it has one.
func withError(e figures.Estimate) string {
	switch e.Of {
	case 0:
		return "–"
	case 1:
		return percent(e.Value)
	}
	return fmt.Sprintf("%s ± %.1f", percent(e.Value), 100*e.StdErr)
}

// RunSheets are the tables of a report, those without anything to say left out.
func RunSheets(r *figures.Report) []Sheet {
	all := []Sheet{headline(r), atK(r), outcomes(r), cost(r)}
	for _, g := range []struct {
		title  string
		groups []figures.Group
	}{{TitleSubjects, r.Subjects}, {TitleLevels, r.Levels}} {
		if len(g.groups) > 0 {
			all = append(all, byGroup(g.title, g.groups))
		}
	}
	if len(r.Shares) > 0 {
		all = append(all, shares(r))
	}
	var told []Sheet
	for _, s := range all {
		if len(s.Rows) > 0 {
			told = append(told, s)
		}
	}
	return told
}

func headline(r *figures.Report) Sheet {
	each := strconv.Itoa(r.MaxSamples)
	if r.MinSamples != r.MaxSamples {
		each = fmt.Sprintf("%d to %d", r.MinSamples, r.MaxSamples)
	}
	s := Sheet{Title: Short(flat(r.Name), 2*maxName), Rows: [][]string{
		{"problems", Thousands(r.Problems)},
		{"samples", fmt.Sprintf("%s, %s of each problem", Thousands(r.Samples), each)},
	}}
	if r.Scored < r.Problems {
		s.Rows = append(s.Rows, []string{"scored", fmt.Sprintf("%s; of the others no answer is expected", Thousands(r.Scored))})
	}
	if r.Scored > 0 {
		s.Rows = append(s.Rows,
			[]string{"verdicts right", fmt.Sprintf("%s, %s of %s", Percent(r.Accuracy), Thousands(int(math.Round(r.Accuracy.Value*float64(r.Accuracy.Of)))), Thousands(r.Accuracy.Of))},
			[]string{"samples right", Percent(r.Avg) + ", mean over problems"})
	}
	return s
}

// shownK says whether a row of k is for people: the first four, then those that double, and
// the last.
func shownK(k, last int) bool { return k <= 4 || k&(k-1) == 0 || k == last }

func atK(r *figures.Report) Sheet {
	s := Sheet{Title: TitleAtK, Head: []string{"k", "problems", "avg@k", "maj@k", "pass@k", "95 % of pass@k"}}
	for _, at := range r.AtK {
		if r.MaxSamples > 1 && shownK(at.K, r.AtK[len(r.AtK)-1].K) {
			s.Rows = append(s.Rows, []string{
				strconv.Itoa(at.K), Thousands(at.Pass.Of), withError(at.Avg), withError(at.Maj), withError(at.Pass), interval(at.Pass),
			})
		}
	}
	return s
}

func outcomes(r *figures.Report) Sheet {
	o := &r.Outcomes
	s := Sheet{Title: "What went wrong"}
	add := func(name string, n, of int, what string) {
		if n > 0 {
			s.Rows = append(s.Rows, []string{name, fmt.Sprintf("%s of %s", Thousands(n), Count(of, what)), percent(float64(n) / float64(max(of, 1)))})
		}
	}
	add("no verdict", o.NoVerdict, r.Problems, "problem")
	add("a tie", o.Ties, r.Problems, "problem")
	add("right in a minority (selection loss)", o.SelectionLoss, r.Scored, "problem")
	add("no sample right", o.NeverRight, r.Scored, "problem")
	add("wrong but unanimous", o.UnanimousWrong, r.Scored, "problem")
	add("no answer", o.NoAnswer, r.Samples, "sample")
	add("truncated", o.Truncated, r.Samples, "sample")
	add("out of range", o.OutOfRange, r.Samples, "sample")
	add("repaired by the modulus", o.Repaired, r.Samples, "sample")
	return s
}

func cost(r *figures.Report) Sheet {
	s := Sheet{Title: "What it cost", Head: []string{"", "in all", "a problem", "a sample"}}
	c := &r.Cost
	each := func(n float64, of int) string {
		if n /= float64(max(of, 1)); n >= 100 {
			return Thousands(int(math.Round(n)))
		}
		return digits(n)
	}
	for _, row := range []struct {
		name string
		n    int
	}{{"tokens", c.Tokens}, {"cells of code", c.Cells}, {"cells that failed", c.CellErrors}, {"retries", c.Retries}} {
		if row.n > 0 {
			s.Rows = append(s.Rows, []string{row.name, Thousands(row.n), each(float64(row.n), r.Problems), each(float64(row.n), r.Samples)})
		}
	}
	if c.Seconds > 0 {
		s.Rows = append(s.Rows, []string{"time", tookSeconds(c.Seconds), tookSeconds(c.Seconds / float64(max(r.Problems, 1))), ""})
	}
	return s
}

// tookSeconds is a length of time to read.
func tookSeconds(s float64) string { return Took(time.Duration(s * float64(time.Second))) }

func byGroup(title string, groups []figures.Group) Sheet {
	s := Sheet{Title: title, Head: []string{"", "problems", "verdicts right", "samples right", "tokens a problem"}}
	for _, g := range groups {
		s.Rows = append(s.Rows, []string{Short(flat(g.Name), maxName), Thousands(g.Problems), Percent(g.Accuracy), withError(g.Avg), Thousands(int(math.Round(g.Tokens)))})
	}
	return s
}

func shares(r *figures.Report) Sheet {
	s := Sheet{Title: TitleShares, Head: []string{"share", "problems", "mean share", "right"}}
	for _, one := range r.Shares {
		s.Rows = append(s.Rows, []string{fmt.Sprintf("%.0f to %.0f %%", 100*one.From, 100*one.To), Thousands(one.Right.Of), percent(one.Mean), Percent(one.Right)})
	}
	s.Rows = append(s.Rows, []string{"mean distance", "", "", percent(r.ShareError)})
	return s
}
