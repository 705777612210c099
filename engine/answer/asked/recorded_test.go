package asked_test

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"testing"

	"github.com/aimo3/aimo3/engine/answer/asked"
)

// moduli are those that the recorded problems name for their answers, read by a
// person; the other problems name none.
var moduli = map[string]string{
	"aimo3-15245": "99991", "aimo3-21818": "100000", "aimo3-32951": "78125", "aimo3-336": "100000", "aimo3-520": "100000", "aimo3-57447": "99991",
	"aimo3-q10-g0": "99991", "aimo3-q10-g0-g10162574": "99991", "aimo3-q10-g0-g1848374": "99991", "aimo3-q10-g0-g265710644": "99991", "aimo3-q10-g0-g4M": "99991",
	"aimo3-q10-g10162574": "99991", "aimo3-q10-g1848374": "99991", "aimo3-q10-g265710644": "99991", "aimo3-q10-g265710644-g44636594": "99991",
	"aimo3-q10-g44636594": "99991", "aimo3-q10-g4M": "99991", "aimo3-q10-g4M-g10162574": "99991", "aimo3-q10-g4M-g1848374": "99991", "aimo3-q10-g4M-g265710644": "99991",
	"0e644e": "100000", "26de63": "78125", "424e18": "100000", "42d360": "100000", "641659": "99991", "86e8e5": "99991", "a295e9": "100000",
}

// TestRecordedProblems reads statements of competitions, and holds their right
// answers against what was read.
func TestRecordedProblems(t *testing.T) {
	for _, name := range []string{"traces/problems.csv", "problems/aimo3_reference.csv"} {
		f, err := os.Open(filepath.Join("..", "..", "..", "..", "shared", "data", filepath.FromSlash(name)))
		if err != nil {
			if os.Getenv("AIMO3_SHARED") == "required" {
				t.Fatalf("recorded data: %v", err)
			}
			t.Skipf("no recorded data beside the repository: %v", err)
		}
		defer f.Close()
		rows, err := csv.NewReader(f).ReadAll()
		if err != nil || len(rows) < 10 {
			t.Fatalf("%s: %d rows, %v", name, len(rows), err)
		}
		for _, row := range rows[1:] {
			id, statement, right := row[0], row[1], row[2]
			a := asked.Read(statement)
			got := ""
			if a.Modulus != nil {
				got = a.Modulus.String()
			}
			if got != moduli[id] {
				t.Errorf("%s: modulus %q by %q, want %q", id, got, a.Note, moduli[id])
			}
			if fit, _, why := a.Check(right); fit != asked.OK {
				t.Errorf("%s: %s, which is right, does not fit: %s", id, right, why)
			}
		}
	}
}
