package ollama

import (
	"bufio"
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/ollama/ollamatest"
	"github.com/aimo3/aimo3/engine/solve"
)

// reply is a stream of n frames as a thinking model sends it.
func reply(n int) []byte {
	words := []string{" the", " so", " x", " =", "\n\n", " 12", " \\frac{", "a}{b}", " <b", " we get", " “so”", "é"}
	rnd := rand.New(rand.NewPCG(1, 1))
	var b strings.Builder
	for i := range n {
		field := "thinking"
		if i > n*9/10 {
			field = "content"
		}
		b.WriteString(usualLine(field, words[rnd.IntN(len(words))]))
	}
	b.WriteString(endLine)
	return []byte(b.String())
}

const benchFrames = 10_000

// BenchmarkRead reads and records a stream.
func BenchmarkRead(b *testing.B) {
	in := reply(benchFrames)
	b.SetBytes(int64(len(in)))
	b.ReportAllocs()
	for b.Loop() {
		tr, _, err := readAll(bytes.NewReader(in))
		if err != nil || tr.frames != benchFrames {
			b.Fatal(tr.frames, err)
		}
	}
}

// BenchmarkEncodingJSON is what BenchmarkRead is measured against: the same
// stream through encoding/json alone, nothing recorded.
func BenchmarkEncodingJSON(b *testing.B) {
	in := reply(benchFrames)
	b.SetBytes(int64(len(in)))
	b.ReportAllocs()
	for b.Loop() {
		n := 0
		lines := bufio.NewScanner(bytes.NewReader(in))
		for lines.Scan() {
			var w wire
			if err := json.Unmarshal(lines.Bytes(), &w); err != nil {
				b.Fatal(err)
			}
			n++
		}
		if n != benchFrames+1 {
			b.Fatal(n)
		}
	}
}

// BenchmarkEightStreams runs the engine over a real socket: eight replies of
// 100,000 tokens at once, every event folded into a Progress.
func BenchmarkEightStreams(b *testing.B) {
	const tokens = 100_000
	srv := ollamatest.NewServer(b, []ollamatest.Step{ollamatest.Raw(string(reply(tokens)))})
	c, err := New(srv.URL)
	if err != nil {
		b.Fatal(err)
	}
	defer c.Close()
	runtime.GC()
	var peak, before runtime.MemStats
	runtime.ReadMemStats(&before)
	events := 0
	for b.Loop() {
		var p engine.Progress
		e := solve.Solver{Backend: c}
		_, err := e.Attempt(b.Context(), "x", engine.Problem{Statement: "?"}, engine.Plan{Model: "fake", Samples: 8, Stop: engine.StopNone}, func(ev engine.Event) error {
			p.Apply(ev)
			if events++; events%500 == 0 {
				var now runtime.MemStats
				runtime.ReadMemStats(&now)
				peak.HeapAlloc = max(peak.HeapAlloc, now.HeapAlloc)
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
		for i := range p.Samples {
			if got := p.Samples[i].Frames; got < tokens*99/100 {
				b.Fatalf("sample %d has %d frames", i, got)
			}
		}
	}
	b.ReportMetric(float64(peak.HeapAlloc-before.HeapAlloc)/(1<<20), "peak-heap-MB")
	b.ReportMetric(float64(events)/float64(b.N), "events/op")
}
