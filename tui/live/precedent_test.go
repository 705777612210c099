package live_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/theme"
	"github.com/aimo3/aimo3/tui/live"
	"github.com/aimo3/aimo3/tui/screen"
)

const told = "in past attempts with a 2-of-6 vote, 7 of 9 were right"

// unwrapped is a frame's text without the borders and line ends in it.
func unwrapped(s *live.Screen) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(ansi.Strip(s.View()), "│", " ")), " ")
}

// TestPrecedentIsShown: live and in a replay, once there is a verdict, asked for
// once.
func TestPrecedentIsShown(t *testing.T) {
	stored := engine.Summary{ID: "a1", Problem: problem, Begun: begun}
	for _, replayed := range []bool{false, true} {
		l := &library{events: story(classes()...), splits: []engine.Split{{Votes: 2, Of: 5, Right: 1, Scored: 1}, {Votes: 2, Of: 6, Right: 7, Scored: 9}}}
		e := env(theme.Palettes()[0])
		e.Library = l
		s := live.New(e, "a1", problem)
		if replayed {
			s = live.Replay(e, stored, 0)
		}
		s.Resize(160, 48)
		if replayed {
			drain(s, s.Init(), 100)
		} else {
			last := len(l.events) - 1
			drain(s, s.Update(screen.Arrived{Events: l.events[:last]}), 100)
			if l.asked != 0 {
				t.Error("asked before the verdict")
			}
			drain(s, s.Update(screen.Arrived{Events: l.events[last:]}), 100)
		}
		drain(s, s.Update(reading), 100)
		if got := unwrapped(s); !strings.Contains(got, told) {
			t.Errorf("replayed %v: not told:\n%s", replayed, ansi.Strip(s.View()))
		}
		if l.asked != 1 {
			t.Errorf("replayed %v: asked %d times", replayed, l.asked)
		}
		for _, size := range [][2]int{{60, 14}, {80, 22}, {160, 48}, {200, 14}, {24, 6}} {
			s.Resize(size[0], size[1])
			checkFrame(t, fmt.Sprint(size), s.View(), size[0], size[1])
			if got := unwrapped(s); strings.Contains(got, "in past attempts") && !strings.Contains(got, "7 of 9 were right") {
				t.Errorf("%v: cut short:\n%s", size, ansi.Strip(s.View()))
			}
			if !replayed && size[0] != 24 && size[0] != 200 {
				t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) { golden.RequireEqual(t, []byte(ansi.Strip(s.View()))) })
			}
		}
	}
}

// TestPrecedentInOneLine: it is there whole or not at all.
func TestPrecedentInOneLine(t *testing.T) {
	e := env(theme.Palettes()[0])
	e.Library = &library{splits: []engine.Split{{Votes: 2, Of: 6, Right: 7, Scored: 9}}}
	s := live.New(e, "a1", problem)
	drain(s, s.Update(screen.Arrived{Events: story(classes()...)}), 100)
	shown := 0
	for w := 60; w <= 220; w++ {
		s.Resize(w, 14)
		switch got := unwrapped(s); {
		case strings.Contains(got, told):
			shown++
		case strings.Contains(got, "such v"):
			t.Errorf("%d wide: cut short:\n%s", w, ansi.Strip(s.View()))
		}
	}
	if shown < 20 {
		t.Errorf("shown at %d widths", shown)
	}
}

func TestPrecedentOfNoVotesIsNotAskedFor(t *testing.T) {
	l := &library{events: story(engine.AttemptFinished{Verdict: engine.Verdict{Of: 6, Why: engine.AllEnded}})}
	e := env(theme.Palettes()[0])
	e.Library = l
	s := live.New(e, "a1", problem)
	drain(s, s.Update(screen.Arrived{Events: l.events}), 100)
	if l.asked != 0 {
		t.Error("asked how often no votes were right")
	}
}

// TestPrecedentThatCannotBeRead: a person is told, and the verdict stays.
func TestPrecedentThatCannotBeRead(t *testing.T) {
	e := env(theme.Palettes()[0])
	e.Library = &library{err: errors.New("disk gone")}
	s := live.New(e, "a1", problem)
	s.Resize(160, 48)
	answer := s.Update(s.Update(screen.Arrived{Events: story(classes()...)})())
	if n, ok := answer().(screen.Notice); !ok || !n.Bad || !strings.Contains(n.Text, "disk gone") {
		t.Errorf("sent %+v, want a notice of why", n)
	}
	if got := unwrapped(s); !strings.Contains(got, "2 votes, 3 against") || strings.Contains(got, "in past attempts") {
		t.Errorf("the frame is\n%s", ansi.Strip(s.View()))
	}
}

// TestPrecedentOfAnotherAttemptIsDropped: what one screen asked for says nothing
// on another.
func TestPrecedentOfAnotherAttemptIsDropped(t *testing.T) {
	splits := []engine.Split{{Votes: 2, Of: 6, Right: 7, Scored: 9}}
	var answer tea.Msg
	for _, id := range []engine.AttemptID{"a2", "a1"} {
		e := env(theme.Palettes()[0])
		e.Library = &library{splits: splits}
		s := live.New(e, id, problem)
		s.Resize(160, 48)
		events := story(classes()...)
		for i := range events {
			events[i].Attempt = id
		}
		cmd := s.Update(screen.Arrived{Events: events})
		if answer == nil {
			answer = cmd()
			continue
		}
		s.Update(answer)
		if strings.Contains(unwrapped(s), "in past attempts") {
			t.Error("a stranger's precedents are shown")
		}
	}
}
