package live_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/theme"
	"github.com/aimo3/aimo3/tui/live"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

// sized is the screen of an attempt with these facts.
func sized(w, h int, facts ...engine.Fact) *live.Screen {
	s := live.New(env(theme.Palettes()[0]), "a1", problem)
	s.Resize(w, h)
	fill(s, facts)
	return s
}

// agreed is an attempt of n samples that all gave one answer.
func agreed(n int) []engine.Fact {
	var facts []engine.Fact
	var tally engine.Tally
	for i := range n {
		tally = tally.Add(i, "32951")
		facts = append(facts, engine.SampleStarted{Sample: i}, engine.SampleFinished{Sample: i, Answer: "32951", Ending: engine.Ending{Tokens: 9000}},
			engine.TallyChanged{Tally: tally, Left: n - 1 - i})
	}
	return append(facts, engine.AttemptFinished{Verdict: engine.Verdict{Answer: "32951", Votes: n, Of: n, Why: engine.AllEnded}})
}

func shown(s *live.Screen) string { return ansi.Strip(s.View()) }

func press(s *live.Screen, key string) { s.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(key)}) }

// TestWhoVotedIsSeen: the bar gives way to the samples' numbers.
func TestWhoVotedIsSeen(t *testing.T) {
	for _, w := range []int{80, 120, 160} {
		if got := shown(sized(w, 34, agreed(6)...)); !strings.Contains(got, "#1 #2 #3 #4 #5 #6") {
			t.Errorf("at %d columns a number is cut:\n%s", w, got)
		}
	}
}

// TestStripCutsNoSample: what has no room is left out whole, and a sign says so.
func TestStripCutsNoSample(t *testing.T) {
	s := sized(60, 14, agreed(8)...)
	for range 8 {
		lines := strings.Split(shown(s), "\n")
		strip := lines[len(lines)-1]
		if n := strings.Count(strip, "✓"); n == 0 || n != strings.Count(strip, "32951") || !strings.ContainsAny(strip, "‹›") {
			t.Errorf("the strip is %q", strip)
		}
		press(s, "l")
	}
}

// TestFaultIsToldWhole: what to do stands at the end of what happened.
func TestFaultIsToldWhole(t *testing.T) {
	s := sized(80, 22, agreed(1)...)
	s.Update(screen.Ended{ID: "a1", Err: &engine.Fault{Class: engine.Busy, What: "the server is busy: server busy, please try again", Todo: "wait a little"}})
	if got := shown(s); !strings.Contains(got, "wait a little") || !strings.Contains(got, "✓ 32951") {
		t.Errorf("the fault or the verdict is cut:\n%s", got)
	}
}

// TestProblemIsShownWholeWithoutABox: p does something where the problem has one
// line.
func TestProblemIsShownWholeWithoutABox(t *testing.T) {
	const last = "答えは?"
	s := sized(60, 14, midRun()...)
	for _, want := range []bool{false, true, false} {
		if got := strings.Contains(shown(s), last); got != want {
			t.Errorf("the problem's end is shown: %t, want %t:\n%s", got, want, shown(s))
		}
		checkFrame(t, fmt.Sprint("whole ", want), s.View(), 60, 14)
		press(s, "p")
	}
}

// TestHowMuchIsBelowIsTold: the sample's figures give way to it.
func TestHowMuchIsBelowIsTold(t *testing.T) {
	for _, w := range []int{60, 80} {
		s := sized(w, 22, engine.SampleStarted{}, engine.Delta{Text: strings.Repeat("line\n", 90), Channel: engine.Reply, Frames: 9},
			engine.SampleFinished{Ending: engine.Ending{Cut: true, Tokens: 31000, Generate: 20 * time.Second}})
		if got := shown(s); !strings.Contains(got, "31,000 tok") {
			t.Errorf("at %d columns the tokens are not shown though there is room:\n%s", w, got)
		}
		s.Update(tea.KeyMsg{Type: tea.KeyHome})
		if got := shown(s); !strings.Contains(got, "more ↓") || !strings.Contains(got, "Sample 1 of 8 · hit the context window") {
			t.Errorf("at %d columns nothing says that there is more:\n%s", w, got)
		}
	}
}

// TestEndOfAFailedSampleIsSeen: why it failed takes its room from the transcript,
// not from the transcript's end.
func TestEndOfAFailedSampleIsSeen(t *testing.T) {
	s := sized(60, 14, engine.SampleStarted{}, engine.Delta{Text: strings.Repeat("line\n", 90) + "the last words", Channel: engine.Reply, Frames: 9},
		engine.SampleFailed{Class: engine.Crashed, Cause: "the server's model runner died: unexpected EOF in the middle of a reply", Todo: "try again"})
	if got := shown(s); !strings.Contains(got, "the last words") || !strings.Contains(got, "try again") {
		t.Errorf("the end of the reply, or what to do, is not shown:\n%s", got)
	}
}

// TestStatusHasRoomForTheClock at the least width.
func TestStatusHasRoomForTheClock(t *testing.T) {
	for w, want := range map[int]string{60: " · 1:23 of 15:00", 80: " · 1:23 of 15:00"} {
		events := story(midRun()...)
		started := events[0].Fact.(engine.AttemptStarted)
		started.Plan.Budget.Wall = 15 * time.Minute
		events[0].Fact = started
		s := sized(w, 14)
		s.Update(screen.Arrived{Events: events})
		if got := tuitest.Status(s); !strings.HasSuffix(got, want) {
			t.Errorf("at %d columns the status is %q, want %q at its end", w, got, want)
		}
	}
}
