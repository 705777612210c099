// Package cli is the program without a screen: its commands, what they print,
// and the codes they exit with.
//
// Only what was asked for goes to standard output; progress, warnings and
// errors go to standard error. Text that the program did not write itself is
// made safe for terminals before a person sees it, and left as it is in JSON.
package cli

import (
	"context"
	"io"
	"log/slog"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/cache"
	"github.com/aimo3/aimo3/engine/compute"
	"github.com/aimo3/aimo3/engine/desk"
	"github.com/aimo3/aimo3/engine/measure"
	"github.com/aimo3/aimo3/engine/monitor"
	"github.com/aimo3/aimo3/engine/observe"
	"github.com/aimo3/aimo3/engine/remote"
	"github.com/aimo3/aimo3/engine/secure"
	"github.com/aimo3/aimo3/engine/secure/audit"
	"github.com/aimo3/aimo3/engine/secure/signature"
	"github.com/aimo3/aimo3/engine/secure/vault"
	"github.com/aimo3/aimo3/tui/cli/logbook"
	"github.com/aimo3/aimo3/tui/export"
)

// Program is what the commands stand on. Every field must be set, but for
// Environ, Keyring, Keymap, Log, Metrics, Redis, Tools and Terminal.
type Program struct {
	// Connect finds the model servers at hosts, or the usual one if there are none:
	// those that answer first. It fails when none answers.
	Connect func(ctx context.Context, hosts []string) ([]Server, error)
	// Open opens the store at path, making it if it does not exist, and
	// OpenToRead one that is there, of which nothing is changed. What a person
	// should know meanwhile and later is told to say.
	Open, OpenToRead func(ctx context.Context, path string, say func(string)) (Store, error)
	// Unreadable says whether an error of Open is that nothing of a file can be read,
	// and PutAside gives such a file a dated name and says which. Recover writes what
	// is found in it into a new one.
	Unreadable func(error) bool
	PutAside   func(path string, now time.Time) (to string, err error)
	Recover    func(ctx context.Context, path, to string) (Recovered, error)
	// Look reads the machine's state once.
	Look func(context.Context, monitor.Options) monitor.Reading
	// Engines are what can run code, the fullest first; an unsafe Python is one
	// that nothing contains. Say is told when one takes some seconds to set up.
	Engines func(unsafePython bool, say func(string)) []compute.Engine
	// SplitHosts is the addresses of model servers in a list with commas between,
	// or why they cannot be read, and ShowHost one without what gives access in it.
	SplitHosts func(list string) ([]string, error)
	ShowHost   func(address string) (string, error)
	// Redis is the Redis server at an address, which is not asked yet, with a password if
	// there is one; nil if this program knows none.
	Redis func(address string, password secure.Secret) (SharedCache, error)
	// Keyring is the system's; nil if none is to be asked.
	Keyring *vault.Keyring
	// Keymap reads which keys do what in the app, as a person says it, and returns what all
	// keys do then; if nil, nothing can be said of them.
	Keymap func(said string) ([]KeyAction, error)
	// App shows the program's screen until it is left.
	App      func(context.Context, Screen) error
	Tools    string // version of what runs code
	Getenv   func(string) string
	Environ  func() []string // each as NAME=VALUE, to find misspelt names; if nil, none is looked for
	Now      func() time.Time
	Metrics  *observe.Metrics      // of this program; if nil, some of its own
	Log      *logbook.Book         // closed; commands that attempt problems open it. If nil, one of their own.
	Terminal func(stream any) bool // whether a stream is a terminal; if nil, asks the system
}

// Server is a model server that answers.
type Server interface {
	desk.Server
	Models
	// Machine says how to read the machine; disk is a path on the file system
	// to measure.
	Machine(disk string) monitor.Options
	Close() error
}

// Models is what gets models for a server.
type Models interface {
	// Recommended is the model to get where there is so much room, and its size.
	Recommended(room uint64) (name string, size int64)
	Pull(ctx context.Context, name string, tell func(engine.Pull)) error
	// Import makes the GGUF file at path into a model called name.
	Import(ctx context.Context, path, name string, tell func(engine.Pull)) error
}

// SharedCache keeps what is cached for several machines.
type SharedCache interface {
	cache.Tier
	Close() error
}

// Recovered is what was found in a damaged database; Orphans are events that were left
// out, since what their attempt was has gone.
type Recovered struct{ Attempts, Events, Orphans int }

