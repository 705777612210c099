// Package ask is the screen where a problem is written and an attempt begun.
//
// Above stands the editor, with the statement as it is written or, by a key, with its
// formulas drawn; then a line of what would run: the model, the samples, what runs code;
// below, where there is room, the recent problems to choose from, or what is missing
// before anything can begin, with the key that mends it (start the server, pull a model).
//
// Enter checks the statement ([engine.NewProblem]) and hands it on with the plan to
// Env.Solve, or to Env.Create where a server attempts it; a refusal stays below the editor
// and the text is never lost: what another text replaced comes back by undo, and what was
// not asked is kept for the next start (Env.Drafts). Samples and tools that were asked with
// are remembered, the model only if a person chose it. Attempts that were cut short are
// offered first, to go on with or to close. A file is loaded by its path, which is completed, and a paste becomes
// plain text with a note of what was left out.
package ask

import (
	"context"
	"time"

	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/bubbles/spinner"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/live"
	"github.com/aimo3/aimo3/tui/pulling"
	"github.com/aimo3/aimo3/tui/screen"
)

// Screen is an editor for the statement, what would run, and below them, where
// there is room, the recent problems or what is missing to begin.
type Screen struct {
	env    screen.Env
	keys   keys
	draft  draft
	setup  setup
	recent *recent
	picker *picker          // nil while closed
	file   *prompt          // nil while closed
	pull   *pull            // nil while there is none
	cut    []engine.Summary // attempts that were cut short and are offered, newest first
	hint   string           // one line: why the latest wish was not granted
	note   string           // one line: what a person should know of the draft; a key takes it away
	spin   spinner.Model

	found, asFound string // the draft that was there at the start: as it was kept, and in the editor

	width, height int
}

// New returns an ask screen with an empty editor.
func New(env screen.Env) *Screen {
	s := &Screen{
		env: env, keys: newKeys(env.Keys), draft: newDraft(env.Styles), setup: newSetup(env.Plan, env.LastModel, !env.NoEmbedded),
		recent: newRecent(env), spin: spinner.New(spinner.WithSpinner(spinner.MiniDot), spinner.WithStyle(env.Styles.Text.Accent)),
	}
	s.Resize(80, 22)
	s.restore()
	return s
}

// Init loads the recent problems, and looks for attempts that were cut short.
func (s *Screen) Init() tea.Cmd { return tea.Batch(s.recent.load(), s.lookForUnfinished()) }

// Update takes in one message.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	before := s.shares()
	cmd := s.update(msg)
	if s.shares() != before {
		s.layout()
	}
	return cmd
}

func (s *Screen) update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyMsg:
		return s.key(msg)
	case tea.MouseMsg:
		return s.mouse(msg)
	case screen.ServerSeen:
		return s.seen(msg.Server)
	case screen.PlanChanged:
		s.setup.rebase(s.env.Plan, msg.Plan)
		s.env.Plan = msg.Plan
	case screen.Arrived:
		s.draft.arrived(msg.Events)
		s.taken(msg.Events)
	case screen.Ended:
		return s.ended(msg)
	case recentLoaded:
		s.recent.take(msg)
		s.layout()
	case created:
		s.draft.named(msg)
	case unfinished:
		s.cut = msg
	case completions:
		s.completed(msg)
	case fileLoaded:
		s.loaded(msg)
	case pulling.Moved, pulling.Ended:
		return s.pulling(msg)
	case spinner.TickMsg:
		return s.turn(msg)
	}
	return nil
}

// Typing says whether plain characters go to a text field.
func (s *Screen) Typing() bool {
	return s.file != nil || s.picker == nil && !s.recent.focused && !s.asking()
}

// Status is what the status line says of the editor.
func (s *Screen) Status() []screen.Part {
	if s.pull != nil && s.pull.begun != nil {
		return screen.Say("pulling " + s.pull.model)
	}
	return nil
}

// seen takes in how the server is. What was missing goes away by itself.
func (s *Screen) seen(server engine.Server) tea.Cmd {
	was, refusal := s.setup.busy(), engine.Hint(s.setup.fault)
	s.setup.see(server)
	if s.hint == refusal && s.hint != engine.Hint(s.setup.fault) {
		s.hint = "" // it is no longer so
	}
	if s.picker != nil {
		s.picker.show(server.Models)
	}
	s.layout()
	if s.setup.busy() && !was {
		return s.spin.Tick
	}
	return nil
}

// turn moves the spinner on for as long as it is seen.
func (s *Screen) turn(msg spinner.TickMsg) tea.Cmd {
	if !s.setup.busy() {
		return nil
	}
	var cmd tea.Cmd
	s.spin, cmd = s.spin.Update(msg)
	return cmd
}

// submit begins an attempt at what the editor holds. Nothing of the draft is
// lost if it cannot begin.
func (s *Screen) submit() tea.Cmd {
	if s.draft.opening() { // the key was pressed twice
		return nil
	}
	problem, err := s.draft.problem()
	fault := s.setup.ready()
	if err == nil && (!s.setup.silent() || s.env.Cached == nil) { // else what is kept may do
		err = fault
	}
	if err != nil {
		s.refuse(err)
		return nil
	}
	id := engine.NewAttemptID(s.env.Now())
	s.draft.send(id)
	s.hint = ""
	return tea.Batch(begin(s.env, id, problem, s.setup.plan(), fault), s.remember())
}

// remember keeps what is used for the next start.
func (s *Screen) remember() tea.Cmd {
	if s.env.Use == nil {
		return nil
	}
	use, used := s.env.Use, s.setup.used()
	return func() tea.Msg {
		use(used)
		return nil
	}
}

// ended takes in the end of an attempt, which may be one that never began.
func (s *Screen) ended(msg screen.Ended) tea.Cmd {
	if s.draft.over(msg.ID, msg.Err != nil) && msg.Err != nil {
		s.refuse(msg.Err)
	}
	return s.recent.load()
}

func (s *Screen) refuse(err error) { s.hint = engine.Hint(err) }

// Keys are what may be pressed now.
func (s *Screen) Keys() []key.Binding { return s.keys.now(s) }

// begin shows the verdict that is kept of the same, or else begins an attempt, unless
// fault says why none can be had.
func begin(env screen.Env, id engine.AttemptID, problem engine.Problem, plan engine.Plan, fault error) tea.Cmd {
	if env.Create != nil {
		return order(env, id, problem, plan)
	}
	if env.Cached == nil {
		return live.Begin(env, live.New(env, id, problem), problem, plan)
	}
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), lookTimeout)
		defer cancel()
		hit, ok := env.Cached(ctx, problem, plan)
		if !ok && fault != nil {
			return screen.Ended{ID: id, Err: fault}
		}
		if !ok {
			return live.Begin(env, live.New(env, id, problem).Missed(), problem, plan)()
		}
		again := func() tea.Cmd { return live.Again(env, problem, plan) }
		return tea.Sequence(
			screen.Send(screen.Open{Screen: live.Cached(env, hit, again)}),
			screen.Send(screen.Ended{ID: id}),
		)()
	}
}

// lookTimeout is for asking the server what its models are.
const lookTimeout = 3 * time.Second
