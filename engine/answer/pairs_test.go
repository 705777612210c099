package answer_test

import (
	"bufio"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// readPairs reads the tables in testdata/pairs, by file and group. A line has what
// is wanted, as a pair has it, and two answers, with tabs between; # begins a group.
func readPairs(tb testing.TB) map[string][]pair {
	tb.Helper()
	files, err := filepath.Glob("testdata/pairs/*.tsv")
	if err != nil || len(files) == 0 {
		tb.Fatalf("no pairs of answers: %v", err)
	}
	all := make(map[string][]pair)
	for _, file := range files {
		readPairsOf(tb, file, all)
	}
	return all
}

func readPairsOf(tb testing.TB, file string, all map[string][]pair) {
	tb.Helper()
	f, err := os.Open(file)
	if err != nil {
		tb.Fatal(err)
	}
	defer f.Close()
	subject := strings.TrimSuffix(filepath.Base(file), ".tsv")
	group := subject
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		line := lines.Text()
		if title, ok := strings.CutPrefix(line, "# "); ok {
			group = subject + ": " + title
			continue
		}
		switch parts := strings.Split(line, "\t"); {
		case line == "":
		case len(parts) != 3 || !strings.Contains("=!?~", parts[0]):
			tb.Fatalf("%s: %q is no row", file, line)
		default:
			all[group] = append(all[group], pair{a: parts[1], b: parts[2], want: parts[0]})
		}
	}
	if err := lines.Err(); err != nil {
		tb.Fatal(err)
	}
}

// TestPairs holds every row of the tables in both orders, and to the laws.
func TestPairs(t *testing.T) {
	for group, rows := range readPairs(t) {
		t.Run(group, func(t *testing.T) {
			for _, row := range rows {
				hold(t, row.a, row.b, 0, row.want)
				hold(t, row.b, row.a, 0, row.want)
				both := parsed([]string{row.a, row.b})
				for _, a := range both {
					checkLaws(t, a, both[0])
					checkLaws(t, a, a)
				}
			}
		})
	}
}
