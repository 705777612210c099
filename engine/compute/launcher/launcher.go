// Package launcher runs code that nobody trusts in a sandbox: a child process that
// reads the system's libraries and nothing else, writes nowhere, reaches no
// network, starts no process, and has bounded memory. The sandbox is put on by
// this program itself, started again under another name, before it turns into
// what is to be run; so nothing need be installed.
package launcher

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/aimo3/aimo3/engine"
)

// Sandbox says what a child may have. The zero value gives it nothing beside the
// system's libraries, and bounds nothing.
type Sandbox struct {
	Read   []string      // files and directories it may read as well; those that do not exist are passed over
	Env    []string      // its whole environment
	Memory int64         // address space in bytes (macOS: resident); if zero, unbounded
	CPU    time.Duration // processor time of its whole life; if zero, unbounded
	Level  Level         // the means to contain it; if empty, the best there is. None must be asked for.
	Among  *Children     `json:"-"` // it is one of these while it runs; may be nil
}

// Level is a means of containment.
type Level string

// The levels, best first.
const (
	Landlock   Level = "landlock"     // Linux: landlock, seccomp, rlimits
	Bubblewrap Level = "bwrap"        // Linux: namespaces by bwrap, the same seccomp filter, rlimits
	Seatbelt   Level = "sandbox-exec" // macOS
	None       Level = "none"         // rlimits alone, which contain nothing
)

// name is the first argument of this program when it is to put a sandbox on itself.
const name = "aimo3-cage"

// spec is what the parent tells the launcher, as JSON in the argument after.
type spec struct {
	Level   Level
	Sandbox Sandbox
	Path    string // the program to turn into
	Parent  int    // the process that it dies with
	Filter  bool   // a seccomp filter is to be put on here, not by bwrap

	OldFilter bool // the filter of the release before
}

// Main must be called first thing in main. It gives was false at once unless
// this process was started by [Sandbox.Start]; then it puts on the sandbox and turns
// into the program, and returns only if that failed, with the code to exit with.
func Main() (code int, was bool) {
	if len(os.Args) < 3 || os.Args[1] != name {
		return 0, false
	}
	fmt.Fprintln(os.Stderr, "aimo3: "+enter(os.Args[2], os.Args[3:]).Error())
	return 126, true
}

// enter returns only with an error.
func enter(arg string, args []string) error {
	var s spec
	if err := json.Unmarshal([]byte(arg), &s); err != nil {
		return fmt.Errorf("read the sandbox rules: %w", err)
	}
	if err := confine(s); err != nil {
		return fmt.Errorf("enter the sandbox: %w", err)
	}
	return turnInto(s, args)
}

// refuse is the fault of a machine that cannot contain anything.
func refuse(why string) error {
	return &engine.Fault{
		Class: engine.Invalid, What: "no code sandbox is available on this machine: " + why,
		Todo: "use a Linux kernel with landlock (6.2 or later), install bubblewrap, or run code without a sandbox with `--unsafe-python`",
	}
}

// tail keeps the last bytes that are written to it.
type tail struct{ kept []byte }

const tailSize = 4 << 10

func (t *tail) Write(p []byte) (int, error) {
	n := len(p)
	p = p[max(0, n-tailSize):]
	t.kept = append(t.kept, p...)
	t.kept = t.kept[max(0, len(t.kept)-tailSize):]
	return n, nil
}

func (t *tail) String() string {
	return strings.TrimSpace(strings.ToValidUTF8(string(t.kept), "\uFFFD"))
}

// Available says whether this machine can contain code; if not, the error is a
// fault that says what to do.
func Available() error {
	if level, why := Probe(); level == None {
		return refuse(why)
	}
	return nil
}
