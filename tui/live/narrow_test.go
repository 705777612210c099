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

// TestStripStaysPut: each sample stands where it stood, whatever it does and whichever is
// chosen; no word is cut, and where not all have room a sign says so.
func TestStripStaysPut(t *testing.T) {
	strip := func(s *live.Screen) string {
		lines := strings.Split(shown(s), "\n")
		return lines[len(lines)-2]
	}
	for _, width := range []int{60, 80, 95} {
		var want string // where the numbers stand
		for _, facts := range [][]engine.Fact{nil, midRun(), finished(), agreed(8)} {
			s := sized(width, 14, facts...)
			for range 8 {
				var at []string
				for i := range 8 {
					at = append(at, fmt.Sprint(ansi.StringWidth(strip(s)[:max(strings.Index(strip(s), fmt.Sprintf(" %d ", i+1)), 0)])))
				}
				if got := strings.Join(at, " "); want == "" {
					want = got
				} else if got != want {
					t.Errorf("at %d columns they stand at %s, want %s: %q", width, got, want, strip(s))
				}
				if strings.Contains(strip(s), "…") {
					t.Errorf("a word is cut: %q", strip(s))
				}
				s.Update(tea.KeyMsg{Type: tea.KeyRight})
			}
		}
	}
	var many []engine.Fact
	for range 4 {
		many = append(many, engine.SamplesAdded{Samples: 8})
	}
	s := sized(60, 14, many...)
	s.Update(tea.KeyMsg{Type: tea.KeyLeft})
	if got := strip(s); !strings.HasPrefix(got, "‹") || !strings.Contains(got, "40 ○") {
		t.Errorf("of 40 samples the strip is %q", got)
	}
}

// TestNoStripBesideTheList: what the list of samples says is not said again.
func TestNoStripBesideTheList(t *testing.T) {
	if got := shown(sized(160, 48, agreed(8)...)); strings.Contains(got, "8 ✓ 32951") || !strings.Contains(got, "╭ Samples") {
		t.Errorf("the strip repeats the list:\n%s", got)
	}
}

// TestFaultIsToldWhole: what to do stands at the end of what happened.
func TestFaultIsToldWhole(t *testing.T) {
	s := sized(80, 22, agreed(2)...)
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
		if got := shown(s); !strings.Contains(got, "of 90 ↓") || !strings.Contains(got, "Sample 1 of 8 · hit the context window") {
			t.Errorf("at %d columns nothing says how far down this is:\n%s", w, got)
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
