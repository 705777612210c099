package dataset_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine/dataset"
)

// BenchmarkRead reads 100,000 problems of half a kilobyte; the target is 3 seconds.
func BenchmarkRead(b *testing.B) {
	const problems = 100_000
	statement := strings.Repeat("Let $n$ be a positive integer. ", 16)
	var table, lines strings.Builder
	table.WriteString("id,problem,answer\n")
	for i := range problems {
		fmt.Fprintf(&table, "p%d,\"%s\",%d\n", i, statement, i)
		fmt.Fprintf(&lines, "{\"id\": \"p%d\", \"problem\": \"%s\", \"answer\": %d}\n", i, statement, i)
	}
	for name, text := range map[string]string{"csv": table.String(), "json": lines.String()} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				set, err := dataset.Read(b.Context(), dataset.Options{Input: strings.NewReader(text)})
				if err != nil || len(set.Entries) != problems {
					b.Fatal(err)
				}
			}
		})
	}
}
