package live_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/theme"
	"github.com/aimo3/aimo3/tui/live"
	"github.com/aimo3/aimo3/tui/screen"
)

const trace = "Traceback (most recent call last):\n\n  Cell In[2], line 1\n    1/0\n\nZeroDivisionError: division by zero\n"

func count(lines int) string {
	var b strings.Builder
	for i := range lines {
		fmt.Fprintf(&b, "n = %d gives %d\n", i, i*i)
	}
	return b.String()
}

// notebook is a sample's facts up to a cell, and what came of it.
func notebook(code string, cells ...engine.Cell) []engine.Fact {
	facts := []engine.Fact{
		engine.SampleStarted{},
		engine.CodeChosen{Code: engine.Code{Engine: "python", SymPy: true, Calls: true}},
		engine.PhaseChanged{Phase: engine.Reasoning},
		engine.Delta{Channel: engine.Thinking, Text: "Let me compute this.", Frames: 6},
		engine.PhaseChanged{Phase: engine.Computing},
		engine.CodeStarted{Number: 1, Code: code},
	}
	for _, c := range cells {
		facts = append(facts, engine.CodeFinished{Number: 1, Cell: c},
			engine.PhaseChanged{Phase: engine.Reasoning},
			engine.Delta{Channel: engine.Thinking, Text: "So that is that.", Frames: 5})
	}
	return facts
}

// notebooks are the states that a cell can be in.
func notebooks() map[string][]engine.Fact {
	const code = "from sympy import *\nx = symbols('x')  # the unknown\nfactor(x**4 - 1)"
	const loop = "while True:\n    pass"
	return map[string][]engine.Fact{
		"running":  notebook(code),
		"echo":     notebook(code, engine.Cell{Output: "(x - 1)*(x + 1)*(x**2 + 1)\n", Took: 1200 * time.Millisecond, Memory: 300 << 20, Kept: true}),
		"error":    notebook("print('so far')\n1/0", engine.Cell{Output: "so far\n", Err: trace, Kept: true}),
		"timeout":  notebook(loop, engine.Cell{Err: "KeyboardInterrupt\n[TIMEOUT] interrupted after 6 s", Took: 6 * time.Second, TimedOut: true, Kept: true}),
		"lost":     notebook(loop, engine.Cell{Err: "Killed: the cell would not yield", Took: 7 * time.Second, TimedOut: true}),
		"long":     notebook("for n in range(228):\n    print('n =', n, 'gives', n*n)", engine.Cell{Output: count(228), Truncated: 1_200_000, Kept: true}),
		"silent":   notebook("x = 1", engine.Cell{Kept: true}),
		"writing":  append(notebook("x = 1", engine.Cell{Kept: true}), engine.Delta{Channel: engine.Writing, Text: "y = x +", Frames: 3}),
		"stopped":  append(notebook(loop), engine.SampleStopped{Why: "the vote is decided"}),
		"warned":   {engine.SampleStarted{}, engine.Warning{Text: "running without code: python3 cannot be contained here, and no other was asked for"}, engine.PhaseChanged{Phase: engine.Reading}},
		"no cells": {engine.SampleStarted{}, engine.PhaseChanged{Phase: engine.Computing}},
	}
}

// TestNotebookFrames: a cell in every state at every size, kept as text.
func TestNotebookFrames(t *testing.T) {
	for name, facts := range notebooks() {
		for _, size := range [][2]int{{60, 14}, {80, 22}, {160, 48}, {24, 6}, {1, 1}} {
			w, h := size[0], size[1]
			for _, p := range theme.Palettes() {
				s := live.New(env(p), "a1", problem)
				s.Resize(w, h)
				fill(s, facts)
				checkFrame(t, fmt.Sprintf("%s %s %dx%d", name, p.Name, w, h), s.View(), w, h)
				if p.Name == "night" && w >= 60 {
					t.Run(fmt.Sprintf("%s/%dx%d", name, w, h), func(t *testing.T) {
						golden.RequireEqual(t, []byte(ansi.Strip(s.View())))
					})
				}
			}
		}
	}
}

// TestLongOutputUnfolds: the key shows all of the chosen sample's outputs.
func TestLongOutputUnfolds(t *testing.T) {
	s := live.New(env(theme.Palettes()[0]), "a1", problem)
	s.Resize(100, 300)
	fill(s, notebooks()["long"])
	const hidden = "n = 100 gives 10000"
	for _, want := range []bool{false, true, false} {
		if got := strings.Contains(s.View(), hidden); got != want {
			t.Errorf("%q is shown: %t, want %t", hidden, got, want)
		}
		s.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("o")})
	}
	told := false
	for _, k := range s.Keys() {
		told = told || k.Help().Key == "o"
	}
	if !told {
		t.Error("the key is not among those that help shows")
	}
}

