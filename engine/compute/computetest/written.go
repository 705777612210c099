package computetest

import (
	"os"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine/compute"
)

// Written runs the cells of a file that was written by hand as Recorded runs
// recorded ones, and gives the share in percent that comes out as the file says.
// In the file, "==== name" begins a session, ">>>>" a cell, and "<<<<" what
// comes of it.
func Written(t *testing.T, e compute.Engine, path string) float64 {
	t.Helper()
	c := newComparison(compute.Limits{})
	c.log = t.Output()
	return c.all(t, e, written(t, path))
}

func written(t *testing.T, path string) []trace {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var all []trace
	for session := range strings.SplitSeq("\n"+string(text), "\n==== ") {
		name, cells, _ := strings.Cut(session, "\n>>>>\n")
		if name == "" {
			continue
		}
		r := trace{ID: name}
		for cell := range strings.SplitSeq(cells, "\n>>>>\n") {
			code, want, ok := strings.Cut(cell, "\n<<<<\n")
			if !ok {
				t.Fatalf("%s, %s: a cell has no outcome: %s", path, name, cell)
			}
			r.Messages = append(r.Messages, said{Recipient: "python", Content: code}, said{Role: "python", Content: want})
		}
		all = append(all, r)
	}
	return all
}
