package screen

import (
	"context"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/measure"
	"github.com/aimo3/aimo3/engine/monitor"
	"github.com/aimo3/aimo3/theme"
)

// Env is what every screen is given. It is made once, before the app starts,
// and not changed after.
type Env struct {
	Styles  theme.Styles
	Keys    Keys
	Library Library // nil when nothing is kept (--no-save)
	Plan    engine.Plan
	Now     func() time.Time
	NoMouse bool // the mouse is left to the terminal
	// NoEmbedded says that this build has no Python in it.
	NoEmbedded bool

	// Cached is the verdict that was reached when the same was asked before, if one
	// is kept; nil if none are. It is called from a tea.Cmd.
	Cached func(context.Context, engine.Problem, engine.Plan) (engine.Cached, bool)
	// Solve attempts a problem and returns when it is over; its events arrive
	// as Arrived. It is called from a tea.Cmd.
	Solve func(engine.AttemptID, engine.Problem, engine.Plan) error
	// Connect is the address of the server that attempts problems in place of a desk of
	// this app; "" if there is none. Where there is one, Create has it attempt a problem, or
	// gives a verdict that it kept of the same unless afresh is true, and Watch has the
	// events of one of its attempts arrive, from the first on, and returns when there are no
	// more; over is false if the attempt goes on and is no longer watched by this call. More
	// takes the place of Extend: the ID is that of the new attempt. They are called from a
	// tea.Cmd.
	Connect string
	Create  func(problem engine.Problem, plan engine.Plan, afresh bool) (engine.AttemptID, *engine.Cached, error)
	More    func(parent engine.AttemptID, samples int) (engine.AttemptID, error)
	Watch   func(engine.AttemptID) (over bool, err error)
	// Unfinished lists attempts that were cut short, newest first; nil if nothing
	// is kept. Resume goes on with one as Solve does, and Close ends one with the
	// votes that it has.
	Unfinished func(context.Context) ([]engine.Summary, error)
	Resume     func(engine.AttemptID) error
	Close      func(engine.AttemptID) error
	// Alive says whether a process takes an attempt now, this one or another; nil where that
	// cannot be told. It is called from a tea.Cmd.
	Alive func(engine.AttemptID) bool
	// Passage is where words stand in what the samples of an attempt said, and not ok where
	// nothing need be shown: see engine.Progress.Passage; nil where that cannot be found. It
	// is called from a tea.Cmd.
	Passage func(ctx context.Context, id engine.AttemptID, words string) (p engine.Passage, ok bool, err error)
	// Mark keeps what a person says of an attempt, and returns what is said of it then; nil
	// where that cannot be. It is called from a tea.Cmd.
	Mark func(context.Context, engine.AttemptID, engine.Remark) (engine.Marks, error)
	// Changes is a number that differs from the one before if anybody has changed what is
	// kept meanwhile; nil where that cannot be told. It is called from a tea.Cmd.
	Changes func(context.Context) (int64, error)
	// Stop ends one sample of a running attempt, all of them if negative. It is called
	// from a tea.Cmd.
	Stop func(id engine.AttemptID, sample int) error
	// Hint tells one sample of a running attempt, all of them if negative, what a person
	// has to say; ChangeRule sets when the attempt ends; AddSamples has it take more. Extend
	// attempts the problem of an attempt that has ended with so many samples more, as Solve
	// does: the new one has the votes of its parent. Each is nil where it cannot be had,
	// which WhyNotSteered and WhyNotExtended explain; they are called from a tea.Cmd.
	Hint       func(id engine.AttemptID, sample int, text string) error
	ChangeRule func(engine.AttemptID, engine.StopRule) error
	AddSamples func(id engine.AttemptID, samples int) error
	Extend     func(id, parent engine.AttemptID, samples int) error
	// TryNow has an open breaker let the next request try at once, and says whether it
	// was open: that of a model at a host, or of the host if model is "".
	TryNow func(host, model string) bool
	// CacheFigures tell how each tier of the cached verdicts does; nil if none are
	// cached. It is called from a tea.Cmd.
	CacheFigures func(context.Context) []engine.CacheFigures
	// Check looks at all that the program stands on or, unless whole, at what tells
	// within moments whether it can work; if nil, that cannot be done here. It is called
	// from a tea.Cmd.
	Check func(whole bool) []engine.Finding
	// Measures hands take what was measured since a time, and Log returns lines of what
	// happened to the program; nil if nothing is kept. They are called from a tea.Cmd.
	Measures func(ctx context.Context, since time.Time, take func(measure.Row)) error
	Log      func(context.Context, engine.LogFilter) ([]engine.LogLine, error)
	// StoreSize is where the store is, and how many bytes it takes there; nil if nothing
	// is kept. It is called from a tea.Cmd.
	StoreSize func() (path string, bytes int64, err error)
	// Hour is the last hour of readings of the machine, which the app adds to; nil if none
	// are taken. It is used by the event loop only. Run sets it.
	Hour *monitor.Hour
	// Processes are those that matter here; if nil, they cannot be listed. Unload has the
	// model server give up the memory of a model; if nil, that cannot be done here. They are
	// called from a tea.Cmd.
	Processes func(context.Context) ([]monitor.Process, error)
	Unload    func(ctx context.Context, model string) error
	// Export writes a stored attempt into a new file of a format of package export, and
	// says where; nil if nothing is kept. It is called from a tea.Cmd.
	Export func(ctx context.Context, a engine.Summary, format string) (path string, err error)
	// Settings are all settings as they stand. SetSetting keeps a value in the user's own
	// file, UnsetSetting takes a key out of it, and UndoSetting takes the latest change of
	// this app back; each answers with the settings as they stand then. If nil, that cannot
	// be done here. They are called from a tea.Cmd.
	Settings     func(context.Context) (engine.Settings, error)
	SetSetting   func(ctx context.Context, key, value string) (engine.Settings, error)
	UnsetSetting func(ctx context.Context, key string) (engine.Settings, error)
	UndoSetting  func(context.Context) (engine.Settings, error)
	// LastModel is the model that was used last, which is asked while it is installed and
	// Plan names none; "" if none was. Use remembers what an attempt is asked for with; if
	// nil, nothing is remembered. It is called from a tea.Cmd.
	LastModel string
	Use       func(engine.Plan)
	// Pull downloads a model, telling how far it is; nil if it cannot.
	Pull func(ctx context.Context, model string, tell func(engine.Pull)) error
	// Recommend is the model to pull on this machine, and its size in bytes.
	Recommend func() (name string, size int64)
	// Drafts keep the problem that is being written from one start to the next; nil if
	// nothing is kept.
	Drafts Drafts
	// SavedFilters are the filters of past attempts that a person keeps under names, on this
	// machine, by name. SaveFilter keeps one in place of what has its name, or forgets that if
	// text is "", and answers with what is kept then. If nil, none are kept. They are called
	// from a tea.Cmd.
	SavedFilters func(context.Context) ([]engine.SavedFilter, error)
	SaveFilter   func(ctx context.Context, name, text string) ([]engine.SavedFilter, error)
	// Offers are the models that are good at mathematics, with which of them fit this
	// machine; nil where none can be pulled. Show is what the server knows of an installed
	// model, and Delete removes one from the server's disk, for good; if nil, that cannot be
	// done here. Show and Delete are called from a tea.Cmd.
	Offers func() []engine.Offer
	Show   func(ctx context.Context, model string) (engine.Model, error)
	Delete func(ctx context.Context, model string) error
	// Copy sends text to the clipboard and says how; nil if it cannot. Run sets it.
	Copy func(text string) (how string, err error)
}

