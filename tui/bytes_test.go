//go:build linux

package tui

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aimo3/aimo3/tui/tuitest"
)

var streamedSizes = [][2]int{{80, 24}, {160, 50}}

// BenchmarkBytes is what the app writes to its terminal, a second, while eight samples
// stream 200 tokens a second each; frames are its writes.
func BenchmarkBytes(b *testing.B) {
	for _, size := range streamedSizes {
		b.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(b *testing.B) {
			v := watch(b, size[0], size[1])
			for b.Loop() {
				v.during(10 * time.Second) // so long that every clock has its part
			}
			b.ReportMetric(float64(v.bytes)/v.took.Seconds()/1000, "KB/s")
			b.ReportMetric(float64(v.reads)/v.took.Seconds(), "frames/s")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// BenchmarkKey is the time from a key to the frame that shows what it did, while they
// stream.
func BenchmarkKey(b *testing.B) {
	for _, size := range streamedSizes {
		b.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(b *testing.B) {
			v := watch(b, size[0], size[1])
			var times []time.Duration
			for n := 0; b.Loop(); n++ {
				v.during(time.Duration(30+n*7%50) * time.Millisecond)
				sample := n%streamedSamples + 1
				if n == 0 {
					sample = 2 // the first is shown already
				}
				begun := time.Now()
				if _, err := fmt.Fprint(v.pty, sample); err != nil {
					b.Fatal(err)
				}
				v.until(b, fmt.Sprintf("Sample %d of", sample))
				times = append(times, time.Since(begun))
			}
			slices.Sort(times)
			ms := func(part int) float64 {
				return float64(times[min(len(times)*part/100, len(times)-1)].Microseconds()) / 1000
			}
			b.ReportMetric(ms(50), "p50-ms")
			b.ReportMetric(ms(99), "p99-ms")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// viewer is who looks at a terminal.
type viewer struct {
	pty    *pty
	screen *tuitest.Terminal
	news   chan []byte
	bytes  int
	reads  int
	took   time.Duration
}

// watch starts the app, and looks at it until its samples stream.
func watch(b *testing.B, w, h int) *viewer {
	b.Helper()
	v := &viewer{pty: openPty(b, streaming, w, h), screen: tuitest.NewTerminal(w, h), news: make(chan []byte, 1000)}
	go func() {
		for {
			buf := make([]byte, 1<<16)
			n, err := v.pty.Read(buf)
			if err != nil {
				return
			}
			v.news <- buf[:n]
		}
	}()
	v.until(b, "Sample 1 of")
	v.during(2 * time.Second)
	v.bytes, v.reads, v.took = 0, 0, 0
	return v
}

func (v *viewer) see(p []byte) {
	_, _ = v.screen.Write(p)
	v.bytes += len(p)
	v.reads++
}

func (v *viewer) during(d time.Duration) {
	v.took += d
	for over := time.After(d); ; {
		select {
		case p := <-v.news:
			v.see(p)
		case <-over:
			return
		}
	}
}

func (v *viewer) until(b testing.TB, text string) {
	for over := time.After(hang); !strings.Contains(v.screen.Text(), text); {
		select {
		case p := <-v.news:
			v.see(p)
		case <-over:
			b.Fatalf("waited in vain for %q:\n%s", text, v.screen.Text())
		}
	}
}
