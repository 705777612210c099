package live_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/theme"
	"github.com/aimo3/aimo3/tui/live"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

// talking is an attempt of n samples that each say something of their own.
func talking(n int) []engine.Fact {
	var facts []engine.Fact
	if n != 8 {
		facts = append(facts, engine.SamplesAdded{Samples: n - 8})
	}
	for i := range n {
		facts = append(facts, engine.SampleStarted{Sample: i}, engine.PhaseChanged{Sample: i, Phase: engine.Reasoning})
	}
	for i := range n {
		text := fmt.Sprintf("Sample %d begins with $x^2 \\le %d$.\n\nIt goes on%s.\n\nThe end of %d.", i+1, i+1, strings.Repeat(" for some lines, so that there is something to follow in every pane", 8), i+1)
		facts = append(facts, engine.Delta{Sample: i, Channel: engine.Thinking, Text: text, Frames: 60})
	}
	return facts
}

// answering are samples that give answers.
func answering(samples ...int) []engine.Fact {
	var facts []engine.Fact
	for _, i := range samples {
		facts = append(facts, ending(i, engine.Answer(fmt.Sprint(1000+i)), 0))
	}
	return facts
}

// decided is the end of an attempt.
var decided = engine.AttemptFinished{Verdict: engine.Verdict{Answer: "1000", Votes: 1, Of: 8, Why: engine.AllEnded}}

// side is a screen of facts after g was pressed so often.
func side(w, h, times int, facts ...engine.Fact) *live.Screen {
	e := env(theme.Palettes()[0])
	e.Now = func() time.Time { return begun.Add(24 * time.Second) }
	s := live.New(e, "a1", problem)
	s.Resize(w, h)
	fill(s, facts)
	for range times {
		press(s, "g")
	}
	_ = s.View()
	return s
}

// panes are the samples that have a pane, with ▸ before the one with the focus.
func panes(s *live.Screen) string {
	var all []string
	for _, line := range strings.Split(shown(s), "\n") {
		for _, part := range strings.Split(line, "╭ ")[1:] {
			name, _, _ := strings.Cut(strings.ReplaceAll(part, "▸ ", "▸"), " ")
			if _, err := strconv.Atoi(strings.TrimPrefix(name, "▸")); err == nil {
				all = append(all, name)
			}
		}
	}
	return strings.Join(all, " ")
}

func TestGridFrames(t *testing.T) {
	states := map[string][]engine.Fact{
		"streaming": talking(8),
		"some":      append(talking(8), answering(0, 2, 5)...),
		"over":      append(append(talking(8), answering(0, 1, 2, 3, 4, 5, 6, 7)...), decided),
		"many":      talking(32),
	}
	for name, facts := range states {
		for _, p := range theme.Palettes() {
			for _, size := range [][2]int{{60, 14}, {80, 22}, {120, 28}, {160, 48}, {200, 58}, {20, 4}, {1, 1}, {0, 0}} {
				s := live.New(env(p), "a1", problem)
				s.Resize(size[0], size[1])
				fill(s, facts)
				for times := range 4 {
					at := fmt.Sprintf("%s %s %dx%d after %d", name, p.Name, size[0], size[1], times)
					checkFrame(t, at, s.View(), size[0], size[1])
					if lines := strings.Count(s.View(), "\n") + 1; size[1] >= 14 && lines != size[1] {
						t.Errorf("%s: %d lines", at, lines)
					}
					press(s, "g")
				}
			}
		}
		for _, size := range [][2]int{{60, 14}, {80, 22}, {160, 48}} {
			t.Run(fmt.Sprintf("%s/%dx%d", name, size[0], size[1]), func(t *testing.T) {
				golden.RequireEqual(t, []byte(shown(side(size[0], size[1], 3, facts...))))
			})
		}
	}
}

