// Package embedded is a CPython with SymPy and NumPy inside this program, for machines
// that have none: what the build tag embedpy adds. It is unpacked and compiled into
// the cache directory when it is first needed, and from then on is a Python like
// the host's, run by package python in the same sandbox.
package embedded

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"syscall"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/compute/launcher"
	"github.com/aimo3/aimo3/engine/compute/python"
)

// Engine is the Python of this program. Say, if not nil, is told in a line when
// what goes on will take some seconds.
func Engine(level launcher.Level, say func(string)) *python.Engine {
	if say == nil {
		say = func(string) {}
	}
	return &python.Engine{Title: "embedded python", Level: level, Find: func(ctx context.Context) (python.Host, error) {
		h, err := unpacked(ctx, say)
		return h, explained(ctx, err)
	}}
}

// cache is the directory below which Pythons are unpacked. It holds no link, so
// that a sandbox can be told of it.
func cache() (string, error) {
	dir, err := os.Getenv("XDG_CACHE_HOME"), error(nil) // heeded on a Mac too
	if dir == "" {
		dir, err = os.UserCacheDir()
	}
	if err != nil {
		return "", err
	}
	if dir, err = filepath.Abs(dir); err != nil {
		return "", err
	}
	if straight, err := filepath.EvalSymlinks(dir); err == nil {
		dir = straight
	}
	return filepath.Join(dir, "aimo3"), nil
}

// explained is err as a fault that says what to do about it.
func explained(ctx context.Context, err error) error {
	var f *engine.Fault
	switch {
	case err == nil || errors.As(err, &f):
		return err
	case ctx.Err() != nil:
		return context.Cause(ctx)
	}
	f = &engine.Fault{
		Class: engine.Invalid, What: "the built-in Python cannot be unpacked", Err: err,
		Todo: "set XDG_CACHE_HOME to a directory that you can write, on a file system that lets programs run",
	}
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		f.What, f.Todo = "the disk is full: the built-in Python cannot be unpacked", "free 300 MB, or set XDG_CACHE_HOME to a directory on a roomier disk"
	}
	return f
}
