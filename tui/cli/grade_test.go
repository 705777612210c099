package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/aimo3/aimo3/engine/answer"
	"github.com/aimo3/aimo3/engine/answer/grade"
)

func TestGradeRows(t *testing.T) {
	rows := strings.Join([]string{
		`{"id": 7, "gold": "1/2", "pred": "0.5", "equal": true, "source": "ours"}`,
		`{"id": "b", "gold": "1/2", "pred": "1/3", "equal": false}`,
		`{"gold": "2", "pred": "3", "equal": true}`,
		``,
		`{"text": "so \\boxed{12}", "expect": "12"}`,
		`{"text": "Die Antwort lautet 12.", "expect": "13"}`,
		`{"text": "nothing", "expect": "12"}`,
		`no row`,
		`{"gold": "1"}`,
		`{"gold": "", "pred": "1"}`,
	}, "\n")
	want := []grade.Graded{
		{ID: json.RawMessage("7"), Verdict: "equal"},
		{ID: json.RawMessage(`"b"`), Verdict: "different"},
		{Verdict: "different"},
		{Verdict: "equal", Source: "boxed"},
		{Verdict: "different", Source: "final-line"},
		{Verdict: "different"},
		{Line: 8},
		{Line: 9},
		{Verdict: "unknown"},
	}
	b := newBench(t)
	b.stdin = strings.NewReader(rows)
	b.wantCode(b.run("grade", "-"), 2)
	got := graded(t, b.out.String())
	if len(got) != len(want) {
		t.Fatalf("%d rows, want %d:\n%s", len(got), len(want), &b.out)
	}
	for i, w := range want {
		g := got[i]
		if string(g.ID) != string(w.ID) || g.Verdict != w.Verdict || g.Line != w.Line || g.Source != w.Source || (g.Error != "") != (w.Line > 0) {
			t.Errorf("row %d: %+v, want %+v", i+1, g, w)
		}
	}
	for _, part := range []string{
		"9 rows: 2 equal, 4 different, 1 unknown, 2 not read\n", "2 of 3 match their label (66.7 %): 0 wrongly equal, 1 wrongly different, 0 undecided\n", "time per row: median ", "2 of the lines could not be read",
	} {
		if !strings.Contains(b.err.String(), part) {
			t.Errorf("stderr lacks %q:\n%s", part, &b.err)
		}
	}
}

func graded(t *testing.T, out string) []grade.Graded {
	t.Helper()
	var rows []grade.Graded
	for dec := json.NewDecoder(strings.NewReader(out)); dec.More(); {
		var row grade.Graded
		if err := dec.Decode(&row); err != nil {
			t.Fatalf("%v in %s", err, out)
		}
		rows = append(rows, row)
	}
	return rows
}

// TestGradeSaysWhatARowLacks in words that know nothing of Go.
func TestGradeSaysWhatARowLacks(t *testing.T) {
	for row, want := range map[string]string{
		`{"gold": 1, "pred": "1"}`: "no JSON object with texts: gold is of type number",
		`["1", "1"]`:               "no JSON object with texts: it is of type array",
		`{"gold": "1"}`:            "a row has gold and pred, or text and expect",
	} {
		b := newBench(t)
		b.stdin = strings.NewReader(row)
		b.wantCode(b.run("grade"), 2)
		if got := graded(t, b.out.String()); len(got) != 1 || got[0].Error != want {
			t.Errorf("%s: %+v, want the error %q", row, got, want)
		}
	}
}