// TestGridCycles: g shows one sample, two, four, all, and one again, and says what comes.
func TestGridCycles(t *testing.T) {
	for _, row := range []struct {
		samples    int
		want, hint []string
	}{
		{8, []string{"", "▸1 2", "▸1 2 3 4", "▸1 2 3 4 5 6 7 8", ""}, []string{"g 2 side by side", "g 4 side by side", "g all side by side", "g one sample"}},
		{12, []string{"", "▸1 2", "▸1 2 3 4", "▸1 2 3 4 5 6 7 8 9 10 11 12", ""}, nil},
	} {
		s := side(200, 58, 0, talking(row.samples)...)
		for i, want := range row.want {
			if got := panes(s); got != want {
				t.Errorf("of %d after g %d times the panes are %q, want %q", row.samples, i, got, want)
			}
			if i < len(row.hint) && !strings.Contains(shown(s), row.hint[i]) {
				t.Errorf("after g %d times it does not say %q", i, row.hint[i])
			}
			press(s, "g")
		}
	}
	d := tuitest.Drive(t, live.New(env(theme.Palettes()[0]), "a1", problem), 80, 22)
	d.Press("g")
	if got := tuitest.UntilSent[screen.Notice](d).Text; got != "there is no other sample to show beside this one" {
		t.Errorf("without samples the notice is %q", got)
	}
}

// TestArrowsMoveTheFocus among panes as they are drawn; at the end of a row comes the next,
// and samples without room come into view.
func TestArrowsMoveTheFocus(t *testing.T) {
	for _, row := range []struct {
		name, keys string
		w, h, g    int
		facts      []engine.Fact
		want       string
	}{
		{"right", "right", 200, 58, 3, nil, "1 ▸2 3 4 5 6 7 8"},
		{"down", "down", 200, 58, 3, nil, "1 2 3 4 ▸5 6 7 8"},
		{"back", "down right up left", 200, 58, 3, nil, "▸1 2 3 4 5 6 7 8"},
		{"at the end of a row comes the next", "right right right right", 200, 58, 3, nil, "1 2 3 4 ▸5 6 7 8"},
		{"before the first comes the last", "left", 200, 58, 3, nil, "1 2 3 4 5 6 7 ▸8"},
		{"up ends at the top", "up", 200, 58, 3, nil, "▸1 2 3 4 5 6 7 8"},
		{"those without room", "right right", 200, 58, 1, nil, "▸3 4"},
		{"and before them", "left", 200, 58, 1, nil, "7 ▸8"},
		{"one pane under the other", "down down", 60, 14, 3, nil, "▸3 4"},
		{"by number", "7", 200, 58, 1, nil, "▸7 8"},
		{"tab goes by number", "tab tab shift+tab", 200, 58, 3, nil, "1 ▸2 3 4 5 6 7 8"},
		{"to a line", "down down down", 200, 58, 3, answering(2), "1 2 4 5 6 7 8"},
		{"and opened", "3 enter", 200, 58, 3, answering(2), "1 2 ▸3 4 5 6 7 8"},
		{"where the first has ended", "", 200, 58, 3, answering(0, 1), "▸3 4 5 6 7 8"},
		{"beside the last line is none above it", "4 right", 200, 58, 3, answering(0, 1, 2, 3), "▸5 6 7 8"},
		{"one that goes on is folded", "2 enter", 200, 58, 3, nil, "1 3 4 5 6 7 8"},
	} {
		s := side(row.w, row.h, row.g, append(talking(8), row.facts...)...)
		for _, k := range strings.Fields(row.keys) {
			s.Update(tuitest.Key(t, k))
		}
		if got := panes(s); got != row.want {
			t.Errorf("%s: the panes are %q, want %q\n%s", row.name, got, row.want, shown(s))
		}
	}
}

// TestWhatHasEndedFolds to a line with its answer. Who reads it keeps it; the focus that
// nobody chose goes on.
func TestWhatHasEndedFolds(t *testing.T) {
	s := side(200, 58, 3, talking(8)...)
	end := func(i int) {
		n := len(talking(8)) + 1 + i
		s.Update(screen.Arrived{Events: story(append(talking(8), answering(0, 1, 2)...)...)[n : n+1]})
	}
	end(0)
	if got := panes(s); got != "▸2 3 4 5 6 7 8" || !strings.Contains(shown(s), "1 ✓ 1000") {
		t.Errorf("once the first has ended the panes are %q\n%s", got, shown(s))
	}
	press(s, "2")
	end(1)
	if got := panes(s); got != "▸2 3 4 5 6 7 8" {
		t.Errorf("once the one that is read has ended the panes are %q", got)
	}
	press(s, "4")
	end(2)
	if got := panes(s); got != "2 ▸4 5 6 7 8" {
		t.Errorf("once another has ended the panes are %q", got)
	}
}

