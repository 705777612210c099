package live_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/theme"
	"github.com/aimo3/aimo3/tui/live"
	"github.com/aimo3/aimo3/tui/screen"
)

// BenchmarkFrame is the work of one frame, 160x50, of eight samples that each
// say 250 tokens a second: 33 ms of their text arrive, and the frame is drawn.
// %core is what 30 such frames a second take of one core.
//
// With cells, each sample has run a hundred with a long output before, and what
// it says is the code of the next.
func BenchmarkFrame(b *testing.B) {
	b.Run("words", func(b *testing.B) { frames(b, engine.Thinking, 0) })
	b.Run("formulas", func(b *testing.B) { frames(b, engine.Reply, 0) })
	b.Run("cells", func(b *testing.B) { frames(b, engine.Writing, 100) })
}

func frames(b *testing.B, channel engine.Channel, cells int) {
	const samples, perSecond, frames = 8, 250, 30
	s := live.New(env(theme.Palettes()[0]), "a1", problem)
	s.Resize(160, 48)
	facts := []engine.Fact{engine.SampleStarted{}}
	for i := range samples * cells {
		facts = append(facts, engine.CodeStarted{Sample: i % samples, Number: i/samples + 1, Code: "for n in range(500):\n    print(n, n**2)"},
			engine.CodeFinished{Sample: i % samples, Number: i/samples + 1, Cell: engine.Cell{Output: count(500), Kept: true}})
	}
	fill(s, facts)
	seq := uint64(len(facts) + 1)
	var times []time.Duration
	for b.Loop() {
		var events []engine.Event
		for i := range samples {
			text := ""
			for k := range perSecond / frames {
				text += fmt.Sprintf(" so %d", int(seq)*k%997)
			}
			if channel == engine.Reply {
				text = said[int(seq)/samples%len(said)]
			}
			seq++
			events = append(events, engine.Event{Attempt: "a1", Seq: seq, At: begun, Fact: engine.Delta{Sample: i, Channel: channel, Text: text, Frames: perSecond / frames}})
		}
		start := time.Now()
		s.Update(screen.Arrived{Events: events})
		if s.View() == "" {
			b.Fatal("nothing drawn")
		}
		times = append(times, time.Since(start))
	}
	slices.Sort(times)
	b.ReportMetric(float64(times[len(times)*99/100].Microseconds())/1000, "p99-ms")
	b.ReportMetric(b.Elapsed().Seconds()/float64(b.N)*frames*100, "%core")
}

// said is what a sample that writes formulas says, a frame at a time.
var said = []string{"so we have $x^2+", "\\sqrt{y}\\le z$ and ", "\n\n$$\\frac{a+b}", "{2}\\ge\\sum_{k=1}^n", " x_k$$\n\nthen, for ", "- **all** $k\\mid n$\n"}

// BenchmarkOpen is opening a stored attempt of eight samples, each of which thought 100,000
// tokens, until its end is drawn: what a person waits for who presses enter in the history.
// The events come from memory, as they are kept: text of 100 ms each.
func BenchmarkOpen(b *testing.B) {
	const samples, tokens, each = 8, 100_000, 25
	facts := []engine.Fact{engine.AttemptStarted{Problem: problem, Plan: engine.Plan{Model: "m:1", Samples: samples}}}
	for i := range samples {
		facts = append(facts, engine.SampleStarted{Sample: i})
	}
	text := ""
	for k := range each {
		text += fmt.Sprintf(" so %d", k*37%997)
	}
	for n := range samples * tokens / each {
		said := text
		if n/samples%8 == 7 {
			said += " and $x^2+\\frac{a}{b}$.\n\n"
		}
		facts = append(facts, engine.Delta{Sample: n % samples, Channel: engine.Thinking, Text: said, Frames: each})
	}
	for i := range samples {
		facts = append(facts, engine.SampleFinished{Sample: i, Answer: "7"})
	}
	facts = append(facts, engine.AttemptFinished{Verdict: engine.Verdict{Answer: "7", Votes: samples, Of: samples}})
	e := env(theme.Palettes()[0])
	kept := &library{}
	for i, f := range facts {
		kept.events = append(kept.events, engine.Event{Attempt: "a1", Seq: uint64(i + 1), At: begun.Add(time.Duration(i) * time.Millisecond), Fact: f})
	}
	e.Library = kept
	for b.Loop() {
		s := live.Replay(e, engine.Summary{ID: "a1", Problem: problem, Begun: begun, Took: time.Hour}, 0)
		s.Resize(160, 48)
		drain(s, s.Init(), 100)
		if s.View() == "" {
			b.Fatal("nothing drawn")
		}
	}
}
