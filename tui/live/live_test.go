package live_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/monitor"
	"github.com/aimo3/aimo3/theme"
	"github.com/aimo3/aimo3/tui/live"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

var (
	begun   = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	problem = engine.Problem{Source: "typed", Statement: "Let $f(n) = \\sum_{i=1}^n i^{1024}$.\nFind the remainder when $f(10)$ is divided by $10^5$. 答えは?"}
)

func env(p theme.Palette) screen.Env {
	return screen.Env{
		Styles: theme.New(theme.Renderer(io.Discard, p), p), Keys: screen.NewKeys(),
		Now:  func() time.Time { return begun.Add(83 * time.Second) },
		Stop: func(engine.AttemptID, int) error { return nil },
	}
}

// story is an attempt as far as its n-th fact.
func story(facts ...engine.Fact) []engine.Event {
	all := append([]engine.Fact{engine.AttemptStarted{Problem: problem, Plan: engine.Plan{Model: "qwen3:8b", Samples: 8}.WithDefaults()}}, facts...)
	var out []engine.Event
	for i, f := range all {
		out = append(out, engine.Event{Attempt: "a1", Seq: uint64(i + 1), At: begun.Add(time.Duration(i) * time.Second), Fact: f})
	}
	return out
}

func midRun() []engine.Fact {
	facts := []engine.Fact{
		engine.SampleStarted{Sample: 0},
		engine.SampleStarted{Sample: 1},
		engine.SampleStarted{Sample: 2},
		engine.SampleStarted{Sample: 3},
		engine.PhaseChanged{Sample: 0, Phase: engine.Reasoning},
		engine.Delta{Sample: 0, Channel: engine.Thinking, Text: strings.Repeat("six sevens are forty-two; ", 12) + "\n\nhence\x1b[31m", Frames: 90},
		engine.PhaseChanged{Sample: 0, Phase: engine.Answering},
		engine.Delta{Sample: 0, Channel: engine.Reply, Text: "So the remainder is \\boxed{32951}.", Frames: 12},
		engine.Delta{Sample: 1, Channel: engine.Reply, Text: "\\boxed{32951}", Frames: 5},
	}
	var t engine.Tally
	for i, a := range []engine.Answer{"32951", "1024"} {
		t = t.Add(i, a)
		facts = append(facts, engine.SampleFinished{Sample: i, Answer: a, Ending: engine.Ending{Tokens: 1200, Generate: 20 * time.Second, PromptTokens: 90}}, engine.TallyChanged{Tally: t, Left: 7 - i})
	}
	return append(facts,
		engine.SampleFailed{Sample: 2, Class: engine.Truncated, Cause: "reply cut short", Todo: "try again"},
		engine.PhaseChanged{Sample: 3, Phase: engine.Loading})
}

func finished() []engine.Fact {
	return append(midRun(), engine.SampleStopped{Sample: 3, Why: "the vote is decided"},
		engine.AttemptFinished{Verdict: engine.Verdict{Answer: "32951", Votes: 1, Of: 2, Why: engine.FourAgree}})
}

var reading = screen.MachineRead{Reading: monitor.Reading{
	CPU: monitor.Value{N: 41}, Cores: []monitor.Value{{N: 10}, {N: 95}}, Memory: monitor.Usage{Used: 11_200_000_000, Total: 24_000_000_000},
	Disk: monitor.Usage{Used: 1, Total: 2e12}, NoGPU: "no nvidia-smi on PATH", Self: monitor.Self{CPU: monitor.Value{N: 3}, RSS: 48e6},
	Loaded: []monitor.Loaded{{Name: "qwen3:8b", Size: 4.9e9, VRAM: 4.9e9, Context: 32768}},
}}

func fill(s *live.Screen, facts []engine.Fact) {
	s.Update(reading)
	s.Update(screen.Arrived{Events: story(facts...)})
}

// TestFrames: at every size in every theme no line is too wide and no frame too
// tall, and one frame of each state is kept as text.
func TestFrames(t *testing.T) {
	states := map[string][]engine.Fact{"begun": nil, "mid": midRun(), "done": finished()}
	for name, facts := range states {
		for _, p := range theme.Palettes() {
			for _, size := range [][2]int{{120, 34}, {80, 22}, {60, 14}, {200, 58}, {20, 4}, {1, 1}, {0, 0}} {
				w, h := size[0], size[1]
				s := live.New(env(p), "a1", problem)
				s.Resize(w, h)
				fill(s, facts)
				s.Resize(w, h)
				checkFrame(t, fmt.Sprintf("%s %s %dx%d", name, p.Name, w, h), s.View(), w, h)
				if p.Name == "night" && (w == 120 || w == 80 || w == 60) {
					t.Run(fmt.Sprintf("%s/%dx%d", name, w, h), func(t *testing.T) {
						golden.RequireEqual(t, []byte(ansi.Strip(s.View())))
					})
				}
			}
		}
	}
}

func checkFrame(t *testing.T, name, frame string, w, h int) {
	t.Helper()
	lines := strings.Split(frame, "\n")
	if len(lines) > max(h, 1) {
		t.Errorf("%s: %d lines", name, len(lines))
	}
	for i, l := range lines {
		if n := ansi.StringWidth(l); n > w {
			t.Errorf("%s: line %d is %d wide: %q", name, i, n, ansi.Strip(l))
		}
	}
}

