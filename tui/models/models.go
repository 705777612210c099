// Package models is the screen of language models: those that the server has installed,
// with what it holds of them in memory, and those that are recommended, with whether they
// fit this machine. A model is pulled, deleted, unloaded and made the default here.
//
// What is installed and in memory is told by the app; the server is asked once for the
// card of each model. Nothing is pulled or deleted before it was agreed to, and a pull
// that was stopped goes on where it was when it is begun again.
package models

import (
	"context"
	"time"

	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/monitor"
	"github.com/aimo3/aimo3/tui/pane"
	"github.com/aimo3/aimo3/tui/pulling"
	"github.com/aimo3/aimo3/tui/screen"
)

// Screen is the list of models, and below it what the selected one is.
type Screen struct {
	env      screen.Env
	keys     keys
	server   *engine.Server          // nil until first seen
	held     []monitor.Loaded        // in memory
	cards    map[string]engine.Model // what the server knows, by name and digest
	learning bool                    // cards are on their way
	rows     []row
	list     *pane.List
	asking   *question        // nil if nothing is asked
	naming   *textinput.Model // nil while no name is typed
	pull     *pulling.Pull    // nil while nothing is pulled
	deletion *deletion        // nil unless one waits
	undoTime time.Duration    // how long it can be undone
	busy     string           // what is being done; "" if nothing is
	fault    string           // why the latest wish was not granted

	width, height int
}

// New returns a screen of all models.
func New(env screen.Env) *Screen {
	s := &Screen{env: env, keys: newKeys(env.Keys), cards: map[string]engine.Model{}, undoTime: undoTime}
	s.list = pane.NewList(env.Styles.List, s.row)
	s.refresh()
	return s
}

// Init does nothing: the app tells what is installed.
func (s *Screen) Init() tea.Cmd { return nil }

// Gauging says that readings change what is in view: how long models are held yet, or a delete
// can be undone.
func (s *Screen) Gauging() bool { return len(s.held) > 0 || s.deletion != nil }

// Update takes in one message.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyMsg:
		return s.key(msg)
	case tea.MouseMsg:
		return s.mouse(msg)
	case screen.ServerSeen:
		s.server = &msg.Server
		s.refresh()
		return s.learn()
	case screen.MachineRead:
		s.held = msg.Reading.Loaded
		s.refresh()
	case screen.PlanChanged:
		s.env.Plan = msg.Plan
		s.refresh()
	case learned:
		if msg.of == s {
			return s.take(msg)
		}
	case done:
		if msg.of == s {
			return s.after(msg)
		}
	case pulling.Moved:
		return s.pull.Take(msg)
	case pulling.Ended:
		if msg.Of == s.pull {
			return s.pulled(msg)
		}
	}
	return nil
}

// Typing says whether plain characters go to a text field.
func (s *Screen) Typing() bool { return s.naming != nil }

// Status says what is being done.
func (s *Screen) Status() []screen.Part {
	switch {
	case s.pull != nil:
		return screen.Say("pulling " + s.pull.Model)
	case s.busy != "":
		return screen.Say(s.busy)
	case s.deletion != nil:
		return screen.Say("deleting " + s.deletion.name)
	}
	return nil
}

// learned are cards of models, by name and digest; of those that could not be had they are
// empty.
type learned struct {
	of    *Screen
	cards map[string]engine.Model
}

const (
	maxAtOnce    = 8 // cards that are asked for by one command
	cardsTimeout = 20 * time.Second
)

func cardOf(m engine.Model) string { return m.Name + "@" + m.Digest }

// learn asks for the cards of models that are not known yet.
func (s *Screen) learn() tea.Cmd {
	if s.env.Show == nil || s.learning || s.server == nil {
		return nil
	}
	var unknown []engine.Model
	for _, m := range s.server.Models {
		if _, known := s.cards[cardOf(m)]; !known && len(unknown) < maxAtOnce {
			unknown = append(unknown, m)
		}
	}
	if len(unknown) == 0 {
		return nil
	}
	s.learning = true
	show := s.env.Show
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), cardsTimeout)
		defer cancel()
		cards := map[string]engine.Model{}
		for _, m := range unknown {
			cards[cardOf(m)], _ = show(ctx, m.Name) // of one that cannot be shown less is known
		}
		return learned{s, cards}
	}
}

func (s *Screen) take(msg learned) tea.Cmd {
	s.learning = false
	for key, card := range msg.cards {
		s.cards[key] = card
	}
	s.refresh()
	return s.learn()
}
