package ask

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/live"
	"github.com/aimo3/aimo3/tui/screen"
)

// begin opens the live screen of an attempt and then, in this order so that the
// screen sees the first event, begins the attempt.
func begin(env screen.Env, id engine.AttemptID, problem engine.Problem, plan engine.Plan) tea.Cmd {
	return tea.Sequence(
		screen.Send(screen.Open{Screen: live.New(env, id, problem)}),
		func() tea.Msg { return screen.Ended{ID: id, Err: env.Solve(id, problem, plan)} },
	)
}