func TestStrangersAreDropped(t *testing.T) {
	s := live.New(env(theme.Palettes()[0]), "a1", problem)
	s.Resize(120, 34)
	before := s.View()
	for _, e := range story(midRun()...) {
		e.Attempt = "a2"
		s.Update(screen.Arrived{Events: []engine.Event{e}})
	}
	s.Update(screen.Ended{ID: "a2", Err: errors.New("not ours")})
	if s.View() != before {
		t.Error("another attempt's events changed the screen")
	}
}

func TestModelTextCannotSteerTheTerminal(t *testing.T) {
	s := live.New(env(theme.Palettes()[0]), "a1", engine.Problem{Statement: "x\x1b]0;evil\a"})
	s.Resize(120, 34)
	evil := "a\x1b[2J\x1b]52;c;ZXZpbA==\a\u009b31m\rb\u202ec"
	fill(s, []engine.Fact{
		engine.SampleStarted{},
		engine.Delta{Channel: engine.Reply, Text: evil, Frames: 1},
		engine.SampleFinished{Answer: engine.Answer(evil)},
		engine.TallyChanged{Tally: engine.Tally{}.Add(0, engine.Answer(evil))},
		engine.SampleFailed{Sample: 1, Cause: evil, Todo: evil},
		engine.Warning{Text: evil},
	})
	s.Update(screen.Ended{ID: "a1", Err: errors.New(evil)})
	for range 3 {
		for _, bad := range []string{"\x1b[2J", "\x1b]", "\a", "\u009b", "\r", "\u202e"} {
			if strings.Contains(s.View(), bad) {
				t.Errorf("the frame holds %q", bad)
			}
		}
		s.Update(tea.KeyMsg{Type: tea.KeyRight})
	}
}

// library serves a stored attempt in pages.
type library struct {
	screen.Library
	events []engine.Event
	splits []engine.Split
	asked  int // for splits
	err    error
}

func (l *library) Events(_ context.Context, _ engine.AttemptID, after uint64, limit int) ([]engine.Event, error) {
	from := min(int(after), len(l.events))
	return l.events[from:min(from+limit, len(l.events))], l.err
}

func (l *library) Splits(context.Context) ([]engine.Split, error) {
	l.asked++
	return l.splits, l.err
}

// drain runs cmd and all that follows from it, giving up after n messages.
func drain(s *live.Screen, cmd tea.Cmd, n int) {
	queue := []tea.Cmd{cmd}
	for ; len(queue) > 0 && n > 0; n-- {
		next := queue[0]
		queue = queue[1:]
		if next == nil {
			continue
		}
		if msg := next(); msg != nil {
			if batch, ok := msg.(tea.BatchMsg); ok {
				queue = append(queue, batch...)
				continue
			}
			queue = append(queue, s.Update(msg))
		}
	}
}

// TestReplayEqualsLive: the end of a replay shows what the live screen showed.
func TestReplayEqualsLive(t *testing.T) {
	e := env(theme.Palettes()[0])
	facts := append(finished()[:0:0], finished()[:6]...)
	facts = append(facts, engine.CodeStarted{Number: 1, Code: "1 + 1"}, engine.CodeFinished{Number: 1, Cell: engine.Cell{Output: "2\n", Kept: true}})
	facts = append(facts, finished()[6:]...)
	e.Library = &library{events: story(facts...)}
	running := live.New(e, "a1", problem)
	running.Resize(80, 12) // no machine or attempt pane: all else must be equal
	fill(running, facts)
	for _, speed := range []float64{0, 512} {
		s := live.Replay(e, engine.Summary{ID: "a1", Problem: problem, Begun: begun, Took: 20 * time.Second, Model: "qwen3:8b"}, speed)
		s.Resize(80, 12)
		drain(s, s.Init(), 1000)
		if got, want := withoutHints(s), withoutHints(running); got != want {
			t.Errorf("at speed %g:\n%s\nwant\n%s", speed, got, want)
		}
		if s.Running() != 0 {
			t.Error("a replay claims to run samples")
		}
	}
}

// withoutHints is a frame without the line of keys, which differ.
func withoutHints(s *live.Screen) string {
	frame := ansi.Strip(s.View())
	return frame[:strings.LastIndex(frame, "\n")]
}

func TestReplayControls(t *testing.T) {
	e := env(theme.Palettes()[0])
	e.Library = &library{events: story(finished()...)}
	s := live.Replay(e, engine.Summary{ID: "a1", Problem: problem, Begun: begun, Took: 20 * time.Second}, 1)
	s.Resize(100, 30)
	drain(s, s.Init(), 2)
	press := func(keys string) tea.Cmd { return s.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(keys)}) }
	for _, step := range []struct{ key, want string }{
		{"]", "replay 2×"}, {"[", "replay 1×"}, {" ", "paused"}, {"x", "at the end"},
	} {
		press(step.key)
		if got := tuitest.Status(s); !strings.Contains(got, step.want) {
			t.Errorf("after %q the status is %q, want %q in it", step.key, got, step.want)
		}
	}
	drain(s, press("r"), 2)
	if got := tuitest.Status(s); !strings.Contains(got, "replay 1×") {
		t.Errorf("after r the status is %q", got)
	}
}

func TestReplayTellsWhatIsWrong(t *testing.T) {
	e := env(theme.Palettes()[0])
	e.Library = &library{err: errors.New("disk gone")}
	s := live.Replay(e, engine.Summary{ID: "a1", Problem: problem}, 0)
	s.Resize(100, 30)
	drain(s, s.Init(), 10)
	if !strings.Contains(s.View(), "disk gone") {
		t.Errorf("the screen does not say why:\n%s", ansi.Strip(s.View()))
	}
}
