package answer_test

import (
	"embed"
	"strings"
)

//go:embed testdata/pairs
var filed embed.FS

// filedPairs are the pairs in testdata/pairs, a subject a file: each line what is
// wanted and two answers, with tabs between.
func filedPairs() map[string][]pair {
	all := map[string][]pair{}
	files, _ := filed.ReadDir("testdata/pairs")
	for _, f := range files {
		text, _ := filed.ReadFile("testdata/pairs/" + f.Name())
		subject := strings.TrimSuffix(f.Name(), ".tsv")
		for line := range strings.Lines(string(text)) {
			cells := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
			all[subject] = append(all[subject], pair{a: cells[1], b: cells[2], want: cells[0]})
		}
	}
	return all
}
