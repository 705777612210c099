//go:build !embedpy

package python_test

import (
	"os"

	"github.com/aimo3/aimo3/engine/compute/launcher"
	"github.com/aimo3/aimo3/engine/compute/python"
)

// full is the Python under test, with SymPy: the host's.
func full() *python.Engine {
	return &python.Engine{Path: os.Getenv("AIMO3_PYTHON"), NeedSymPy: true}
}

// quick is the one that came with the system, which every user can run, unless
// another is named; it starts faster where it has no SymPy.
func quick(level launcher.Level) *python.Engine {
	e := &python.Engine{Path: os.Getenv("AIMO3_PYTHON"), Level: level}
	if e.Path != "" {
		return e
	}
	if _, err := os.Stat("/usr/bin/python3"); err == nil {
		e.Path = "/usr/bin/python3"
	}
	return e
}
