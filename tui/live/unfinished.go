package live

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/screen"
)

// GoOn opens the live screen of an attempt that was cut short, and then has it go on.
func GoOn(env screen.Env, a engine.Summary) tea.Cmd {
	return tea.Sequence(
		screen.Send(screen.Open{Screen: New(env, a.ID, a.Problem)}),
		func() tea.Msg { return screen.Ended{ID: a.ID, Err: env.Resume(a.ID)} },
	)
}

// Close ends an attempt that was cut short with the votes it has, and says what came
// of that.
func Close(env screen.Env, a engine.Summary) tea.Cmd {
	return func() tea.Msg {
		notice := screen.Notice{Text: "closed “" + a.Problem.Title(24) + "” with the votes it had"}
		if err := env.Close(a.ID); err != nil {
			notice = screen.Notice{Text: engine.Hint(err), Bad: true}
		}
		return tea.Sequence(screen.Send(notice), screen.Send(screen.Ended{ID: a.ID}))()
	}
}
