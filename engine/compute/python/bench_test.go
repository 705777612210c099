package python_test

import (
	"testing"

	"github.com/aimo3/aimo3/engine/compute"
	"github.com/aimo3/aimo3/engine/compute/launcher"
	"github.com/aimo3/aimo3/engine/compute/python"
)

func BenchmarkWarmCell(b *testing.B) {
	s := open(b, compute.Limits{})
	for b.Loop() {
		if cell, err := s.Run(b.Context(), "1+1"); err != nil || cell.Output != "2\n" {
			b.Fatal(cell, err)
		}
	}
}

// BenchmarkReady is from opening a session to its first value.
func BenchmarkReady(b *testing.B) {
	for _, c := range []struct {
		name string
		e    *python.Engine
	}{
		{"with SymPy", full()},
		{"quick", quick("")},
		{"quick, uncaged", quick(launcher.None)},
	} {
		b.Run(c.name, func(b *testing.B) {
			h, err := c.e.Host(b.Context())
			if err != nil {
				b.Skip(err)
			}
			b.Log(h)
			for b.Loop() {
				ready(b, c.e)
			}
		})
	}
}

func ready(b *testing.B, e *python.Engine) {
	s, err := e.Open(b.Context(), compute.Limits{})
	if err != nil {
		b.Fatal(err)
	}
	if cell, err := s.Run(b.Context(), "1"); err != nil || cell.Output != "1\n" {
		b.Fatal(cell, err)
	}
	_ = s.Close()
}

// BenchmarkEightSessions reports the memory of eight sessions.
func BenchmarkEightSessions(b *testing.B) {
	for b.Loop() {
		var held int64
		for range 8 {
			cell, err := openOf(b, full(), compute.Limits{}).Run(b.Context(), "1")
			if err != nil {
				b.Fatal(err)
			}
			held += cell.Memory
		}
		b.ReportMetric(float64(held>>20), "MB/8")
	}
}
