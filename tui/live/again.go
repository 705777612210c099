package live

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/screen"
)

// Again attempts a problem afresh, whatever was kept of it, on a screen of its own.
func Again(env screen.Env, problem engine.Problem, plan engine.Plan) tea.Cmd {
	if env.Create != nil {
		return func() tea.Msg {
			id, _, err := env.Create(problem, plan, true)
			return watched(env, problem)(id, err)
		}
	}
	return Begin(env, New(env, engine.NewAttemptID(env.Now()), problem), problem, plan)
}

// watched shows the attempt that a server took of a problem, or says why it took none.
func watched(env screen.Env, problem engine.Problem) func(engine.AttemptID, error) tea.Msg {
	return func(id engine.AttemptID, err error) tea.Msg {
		if err != nil {
			return screen.Notice{Text: engine.Hint(err), Bad: true}
		}
		return Watch(env, id, problem)()
	}
}

// Begin opens the live screen of an attempt and then, in this order so that the screen
// sees the first event, begins the attempt.
func Begin(env screen.Env, s *Screen, problem engine.Problem, plan engine.Plan) tea.Cmd {
	id := s.id
	return tea.Sequence(
		screen.Send(screen.Open{Screen: s}),
		func() tea.Msg { return screen.Ended{ID: id, Err: env.Solve(id, problem, plan)} },
	)
}

// solveAgain is Again of what is shown, as it was asked for but with seeds that it has not
// had: the same ones would give the same samples.
func (s *Screen) solveAgain() tea.Cmd {
	if s.cached != nil {
		return s.cached.again()
	}
	plan := s.asked
	plan.Seed += int64(max(len(s.progress.Samples), plan.Samples))
	plan.Digests = nil // what its models are now counts
	return Again(s.env, s.progress.Problem, plan)
}