// TestHostileCells: nothing that code printed steers the terminal, and a line of
// a megabyte costs no more than it shows.
func TestHostileCells(t *testing.T) {
	evil := "a\x1b[2J\x1b]52;c;ZXZpbA==\a\u009b31m\rb\u202ec\x00"
	s := live.New(env(theme.Palettes()[0]), "a1", problem)
	s.Resize(120, 34)
	fill(s, append(notebook(evil, engine.Cell{Output: evil + "\n" + strings.Repeat(evil, 60_000) + "\n" + evil, Err: evil + "\n" + evil, Kept: true}),
		engine.CodeChosen{Code: engine.Code{Engine: evil}}, engine.Warning{Text: evil},
		engine.CodeStarted{Number: 2, Code: strings.Repeat(evil, 1000)}))
	for range 2 {
		if took := testing.AllocsPerRun(5, func() { _ = s.View() }); took > 20_000 {
			t.Errorf("a frame took %v allocations", took)
		}
		for range 12 {
			checkFrame(t, "hostile", s.View(), 120, 34)
			for _, bad := range []string{"\x1b[2J", "\x1b]", "\a", "\u009b", "\r", "\u202e", "\x00"} {
				if strings.Contains(s.View(), bad) {
					t.Fatalf("the frame holds %q", bad)
				}
			}
			s.Update(tea.KeyMsg{Type: tea.KeyUp})
		}
		s.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("o")})
	}
}

// TestRethoughtKeepsCells: what was replied before a bare end of thinking moves,
// and the cells before it stay where they were.
func TestRethoughtKeepsCells(t *testing.T) {
	s := live.New(env(theme.Palettes()[0]), "a1", problem)
	s.Resize(160, 60)
	fill(s, append(notebook("x = 1\nx", engine.Cell{Output: "1\n", Kept: true}),
		engine.Delta{Channel: engine.Reply, Text: "so it was", Frames: 3}, engine.ReplyWasThinking{},
		engine.Delta{Channel: engine.Reply, Text: "one", Frames: 1}))
	got, at := ansi.Strip(s.View()), -1
	for _, want := range []string{"Let me compute this.", "In [1]: x = 1", "Out[1]: 1", "So that is that.so it was", "one"} {
		next := strings.Index(got, want)
		if next <= at {
			t.Fatalf("%q is missing or out of order in\n%s", want, got)
		}
		if want != "one" && strings.Count(got, want) > 1 {
			t.Errorf("%q is told more than once in\n%s", want, got)
		}
		at = next
	}
}

// TestRunningCellTicks: how long a cell has run comes from the screen's clock.
func TestRunningCellTicks(t *testing.T) {
	e := env(theme.Palettes()[0])
	now := begun
	e.Now = func() time.Time { return now }
	s := live.New(e, "a1", problem)
	s.Resize(120, 34)
	tick := s.Init()
	s.Update(screen.Arrived{Events: story(notebook("x")...)})
	now = begun.Add(15500 * time.Millisecond)
	before := s.View()
	if strings.Contains(before, "10 s") || !strings.Contains(before, "running") {
		t.Errorf("before the tick:\n%s", ansi.Strip(before))
	}
	s.Update(tick())
	if got := ansi.Strip(s.View()); !strings.Contains(got, "running · 9 s") {
		t.Errorf("after the tick:\n%s", got)
	}
}

// TestReplayedCells: a replay's clock ticks in a cell, and a cell whose end was
// never stored is said to be so at the end, at every speed.
func TestReplayedCells(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := env(theme.Palettes()[0])
		e.Library = &library{events: story(notebook("x")...)}
		for _, speed := range []float64{0, 512} {
			s := live.Replay(e, engine.Summary{ID: "a1", Problem: problem, Begun: begun, Took: 20 * time.Second}, speed)
			s.Resize(120, 34)
			drain(s, s.Init(), 1000)
			if got := ansi.Strip(s.View()); !strings.Contains(got, "unfinished: no end was recorded") || strings.Contains(got, "  ◉ running") {
				t.Errorf("at speed %g:\n%s", speed, got)
			}
		}
		facts := append(notebook("x"), engine.Warning{}, engine.Warning{}, engine.Warning{}, engine.Warning{})
		e.Library = &library{events: story(facts...)}
		s := live.Replay(e, engine.Summary{ID: "a1", Problem: problem, Begun: begun, Took: 20 * time.Second}, 30)
		s.Resize(120, 34)
		ticked, running := false, regexp.MustCompile(`◉ running · [1-9] s`)
		cmd := s.Init()
		for range 200 { // one step of 33 ms at a time, a second of the attempt each
			if cmd == nil {
				break
			}
			cmd = s.Update(cmd())
			ticked = ticked || running.MatchString(ansi.Strip(s.View()))
		}
		if !ticked {
			t.Error("the clock of the replay never ticked in the cell")
		}
	})
}
