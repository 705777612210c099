package tui

import (
	"context"
	"fmt"
	"reflect"
	"runtime/debug"

	tea "github.com/charmbracelet/bubbletea"
)

// Panic is a programmer's mistake that stopped the app. The terminal has been
// given back before anyone sees it.
type Panic struct {
	Value any
	Stack []byte
}

func (p *Panic) Error() string {
	return fmt.Sprintf("aimo3 crashed: %v\n\n%s", p.Value, p.Stack)
}

// guard stands around the App and turns a panic in its methods or commands into
// an orderly quit. Bubble Tea recovers from panics too, but prints to the
// standard output while the terminal is still raw and keeps no stack.
type guard struct {
	app    tea.Model
	ctx    context.Context // ends with the program
	fault  *Panic          // set once; nothing of app is called after
	broken chan *Panic     // View's, which can return no command
}

func newGuard(ctx context.Context, app tea.Model) *guard {
	return &guard{app: app, ctx: ctx, broken: make(chan *Panic, 1)}
}

// panicked reports a command's panic to the event loop.
type panicked struct{ fault *Panic }

func (g *guard) Init() (cmd tea.Cmd) {
	defer g.recover(&cmd)
	return tea.Batch(g.watch, guarded(g.app.Init()))
}

// Update hands on to the app.
func (g *guard) Update(msg tea.Msg) (self tea.Model, cmd tea.Cmd) {
	self = g // also when the app panics
	if p, ok := msg.(panicked); ok && g.fault == nil {
		g.fault = p.fault
	}
	if g.fault != nil {
		return g, tea.Quit
	}
	defer g.recover(&cmd)
	_, cmd = g.app.Update(msg)
	return g, guarded(cmd)
}

// View hands on to the app.
func (g *guard) View() string {
	if g.fault != nil {
		return ""
	}
	defer g.recover(nil)
	return g.app.View()
}

func (g *guard) recover(cmd *tea.Cmd) {
	v := recover()
	if v == nil {
		return
	}
	g.fault = &Panic{v, debug.Stack()}
	if cmd != nil {
		*cmd = tea.Quit
		return
	}
	g.broken <- g.fault
}

// watch is a tea.Cmd that reports a panic in View.
func (g *guard) watch() tea.Msg {
	select {
	case fault := <-g.broken:
		return panicked{fault}
	case <-g.ctx.Done():
		return nil
	}
}

// guarded makes a command report its panic.
func guarded(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() (msg tea.Msg) {
		defer func() {
			if v := recover(); v != nil {
				msg = panicked{&Panic{v, debug.Stack()}}
			}
		}()
		msg = cmd()
		return guardedList(msg)
	}
}

// guardedList guards the commands of a tea.Batch or a tea.Sequence; the type of
// the latter has no name outside of Bubble Tea.
func guardedList(msg tea.Msg) tea.Msg {
	list := reflect.ValueOf(msg)
	if !list.IsValid() || list.Kind() != reflect.Slice || list.Type().Elem() != reflect.TypeFor[tea.Cmd]() {
		return msg
	}
	safe := reflect.MakeSlice(list.Type(), list.Len(), list.Len())
	for i := range list.Len() {
		cmd, _ := list.Index(i).Interface().(tea.Cmd)
		safe.Index(i).Set(reflect.ValueOf(guarded(cmd)))
	}
	return safe.Interface()
}
