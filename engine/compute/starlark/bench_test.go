package starlark

import (
	"context"
	"testing"

	"github.com/aimo3/aimo3/engine/compute"
)

// BenchmarkMillionSteps is to stay under 0.4 s.
func BenchmarkMillionSteps(b *testing.B) {
	in := testInterpreter()
	for b.Loop() {
		if failed := in.run(context.Background(), "t = 0\nfor i in range(1000000):\n    t += i % 7\nt"); failed != "" {
			b.Fatal(failed)
		}
	}
}

// BenchmarkReady opens a session and has its first answer: under 10 ms.
func BenchmarkReady(b *testing.B) {
	for b.Loop() {
		s := open(b, compute.Limits{})
		if c := cell(b, s, "1"); c.Text() != "1\n" {
			b.Fatal(c)
		}
		_ = s.Close()
	}
}

// BenchmarkWarm is the round trip of a cell: under 0.5 ms.
func BenchmarkWarm(b *testing.B) {
	s := open(b, compute.Limits{})
	for b.Loop() {
		cell(b, s, "1 + 1")
	}
}
