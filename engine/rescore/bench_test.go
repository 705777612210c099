package rescore_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine/dataset"
	"github.com/aimo3/aimo3/engine/figures"
	"github.com/aimo3/aimo3/engine/rescore"
)

// BenchmarkHundredThousand reads a table of so many samples, eight of each problem, and makes
// the report of them.
func BenchmarkHundredThousand(b *testing.B) {
	var table strings.Builder
	table.WriteString("problem_id,n_tokens,answer,gold,correct\n")
	for i := range 100_000 {
		fmt.Fprintf(&table, "p%d,%d,%d,7,0\n", i/8, 1000+i%977, 7+i*i%11%4)
	}
	for b.Loop() {
		set := rescore.New("table", rescore.Reading{})
		if _, err := dataset.Samples(b.Context(), dataset.Options{Input: strings.NewReader(table.String())}, set.Add); err != nil {
			b.Fatal(err)
		}
		run, err := set.Run(rescore.Voting{})
		if err != nil {
			b.Fatal(err)
		}
		figures.Of(run, 1)
	}
}