// TestAllAreOpenOnceNothingGoesOn, but those that said nothing.
func TestAllAreOpenOnceNothingGoesOn(t *testing.T) {
	facts := append(talking(8), answering(0, 1, 2, 3, 4, 5)...)
	facts = append(facts, engine.SampleStarted{Sample: 6}, engine.SampleFailed{Sample: 6, Class: engine.Truncated, Cause: "reply cut short"}, engine.SampleStopped{Sample: 7, Why: "the vote is decided"}, decided)
	s := side(200, 58, 3, facts...)
	if got := panes(s); got != "▸1 2 3 4 5 6 8" || !strings.Contains(shown(s), "7 ✗ failed  reply cut short") {
		t.Errorf("the panes are %q\n%s", got, shown(s))
	}
}

// TestTooSmallForAll: it shows as many as are legible, says so, and names the others.
func TestTooSmallForAll(t *testing.T) {
	for size, want := range map[[2]int]string{{60, 14}: "2 of 8 fit here", {80, 22}: "6 of 8 fit here"} {
		got := shown(side(size[0], size[1], 3, talking(8)...))
		if !strings.Contains(got, want) || !strings.Contains(got, "8 ●") {
			t.Errorf("%v does not say %q, or not how the eighth is:\n%s", size, want, got)
		}
	}
	if got := shown(side(80, 22, 1, append(talking(8), answering(7)...)...)); strings.Count(got, "8 ✓ 1007") != 1 {
		t.Errorf("beside a strip the answer stands on a line too, or nowhere:\n%s", got)
	}
	if got := shown(side(160, 48, 3, talking(8)...)); strings.Contains(got, "fit here") {
		t.Errorf("where all are shown:\n%s", got)
	}
}

// TestEachFollowsItsEnd: the pane with the focus scrolls, and the others go on.
func TestEachFollowsItsEnd(t *testing.T) {
	s := side(120, 28, 2, talking(8)...)
	s.Update(tuitest.Key(t, "home"))
	got := shown(s)
	if !strings.Contains(got, "Sample 1 begins with x² ≤ 1.") || strings.Contains(got, "The end of 1.") || !strings.Contains(got, "The end of 2.") {
		t.Errorf("after home the first pane is not at its top, or the second not at its end:\n%s", got)
	}
	s.Update(tuitest.Key(t, "end"))
	if got := shown(s); !strings.Contains(got, "The end of 1.") {
		t.Errorf("after end the first pane is not at its end:\n%s", got)
	}
}

// TestTheMouseInTheGrid: a click gives a pane the focus, the wheel moves what is under it.
func TestTheMouseInTheGrid(t *testing.T) {
	s := side(120, 28, 2, talking(8)...)
	s.Update(tuitest.Click(100, 4))
	if got := panes(s); got != "1 ▸2 3 4" {
		t.Errorf("after a click on the second the panes are %q", got)
	}
	for range 10 {
		s.Update(tea.MouseMsg{X: 10, Y: 4, Button: tea.MouseButtonWheelUp})
	}
	if got := shown(s); !strings.Contains(got, "Sample 1 begins") || strings.Contains(got, "Sample 2 begins") {
		t.Errorf("the wheel over the first moved another:\n%s", got)
	}
}

// TestNoKeyHasTwoMeaningsInTheGrid, whatever is shown: none is in two bindings that count.
func TestNoKeyHasTwoMeaningsInTheGrid(t *testing.T) {
	for name, s := range map[string]*live.Screen{
		"one": side(160, 48, 0, talking(8)...), "two": side(160, 48, 1, talking(8)...), "all": side(60, 14, 3, talking(8)...),
		"over": side(160, 48, 3, append(append(talking(8), answering(0, 1)...), decided)...),
	} {
		means := map[string]string{}
		for _, k := range s.Keys() {
			if !k.Enabled() {
				continue
			}
			for _, press := range k.Keys() {
				if was, ok := means[press]; ok {
					t.Errorf("%s: %s is %q and %q", name, press, was, k.Help().Desc)
				}
				means[press] = k.Help().Desc
			}
		}
	}
}

