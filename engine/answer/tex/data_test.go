package tex_test

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/aimo3/aimo3/engine/answer/tex"
)

// rows reads a file of vectors out of the data that is shared with other
// programs and no part of this repository.
func rows[T any](t *testing.T, file string) []T {
	t.Helper()
	name := filepath.Join("..", "..", "..", "..", "shared", "data", "answers", file)
	f, err := os.Open(name)
	if err != nil {
		if os.Getenv("AIMO3_SHARED") == "required" {
			t.Fatal(err)
		}
		t.Skipf("NOT TESTED, no vectors: %v", err)
	}
	defer f.Close()
	var all []T
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var row T
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		all = append(all, row)
	}
	if err := lines.Err(); err != nil || len(all) == 0 {
		t.Fatalf("%d rows, %v", len(all), err)
	}
	return all
}

// TestGolds parses answers of two benchmarks, all of which must be readable,
// and reads them again as they print.
func TestGolds(t *testing.T) {
	words := 0
	for _, row := range rows[struct{ Answer, Type string }](t, "golds.jsonl") {
		n, err := tex.Parse(row.Answer)
		if err != nil {
			t.Errorf("Parse(%q): %v", row.Answer, err)
			continue
		}
		if n.Op == tex.Words {
			words++
		}
		if again, err := tex.Parse(n.String()); err != nil || again.String() != n.String() {
			t.Errorf("Parse(%q) = %q, which reads as %v, %v", row.Answer, n, again, err)
		}
	}
	if words > 30 {
		t.Errorf("%d answers are read as words", words)
	}
}
