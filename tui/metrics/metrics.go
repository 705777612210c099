// Package metrics is the screen that shows what the program measured: a line for each
// series, over the last hour, day, week or 90 days. It reads the store when it is opened
// and once a minute while it is shown, since that is how often there is something new.
package metrics

import (
	"context"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/measure"
	"github.com/aimo3/aimo3/tui/pane"
	"github.com/aimo3/aimo3/tui/phrase"
	"github.com/aimo3/aimo3/tui/screen"
)

const (
	readEvery   = time.Minute
	readTimeout = 10 * time.Second
	trendParts  = 16 // of the time, in a trend
)

// stretch is a time over which series are shown, back from now.
type stretch struct {
	name string
	long time.Duration
}

func stretches() []stretch {
	const day = 24 * time.Hour
	return []stretch{{"last hour", time.Hour}, {"last day", day}, {"last week", 7 * day}, {"last 90 days", 90 * day}}
}

// Screen lists series.
type Screen struct {
	env         screen.Env
	longer      key.Binding
	shorter     key.Binding
	list        *pane.List
	over        int // of stretches
	all         []measure.Summary
	read        time.Time // when; zero before the first answer
	reading     bool
	stale       bool // the next answer is over another stretch
	dues        int  // asked for so far
	fault       error
	width, tall int
}

// New returns a metrics screen.
func New(env screen.Env) *Screen {
	s := &Screen{env: env, longer: env.Keys.Bind("+", "more time", "+", "="), shorter: env.Keys.Bind("-", "less time", "-")}
	s.list = pane.NewList(env.Styles.List, s.row)
	s.Resize(80, 22)
	return s
}

// answer is what the store had.
type answer struct {
	of  *Screen
	all []measure.Summary
	err error
}

// Init reads the store.
func (s *Screen) Init() tea.Cmd { return s.look() }

// Resume reads the store.
func (s *Screen) Resume() tea.Cmd { return s.look() }

// look reads the store, one look at a time.
func (s *Screen) look() tea.Cmd {
	if s.env.Measures == nil {
		return nil
	}
	if s.stale = s.reading; s.stale {
		return nil
	}
	s.reading = true
	measures, now, long := s.env.Measures, s.env.Now(), stretches()[s.over].long
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), readTimeout)
		defer cancel()
		over := measure.NewOver(now.Add(-long), now, trendParts)
		err := measures(ctx, now.Add(-long), over.Add)
		all := over.Summaries()
		phrase.ByArea(all)
		return answer{s, all, err}
	}
}

// Update takes in one message.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyMsg:
		return s.key(msg)
	case tea.MouseMsg:
		screen.Wheel(msg, s.list)
		screen.SelectRow(msg, s.list, 1)
	case answer:
		if msg.of == s {
			return s.take(msg)
		}
	case screen.Due:
		if msg.Of == s && msg.Number == s.dues {
			return s.look()
		}
	}
	return nil
}

func (s *Screen) take(a answer) tea.Cmd {
	s.reading = false
	if s.stale {
		return s.look()
	}
	s.all, s.fault, s.read = a.all, a.err, s.env.Now()
	s.list.SetLen(len(s.all))
	s.list.Redraw()
	s.dues++
	next := screen.Due{Of: s, Number: s.dues}
	return tea.Tick(readEvery, func(time.Time) tea.Msg { return next })
}

func (s *Screen) key(msg tea.KeyMsg) tea.Cmd {
	switch k := s.env.Keys; {
	case key.Matches(msg, k.Back):
		return screen.Send(screen.Back{})
	case key.Matches(msg, s.longer):
		return s.turn(1)
	case key.Matches(msg, s.shorter):
		return s.turn(-1)
	default:
		k.Move(msg, s.list)
	}
	return nil
}

// turn shows another stretch of time.
func (s *Screen) turn(by int) tea.Cmd {
	to := min(max(s.over+by, 0), len(stretches())-1)
	if to == s.over || s.env.Measures == nil {
		return nil
	}
	s.over = to
	return s.look()
}

// Keys are what may be pressed now.
func (s *Screen) Keys() []key.Binding {
	k := s.env.Keys
	if s.env.Measures == nil {
		return []key.Binding{k.Back}
	}
	all := []key.Binding{k.Up, k.Down, k.PageUp, k.PageDn, k.Top, k.End, k.Back}
	if s.over > 0 {
		all = append([]key.Binding{s.shorter}, all...)
	}
	if s.over < len(stretches())-1 {
		all = append([]key.Binding{s.longer}, all...)
	}
	return all
}

// Refused are the keys that do nothing now.
func (s *Screen) Refused() []screen.Refused {
	switch {
	case s.env.Measures == nil:
		return []screen.Refused{{Key: s.longer, Why: s.hint()}, {Key: s.shorter, Why: s.hint()}}
	case s.over == 0:
		return []screen.Refused{{Key: s.shorter, Why: "an hour is the shortest time"}}
	case s.over == len(stretches())-1:
		return []screen.Refused{{Key: s.longer, Why: "figures are kept for 90 days"}}
	}
	return nil
}

// Words are those that help explains.
func (s *Screen) Words() []screen.Word {
	return []screen.Word{
		{Word: "p50", Means: "half are below"},
		{Word: "p95, p99", Means: "95%, 99% are below"},
		{Word: "▂▁▅ .", Means: "its course; . is none"},
	}
}

// Status is empty: what is shown says it all.
func (s *Screen) Status() []screen.Part { return nil }

// hint is why there is nothing to show.
func (s *Screen) hint() string {
	switch {
	case s.env.Measures == nil:
		return s.env.WhyNone("aimo3 metrics")
	case s.fault != nil:
		return engine.Hint(s.fault)
	case s.read.IsZero():
		return "reading…"
	}
	return "nothing was measured in this time: figures are kept once a minute while the program runs"
}
