package answer_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine/answer"
	"github.com/aimo3/aimo3/engine/answer/costtest"
	"github.com/aimo3/aimo3/engine/answer/extract"
	"github.com/aimo3/aimo3/engine/answer/value"
	"github.com/aimo3/aimo3/engine/answer/value/work"
)

// vector is one row of the answer vectors.
type vector struct {
	Name, Gold, Pred, Answer, Kind, Level, Policy, Rule string
	Equal, Either, Core, Disputed, Garbled              bool
	Repeat                                              []any `json:"pred_repeat"`
}

// readVectors reads one file of answer vectors beside the repository.
func readVectors(tb testing.TB, name string) []vector {
	tb.Helper()
	return readRows(tb, filepath.Join("answers", name))
}

// readRows reads one file of pairs of answers among the data beside the repository.
func readRows(tb testing.TB, name string) []vector {
	tb.Helper()
	f, err := os.Open(filepath.Join("..", "..", "..", "shared", "data", name))
	if err != nil {
		if os.Getenv("AIMO3_SHARED") == "required" {
			tb.Fatal(err)
		}
		tb.Skipf("ANSWERS ARE NOT COMPARED WITH THEIR LABELS: %v", err)
	}
	defer f.Close()
	var all []vector
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var v vector
		if err := json.Unmarshal(lines.Bytes(), &v); err != nil {
			tb.Fatal(err)
		}
		if len(v.Repeat) == 7 {
			v.Pred = repeated(v.Repeat)
		}
		all = append(all, v)
	}
	return all
}

// repeated puts together a text that was recorded as parts and their counts.
func repeated(parts []any) string {
	var b strings.Builder
	for i, part := range parts {
		switch part := part.(type) {
		case string:
			if i != 1 && i != 4 {
				b.WriteString(part)
			}
		case float64:
			text, _ := parts[i-1].(string)
			b.WriteString(strings.Repeat(text, int(part)))
		}
	}
	return b.String()
}

// grade reads and compares two answers as they were written. What is no answer
// is different from every answer.
func grade(gold, pred string, p answer.Policy) value.Judgement {
	x, errX := answer.Parse(gold)
	y, errY := answer.Parse(pred)
	if errX != nil || errY != nil {
		return value.Judgement{Verdict: value.Unknown, Reason: "no answer"}
	}
	return answer.Equal(x, y, p)
}

// tally is one line of the table, and what to list under it.
type tally struct {
	group
	right, undecided            int
	wrongEqual, missed, refused []string
}

func (c *tally) add(r row) {
	v, j := r.vector, grade(r.gold, r.pred, r.policy)
	is := j.Verdict == value.Equal
	line := fmt.Sprintf("%s %.60q %.90q: %v, %s", id(v), v.Gold, v.Pred, j.Verdict, j.Reason)
	switch {
	case is == v.Equal || v.Either:
		c.right++
		if !v.Equal && !v.Either && j.Verdict == value.Unknown {
			c.undecided++
		}
	case argued(v) != "":
		c.refused = append(c.refused, line+" BECAUSE "+argued(v))
	case is:
		c.wrongEqual = append(c.wrongEqual, line)
	default:
		c.missed = append(c.missed, line)
	}
}

func (c *tally) print(t *testing.T) {
	t.Helper()
	t.Logf("%-22s %5d rows, %5d right = %6.2f %% (%d of them undecided), %d missed, %d of them argued, %d wrongly equal",
		c.name, len(c.rows), c.right, c.share(), c.undecided, len(c.missed)+len(c.refused), len(c.refused), len(c.wrongEqual))
	for _, line := range c.wrongEqual {
		t.Logf("    WRONGLY EQUAL %s", line)
	}
	for _, line := range c.missed {
		t.Logf("    missed %s", line)
	}
	for _, line := range c.refused {
		t.Logf("    argued %s", line)
	}
}

func (c *tally) share() float64 { return 100 * float64(c.right) / float64(len(c.rows)) }

// id names a row without quoting it.
func id(v vector) string {
	h := fnv.New32a()
	_, _ = fmt.Fprintf(h, "%s\x00%s", v.Gold, v.Pred)
	return fmt.Sprintf("%08x", h.Sum32())
}

// argued is why we believe a row's label to be wrong, or to ask for what no
// comparison of two answers can know.
func argued(v vector) string {
	if v.Garbled {
		return "the model broke its answer over the rows of a matrix; its source maps each by hand"
	}
	return map[string]string{
		"083c5ca4": "the same two answers are labelled equal the other way round; equality is symmetric here, and an interval and the inequalities for it are one set",
		"2fa662fd": "a time with p.m. and the same time without are one answer, as a length is with its unit and without",
		"80897ea1": "both are ten thousand",
		"4c059877": "1-1/e is 0.63 and 1+1/e is 1.37",
		"4af7d298": "the gold is an angle of 0.2, the other is 3.28; the cosine and its factor are missing from the gold",
	}[id(v)]
}

// switches are the policy that the source of a row assumes.
func switches(v vector) answer.Policy {
	return map[string]answer.Policy{
		"approx": answer.Approximate, "units_required": answer.UnitsRequired, "list_order": answer.ListOrder, "assignment": answer.Assignment,
		"variable_names": answer.VariableNames, "decimal_comma": answer.DecimalComma, "positive_vars": answer.PositiveVars,
		"tuple_vs_set": answer.TupleIsSet, "no_arithmetic": answer.NoArithmetic, "undefined": answer.UndefinedAlike,
	}[v.Policy]
}

