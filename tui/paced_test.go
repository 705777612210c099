package tui

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// tally is a model that shows how many messages it was sent.
type tally struct{ n int }

func (m tally) Init() tea.Cmd                       { return nil }
func (m tally) Update(tea.Msg) (tea.Model, tea.Cmd) { return tally{m.n + 1}, nil }
func (m tally) View() string                        { return fmt.Sprint(m.n) }

// eventLoop runs a model as Bubble Tea does, and keeps what it showed when, by a clock that
// begins at 0.
type eventLoop struct {
	*paced
	msgs chan tea.Msg
	seen []string
}

func newEventLoop() *eventLoop {
	l := &eventLoop{msgs: make(chan tea.Msg, 100)}
	l.paced = &paced{model: tally{}, show: func(frame string, w, h int) {
		l.seen = append(l.seen, fmt.Sprintf("%s at %s in %dx%d", frame, time.Now().Format("05.000"), w, h))
	}}
	l.View()
	return l
}

// send sends a message, and then what its commands send.
func (l *eventLoop) send(msg tea.Msg) {
	_, cmd := l.Update(msg)
	l.View()
	if cmd != nil {
		go func() { l.msgs <- cmd() }()
	}
}

// pass lets time go by, in which only commands send; n is how often they do.
func (l *eventLoop) pass(d time.Duration) (n int) {
	for over := time.After(d); ; n++ {
		select {
		case msg := <-l.msgs:
			l.send(msg)
		case <-over:
			return n
		}
	}
}

// TestPaced: what is new is shown at once if nothing was shown lately, a key's doings 4 ms and
// all else 33 ms after the last frame at the earliest, and the last of it always; while
// nothing is new, nothing wakes.
func TestPaced(t *testing.T) {
	key := tea.KeyMsg{Type: tea.KeyEnter}
	type step struct {
		after int // milliseconds after the step before
		msg   tea.Msg
	}
	for _, c := range []struct {
		name  string
		steps []step
		want  []string
	}{
		{"a key", []step{{100, key}}, []string{"2 at 00.100"}},
		{"news", []step{{100, "news"}}, []string{"2 at 00.100"}},
		{"news after news", []step{{100, "news"}, {10, "news"}, {10, "news"}}, []string{"2 at 00.100", "4 at 00.133"}},
		{"a key after news", []step{{100, "news"}, {2, key}}, []string{"2 at 00.100", "3 at 00.104"}},
		{"a key among news", []step{{100, "news"}, {1, "news"}, {1, key}, {1, "news"}}, []string{"2 at 00.100", "5 at 00.104"}},
		{"what a key does", []step{{100, key}, {2, "done"}, {92, "done"}, {10, "news"}}, []string{"2 at 00.100", "3 at 00.104", "4 at 00.194", "5 at 00.227"}},
		{"keys", []step{{100, key}, {1, key}, {1, key}, {3, key}}, []string{"2 at 00.100", "4 at 00.104", "5 at 00.108"}},
		{"a key long after news", []step{{100, "news"}, {20, key}}, []string{"2 at 00.100", "3 at 00.120"}},
		{"another size", []step{{100, tea.WindowSizeMsg{Width: 9, Height: 3}}}, []string{"2 at 00.100 in 9x3"}},
	} {
		synctest.Test(t, func(t *testing.T) {
			l := newEventLoop()
			l.send(tea.WindowSizeMsg{Width: 80, Height: 24})
			want := append([]string{"1 at 00.000 in 80x24"}, c.want...)
			for _, s := range c.steps {
				l.pass(time.Duration(s.after) * time.Millisecond)
				l.send(s.msg)
			}
			l.pass(time.Second)
			for i := range want {
				if i > 0 && c.name != "another size" {
					want[i] += " in 80x24"
				}
			}
			if got := fmt.Sprint(l.seen); got != fmt.Sprint(want) {
				t.Errorf("%s: shown %s, want %s", c.name, got, want)
			}
			if n := l.pass(time.Hour); n > 0 {
				t.Errorf("%s: it wakes %d times while nothing is new", c.name, n)
			}
		})
	}
}

// TestNothingIsShownWithoutASize: nobody knows how much there is room for.
func TestNothingIsShownWithoutASize(t *testing.T) {
	l := newEventLoop()
	l.send("news")
	if len(l.seen) > 0 {
		t.Errorf("shown: %s", l.seen)
	}
}