// TestOthersAreDrawnLessOften, yet none stays behind: what streams without the focus is
// drawn anew a moment later, and at once when anybody presses a key.
func TestOthersAreDrawnLessOften(t *testing.T) {
	s := side(120, 28, 2, talking(8)...)
	_ = s.View()
	events := story(append(talking(8), make([]engine.Fact, 3)...)...)
	say := func(n int, after time.Duration) string {
		e := events[len(events)-3+n]
		e.At = events[len(events)-4].At.Add(after)
		e.Fact = engine.Delta{Sample: 1, Channel: engine.Thinking, Text: fmt.Sprintf(" word%d", n), Frames: 1}
		s.Update(screen.Arrived{Events: []engine.Event{e}})
		return shown(s)
	}
	if got := say(0, 0); !strings.Contains(got, "word0") {
		t.Errorf("it is not drawn though its text before came long ago:\n%s", got)
	}
	if got := say(1, 40*time.Millisecond); strings.Contains(got, "word1") {
		t.Errorf("it is drawn 40 ms later:\n%s", got)
	}
	press(s, "0") // there is none such
	if got := shown(s); !strings.Contains(got, "word1") {
		t.Errorf("it is not drawn once a key was pressed:\n%s", got)
	}
	if got := say(2, 400*time.Millisecond); !strings.Contains(got, "word2") {
		t.Errorf("it is not drawn 400 ms later:\n%s", got)
	}
}

// TestWorkIsDivided: where much text is drawn for another width, a frame draws some of it,
// and asks for the next until all is there.
func TestWorkIsDivided(t *testing.T) {
	facts := talking(8)
	for i := range 8 {
		facts = append(facts, engine.Delta{Sample: i, Channel: engine.Thinking, Text: strings.Repeat("\n\nLong ago it was said.", 1500) + fmt.Sprintf("\n\nLast %d.", i+1), Frames: 9000})
	}
	s := side(200, 58, 0, facts...)
	_ = s.View()
	cmd := s.Update(tuitest.Key(t, "g"))
	s.Update(tuitest.Key(t, "g"))
	s.Update(tuitest.Key(t, "g"))
	if got := strings.Count(shown(s), "drawing…"); got != 7 {
		t.Errorf("the first frame leaves %d of 8 to later ones, want 7", got)
	}
	frames := 0
	for ; cmd != nil && frames < 100; frames++ {
		msg := cmd()
		if batch, ok := msg.(tea.BatchMsg); ok {
			batch = slices.DeleteFunc(batch, func(c tea.Cmd) bool { return c == nil })
			if len(batch) == 0 {
				break
			}
			msg = batch[0]()
		}
		cmd = s.Update(msg)
		_ = s.View()
	}
	if got := ansi.Strip(s.View()); strings.Contains(got, "drawing…") || !strings.Contains(got, "Last 8.") {
		t.Errorf("after %d frames:\n%s", frames, got)
	}
}

// TestAReplayHasAGrid, and from its start again too.
func TestAReplayHasAGrid(t *testing.T) {
	e := env(theme.Palettes()[0])
	e.Library = &library{events: story(append(append(talking(8), answering(0, 1, 2, 3, 4, 5, 6, 7)...), decided)...)}
	s := live.Replay(e, engine.Summary{ID: "a1", Problem: problem, Begun: begun, Took: time.Minute}, 0)
	s.Resize(200, 58)
	drain(s, s.Init(), 10)
	for range 3 {
		press(s, "g")
	}
	if got := panes(s); got != "▸1 2 3 4 5 6 7 8" {
		t.Errorf("the panes are %q", got)
	}
	press(s, "r")
	checkFrame(t, "from its start", s.View(), 200, 58)
}

// TestWhatHasNotBegunFolds: panes are for those that have, of which not all may fit; before any
// has, all have one.
func TestWhatHasNotBegunFolds(t *testing.T) {
	for _, row := range []struct {
		begun int
		want  string
	}{{0, "▸1 2 3 4 5 6 7 8"}, {2, "▸1 2"}, {8, "▸1 2 3 4 5 6 7 8"}} {
		var facts []engine.Fact
		for i := range row.begun {
			facts = append(facts, engine.SampleStarted{Sample: i})
		}
		s := side(200, 58, 3, facts...)
		if got := panes(s); got != row.want {
			t.Errorf("with %d begun the panes are %q, want %q\n%s", row.begun, got, row.want, shown(s))
		}
		if row.begun == 2 && !strings.Contains(shown(s), "8 ○ queued") {
			t.Errorf("the last is not named\n%s", shown(s))
		}
	}
}
