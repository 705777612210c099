package engine_test

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine"
)

// TestEveryKnownProblemIsAccepted is of the statements of all problem sets.
func TestEveryKnownProblemIsAccepted(t *testing.T) {
	data := filepath.Join("..", "..", "shared", "data")
	for name, atLeast := range map[string]int{
		"problems/math500.jsonl": 500, "problems/olympiadbench.jsonl": 675, "problems/aimo3_reference.csv": 10, "problems/aimo3_test.csv": 3,
		"gsm8k/test.jsonl": 1319, "tora/tora-70b-v1.0.jsonl": 1319, "nemo-skills-rs3/output-rs0.jsonl": 50, "traces/problems.csv": 40,
	} {
		path := filepath.Join(data, name)
		if _, err := os.Stat(path); err != nil {
			if os.Getenv("AIMO3_SHARED") == "required" {
				t.Fatal(err)
			}
			t.Skipf("NO PROBLEM SETS ARE READ: %v", err)
		}
		all := statementsOf(t, path)
		if len(all) < atLeast {
			t.Errorf("%s: %d statements, want %d at least", name, len(all), atLeast)
		}
		for _, s := range all {
			if _, err := engine.NewProblem(name, s); err != nil {
				t.Errorf("%s: %s\n%s", name, engine.Hint(err), s)
			}
		}
	}
}

// statementsOf reads a set: a table, or a line of JSON for each problem.
func statementsOf(t *testing.T, path string) (all []string) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if filepath.Ext(path) == ".csv" {
		rows, err := csv.NewReader(f).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows[1:] {
			for column, name := range rows[0] {
				if name == "problem" {
					all = append(all, row[column])
				}
			}
		}
		return all
	}
	for lines := bufio.NewReader(f); ; {
		line, err := lines.ReadString('\n')
		if strings.TrimSpace(line) != "" {
			var one struct{ Problem, Question string }
			if err := json.Unmarshal([]byte(line), &one); err != nil {
				t.Fatal(err)
			}
			if s := one.Problem + one.Question; s != "" {
				all = append(all, s)
			}
		}
		if err != nil {
			return all
		}
	}
}
