package python

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/aimo3/aimo3/engine"
)

// Host is a Python that was found on this machine.
type Host struct {
	Path       string   `json:"path"` // of the interpreter itself, no link
	Version    string   `json:"version"`
	SymPy      string   `json:"sympy"` // its version; "" if it has none
	Prefix     string   `json:"prefix"`
	ExecPrefix string   `json:"exec_prefix"`
	Modules    []string `json:"modules"` // where it looks for modules
}

// String is "Python 3.12.1 with SymPy 1.14.0".
func (h Host) String() string {
	if h.SymPy == "" {
		return "Python " + h.Version + " without SymPy"
	}
	return "Python " + h.Version + " with SymPy " + h.SymPy
}

// asked is what an interpreter is asked about itself.
const asked = `
import json, os, sys
assert sys.version_info >= (3, 9), "it is version %d.%d" % sys.version_info[:2]
try:
    from importlib.metadata import version
    sympy = version("sympy")
except Exception:
    sympy = ""
print(json.dumps({
    "path": os.path.realpath(getattr(sys, "_base_executable", "") or sys.executable), "version": "%d.%d.%d" % sys.version_info[:3], "sympy": sympy,
    "prefix": sys.base_prefix, "exec_prefix": sys.base_exec_prefix, "modules": [os.path.realpath(p) for p in sys.path if p],
}))`

// slow is how long an interpreter may take to say what it is.
const slow = 10 * time.Second

// find asks the interpreter at path, or those that the PATH has until one has
// SymPy; failing that, it takes the first that will do.
func find(ctx context.Context, path string) (Host, error) {
	if path != "" {
		h, err := Ask(ctx, path)
		if err != nil {
			return Host{}, fault("the Python at "+path+" cannot be used", "name one of version 3.9 or later", err)
		}
		return h, nil
	}
	var best Host
	var all []error
	for _, candidate := range candidates() {
		h, err := Ask(ctx, candidate)
		switch {
		case err != nil:
			all = append(all, fmt.Errorf("%s: %w", candidate, err))
		case h.SymPy != "":
			return h, nil
		case best.Path == "":
			best = h
		}
	}
	if best.Path == "" {
		return Host{}, fault("no python3 of version 3.9 or later is on the PATH", "install Python and SymPy", errors.Join(all...))
	}
	return best, nil
}

// candidates are the interpreters on the PATH.
func candidates() []string {
	var all []string
	for _, dir := range filepath.SplitList(os.Getenv("PATH")) {
		for _, name := range []string{"python3", "python"} {
			if path, err := exec.LookPath(filepath.Join(dir, name)); err == nil && filepath.IsAbs(path) {
				all = append(all, path)
				break
			}
		}
	}
	return all
}

// Ask asks the interpreter at path what it is.
func Ask(ctx context.Context, path string) (Host, error) {
	ctx, cancel := context.WithTimeout(ctx, slow)
	defer cancel()
	cmd := exec.CommandContext(ctx, path, "-E", "-c", asked)
	cmd.Env = engine.ForOthers(os.Environ())
	cmd.Dir, cmd.WaitDelay = "/", time.Second // never take a module from where the user happens to be
	out, err := cmd.Output()
	if err != nil {
		return Host{}, fmt.Errorf("ask it what it is: %w", said(err))
	}
	var h Host
	if err := json.Unmarshal(out, &h); err != nil || h.Path == "" {
		return Host{}, errors.New("it does not say what it is")
	}
	return h, nil
}

// said adds the last line that a program wrote to its standard error.
func said(err error) error {
	var exit *exec.ExitError
	if !errors.As(err, &exit) {
		return err
	}
	lines := nonEmpty(string(exit.Stderr))
	if len(lines) == 0 {
		return err
	}
	return fmt.Errorf("%w: %s", err, lines[len(lines)-1])
}
