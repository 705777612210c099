//go:build linux

package tui

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aimo3/aimo3/tui/terminaltest"
)

var streamedSizes = [][2]int{{80, 24}, {160, 50}}

// BenchmarkBytes is what the app writes to its terminal, a second, while eight samples
// stream 200 tokens a second each; frames are its writes. Its processor's time is that of
// all threads, and of the samples.
func BenchmarkBytes(b *testing.B) {
	for _, at := range []struct {
		w, h int
		keys string
	}{{80, 24, ""}, {160, 50, ""}, {200, 60, "ggg"}} { // where eight transcripts have room, they are shown
		b.Run(fmt.Sprintf("%dx%d", at.w, at.h), func(b *testing.B) {
			v := settled(b, at.w, at.h, at.keys)
			before := v.pty.processor(b)
			for b.Loop() {
				v.during(10 * time.Second) // so long that every clock has its part
			}
			b.ReportMetric(100*(v.pty.processor(b)-before).Seconds()/v.took.Seconds(), "%core")
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
			v := settled(b, size[0], size[1], "")
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
	screen *terminaltest.Terminal
	news   chan []byte
	raw    []byte // all that the terminal was sent
	bytes  int
	reads  int
	took   time.Duration
}

// watch starts the app, and looks at it until its samples stream.
func watch(b testing.TB, w, h int) *viewer {
	b.Helper()
	v := look(openPty(b, streaming, w, h), w, h)
	v.until(b, "Sample 1 of")
	return v
}

// look looks at what a terminal is sent.
func look(p *pty, w, h int) *viewer {
	v := &viewer{pty: p, screen: terminaltest.New(w, h), news: make(chan []byte, 1000)}
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
	return v
}

// settled is what watch returns once keys were pressed and the first samples have run for a
// while.
func settled(b testing.TB, w, h int, keys string) *viewer {
	b.Helper()
	v := watch(b, w, h)
	if _, err := v.pty.WriteString(keys); err != nil {
		b.Fatal(err)
	}
	v.during(2 * time.Second)
	v.bytes, v.reads, v.took = 0, 0, 0
	return v
}

func (v *viewer) see(p []byte) {
	_, _ = v.screen.Write(p)
	v.raw = append(v.raw, p...)
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
	b.Helper()
	v.untilShown(b, text, func(shown string) bool { return strings.Contains(shown, text) })
}

// untilShown looks until what is shown is as it should be.
func (v *viewer) untilShown(b testing.TB, what string, ok func(shown string) bool) {
	b.Helper()
	for over := time.After(hang); !ok(v.screen.Text()); {
		select {
		case p := <-v.news:
			v.see(p)
		case <-over:
			b.Fatalf("waited in vain for %q:\n%s", what, v.screen.Text())
		}
	}
}
