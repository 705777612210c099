package cli

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// threeProblems is a dataset of which the second answer is another than the server's.
const threeProblems = "id,problem,answer\na,What is 6 times 7?,42\n=b,\"What, then, is 6 times 8?\",48\nc,What is 40 plus 2?,\n"

// batchBench is one whose server says 42 to everything, with the dataset at a path.
func batchBench(t *testing.T, table string) (b *bench, set string) {
	t.Helper()
	b = newBench(t).boxes("42", "42", "42", "42")
	set = filepath.Join(t.TempDir(), "set.csv")
	if err := os.WriteFile(set, []byte(table), 0o600); err != nil {
		t.Fatal(err)
	}
	return b, set
}

// TestBatch: every problem is attempted and written; the same command again asks nobody.
func TestBatch(t *testing.T) {
	b, set := batchBench(t, threeProblems)
	to := filepath.Join(t.TempDir(), "submission.csv")
	for i, says := range []string{"begins: 3 problems of set.csv, 2 samples each, by qwen3:4b", "goes on: 3 of 3 problems of set.csv ended"} {
		b.wantCode(b.run("batch", set, "--samples", "2", "-o", to), 0)
		if asked := len(b.server.asked); asked != 6 {
			t.Fatalf("%d samples were asked for", asked)
		}
		if !strings.Contains(b.err.String(), says) || !strings.Contains(b.out.String(), "answered  3\nright     1 of 2 (50.0 %)") {
			t.Errorf("call %d: stdout %q, stderr %q", i, &b.out, &b.err)
		}
		if got, err := os.ReadFile(to); err != nil || string(got) != "id,answer\na,42\n'=b,42\nc,42\n" {
			t.Errorf("%q, %v", got, err)
		}
	}
	b.wantCode(b.run("history", "list"), 0)
	if n := strings.Count(b.out.String(), "42"); n < 3 {
		t.Errorf("attempts:\n%s", &b.out)
	}
	b.wantCode(b.run("batch", "--run", "last", "--json"), 0)
	if lines := strings.Split(b.out.String(), "\n"); len(lines) != 4 || !strings.HasPrefix(lines[1], `{"id":"=b","problem":"What, then, is 6 times 8?","answer":"48","attempt":"`) || !strings.Contains(lines[1], `"correct":false`) {
		t.Errorf("lines %q", lines)
	}
	b.env["AIMO3_RUN"] = "last"
	b.wantCode(b.run("batch", set), 2)
	delete(b.env, "AIMO3_RUN")
	b.wantCode(b.run("batch", set, "--samples", "2", "--fresh"), 0)
	if asked := len(b.server.asked); asked != 12 {
		t.Errorf("%d samples were asked for after a fresh run", asked)
	}
}

// TestBatchWithoutAnswers: a submission has a number for each problem.
func TestBatchWithoutAnswers(t *testing.T) {
	b, set := batchBench(t, threeProblems)
	b.boxes("", "")
	b.wantCode(b.run("batch", set, "--samples", "2", "-o", "-"), 0)
	if b.out.String() != "id,answer\na,0\n'=b,0\nc,0\n" || !strings.Contains(b.err.String(), "3 problems without an answer: 0 stands for it there") {
		t.Errorf("stdout %q, stderr %q", &b.out, &b.err)
	}
}

// TestBatchRefused: what is wrong is said before anything is kept.
func TestBatchRefused(t *testing.T) {
	for _, tt := range []struct {
		name, table string
		args        []string
		says        string
	}{
		{"a hostile dataset", "id,problem\na,What is 1?\nb,What \x1b[2J is 2?\n", []string{"SET"}, "set.csv:3:3: the problem holds the control character U+001B"},
		{"equal names", "id,problem\na,What is 1?\na,What is 2?\n", []string{"SET"}, `the name "a" is that of line 2 too`},
		{"half a table", "id,problem\na,\"What is 1?\n", []string{"SET"}, "set.csv:2"},
		{"nobody of that name", threeProblems, []string{"SET", "--only", "z"}, `no problem is called "z"`},
		{"none picked", threeProblems, []string{"SET", "--skip", "a,=b,c"}, "no problem of set.csv is picked"},
		{"no dataset", threeProblems, nil, "one file or folder, or --run ID"},
		{"a run and a dataset", threeProblems, []string{"SET", "--run", "last"}, "--run goes on with a run as it was begun"},
		{"a run otherwise", threeProblems, []string{"--run", "last", "--samples", "3"}, "--samples cannot be changed in a run"},
		{"two outputs", threeProblems, []string{"SET", "-o", "-", "--json"}, "both write to standard output"},
		{"into the database", threeProblems, []string{"SET", "-o", "DB"}, "is a database"},
		{"into the queue", threeProblems, []string{"SET", "-o", "DB-queue-wal"}, "is a database"},
		{"the queue in the database", threeProblems, []string{"SET", "--queue-db", "DB"}, "is of the database of attempts"},
		{"no model", threeProblems, []string{"SET", "--model", "gone"}, `no model "gone" is installed`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b, set := batchBench(t, tt.table)
			db := filepath.Join(b.env["XDG_DATA_HOME"], "aimo3", "aimo3.db")
			args := []string{"batch"}
			for _, a := range tt.args {
				args = append(args, strings.NewReplacer("SET", set, "DB", db).Replace(a))
			}
			if code := b.run(args...); code != 2 && code != 3 || !strings.Contains(b.err.String(), tt.says) {
				t.Errorf("exit code %d, stderr %q; want %q", code, &b.err, tt.says)
			}
			b.wantCode(b.run("batch", "--run", "last"), 2)
			if !strings.Contains(b.err.String(), "there is no run last") || len(b.server.asked) > 0 {
				t.Errorf("a run was kept: %q", &b.err)
			}
		})
	}
}

// TestBatchInterrupted: the sample that runs is waited for, no other begins, and the same
// command goes on.
func TestBatchInterrupted(t *testing.T) {
	b, set := batchBench(t, threeProblems)
	b.server.hangAt, b.server.hangs = 2, make(chan struct{})
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	go func() {
		<-b.server.hangs
		stop()
	}()
	b.wantCode(b.runIn(ctx, "batch", set, "--samples", "2", "--parallel", "1", "--budget", "1s"), 4)
	if !strings.Contains(b.err.String(), "waiting for the samples that run") || !strings.Contains(b.err.String(), "1 of 3 problems ended; the same command goes on with it") {
		t.Errorf("stderr %q", &b.err)
	}
	b.wantCode(b.run("batch", set, "--samples", "2", "--budget", "1s"), 0)
	if n := len(b.server.asked); n != 6 {
		t.Errorf("%d samples were asked for", n)
	}
}
