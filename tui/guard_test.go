package tui

import (
	"context"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
)

// faulty panics where it is told to.
type faulty struct{ where string }

type poke struct{}

func (f faulty) boom(where string) {
	if f.where == where {
		panic("boom in " + where)
	}
}

func (f faulty) Init() tea.Cmd { f.boom("Init"); return nil }

func (f faulty) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if _, ok := msg.(poke); !ok {
		return f, nil
	}
	f.boom("Update")
	cmd := func() tea.Msg { f.boom("command"); return nil }
	inBatch := func() tea.Msg { f.boom("batch"); return nil }
	inSequence := func() tea.Msg { f.boom("sequence"); return nil }
	quiet := func() tea.Msg { return nil }
	return f, tea.Batch(cmd, tea.Batch(inBatch, quiet), tea.Sequence(quiet, inSequence))
}

func (f faulty) View() string { f.boom("View"); return "fine" }

func TestPanicsEndTheProgramWithTheirStack(t *testing.T) {
	for _, where := range []string{"Init", "Update", "View", "command", "batch", "sequence"} {
		t.Run(where, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			g := newGuard(ctx, faulty{where})
			var out strings.Builder
			p := tea.NewProgram(g, tea.WithInput(nil), tea.WithOutput(newOutput(&out)), tea.WithAltScreen(), tea.WithoutSignalHandler())
			go p.Send(poke{})
			if _, err := p.Run(); err != nil {
				t.Errorf("it did not end in order: %v", err)
			}
			if g.fault == nil {
				t.Fatal("the panic was not kept")
			}
			if got := g.fault.Error(); !strings.Contains(got, "boom in "+where) || !strings.Contains(got, "guard_test.go") {
				t.Errorf("the error does not say what happened and where:\n%s", got)
			}
			if !strings.Contains(out.String(), "\x1b[?1049l") {
				t.Error("the terminal's other screen was not left")
			}
		})
	}
}
