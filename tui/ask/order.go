package ask

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/live"
	"github.com/aimo3/aimo3/tui/screen"
)

// created says which ID a server gave to what was sent.
type created struct{ sent, id engine.AttemptID }

// named goes on with the server's ID.
func (d *draft) named(c created) {
	if d.sent == c.sent {
		d.sent = c.id
	}
}

// order has a server attempt a problem and shows its attempt, or the verdict that it kept
// of the same.
func order(env screen.Env, sent engine.AttemptID, problem engine.Problem, plan engine.Plan) tea.Cmd {
	return func() tea.Msg {
		id, kept, err := env.Create(problem, plan, false)
		switch {
		case err != nil:
			return screen.Ended{ID: sent, Err: err}
		case kept == nil:
			return tea.Sequence(screen.Send(created{sent, id}), live.Watch(env, id, problem))()
		}
		again := func() tea.Cmd { return live.Again(env, problem, plan) }
		return tea.Sequence(
			screen.Send(screen.Open{Screen: live.Cached(env, *kept, again)}),
			screen.Send(screen.Ended{ID: sent}),
		)()
	}
}