// final is the answer that a whole text gives.
func final(text string) string {
	if a, err := answer.Parse(text); err == nil && a.Kind != answer.Words && !strings.Contains(text, "boxed") {
		return text
	}
	for c := range extract.Candidates(text, extract.Options{End: true}) {
		if _, err := answer.Parse(c.Text); err == nil {
			return c.Text
		}
	}
	return text
}

// row is a vector as it is compared.
type row struct {
	vector
	gold, pred string
	policy     answer.Policy
}

// group is the rows of one line of the table.
type group struct {
	name string
	want float64 // the least share in per cent that is right, with none wrongly equal; 0: any
	rows []row
}

// groups are all vectors.
func groups(tb testing.TB) []group {
	tb.Helper()
	core, text, policy, other := group{name: "core", want: 98}, group{name: "whole texts"}, group{name: "by policy"}, group{name: "disputed or garbled"}
	for _, v := range readVectors(tb, "equivalence.jsonl") {
		switch {
		case v.Level == "text" && v.Core:
			text.rows = append(text.rows, row{v, final(v.Gold), final(v.Pred), 0})
		case v.Level == "text":
		case v.Core:
			core.rows = append(core.rows, row{v, v.Gold, v.Pred, 0})
		case v.Disputed || v.Garbled:
			other.rows = append(other.rows, row{v, v.Gold, v.Pred, 0})
		default:
			policy.rows = append(policy.rows, row{v, v.Gold, v.Pred, switches(v)})
		}
	}
	made, hard, golds := group{name: "made by rule", want: 100}, group{name: "hard and hostile", want: 80}, group{name: "equal to themselves", want: 100}
	for _, v := range readVectors(tb, "generated.jsonl") {
		made.rows = append(made.rows, row{v, v.Gold, v.Pred, 0})
	}
	for _, v := range readVectors(tb, "hard_and_hostile.jsonl") {
		hard.rows = append(hard.rows, row{v, v.Gold, v.Pred, 0})
	}
	for _, v := range readVectors(tb, "golds.jsonl") {
		v.Gold, v.Pred, v.Equal = v.Answer, " "+v.Answer+"\n", true
		golds.rows = append(golds.rows, row{v, v.Gold, v.Pred, 0})
	}
	return []group{core, text, policy, other, made, golds, hard}
}

// TestVectors holds Equal against the labels of fourteen projects' tests, of
// pairs made by rule and of hard and hostile ones.
func TestVectors(t *testing.T) {
	for _, g := range groups(t) {
		c := &tally{group: g}
		for _, r := range g.rows {
			if took := costtest.Memory(func() { c.add(r) }); took.Objects > mostObjects || took.Bytes > mostBytes {
				t.Errorf("%s took %v", id(r.vector), took)
			}
		}
		c.print(t)
		if c.want > 0 && (c.share() < c.want || len(c.wrongEqual) > 0) {
			t.Errorf("%s: %.2f %% right with %d wrongly equal, want %v %% with none", c.name, c.share(), len(c.wrongEqual), c.want)
		}
	}
}

// TestScarce compares with less work than it may take: what comes of it is what
// comes with enough, or undecided, but never a guess.
func TestScarce(t *testing.T) {
	undecided := 0
	for _, g := range groups(t) {
		for _, r := range g.rows {
			a, errA := answer.Parse(r.gold)
			b, errB := answer.Parse(r.pred)
			if errA != nil || errB != nil {
				continue
			}
			want := answer.Equal(a, b, r.policy)
			for left := answer.MaxWork; left > answer.MaxWork/4; left = left * 31 / 32 {
				got := answer.EqualWithin(&work.Counter{Left: left}, a, b, r.policy)
				if got.Verdict == value.Unknown && want.Verdict != value.Unknown {
					undecided++
				} else if got.Verdict != want.Verdict {
					t.Errorf("%.80q and %.80q with %d units: %v (%s), want %v (%s)", r.gold, r.pred, left, got.Verdict, got.Reason, want.Verdict, want.Reason)
				}
			}
		}
	}
	if undecided == 0 {
		t.Error("nothing was undecided: work is not counted")
	}
}

// BenchmarkVectors is what it takes to read and compare two answers, each pair at
// its best of three: the bounds are 15 µs at the median, 500 µs for 99 of 100 and
// 5,000 µs at worst.
func BenchmarkVectors(b *testing.B) {
	for _, g := range groups(b) {
		b.Run(strings.ReplaceAll(g.name, " ", "-"), func(b *testing.B) {
			took := make([]time.Duration, len(g.rows))
			for b.Loop() {
				for i, r := range g.rows {
					took[i] = costtest.Best(3, func() { grade(r.gold, r.pred, r.policy) })
				}
				slices.Sort(took)
			}
			for name, d := range map[string]time.Duration{"median-µs": took[len(took)/2], "p99-µs": took[len(took)*99/100], "worst-µs": took[len(took)-1]} {
				b.ReportMetric(float64(d.Nanoseconds())/1000, name)
			}
		})
	}
}