func TestGradeOne(t *testing.T) {
	for _, c := range []struct {
		name     string
		args     []string
		code     int
		out, err string // parts of what is printed
	}{
		{"equal", []string{"--gold", "1/2", "--pred", "0.5"}, 0, "equal by ", ""},
		{"different", []string{"--gold", "1/2", "--pred", "1/3"}, 0, "different by ", ""},
		{"unknown", []string{"--gold", "", "--pred", "1"}, 0, "unknown: gold: empty", ""},
		{"as JSON", []string{"--json", "--gold", "1", "--pred", "1"}, 0, `"verdict": "equal"`, ""},
		{"lists have no order", []string{"--gold", "1,2", "--pred", "2,1"}, 0, "equal", ""},
		{"a switch", []string{"--policy", "list-order", "--gold", "1,2", "--pred", "2,1"}, 0, "different", ""},
		{"no such switch", []string{"--policy", "kind", "--gold", "1", "--pred", "2"}, 2, "", "list-order"},
		{"half a pair", []string{"--gold", "1"}, 2, "", "--gold and --pred"},
		{"a pair and a file", []string{"--gold", "1", "--pred", "1", "x"}, 2, "", "--gold and --pred"},
		{"JSON of rows", []string{"--json", "-"}, 2, "", "--json is for"},
		{"no such file", []string{filepath.Join(t.TempDir(), "x")}, 2, "", "x: no such file or directory · check"},
		{"nothing to grade", []string{"-"}, 0, "", "0 rows"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := newBench(t)
			b.wantCode(b.run(append([]string{"grade"}, c.args...)...), c.code)
			if got := b.out.String(); !strings.Contains(got, c.out) || c.out == "" && c.err != "" && strings.Contains(got, "verdict\":") {
				t.Errorf("stdout %q, want %q", got, c.out)
			}
			if got := b.err.String(); !strings.Contains(got, c.err) {
				t.Errorf("stderr %q, want %q", got, c.err)
			}
		})
	}
}

func TestGradeLongLine(t *testing.T) {
	long := `{"gold": "1", "pred": "` + strings.Repeat("1", grade.MaxLine) + `"}`
	file := filepath.Join(t.TempDir(), "rows.jsonl")
	if err := os.WriteFile(file, []byte(long+"\n"+`{"gold": "1", "pred": "1"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	b := newBench(t)
	b.wantCode(b.run("grade", file), 2)
	got := graded(t, b.out.String())
	if len(got) != 2 || got[0].Line != 1 || !strings.Contains(got[0].Error, "longer than 4 MB") || got[1].Verdict != "equal" {
		t.Errorf("%+v", got)
	}
}

// TestGradeHelp: every switch that --policy takes is told, in lines of a terminal.
func TestGradeHelp(t *testing.T) {
	b := newBench(t)
	b.wantCode(b.run("grade", "--help"), 0)
	help := b.out.String()
	for _, one := range answer.Switches() {
		if _, err := answer.ParsePolicy(one[0]); err != nil || !strings.Contains(help, "  "+one[0]+" ") || one[1] == "" {
			t.Errorf("%q, %v: not in the help:\n%s", one, err, help)
		}
	}
	for line := range strings.SplitSeq(help, "\n") {
		if len(line) > 80 && !strings.Contains(line, "--") {
			t.Errorf("%d columns: %s", len(line), line)
		}
	}
}

// TestGradeEnds cancels the command while it waits for a line.
func TestGradeEnds(t *testing.T) {
	r, w := io.Pipe()
	t.Cleanup(func() { _ = w.Close() })
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	b := newBench(t)
	done := make(chan int)
	var out, say bytes.Buffer
	go func() { done <- Run(ctx, b.program(), []string{"grade", "-"}, r, &out, &say) }()
	if _, err := io.WriteString(w, `{"gold": "1", "pred": "1"}`+"\n"); err != nil {
		t.Fatal(err)
	}
	cancel()
	if code := <-done; code != exitInterrupted {
		t.Errorf("exit code %d, want %d: %s", code, exitInterrupted, &say)
	}
}

// TestWhatNobodyWritesEnds: a command that waits for a pipe to be opened is interrupted at
// once.
func TestWhatNobodyWritesEnds(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	defer func() { // lets go of what waits still
		if w, err := os.OpenFile(pipe, os.O_RDWR, 0); err == nil {
			_ = w.Close()
		}
	}()
	for _, args := range [][]string{{"draw", pipe}, {"grade", pipe}, {"run", pipe}, {"solve", "-f", pipe}} {
		b := newBench(t)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		b.wantCode(b.runIn(ctx, args...), exitInterrupted)
	}
}
