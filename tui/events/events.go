// Package events is the screen that lists what happened in a stored attempt, fact by fact,
// and finds facts by their words. Text that a model wrote is not listed piece by piece: the
// screen of the attempt shows it.
package events

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/pane"
	"github.com/aimo3/aimo3/tui/phrase"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// How events are read.
const (
	within = 30 * time.Second
	page   = 2000
)

// fact is one line of the list.
type fact struct {
	at     time.Duration // since the attempt began
	kind   string
	sample int // from 0; -1 if it is of none
	fields []phrase.Field
	words  string // all of it in small letters, to be searched
}

// Screen lists the facts of an attempt.
type Screen struct {
	env    screen.Env
	stored engine.Summary
	all    []fact
	shown  []int // of all, those that have the words
	texts  int   // events that are text
	after  uint64
	ended  bool
	fault  error
	filter textinput.Model
	list   *pane.List
	whole  whole
	keys   keys

	width, height int
}

type keys struct{ filter, clear, keep key.Binding }

// Key is the binding that screens open this one by.
func Key(k screen.Keys) key.Binding { return k.Bind("l", "list of events", "l") }

// New returns the screen of a stored attempt.
func New(env screen.Env, a engine.Summary) *Screen {
	bind, answer := env.Keys.Bind, env.Keys.Answer
	s := &Screen{env: env, stored: a, keys: keys{bind("/", "filter", "/"), answer("esc", "clear the filter", "esc"), answer("enter", "to the list", "enter", "down", "up")}}
	s.filter = screen.NewField(env.Styles.Text, "/ ", "words of an event: sample 3, failed, cell, …", 200)
	s.list = pane.NewList(env.Styles.List, s.row)
	s.Resize(80, 22)
	return s
}

// read brings a page of events.
type read struct {
	of     *Screen
	facts  []fact
	texts  int
	after  uint64
	events int
	err    error
}

// Init reads the first page.
func (s *Screen) Init() tea.Cmd { return s.load() }

// load reads the next page, and makes lines of it off the event loop.
func (s *Screen) load() tea.Cmd {
	library, id, after, begun := s.env.Library, s.stored.ID, s.after, s.stored.Begun
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), within)
		defer cancel()
		events, err := library.Events(ctx, id, after, page)
		msg := read{of: s, after: after, events: len(events), err: err}
		for _, e := range events {
			msg.after = e.Seq
			if _, text := e.Fact.(engine.Delta); text {
				msg.texts++
				continue
			}
			msg.facts = append(msg.facts, factOf(e, begun))
		}
		return msg
	}
}

// factOf is an event as a line.
func factOf(e engine.Event, begun time.Time) fact {
	f := fact{at: e.At.Sub(begun), kind: e.Kind(), sample: -1}
	if n, is := engine.SampleOf(e.Fact); is {
		f.sample = n
	}
	if object, err := e.FactJSON(); err == nil {
		f.fields = phrase.Fields(object)
	}
	for i := range f.fields {
		if f.fields[i].Name == "sample" && f.sample >= 0 { // as people count, here as in the list
			f.fields[i].Value = fmt.Sprint(f.sample + 1)
		}
	}
	f.words = strings.ToLower(strings.ReplaceAll(f.kind, "_", " ") + " " + f.of() + " " + f.says())
	return f
}

// of is whose it is, as people count.
func (f fact) of() string {
	if f.sample < 0 {
		return ""
	}
	return fmt.Sprintf("sample %d", f.sample+1)
}

// says are its fields on one line, but for the number of the sample.
func (f fact) says() string {
	var parts []string
	for _, field := range f.fields {
		if field.Name != "sample" || f.sample < 0 {
			parts = append(parts, field.Name+" "+field.Value)
		}
	}
	return strings.Join(parts, " · ")
}

// row is a fact in a width.
func (s *Screen) row(i, width int) string {
	f := s.all[s.shown[i]]
	head := pane.Fit(pane.Duration(f.at), 9) + pane.Fit(f.of(), 11) + pane.Fit(strings.ReplaceAll(termsafe.Line(f.kind), "_", " "), 19)
	return pane.Fit(head+termsafe.Line(phrase.Short(f.says(), max(width, 1)*2)), width)
}

// Update takes a page, or a key.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case read:
		return s.take(msg)
	case tea.KeyMsg:
		return s.key(msg)
	case tea.MouseMsg:
		s.mouse(msg)
	}
	return nil
}

func (s *Screen) mouse(msg tea.MouseMsg) {
	if s.whole.open {
		screen.Wheel(msg, &s.whole)
		return
	}
	screen.Wheel(msg, s.list)
	screen.SelectRow(msg, s.list, 1)
}

func (s *Screen) take(msg read) tea.Cmd {
	if msg.of != s {
		return nil
	}
	s.fault = msg.err
	if msg.err != nil {
		return nil
	}
	s.all, s.texts, s.after = append(s.all, msg.facts...), s.texts+msg.texts, msg.after
	s.ended = msg.events < page
	s.choose()
	if s.ended {
		return nil
	}
	return s.load()
}

// choose lists the facts that have all the words.
func (s *Screen) choose() {
	words, sample := sought(s.filter.Value())
	s.shown = s.shown[:0]
	for i := range s.all {
		if f := &s.all[i]; (sample == 0 || f.sample == sample-1) && has(f.words, words) {
			s.shown = append(s.shown, i)
		}
	}
	s.list.SetLen(len(s.shown))
	s.list.Redraw()
}

// sought parts what was typed into words and the number of a sample, as in "sample 3 failed";
// 0 if none is named.
func sought(typed string) (words []string, sample int) {
	words = strings.Fields(strings.ToLower(typed))
	for i := range words[:max(len(words)-1, 0)] {
		if n, err := strconv.Atoi(words[i+1]); err == nil && n > 0 && words[i] == "sample" {
			return slices.Delete(words, i, i+2), n
		}
	}
	return words, 0
}

// has says whether text has each of some words.
func has(text string, words []string) bool {
	return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, w) })
}

// Typing says whether plain characters go to the filter.
func (s *Screen) Typing() bool { return s.filter.Focused() }
