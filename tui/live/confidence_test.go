package live_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/confidence"
	"github.com/aimo3/aimo3/theme"
	"github.com/aimo3/aimo3/tui/live"
)

// measuring is a sample that says something, so sure of every 256 tokens.
func measuring(sample int, measured ...float64) []engine.Fact {
	facts := []engine.Fact{
		engine.SampleStarted{Sample: sample},
		engine.PhaseChanged{Sample: sample, Phase: engine.Reasoning},
		engine.Delta{Sample: sample, Channel: engine.Thinking, Text: "Let me see what the sum leaves.", Frames: 256 * len(measured)},
	}
	for _, c := range measured {
		facts = append(facts, engine.SampleMeasured{Sample: sample, Tokens: 256, Confidence: c})
	}
	return facts
}

// ending ends it.
func ending(sample int, answer engine.Answer, mean float64) engine.SampleFinished {
	return engine.SampleFinished{Sample: sample, Answer: answer, Ending: engine.Ending{Tokens: 9000}, Confidence: &confidence.Figures{Tokens: 9000, Mean: mean}}
}

// wave is n measurements around a middle.
func wave(n int, middle float64) []float64 {
	all := make([]float64, n)
	for i := range all {
		all[i] = middle + 3*math.Sin(float64(i)/3)
	}
	return all
}

// ramp is n measurements, each surer than the one before.
func ramp(n int) []float64 {
	all := make([]float64, n)
	for i := range all {
		all[i] = float64(i)
	}
	return all
}

// sures is an attempt of which the server tells how sure the model is.
func sures() []engine.Fact {
	var facts []engine.Fact
	for i, n := range []int{40, 35, 12, 30, 1, 0} {
		facts = append(facts, measuring(i, wave(n, 6+2*float64(i))...)...)
	}
	tally := engine.Tally{}.Add(0, "32951").Add(1, "1024")
	return append(facts, ending(0, "32951", 6.04), ending(1, "1024", 117), engine.TallyChanged{Tally: tally, Left: 6},
		engine.SampleFailed{Sample: 3, Cause: "reply cut short"})
}

func TestSureFrames(t *testing.T) {
	for _, size := range [][2]int{{60, 14}, {80, 22}, {160, 48}, {120, 34}, {24, 6}, {1, 1}} {
		w, h := size[0], size[1]
		for _, p := range theme.Palettes() {
			s := live.New(env(p), "a1", problem)
			s.Resize(w, h)
			fill(s, sures())
			checkFrame(t, fmt.Sprintf("%s %dx%d", p.Name, w, h), s.View(), w, h)
			if p.Name == "night" && w >= 60 && w != 120 {
				t.Run(fmt.Sprintf("%dx%d", w, h), func(t *testing.T) { golden.RequireEqual(t, []byte(ansi.Strip(s.View()))) })
			}
		}
	}
}

func frame(facts []engine.Fact, w, h int) string {
	s := live.New(env(theme.Palettes()[0]), "a1", problem)
	s.Resize(w, h)
	fill(s, facts)
	return ansi.Strip(s.View())
}

// TestStripsCompare: all strips have one scale, in height and in length.
func TestStripsCompare(t *testing.T) {
	for _, row := range []struct {
		name  string
		facts []engine.Fact
		want  []string // of the rows of samples 1 and 2, and the head of sample 1
	}{
		{"each its height", append(measuring(0, 1, 8), measuring(1, 4.5)...), []string{" ▁█ ", " ▅ ", "conf ▁█"}},
		{"all alike", append(measuring(0, 5, 5), measuring(1, 5)...), []string{" ▅▅ ", " ▅ ", "conf ▅▅"}},
		{"longer than its room", append(measuring(0, ramp(70)...), measuring(1, ramp(35)...)...), []string{" ▁▂▃▅▆▇█ ", " ▁▂▃▄ ", "conf ▁▁▂▃▃▄▅▆▆▇██ ─"}},
		{"too short to be measured", append(append(measuring(0), ending(0, "1", 7.26)), measuring(1)...), []string{" 7.3 ", "silent fo", "conf 7.3 ─"}},
	} {
		got := frame(row.facts, 159, 48)
		for i, want := range row.want {
			line := []string{" 1 ", " 2 ", "Sample 1"}[i]
			if at := sampleLine(got, line); !strings.Contains(at, want) {
				t.Errorf("%s: %q is not in %q", row.name, want, at)
			}
		}
	}
}

// TestSureHeadFits: how sure the model was never crowds out what else is said
// above a transcript, and its strip is as wide as there is room for.
func TestSureHeadFits(t *testing.T) {
	widths := map[int]bool{} // of strips seen
	for w := 20; w <= 110; w++ {
		line := sampleLine(frame(sures(), w, 22), "Sample 1")
		head, _, _ := strings.Cut(line, " ─")
		_, said, ok := strings.Cut(head, " · conf ")
		if ok && strings.Contains(head, "…") {
			t.Errorf("%d wide: cut short: %q", w, line)
		}
		figure, strip, _ := strings.Cut(said, " ")
		if ok && figure != "6.0" || strings.Trim(strip, "▁▂▃▄▅▆▇█") != "" {
			t.Errorf("%d wide: %q", w, line)
		}
		widths[ansi.StringWidth(strip)] = true
	}
	for n := range 20 {
		// Of 40 measurements as many a cell as make them fit: 4, 5, 6, 7, 8 or 10 cells.
		if want := n == 0 || n >= 4 && n <= 8 || n == 10; widths[n] != want {
			t.Errorf("strips of %d cells: %v, want %v", n, !want, want)
		}
	}
}

// sampleLine is what a frame has from a sample's number on, in the list of all
// or above its transcript.
func sampleLine(frame, begins string) string {
	for line := range strings.Lines(frame) {
		if _, after, ok := strings.Cut(line, "│ "+begins); ok && begins[0] == ' ' {
			return after
		} else if _, after, ok := strings.Cut(line, "╭ "+begins); ok {
			return after
		}
	}
	return ""
}

// TestPlainVotesAreSaid once a sample has ended of which nothing is known.
func TestPlainVotesAreSaid(t *testing.T) {
	const plain = "unweighted: no log-probabilities"
	bare := []engine.Fact{engine.SampleStarted{}, engine.Delta{Channel: engine.Reply, Text: "1", Frames: 1}}
	over := append(bare[:2:2], engine.SampleFinished{Answer: "1"})
	for _, row := range []struct {
		name  string
		facts []engine.Fact
		want  bool
	}{
		{"before any has ended", bare, false},
		{"one has ended", over, true},
		{"one has failed", append(bare[:2:2], engine.SampleFailed{Cause: "x"}), false},
		{"another is measured", append(over[:3:3], measuring(1, 4)...), false},
		{"it was measured", append(bare[:2:2], ending(0, "1", 4)), false},
	} {
		if got := frame(row.facts, 160, 48); strings.Contains(got, plain) != row.want {
			t.Errorf("%s: told %v, want %v:\n%s", row.name, !row.want, row.want, got)
		}
	}
}
