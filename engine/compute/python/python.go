// Package python is the engine that runs cells in CPython, as a notebook does,
// in a sandbox: the host's own, or one that it is given.
//
// [Ask] finds out what an interpreter is and can do, as a [Host]; an [Engine] picks one
// and opens sessions in it. A session is a worker, a Python program of ours (worker/*.py)
// which package launcher starts in the sandbox and which reads cells from a pipe and
// answers each on another. One goroutine of each worker reads its replies.
//
// The rules:
//
//   - A reply counts only if it carries the nonce and the number of its cell, since
//     code of a model can write to the pipe too.
//   - A cell that runs too long is interrupted, which keeps the session's names; one that
//     does not end then is killed with its worker, and its text says what was lost.
//   - A worker that crashes, closes its pipes or runs out of memory is a cell with an
//     error for the model to read, not an error of the attempt.
//   - Without a sandbox nothing runs unless launcher.None was asked for.
package python

import (
	"cmp"
	"context"
	_ "embed"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/compute"
	"github.com/aimo3/aimo3/engine/compute/launcher"
)

// The program of a session, in the parts that make it up.
var (
	//go:embed worker/head.py
	head string
	//go:embed worker/screen.py
	screen string
	//go:embed worker/display.py
	display string
	//go:embed worker/explain.py
	explain string
	//go:embed worker/after.py
	after string
	//go:embed worker/awaits.py
	awaits string
	//go:embed worker/worker.py
	worker string
)

// Engine runs cells in a Python of this machine. The zero value uses the one
// that is found on the PATH.
type Engine struct {
	Path      string             // the interpreter; if empty, the first python3 on the PATH that will do
	NeedSymPy bool               // one without SymPy will not do
	Level     launcher.Level     // what contains it; if empty, the best there is. launcher.None must be asked for.
	Children  *launcher.Children // takes what it runs, for who counts that; may be nil

	// Title is its name, "python" if empty; Find, if not nil, gives the
	// interpreter in place of Path. It is asked once, and again only when its
	// context ended.
	Title string
	Find  func(context.Context) (Host, error)

	mu    sync.Mutex
	found bool
	host  Host
	err   error
}

// Name is the Title, else "python".
func (e *Engine) Name() string { return cmp.Or(e.Title, "python") }

// find asks for the interpreter unless that was done before.
func (e *Engine) find(ctx context.Context) (Host, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.found {
		return e.host, e.err
	}
	if err := ctx.Err(); err != nil {
		return Host{}, context.Cause(ctx)
	}
	if e.Find != nil {
		e.host, e.err = e.Find(ctx)
	} else {
		e.host, e.err = find(ctx, e.Path)
	}
	e.found = e.err == nil || ctx.Err() == nil
	return e.host, e.err
}

// SymPy says whether cells can import it.
func (e *Engine) SymPy(ctx context.Context) bool {
	h, err := e.Host(ctx)
	return err == nil && h.SymPy != ""
}

// Host is the Python that is used; its Path is empty if none is.
func (e *Engine) Host(ctx context.Context) (Host, error) {
	host, err := e.find(ctx)
	switch {
	case err != nil:
		return Host{}, err
	case e.NeedSymPy && host.SymPy == "":
		return host, &engine.Fault{
			Class: engine.Invalid, What: "the Python at " + host.Path + " has no SymPy",
			Todo: "install it with `" + host.Path + " -m pip install sympy`",
		}
	}
	return host, nil
}

// Available says whether there is a Python and a means to contain it.
func (e *Engine) Available(ctx context.Context) error {
	if _, err := e.Host(ctx); err != nil {
		return err
	}
	if e.Level != "" {
		return nil
	}
	return launcher.Available()
}

// Open starts a session. SymPy, if there is one, is loaded while the caller
// goes on.
func (e *Engine) Open(ctx context.Context, l compute.Limits) (engine.Session, error) {
	if err := ctx.Err(); err != nil {
		return nil, context.Cause(ctx)
	}
	h, err := e.Host(ctx)
	if err != nil {
		return nil, err
	}
	l = l.OrDefault()
	return compute.NewSession(l, func() (compute.Worker, error) { return h.start(l, e.Level, e.Children) })
}

// lifetime bounds the processor time of a session that nobody closes.
const lifetime = 30 * time.Minute

func (h Host) sandbox(l compute.Limits, level launcher.Level, among *launcher.Children) launcher.Sandbox {
	return launcher.Sandbox{Among: among, Read: h.reads(), Memory: l.Memory, CPU: lifetime, Level: level, Env: []string{
		"LC_ALL=C.UTF-8", "HOME=/", "PATH=/usr/bin:/bin", "MPLBACKEND=Agg", "OPENBLAS_NUM_THREADS=1", "OMP_NUM_THREADS=1",
		"MALLOC_ARENA_MAX=2", // each takes 64 MB of the address space, and threads would take one each
		// Sets of text are printed in one order, whenever they are.
		"PYTHONHASHSEED=0", "PYTHONUTF8=1", "PYTHONDONTWRITEBYTECODE=1",
	}}
}

// reads is what this Python must read to run: its libraries, and no directory
// that holds a person's files as well.
func (h Host) reads() []string {
	paths := []string{h.Path, filepath.Dir(h.Path)}
	for _, p := range []string{h.Prefix, h.ExecPrefix} {
		paths = append(paths, filepath.Join(p, "lib"), filepath.Join(p, "lib64"), filepath.Join(p, "Python"), filepath.Join(p, "Resources"))
	}
	home, _ := os.UserHomeDir()
	return append(paths, within(h.Modules, home)...)
}

// within leaves out the directories that are the home directory or contain it.
func within(paths []string, home string) []string {
	var out []string
	for _, p := range paths {
		if p = filepath.Clean(p); p != "/" && !strings.HasPrefix(filepath.Clean(home)+"/", p+"/") {
			out = append(out, p)
		}
	}
	return out
}

// program is what a worker is given: what it reads at once, and the parts that
// it reads when a cell needs them.
func program() []string { return []string{head + screen + display + after + worker, explain, awaits} }

func fault(what, todo string, err error) error {
	return &engine.Fault{Class: engine.Invalid, What: what, Todo: todo, Err: err}
}

// Code implements compute.Engine.
func (e *Engine) Code(ctx context.Context) engine.Code {
	return engine.Code{Engine: e.Name(), SymPy: e.SymPy(ctx)}
}

// Sandbox is the level at which its sessions are contained.
func (e *Engine) Sandbox() string {
	if e.Level != "" {
		return string(e.Level)
	}
	level, _ := launcher.Probe()
	return string(level)
}