// Drafts keep one unfinished problem. Draft is what was kept last; "" if nothing was, or it
// cannot be read. KeepDraft keeps a text in the place of the draft that was taken up, or
// forgets that if text is ""; what others have kept since stays.
type Drafts interface {
	Draft() string
	KeepDraft(taken, text string) error
}

// WhyNone says why there is nothing to show of what a command shows: this app keeps
// nothing, or a server does.
func (e Env) WhyNone(command string) string {
	if e.Connect != "" {
		return "kept where the server runs: `" + command + "` shows it there"
	}
	return "nothing is kept: aimo3 was started with --no-save"
}

// Library is the store as screens need it. Its methods may be called from any
// goroutine.
type Library interface {
	// Attempts lists stored attempts, newest first.
	Attempts(context.Context, engine.Filter) ([]engine.Summary, error)
	// Attempt is the one that a person means by its ID, by the beginning of it if no other's
	// begins so, or by "last". Deleted ones are not found.
	Attempt(ctx context.Context, name string) (engine.Summary, error)
	// Events returns at most limit events of an attempt with Seq > after.
	Events(ctx context.Context, id engine.AttemptID, after uint64, limit int) ([]engine.Event, error)
	// Splits tells how often votes that fell in each way were right.
	Splits(context.Context) ([]engine.Split, error)
	// Delete hides an attempt; Restore brings it back.
	Delete(context.Context, engine.AttemptID) error
	Restore(context.Context, engine.AttemptID) error
}
