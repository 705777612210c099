package live_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/theme"
	"github.com/aimo3/aimo3/tui/live"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

// searched are three samples, two of which agree; the first has cells and much to say.
func searched() []engine.Fact {
	var tally engine.Tally
	facts := []engine.Fact{
		engine.SampleStarted{Sample: 0},
		engine.SampleStarted{Sample: 1},
		engine.SampleStarted{Sample: 2},
		engine.Delta{Sample: 0, Channel: engine.Reply, Text: strings.Repeat("So $\\frac{a}{b}$ is even.\n\n", 30), Frames: 9},
		engine.CodeStarted{Sample: 0, Number: 1, Code: "1/0"},
		engine.CodeFinished{Sample: 0, Cell: engine.Cell{Err: "ZeroDivisionError"}},
		engine.Delta{Sample: 0, Channel: engine.Reply, Text: strings.Repeat("odd\n\n", 30) + "Hence \\boxed{7}.", Frames: 9},
		engine.Delta{Sample: 1, Channel: engine.Reply, Text: "even \\boxed{8}", Frames: 9},
		engine.Delta{Sample: 2, Channel: engine.Reply, Text: "\\boxed{7}", Frames: 9},
	}
	for i, a := range []engine.Answer{"7", "8", "7"} {
		tally = tally.Add(i, a)
		facts = append(facts, engine.SampleFinished{Sample: i, Answer: a}, engine.TallyChanged{Tally: tally})
	}
	return facts
}

func TestSearchInATranscript(t *testing.T) {
	for _, size := range [][2]int{{60, 14}, {80, 22}, {160, 48}} {
		s := live.New(env(theme.Palettes()[0]), "a1", problem)
		d := tuitest.Drive(t, s, size[0], size[1])
		fill(s, searched())
		has := func(what string, texts ...string) {
			t.Helper()
			tuitest.CheckFrame(t, s.View(), size[0], size[1])
			for _, text := range texts {
				if !strings.Contains(d.Frame(), text) {
					t.Errorf("%v, %s: no %q in\n%s", size, what, text, d.Frame())
				}
			}
		}
		if d.Press("/"); !s.Typing() {
			t.Fatal("nothing can be typed")
		}
		d.Type("FRAC")
		has("typed", "/FRAC", "30 of 30", "esc leave")
		d.Press("enter", "n")
		has("kept", "1 of 30", "n next match")
		s.Update(screen.Arrived{Events: story(append(searched(), engine.Delta{Sample: 0, Channel: engine.Reply, Text: " and $\\frac12$", Frames: 1})...)})
		has("while text comes", "1 of 31")
		d.Press("N")
		has("the one before", "31 of 31")
		d.Press("2")
		has("another sample", "no match")
		d.Press("esc", "1")
		if strings.Contains(d.Frame(), " of 31") || strings.Contains(listed(s), " n ") {
			t.Errorf("left, and still searched:\n%s", d.Frame())
		}
		d.Press("esc")
		tuitest.UntilSent[screen.Back](d)
	}
}

func TestGoingToPlaces(t *testing.T) {
	s := live.New(env(theme.Palettes()[0]), "a1", problem)
	d := tuitest.Drive(t, s, 80, 22)
	fill(s, searched())
	for _, row := range []struct{ key, says string }{
		{"I", "cell 1 of 1"}, {"e", "error 1 of 1"}, {"b", "boxed answer 1 of 1"}, {"B", "boxed answer 1 of 1"}, {"n", "/ first says what to search for"},
	} {
		d.Press(row.key)
		if got := tuitest.UntilSent[screen.Notice](d).Text; got != row.says {
			t.Errorf("%s says %q, want %q", row.key, got, row.says)
		}
	}
	d.Press("a")
	if !strings.Contains(d.Frame(), "Sample 3") {
		t.Errorf("the next sample with this answer:\n%s", d.Frame())
	}
	d.Press("a", "2", "i")
	if got := tuitest.UntilSent[screen.Notice](d).Text; got != "sample 2 has no cell" {
		t.Errorf("i says %q", got)
	}
	d.Press("a")
	if got := tuitest.UntilSent[screen.Notice](d).Text; got != "no other sample has this answer" {
		t.Errorf("a says %q", got)
	}
}

// TestNoKeyHasTwoMeanings: of what may be pressed at one moment.
func TestNoKeyHasTwoMeanings(t *testing.T) {
	check := func(what string, s *live.Screen) {
		t.Helper()
		seen := map[string]string{}
		for _, b := range s.Keys() {
			for _, k := range b.Keys() {
				if other, is := seen[k]; is && other != b.Help().Desc {
					t.Errorf("%s: %s is %q and %q", what, k, other, b.Help().Desc)
				}
				seen[k] = b.Help().Desc
			}
		}
	}
	running := live.New(env(theme.Palettes()[0]), "a1", problem)
	d := tuitest.Drive(t, running, 80, 22)
	fill(running, searched())
	check("running", running)
	d.Press("/")
	check("typing", running)
	d.Type("even")
	d.Press("enter")
	check("searching", running)
	e := env(theme.Palettes()[0])
	e.Library = &library{events: story(finished()...)}
	e.Copy = func(string) (string, error) { return "", nil }
	playing := live.Replay(e, engine.Summary{ID: "a1", Problem: problem, Begun: begun}, 1)
	drain(playing, playing.Init(), 1)
	check("replay", playing)
}

// TestFoldedThinkingIsOneLine: with how much there is, and its latest words while it comes.
func TestFoldedThinkingIsOneLine(t *testing.T) {
	s := live.New(env(theme.Palettes()[0]), "a1", problem)
	d := tuitest.Drive(t, s, 80, 22)
	facts := []engine.Fact{engine.SampleStarted{}, engine.Delta{Channel: engine.Thinking, Text: strings.Repeat("long ago\n", 50) + "so $x^2$", Frames: 9}}
	fill(s, facts)
	d.Press("t")
	line := func() string {
		for l := range strings.Lines(ansi.Strip(s.View())) {
			if strings.Contains(l, "▸") {
				return strings.Trim(l, " │\n")
			}
		}
		return ""
	}
	if got, want := line(), "▸ Thinking (≈115 tokens) · so x²"; got != want || strings.Contains(d.Frame(), "long ago") {
		t.Errorf("got %q, want %q", got, want)
	}
	facts = append(facts, engine.Delta{Channel: engine.Thinking, Text: strings.Repeat(" and on and on", 20) + " hence", Frames: 9})
	s.Update(screen.Arrived{Events: story(facts...)})
	if got := line(); !strings.HasSuffix(got, "and on hence") || !strings.Contains(got, "…") {
		t.Errorf("later: %q", got)
	}
	facts = append(facts, engine.Delta{Channel: engine.Reply, Text: "It is 4.", Frames: 1})
	s.Update(screen.Arrived{Events: story(facts...)})
	if got := line(); !strings.HasSuffix(got, "tokens)") {
		t.Errorf("ended: %q", got)
	}
}