// Store keeps attempts.
type Store interface {
	// Attempts lists stored attempts, newest first.
	Attempts(context.Context, engine.Filter) ([]engine.Summary, error)
	// Attempt finds one by its ID, the beginning of its ID, or "last".
	Attempt(ctx context.Context, ref string) (engine.Summary, error)
	// Events returns at most limit events of an attempt with Seq > after.
	Events(ctx context.Context, id engine.AttemptID, after uint64, limit int) ([]engine.Event, error)
	// Passage is where words stand in what the samples of an attempt said, and not ok
	// where nothing need be shown. Unindexed is how many attempts words do not find by that
	// yet.
	Passage(ctx context.Context, id engine.AttemptID, words string) (p engine.Passage, ok bool, err error)
	Unindexed(context.Context) (int, error)
	// Splits tells, over scored attempts, how often votes that fell in each way
	// were right.
	Splits(context.Context) ([]engine.Split, error)
	// Delete hides an attempt; Restore brings it back.
	Delete(context.Context, engine.AttemptID) error
	Restore(context.Context, engine.AttemptID) error
	// Mark keeps what a person says of an attempt, and returns what is said of it then.
	Mark(context.Context, engine.AttemptID, engine.Remark) (engine.Marks, error)
	// Stored says whether an attempt is here, by its whole ID, and whether it is
	// deleted.
	Stored(context.Context, engine.AttemptID) (here, deleted bool, err error)
	// Audit keeps the audit log beside the attempts.
	Audit() audit.Rows
	// Cache keeps what is cached beside the attempts.
	Cache() cache.Tier
	// Keys keeps API keys beside the attempts, and Nonces those of signed requests.
	Keys() secure.Rows
	Nonces() signature.Nonces
	// Changes is a number that differs from the one before if anybody has changed the
	// store meanwhile.
	Changes(context.Context) (int64, error)
	// Alive says whether a process takes an attempt now.
	Alive(engine.AttemptID) bool
	// Older counts the attempts begun before a time, Prune deletes them, and Unprune
	// restores what was deleted at that very time.
	Older(ctx context.Context, before time.Time) (int, error)
	Prune(ctx context.Context, before, at time.Time) (int, error)
	Unprune(ctx context.Context, at time.Time) (int, error)
	// Record begins to keep an attempt. Once events are on disk they are put
	// to next, which may be nil.
	Record(next engine.Sink) desk.Recorder
	// Import keeps all events of an attempt in one step, as desk.Options.Import.
	Import(ctx context.Context, events []engine.Event) (fresh bool, err error)
	// Unfinished lists attempts that were cut short and that no process takes, and
	// Resume begins to keep one of them further, as desk.Options.Resume.
	Unfinished(context.Context) ([]engine.Summary, error)
	Resume(ctx context.Context, id engine.AttemptID, next engine.Sink) (desk.Recorder, *engine.Progress, error)
	// Check fails if the store is damaged, and Damage if what was read of it is.
	Check(context.Context) error
	Damage() error
	// Size is where the store is, and how many bytes it takes there.
	Size() (path string, bytes int64, err error)
	// Backup writes the store into a new file at path, and checks that.
	Backup(ctx context.Context, path string) error
	// Measures hands take what was measured since a time, the oldest first; Log returns
	// lines of what happened to the program, and AddLog keeps some.
	Measures(ctx context.Context, since time.Time, take func(measure.Row)) error
	Log(context.Context, engine.LogFilter) ([]engine.LogLine, error)
	AddLog(context.Context, []engine.LogLine) error
	// Tell has what a person should know told to someone else from now on.
	Tell(say func(string))
	Close() error
}

// Screen says what the app is to show, and on what.
type Screen struct {
	Settings
	Store  Store              // nil if nothing is kept
	Audit  *audit.Log         // of the store; nil if nothing is kept, or it is only read
	Cache  *desk.Caching      // of verdicts; nil if none are cached
	Logger *slog.Logger       // takes what the log is to hold; never nil
	Listen func() engine.Sink // who listens to an attempt besides; nil if nobody
	Looked func(tier string)  // as desk.Options.Looked
	// Measured is told of each reading of the machine; nil if nobody measures it.
	Measured func(monitor.Reading)
	// Check looks at all that the program stands on or, unless whole, at what tells
	// within moments whether it can work.
	Check  func(ctx context.Context, servers []Server, whole bool) []engine.Finding
	Config *Config         // the settings, to show and to change
	Remote *remote.Client  // the server that attempts problems in place of the app; nil if none does
	Replay *engine.Summary // the attempt to replay; nil if none
	Speed  float64         // of the replay; 1 is as it was
}

// Pulls is pull, of which the audit log tells.
func (s Screen) Pulls(pull func(context.Context, string, func(engine.Pull)) error) func(context.Context, string, func(engine.Pull)) error {
	return func(ctx context.Context, model string, tell func(engine.Pull)) error {
		return s.Audit.Did(ctx, audit.PullModel, model, pull(ctx, model, tell))
	}
}

// Unloads is unload, of which the audit log tells.
func (s Screen) Unloads(unload func(context.Context, string) error) func(context.Context, string) error {
	return func(ctx context.Context, model string) error {
		return s.Audit.Did(ctx, audit.UnloadModel, model, unload(ctx, model))
	}
}

// Exports writes attempts, whose events are read by events, into new files of the working
// directory, of which the audit log tells.
func (s Screen) Exports(events func(ctx context.Context, id engine.AttemptID, after uint64, limit int) ([]engine.Event, error)) func(context.Context, engine.Summary, string) (string, error) {
	return func(ctx context.Context, a engine.Summary, format string) (string, error) {
		f, err := export.Parse(format)
		if err != nil {
			return "", err
		}
		path, err := export.Save(".", f, a, func(after uint64) ([]engine.Event, error) { return events(ctx, a.ID, after, export.Page) })
		return path, s.Audit.Did(ctx, audit.Export, string(a.ID), err)
	}
}

// Deletes is drop, of which the audit log tells.
func (s Screen) Deletes(drop func(context.Context, string) error) func(context.Context, string) error {
	return func(ctx context.Context, model string) error {
		return s.Audit.Did(ctx, audit.DeleteModel, model, drop(ctx, model))
	}
}

// Run runs the program with args, which do not include the program's name, and
// returns the code to exit with. When ctx ends, an attempt that runs is closed
// in good order and what there is of it printed.
func Run(ctx context.Context, p Program, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	s := newShell(p, args, stdin, stdout, stderr)
	root := s.root()
	root.SetArgs(append([]string{}, args...)) // never nil: cobra would take the process's own
	err := root.ExecuteContext(ctx)
	code := s.end(err)
	s.closeLog(code, err)
	if s.redis != nil {
		_ = s.redis.Close()
	}
	return code
}
