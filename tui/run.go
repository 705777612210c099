package tui

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/monitor"
	"github.com/aimo3/aimo3/tui/keyboard"
	"github.com/aimo3/aimo3/tui/screen"
)

// Options say what the app is made of. Env and Feed are needed, the rest may be
// left out.
type Options struct {
	Env  screen.Env // its Solve, Resume, Extend, Create, More, Watch, Copy and Hour are set by Run
	Feed *Feed      // where Solve puts its events; Run closes it

	// Solve attempts a problem; its context ends with the app.
	Solve func(context.Context, engine.AttemptID, engine.Problem, engine.Plan) error
	// Resume goes on with an attempt that was cut short; its context ends with the app.
	Resume func(context.Context, engine.AttemptID) error
	// Extend adds samples to an attempt that has ended, in a new one; its context ends with
	// the app. Nil if it cannot.
	Extend func(ctx context.Context, id, parent engine.AttemptID, samples int) error
	// Create has the server of Env.Connect attempt a problem, More add samples to an attempt,
	// and Watch puts the events of one of its attempts, as screen.Env says; their contexts
	// end with the app. They are needed in place of Solve, Extend and Resume where there is
	// such a server.
	Create func(ctx context.Context, problem engine.Problem, plan engine.Plan, afresh bool) (engine.AttemptID, *engine.Cached, error)
	More   func(ctx context.Context, parent engine.AttemptID, samples int) (engine.AttemptID, error)
	Watch  func(context.Context, engine.AttemptID) (over bool, err error)
	// Server says how the model server is; it is asked every two seconds.
	Server func(context.Context) engine.Server
	// Health waits until it may say something else of how requests fare than when it
	// was called before; false means that there will be no more.
	Health func(context.Context) ([]engine.Health, bool)
	// Link waits until the connection to the server of Env.Connect is another one than
	// when it was called before; false means that there will be no more.
	Link func(context.Context) (engine.Link, bool)
	// Machine waits for the next reading; false means there will be no more.
	Machine func(context.Context) (monitor.Reading, bool)
	// Tell is given where to say, from any goroutine, what a person should know;
	// nil if nothing will be.
	Tell func(say func(string))
	// Log takes every message that reaches the app, at engine.Dump; if nil, none.
	Log *slog.Logger
	// Announce is what the terminal is told of attempts besides the screens, as
	// AnnounceTitle; none if empty.
	Announce []string
	// First makes a screen to open above the ask screen.
	First func(screen.Env) screen.Screen

	Input  io.Reader           // if nil, the standard input
	Output io.Writer           // if nil, the standard output
	Getenv func(string) string // if nil, os.Getenv; TERM, COLUMNS, LINES and what tells how to copy are asked for
}

// Run shows the app until it is quit or ctx ends, and always gives the terminal
// back. Attempts that still run then are cancelled, and have ended when it
// returns. The error is a *Panic, or wraps engine.ErrCancelled and ctx's cause.
//
// ctx is to end on the signals that should end the program. The only one handled here is
// SIGCONT, after which all is drawn anew.
func Run(ctx context.Context, o Options) error {
	inner, cancel := context.WithCancel(ctx)
	defer cancel()
	work := newAttempts(inner)
	defer work.end(engine.ErrCancelled)
	defer o.Feed.Close()

	keys, err := keyboard.New(o.input())
	if err != nil {
		return fmt.Errorf("run the terminal app: %w", err)
	}
	defer func() { _ = keys.Close() }()
	out := newOutput(o.Output)
	env := o.env(work, out)
	var first screen.Screen
	if o.First != nil {
		first = o.First(env)
	}
	app := newApp(env, o.Feed, polls{inner, o.Server, o.Machine, o.Health, o.Link}, first)
	defer app.close(o.Log)
	app.stop = newSuspension(o.input(), out, o.modes()).stop
	g := newGuard(inner, app)
	last := &farewell{saved: o.Env.Library != nil && o.Env.Connect == ""}
	told := newAnnouncer(out, o.getenv(), o.Announce)
	program := tea.NewProgram(out.model(g), o.program(ctx, keys, out, told.see, last.see)...)
	defer watchStops(program)()
	err = o.play(program)
	told.close()
	last.tell(out)
	switch {
	case g.fault != nil:
		return g.fault
	case ctx.Err() != nil:
		return fmt.Errorf("%w: %w", engine.ErrCancelled, context.Cause(ctx))
	case errors.Is(err, tea.ErrProgramPanic):
		return &Panic{Value: err}
	case err != nil:
		return fmt.Errorf("run the terminal app: %w", err)
	}
	return nil
}

