// Package grade compares rows of answers with what was expected of them, and
// keeps count. It is behind `aimo3 grade` and the server's POST /v1/grade.
//
// A row is a JSON object: gold and pred are two answers to compare; text and expect are
// a reply, whose answer is found first, and the answer that it should have. With equal,
// true or false, a row also says what the verdict should be, and is counted as that.
//
//	{"id": 1, "gold": "\\frac12", "pred": "0.5", "equal": true}
//
// [Lines] reads rows from a stream, each of at most [MaxLine] bytes; a longer one is
// skipped with [ErrLong], and the next can be read. [Grader.Line] makes a [Graded] of
// each, by the comparison that the vote uses: equal, different or unknown, and why. A
// row that cannot be read is a Graded with an Error, not the end of the file. Blank
// lines are the caller's to pass over, by [Blank]. A Grader counts as it goes and is
// for one goroutine.
package grade

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/aimo3/aimo3/engine/answer"
	"github.com/aimo3/aimo3/engine/answer/extract"
	"github.com/aimo3/aimo3/engine/answer/value"
)

// Graded is what is said of one row.
type Graded struct {
	ID      json.RawMessage `json:"id,omitempty"`   // as the row had it
	Line    int             `json:"line,omitempty"` // of a row that could not be read
	Error   string          `json:"error,omitempty"`
	Answer  *string         `json:"answer,omitempty"` // of a row with a text; empty if nothing was found
	Source  extract.Source  `json:"source,omitempty"`
	Verdict string          `json:"verdict,omitempty"`
	Tier    value.Tier      `json:"tier,omitempty"`
	Reason  string          `json:"reason,omitempty"`
	Right   *bool           `json:"right,omitempty"` // of a row that says whether the two are equal
	Micros  int64           `json:"micros"`
}

// row is what a line may hold; all else is passed over.
type row struct {
	ID     json.RawMessage `json:"id"`
	Gold   *string         `json:"gold"`
	Pred   *string         `json:"pred"`
	Text   *string         `json:"text"`
	Expect *string         `json:"expect"`
	Equal  *bool           `json:"equal"`
}

// Grader grades rows one after another.
type Grader struct {
	Policy answer.Policy
	Now    func() time.Time

	verdicts [3]int // by value.Verdict
	labels   labels
	times    []time.Duration
	bad      int
}

// labels counts rows that say whether their two answers are equal.
type labels struct{ all, right, wrongEqual, wrongDifferent, undecided int }

// Line grades the row that the n-th line holds.
func (g *Grader) Line(n int, line []byte) Graded {
	var r row
	if err := json.Unmarshal(line, &r); err != nil {
		return g.Bad(n, "no JSON object with texts: "+plain(err))
	}
	var graded Graded
	switch {
	case r.Gold != nil && r.Pred != nil && r.Text == nil && r.Expect == nil:
		graded = g.Pair(*r.Gold, *r.Pred)
	case r.Text != nil && r.Expect != nil && r.Gold == nil && r.Pred == nil:
		graded = g.text(*r.Text, *r.Expect)
	default:
		return g.Bad(n, "a row has gold and pred, or text and expect")
	}
	graded.ID = r.ID
	if r.Equal != nil {
		right := g.labels.count(graded.Verdict, *r.Equal)
		graded.Right = &right
	}
	return graded
}

// Bad counts a line that could not be read, and says why.
func (g *Grader) Bad(n int, why string) Graded {
	g.bad++
	return Graded{Line: n, Error: why}
}

// Pair compares two answers.
func (g *Grader) Pair(gold, pred string) Graded {
	return g.timed(func() (Graded, value.Judgement) { return Graded{}, g.compare(gold, pred) })
}

// text looks for the answer of a reply: the first candidate that can be read.
func (g *Grader) text(text, expect string) Graded {
	return g.timed(func() (Graded, value.Judgement) {
		found := ""
		graded := Graded{Answer: &found}
		for c := range extract.Candidates(text, extract.Options{End: true}) {
			if _, err := answer.Parse(c.Text); err == nil {
				found, graded.Source = c.Text, c.Source
				break
			}
		}
		switch found {
		case expect:
			return graded, value.Judgement{Verdict: value.Equal, Tier: value.Text}
		case "":
			return graded, value.Judgement{Verdict: value.Different, Tier: value.Text, Reason: "no answer was found"}
		}
		return graded, g.compare(expect, found)
	})
}

func (g *Grader) compare(gold, pred string) value.Judgement {
	a, err := answer.Parse(gold)
	if err != nil {
		return value.Judgement{Reason: "gold: " + err.Error()}
	}
	b, err := answer.Parse(pred)
	if err != nil {
		return value.Judgement{Reason: "pred: " + err.Error()}
	}
	return answer.Equal(a, b, g.Policy)
}

// timed measures and counts one comparison.
func (g *Grader) timed(compare func() (Graded, value.Judgement)) Graded {
	begin := g.Now()
	graded, j := compare()
	took := g.Now().Sub(begin)
	graded.Verdict, graded.Tier, graded.Reason = j.Verdict.String(), j.Tier, j.Reason
	graded.Micros = took.Microseconds()
	g.times = append(g.times, took)
	g.verdicts[j.Verdict]++
	return graded
}

// count counts a verdict on a row with a label; an undecided one is not right.
func (l *labels) count(verdict string, equal bool) (right bool) {
	l.all++
	switch {
	case verdict == value.Unknown.String():
		l.undecided++
	case (verdict == value.Equal.String()) == equal:
		l.right++
		return true
	case equal:
		l.wrongDifferent++
	default:
		l.wrongEqual++
	}
	return false
}

// plain is an error of encoding/json in words that know nothing of Go's types.
func plain(err error) string {
	var wrong *json.UnmarshalTypeError
	switch {
	case !errors.As(err, &wrong):
		return err.Error()
	case wrong.Field == "":
		return "it is of type " + wrong.Value
	}
	return wrong.Field + " is of type " + wrong.Value
}

// rows is a number of them: "1 row", "9 rows".
func rows(n int) string {
	if n == 1 {
		return "1 row"
	}
	return fmt.Sprintf("%d rows", n)
}

// Failed is how many lines could not be read.
func (g *Grader) Failed() int { return g.bad }

// Summary is the counts and times, in lines for a person.
func (g *Grader) Summary() []string {
	counts := fmt.Sprintf("%s: %d equal, %d different, %d unknown", rows(len(g.times)+g.bad),
		g.verdicts[value.Equal], g.verdicts[value.Different], g.verdicts[value.Unknown])
	if g.bad > 0 {
		counts += fmt.Sprintf(", %d not read", g.bad)
	}
	lines := []string{counts}
	if l := g.labels; l.all > 0 {
		lines = append(lines, fmt.Sprintf("%d of %d match their label (%.1f %%): %d wrongly equal, %d wrongly different, %d undecided",
			l.right, l.all, 100*float64(l.right)/float64(l.all), l.wrongEqual, l.wrongDifferent, l.undecided))
	}
	if len(g.times) > 0 {
		median, high, most := spread(g.times)
		lines = append(lines, fmt.Sprintf("time per row: median %v, p99 %v, max %v", median, high, most))
	}
	return lines
}

// Blank tells a line that holds no row.
func Blank(line []byte) bool { return len(bytes.TrimSpace(line)) == 0 }
