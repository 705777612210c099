package cli

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine/figures"
)

// votesA and votesB are recorded samples of two runs over three problems.
const (
	votesA = "problem_id,n_tokens,python_calls,answer,gold,correct,subject\n" +
		"p1,10,1,7,7,1,Algebra\np1,20,0,7,7,1,Algebra\np1,30,0,8,7,0,Algebra\n" +
		"p2,10,0,1,2,0,Geometry\np2,10,0,1,2,0,Geometry\np2,10,0,2,2,1,Geometry\n" +
		"p3,10,0,\x1b[2J,5,0,Geometry\np3,10,0,6,5,0,Geometry\n"
	votesB = "problem_id,answer,gold\np1,7,7\np2,2,2\np3,4,5\np4,1,1\n"
)

// written is a file of the test.
func written(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestReport prints the figures of a file, and nothing that a terminal would obey.
func TestReport(t *testing.T) {
	b := newBench(t)
	b.wantCode(b.run("report", written(t, "a.csv", votesA)), 0)
	for _, want := range []string{
		"a.csv\n  problems            3\n", "8, 2 to 3 of each problem", "verdicts right      33.3 % (6.1 to 79.2), 1 of 3", "marked as recorded  8 of 8 samples",
		"k  problems  avg@k          maj@k          pass@k", "right in a minority (selection loss)  1 of 3 problems  33.3 %", "By subject\n", "Geometry  2         0.0 % (0.0 to 65.8)",
		"tokens         110", "mean distance",
	} {
		if !strings.Contains(b.out.String(), want) {
			t.Errorf("no %q in\n%s", want, &b.out)
		}
	}
	if strings.ContainsRune(b.out.String(), '\x1b') {
		t.Errorf("an escape reaches the terminal: %q", &b.out)
	}
}

// TestReportOfTwo puts two runs side by side.
func TestReportOfTwo(t *testing.T) {
	b := newBench(t)
	one, other := written(t, "a.csv", votesA), written(t, "b.csv", votesB)
	b.wantCode(b.run("report", one, other), 0)
	for _, want := range []string{
		"A: a.csv", "B: b.csv", "Over the 3 scored problems that both have\n", "right in B alone        1\n", "left out                0 of A, 1 of B", "McNemar                 p = 1.000, two-sided, exact binomial",
		"AIMO score of two runs  1.5 of 3", "Right in one of them\n  problem  expected  A  B\n  p2       2         1  ✓ 2\n", "Wrong in both, and not alike\n",
	} {
		if !strings.Contains(b.out.String(), want) {
			t.Errorf("no %q in\n%s", want, &b.out)
		}
	}
	var got struct {
		Version int
		Runs    []struct {
			figures.Report
			Agreement struct{ Marks int }
		}
		Pair *figures.Pair
	}
	b.wantCode(b.run("report", one, other, "--json"), 0)
	b.object(&got)
	if got.Version != 1 || len(got.Runs) != 2 || got.Runs[0].Agreement.Marks != 8 || got.Pair == nil || got.Pair.RightB != 1 || len(got.Pair.Flips) != 1 {
		t.Errorf("%+v", got)
	}
}

// TestReportAnew shows what was recorded beside what a rule or a voter makes of it.
func TestReportAnew(t *testing.T) {
	b := newBench(t)
	path := written(t, "a.csv", votesA)
	b.wantCode(b.run("report", path, "--voter", "first"), 0)
	for _, want := range []string{"A: recorded a.csv", "B: rescored a.csv", "Over the 3 scored problems that both have\n"} {
		if !strings.Contains(b.out.String(), want) {
			t.Errorf("no %q in\n%s", want, &b.out)
		}
	}
	b.wantCode(b.run("report", path, "--orders", "10", "--draw", "3", "--rule", "none", "--rule", "uncatchable"), 0)
	for _, want := range []string{"Stop rules: 10 votes of 3 samples of each of 2 problems, a.csv\n", "\n  uncatchable  0.500  2."} {
		if !strings.Contains(b.out.String(), want) {
			t.Errorf("no %q in\n%s", want, &b.out)
		}
	}
	b.stdin = strings.NewReader(`{"id": "p", "reply": "A: 3\nB", "gold": "2+1\nA: 3"}`)
	b.wantCode(b.run("report", "-", "--reader", "after:A:", "--json"), 0)
	if !strings.Contains(b.out.String(), `"pair": null`) {
		t.Errorf("nothing was recorded to be shown beside:\n%s", &b.out)
	}
}

// TestReportOfAttempts is of those that a query chooses, the latest at each problem.
func TestReportOfAttempts(t *testing.T) {
	b := newBench(t)
	b.told()
	b.wantCode(b.run("report"), 0)
	if !strings.Contains(b.out.String(), "all attempts\n  problems        1\n") || !strings.Contains(b.out.String(), "1 of 1\n") {
		t.Errorf("stdout:\n%s", &b.out)
	}
	b.wantCode(b.run("report", "model:qwen3", "--html", filepath.Join(t.TempDir(), "a.html"), "--json"), 0)
	var got struct{ Runs []figures.Report }
	if err := json.Unmarshal(b.out.Bytes(), &got); err != nil || len(got.Runs) != 1 || got.Runs[0].Problems != 1 {
		t.Errorf("%v, %+v", err, got)
	}
	b.wantCode(b.run("report", "model:none"), 2)
	if !strings.Contains(b.err.String(), "no stored attempt is chosen by 'model:none'") {
		t.Errorf("stderr %q", &b.err)
	}
}

func TestReportRefuses(t *testing.T) {
	b := newBench(t)
	path := written(t, "a.csv", votesA)
	for _, c := range []struct {
		args []string
		says string
	}{
		{[]string{path, "--rule", "esc:1"}, "--rule: unknown stop rule"},
		{[]string{path, "--rule", "none", "--rule", "esc:4"}, "2 rules cannot decide one vote · add --orders N to compare rules, or give one"},
		{[]string{path, "--range", "integer"}, "--range says within which range answers are checked, and nothing is checked · add --check"},
		{[]string{path, "--reader", "last"}, `"last" is no reader of answers`},
		{[]string{path, "--voter", "loudest"}, `"loudest" is no way to weigh votes`},
		{[]string{path, "--voter", "confidence"}, "no sample of it has a confidence"},
		{[]string{path, "--field", "answer=gold"}, "--field answer=gold names no field · give FIELD=COLUMN, where FIELD is one of id, problem, expected, given, reply"},
		{[]string{path, path, path}, "takes one or two runs"},
		{[]string{path + "x.csv"}, "a.csvx.csv: no such file or directory"},
		{[]string{path, "--html", filepath.Dir(path)}, "is not a file"},
	} {
		b.wantCode(b.run(append([]string{"report"}, c.args...)...), 2)
		if !strings.Contains(b.err.String(), c.says) {
			t.Errorf("%v: stderr %q, want %q", c.args, &b.err, c.says)
		}
	}
}