// play runs the program, and shows what Tell has to say while it runs.
func (o Options) play(program *tea.Program) error {
	if o.Tell != nil {
		o.Tell(func(line string) { program.Send(screen.Notice{Text: line, Bad: true}) })
		defer o.Tell(nil)
	}
	_, err := program.Run()
	return err
}

// env is o.Env with its long work counted and bound to the app's life.
func (o Options) env(work *attempts, out io.Writer) screen.Env {
	env := o.Env
	getenv := o.getenv()
	if o.Machine != nil {
		env.Hour = new(monitor.Hour)
	}
	env.Copy = newClipboard(out, getenv).copy
	if env.Connect != "" {
		o.connected(&env, work)
		return env
	}
	env.Solve = func(id engine.AttemptID, problem engine.Problem, plan engine.Plan) error {
		return work.do(func(ctx context.Context) error { return o.Solve(ctx, id, problem, plan) })
	}
	env.Resume = func(id engine.AttemptID) error {
		return work.do(func(ctx context.Context) error { return o.Resume(ctx, id) })
	}
	if o.Extend != nil {
		env.Extend = func(id, parent engine.AttemptID, samples int) error {
			return work.do(func(ctx context.Context) error { return o.Extend(ctx, id, parent, samples) })
		}
	}
	if pull := o.Env.Pull; pull != nil {
		env.Pull = func(ctx context.Context, model string, tell func(engine.Pull)) error {
			return work.do(func(app context.Context) error {
				ctx, cancel := context.WithCancel(ctx)
				defer cancel()
				defer context.AfterFunc(app, cancel)()
				return pull(ctx, model, tell)
			})
		}
	}
	return env
}

// connected has a server do the long work, bound to the app's life.
func (o Options) connected(env *screen.Env, work *attempts) {
	env.Create = func(problem engine.Problem, plan engine.Plan, afresh bool) (id engine.AttemptID, kept *engine.Cached, err error) {
		err = work.do(func(ctx context.Context) (err error) {
			id, kept, err = o.Create(ctx, problem, plan, afresh)
			return err
		})
		return id, kept, err
	}
	env.More = func(parent engine.AttemptID, samples int) (id engine.AttemptID, err error) {
		err = work.do(func(ctx context.Context) (err error) {
			id, err = o.More(ctx, parent, samples)
			return err
		})
		return id, err
	}
	env.Watch = func(id engine.AttemptID) (over bool, err error) {
		err = work.do(func(ctx context.Context) (err error) {
			over, err = o.Watch(ctx, id)
			return err
		})
		return over, err
	}
}

// program are the options of Bubble Tea. Each of see is told of every message.
func (o Options) program(ctx context.Context, keys io.Reader, out output, see ...func(tea.Msg)) []tea.ProgramOption {
	getenv, logged := o.getenv(), logger(o.Log)
	all := []tea.ProgramOption{
		tea.WithContext(ctx), tea.WithoutSignalHandler(), tea.WithAltScreen(), tea.WithFPS(out.fps()),
		tea.WithInput(keys), tea.WithOutput(out), tea.WithFilter(func(_ tea.Model, msg tea.Msg) tea.Msg {
			logged(msg)
			for _, tell := range see {
				tell(msg)
			}
			switch msg.(type) {
			case continued:
				return setAgain(o.input(), out, o.modes())
			case tea.WindowSizeMsg:
				out.Forget()
			}
			return sized(msg, getenv)
		}),
	}
	if o.modes().mouse {
		all = append(all, tea.WithMouseCellMotion())
	}
	if o.modes().focus {
		all = append(all, tea.WithReportFocus())
	}
	return all
}

func (o Options) input() io.Reader {
	if o.Input != nil {
		return o.Input
	}
	return os.Stdin
}

func (o Options) getenv() func(string) string {
	if o.Getenv != nil {
		return o.Getenv
	}
	return os.Getenv
}
