package live_test

import (
	"fmt"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/theme"
	"github.com/aimo3/aimo3/tui/live"
	"github.com/aimo3/aimo3/tui/screen"
)

// BenchmarkGrid is as BenchmarkFrame, of eight samples whose transcripts are all in view at
// 200x60. Each has said 30,000 characters before. %core is of the time that the process took.
func BenchmarkGrid(b *testing.B) {
	b.Run("words", func(b *testing.B) { gridFrames(b, engine.Thinking, prose) })
	b.Run("formulas", func(b *testing.B) { gridFrames(b, engine.Reply, said) })
	b.Run("code", func(b *testing.B) { gridFrames(b, engine.Writing, code) })
}

// BenchmarkGridOpened is the work of the first frame that shows them all where one was shown,
// and of all frames until each is wrapped and drawn for its width.
func BenchmarkGridOpened(b *testing.B) {
	var first, whole time.Duration
	for b.Loop() {
		s := eight(engine.Reply, said)
		for range 3 {
			press(s, "g")
		}
		before := worked(b)
		frame := s.View()
		first += worked(b) - before
		for strings.Contains(frame, "drawing…") {
			press(s, "0") // there is none such; any key has a frame drawn
			frame = s.View()
		}
		whole += worked(b) - before
	}
	b.ReportMetric(float64(first.Microseconds())/1000/float64(b.N), "first-ms")
	b.ReportMetric(float64(whole.Microseconds())/1000/float64(b.N), "whole-ms")
	b.ReportMetric(0, "ns/op")
}

// prose and code are what samples say a frame at a time, besides said.
var (
	prose = []string{"Then we have to look", " at every n below", " 1,000 that is prime", " or twice a prime.", "\n\n", "So by the above it is"}
	code  = []string{"for n in range(500):\n", "    if n % 7 == 3:\n", "        print(n, n**2)\n"}
)

// eight is the screen of eight samples that have said much.
func eight(channel engine.Channel, words []string) *live.Screen {
	s := live.New(env(theme.Palettes()[0]), "a1", problem)
	s.Resize(200, 58)
	var facts []engine.Fact
	once := strings.Join(words, "")
	for i := range 8 {
		facts = append(facts, engine.SampleStarted{Sample: i}, engine.Delta{Sample: i, Channel: channel, Text: strings.Repeat(once, 30_000/len(once)), Frames: 7000})
	}
	fill(s, facts)
	_ = s.View()
	return s
}

func gridFrames(b *testing.B, channel engine.Channel, words []string) {
	const samples, perSecond, frames = 8, 250, 30
	s := eight(channel, words)
	for range 3 {
		press(s, "g")
	}
	for range samples {
		press(s, "1")
		_ = s.View()
	}
	if got := shown(s); !strings.Contains(got, "8 ● ") || strings.Contains(got, "drawing…") {
		b.Fatalf("not all have panes\n%s", got)
	}
	seq, at := uint64(1000), begun.Add(time.Hour)
	var times []time.Duration
	before := worked(b)
	for b.Loop() {
		var events []engine.Event
		at = at.Add(time.Second / frames)
		for i := range samples {
			seq++
			text := words[(int(seq)/samples+i)%len(words)]
			if channel == engine.Thinking {
				text = fmt.Sprintf("%s %d", text, seq%97)
			}
			events = append(events, engine.Event{Attempt: "a1", Seq: seq, At: at, Fact: engine.Delta{Sample: i, Channel: channel, Text: text, Frames: perSecond / frames}})
		}
		start := worked(b)
		s.Update(screen.Arrived{Events: events})
		if s.View() == "" {
			b.Fatal("nothing drawn")
		}
		times = append(times, worked(b)-start)
	}
	slices.Sort(times)
	b.ReportMetric(float64(times[len(times)*99/100].Microseconds())/1000, "p99-ms")
	b.ReportMetric((worked(b)-before).Seconds()/float64(b.N)*frames*100, "%core")
}

// worked is the time of processors that this process has taken: what one frame takes of
// them does not go by what else the machine does.
func worked(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
