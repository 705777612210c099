package answer_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine/answer"
	"github.com/aimo3/aimo3/engine/answer/costtest"
	"github.com/aimo3/aimo3/engine/answer/value"
	"github.com/aimo3/aimo3/engine/enginetest"
)

// TestAblation switches off every step of Equal in turn, compares all pairs
// without it, and prints what changes: ANSWER_ABLATION=1, make ablation. The
// steps are found in the source, so that none is forgotten.
func TestAblation(t *testing.T) {
	if os.Getenv("ANSWER_ABLATION") == "" {
		t.Skip("ANSWER_ABLATION is not set: make ablation")
	}
	program, steps := withSwitches(t)
	with := compareWithout(t, program, "")
	fmt.Printf("%d steps; with all of them:\n", len(steps))
	for _, source := range with.Sources {
		fmt.Printf("  %-8s %6d pairs, %d break a law, %v\n", source.Name, len(source.Verdicts), source.Unlawful, source.Took.Round(time.Millisecond))
	}
	fmt.Println("| without | " + strings.Join(with.names(), " | ") + " | laws broken | time |")
	fmt.Println("|---|" + strings.Repeat("---|", len(with.Sources)+2))
	for _, s := range steps {
		fmt.Println(rowWithout(s, with, compareWithout(t, program, s)))
	}
}

// rowWithout is the line of the table for one step.
func rowWithout(step string, with, without ablation) string {
	var b strings.Builder
	fmt.Fprintf(&b, "| `%s` |", step)
	broken, before, after := 0, time.Duration(0), time.Duration(0)
	for i, source := range with.Sources {
		other := without.Sources[i]
		fmt.Fprintf(&b, " %s |", changes(source.Verdicts, other.Verdicts))
		broken += other.Unlawful - source.Unlawful
		before, after = before+source.Took, after+other.Took
	}
	fmt.Fprintf(&b, " %d | %+.0f %% |", broken, 100*(float64(after)/float64(before)-1))
	return b.String()
}

// changes tells how many verdicts of one kind became another: "3 = to ?".
func changes(with, without []string) string {
	count := map[string]int{}
	for i := range with {
		if with[i] != without[i] {
			count[with[i]+"→"+without[i]]++
		}
	}
	var all []string
	for change, n := range count {
		all = append(all, fmt.Sprintf("%d %s", n, change))
	}
	slices.Sort(all)
	return strings.Join(all, ", ")
}

// compareWithout compares all pairs without one step, in a process of its own.
func compareWithout(t *testing.T, program, off string) ablation {
	t.Helper()
	out := filepath.Join(t.TempDir(), "result.json")
	c := exec.Command(program, "-test.run", "^TestAblated$")
	c.Env = append(os.Environ(), offEnv+"="+off, resultEnv+"="+out)
	if text, err := c.CombinedOutput(); err != nil {
		t.Fatalf("without %s: %v\n%s", off, err, text)
	}
	kept, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	var a ablation
	if err := json.Unmarshal(kept, &a); err != nil {
		t.Fatal(err)
	}
	return a
}

// ablation is what came of all pairs.
type ablation struct{ Sources []source }

func (a ablation) names() []string {
	var all []string
	for _, s := range a.Sources {
		all = append(all, s.Name)
	}
	return all
}

// source is the pairs from one place.
type source struct {
	Name     string
	Verdicts []string // =, ! or ?
	Unlawful int      // pairs that are not symmetric, or whose keys say otherwise
	Took     time.Duration
}

// TestAblated is the process of one step: it writes what it finds to a file.
func TestAblated(t *testing.T) {
	out := os.Getenv(resultEnv)
	if out == "" {
		t.Skip("a part of TestAblation: make ablation")
	}
	var a ablation
	for _, s := range []struct {
		name string
		rows []row
	}{{"vectors", vectorRows(t)}, {"cases", caseRows(t)}, {"votes", voteRows(t)}} {
		a.Sources = append(a.Sources, judged(s.name, s.rows))
	}
	kept, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	write(t, out, kept)
}

var signs = map[value.Verdict]string{value.Equal: "=", value.Different: "!", value.Unknown: "?"}

func judged(name string, rows []row) source {
	s := source{Name: name}
	for _, r := range rows {
		verdict := grade(r.gold, r.pred, r.policy).Verdict
		s.Verdicts = append(s.Verdicts, signs[verdict])
		s.Took += costtest.Best(3, func() { grade(r.gold, r.pred, r.policy) })
		x, errX := answer.Parse(r.gold)
		y, errY := answer.Parse(r.pred)
		if errX != nil || errY != nil {
			continue
		}
		if answer.Equal(y, x, r.policy).Verdict != verdict || r.policy == 0 && answer.Key(x) == answer.Key(y) && verdict != value.Equal {
			s.Unlawful++
		}
	}
	return s
}

func vectorRows(t *testing.T) []row {
	t.Helper()
	var all []row
	for _, g := range groups(t) {
		all = append(all, g.rows...)
	}
	return all
}

// caseRows are the rows that are committed here, and what bug reports of other
// graders say.
func caseRows(t *testing.T) []row {
	t.Helper()
	var all []row
	for _, table := range []map[string][]pair{pairs(), readPairs(t)} {
		for _, pairs := range table {
			for _, p := range pairs {
				all = append(all, row{gold: p.a, pred: p.b})
			}
		}
	}
	for _, v := range readRows(t, filepath.Join("cases", "pairs.jsonl")) {
		all = append(all, row{gold: v.Gold, pred: v.Pred})
	}
	slices.SortFunc(all, byText)
	return all
}

func byText(a, b row) int { return strings.Compare(a.gold+"\x00"+a.pred, b.gold+"\x00"+b.pred) }

// voteRows are the answers of recorded traces against those of other traces of
// the same problem, each pair once.
func voteRows(t *testing.T) []row {
	t.Helper()
	byProblem := map[string][]string{}
	for _, r := range enginetest.Recordings(t) {
		text := final(r.Reply())
		if !slices.Contains(byProblem[r.Problem], text) {
			byProblem[r.Problem] = append(byProblem[r.Problem], text)
		}
	}
	var all []row
	for _, texts := range byProblem {
		for i, a := range texts {
			for _, b := range texts[i:] {
				all = append(all, row{gold: a, pred: b})
			}
		}
	}
	slices.SortFunc(all, byText)
	return all
}
