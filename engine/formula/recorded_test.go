package formula_test

import (
	"bufio"
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine/formula"
)

// open opens a file of the data that is shared with other programs and no part of this
// repository.
func open(t *testing.T, name ...string) io.Reader {
	t.Helper()
	f, err := os.Open(filepath.Join(append([]string{"..", "..", "..", "shared", "data"}, name...)...))
	if err != nil {
		if os.Getenv("AIMO3_SHARED") == "required" {
			t.Fatal(err)
		}
		t.Skipf("NOT TESTED, no statements: %v", err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// texts reads the strings at keys out of lines of JSON.
func texts(t *testing.T, r io.Reader, keys ...string) []string {
	t.Helper()
	var all []string
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var row map[string]any
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		for _, k := range keys {
			switch v := row[k].(type) {
			case string:
				all = append(all, v)
			case []any:
				for _, one := range v {
					if s, ok := one.(string); ok {
						all = append(all, s)
					}
				}
			}
		}
	}
	if err := lines.Err(); err != nil || len(all) == 0 {
		t.Fatalf("%d texts, %v", len(all), err)
	}
	return all
}

// replies reads what models wrote in recorded attempts.
func replies(t *testing.T) []string {
	t.Helper()
	z, err := gzip.NewReader(open(t, "traces", "traces.jsonl.gz"))
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for d := json.NewDecoder(z); ; {
		var row struct {
			Messages []struct {
				Role, Content string
				Recipient     *string
			}
		}
		if err := d.Decode(&row); err == io.EOF {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		for _, m := range row.Messages {
			if m.Role == "assistant" && m.Recipient == nil {
				all = append(all, m.Content)
			}
		}
	}
}

func reference(t *testing.T) []string {
	t.Helper()
	rows, err := csv.NewReader(open(t, "problems", "aimo3_reference.csv")).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, r := range rows[1:] {
		all = append(all, r[1])
	}
	return all
}

// TestRecorded holds that of the formulas in statements and replies 99 of 100 are read
// whole, and that no text is lost in finding them.
func TestRecorded(t *testing.T) {
	for _, row := range []struct {
		name  string
		texts []string
	}{
		{"AIMO3 statements", reference(t)},
		{"MATH statements and solutions", texts(t, open(t, "problems", "math500.jsonl"), "problem", "solution")},
		{"OlympiadBench statements and solutions", texts(t, open(t, "problems", "olympiadbench.jsonl"), "question", "solution", "final_answer")},
		{"replies of gpt-oss-120b", replies(t)},
		{"replies of ToRA", texts(t, open(t, "tora", "tora-70b-v1.0.jsonl"), "solution", "generation", "pred", "code")},
		{"replies of NeMo-Skills", texts(t, open(t, "nemo-skills-rs3", "output-rs0.jsonl"), "problem", "generation", "reference_solution")},
	} {
		found, whole, stray := 0, 0, 0
		for _, text := range row.texts {
			pieces, macros := formula.Find(text)
			var all strings.Builder
			for _, p := range pieces {
				all.WriteString(p.Text)
				if !p.Formula {
					stray += strings.Count(p.Text, `\frac`) + strings.Count(p.Text, `$`)
					if os.Getenv("STRAY") != "" && strings.ContainsAny(p.Text, `$`) {
						t.Logf("stray %.300q", p.Text)
					}
					continue
				}
				found++
				f := formula.Parse(p.Body, macros)
				if f.Whole {
					whole++
				} else if os.Getenv("FAILURES") != "" {
					t.Logf("%q", p.Text)
				}
			}
			if all.String() != text {
				t.Errorf("%s: pieces of %.200q are another text", row.name, text)
			}
		}
		t.Logf("%s: %d texts, %d formulas, %d whole, %d as source; %d signs of mathematics outside", row.name, len(row.texts), found, whole, found-whole, stray)
		if found == 0 || whole*100 < found*99 {
			t.Errorf("%s: %d of %d formulas are read whole; want 99 of 100", row.name, whole, found)
		}
	}
}
