package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"syscall"
	"time"

	"github.com/mattn/go-isatty"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/observe"
	"github.com/aimo3/aimo3/engine/secure/audit"
	"github.com/aimo3/aimo3/engine/wire"
	"github.com/aimo3/aimo3/tui/cli/config"
	"github.com/aimo3/aimo3/tui/cli/form"
	"github.com/aimo3/aimo3/tui/cli/logbook"
)

// What the program exits with.
const (
	exitAnswered    = 0
	exitNoAnswer    = 1
	exitUsage       = 2
	exitNoServer    = 3
	exitInterrupted = 4
	exitStore       = 5
)

// errNoAnswer ends a command whose attempt found no answer. Nothing is wrong,
// and nothing is said of it beyond the verdict.
var errNoAnswer = errors.New("finished without an answer")

// shell is one call of Run: the program, its streams and its settings.
type shell struct {
	Program
	in        io.Reader
	out       *output
	err       io.Writer
	begun     time.Time // when the command began
	json      bool      // one JSON object is wanted, also of a failure
	set       Settings
	audit     *audit.Log              // of the store that was opened last to write to; nil if none was
	frontEnd  string                  // what records call this one
	redis     SharedCache             // nil until it is asked for, and if there is none
	shut      bool                    // Redis is not asked, since its password cannot be had
	listen    func() engine.Sink      // who listens to attempts; nil until observed is called
	said      *config.Settings        // what files and the environment say of this command's flags
	fromFiles []config.Value          // what the files of --env-file set
	last      map[string]config.Value // what was used last in the app, by key; for the app only
	lastFault error                   // why some of that is left out
}

func newShell(p Program, args []string, stdin io.Reader, stdout, stderr io.Writer) *shell {
	if p.Terminal == nil {
		p.Terminal = isTerminal
	}
	p.Log, p.Metrics = cmp.Or(p.Log, logbook.New()), cmp.Or(p.Metrics, observe.New(observe.Options{}))
	s := &shell{Program: p, in: stdin, out: &output{to: stdout}, err: stderr, json: slices.Contains(args, "--json"), frontEnd: byCommand, begun: p.Now()}
	s.Open = s.recording(p.Open)
	return s
}

func isTerminal(stream any) bool {
	f, ok := stream.(interface{ Fd() uintptr })
	return ok && isatty.IsTerminal(f.Fd())
}

// output is standard output. It knows whether anything was written and whether
// the reader at its other end has gone.
type output struct {
	to            io.Writer
	written, gone bool
}

func (o *output) Write(b []byte) (int, error) {
	n, err := o.to.Write(b)
	o.written = o.written || n > 0
	switch {
	case err == nil:
	case errors.Is(err, syscall.EPIPE), errors.Is(err, io.ErrClosedPipe):
		o.gone = true
	default:
		err = fault(bare(err), "cannot write to standard output", "check where it goes: its free space and permissions")
	}
	return n, err
}

// interrupted is the class, in JSON only, of what a signal ended.
const interrupted engine.Class = "interrupted"

func failureOf(err error) *wire.Failure {
	if err == nil || errors.Is(err, errNoAnswer) {
		return nil
	}
	f := &wire.Failure{Class: engine.ClassOf(err), What: engine.HideSecrets(err.Error())}
	var fault *engine.Fault
	switch {
	case errors.As(err, &fault):
		f.What, f.Todo = fault.Error(), engine.HideSecrets(fault.Todo)
	case exitCode(err) == exitInterrupted:
		f.Class, f.What = interrupted, "interrupted"
	}
	return f
}

// end tells of the error that a command ended with and returns the exit code.
func (s *shell) end(err error) int {
	code := exitCode(err)
	switch {
	case err == nil || errors.Is(err, errNoAnswer) || errors.Is(err, errCell) || errors.As(err, new(errUnwell)):
		return code
	case s.out.gone:
		if code == exitNoAnswer && !errors.Is(err, errNoAnswer) { // only the write failed; the reader had enough
			return exitAnswered
		}
		return code
	}
	if s.json && !s.out.written {
		_ = s.printJSON(struct {
			Version int           `json:"version"`
			Error   *wire.Failure `json:"error"`
		}{wire.Version, failureOf(err)})
	}
	s.say("aimo3: %s", hint(err))
	return code
}

// maxSaid is how many characters of a line for a person are shown. Names of models and
// files may be of any length.
const maxSaid = 2000

// say writes one line for a person to standard error.
func (s *shell) say(format string, args ...any) {
	fmt.Fprintln(s.err, form.Line(form.Middle(engine.HideSecrets(fmt.Sprintf(format, args...)), maxSaid)))
}

func (s *shell) tell(line string) { s.say("%s", line) }

func hint(err error) string {
	if failureOf(err).Class == interrupted {
		return "interrupted"
	}
	return engine.Hint(err)
}

func exitCode(err error) int {
	switch {
	case err == nil:
		return exitAnswered
	case errors.Is(err, &engine.Fault{Class: engine.Storage}):
		return exitStore
	case errors.Is(err, engine.ErrCancelled), errors.Is(err, context.Canceled):
		return exitInterrupted
	}
	switch engine.ClassOf(err) {
	case engine.Invalid:
		return exitUsage
	case engine.Unreachable, engine.NoModel, engine.NoTools, engine.Busy, engine.Memory, engine.Crashed, engine.Stalled,
		engine.Truncated, engine.Garbled: // the server broke off, or what it sent is no reply
		return exitNoServer
	case engine.TooLong, engine.Looped, engine.Oversize, engine.Storage, engine.Internal, engine.Unknown:
	}
	return exitNoAnswer
}

func (s *shell) printJSON(v any) error { return wire.WriteJSON(s.out, v) }

// usage is a mistake in how the program was called.
func usage(todo, format string, args ...any) error {
	return &engine.Fault{Class: engine.Invalid, What: fmt.Sprintf(format, args...), Todo: todo}
}
