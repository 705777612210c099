package python_test

import (
	_ "embed"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine/compute"
	"github.com/aimo3/aimo3/engine/compute/computetest"
	"github.com/aimo3/aimo3/engine/compute/python"
)

//go:embed testdata/modules.txt
var modules string

// TestModules has every module that a model may import do in the sandbox what it
// is for, in the Python under test and those that AIMO3_PYTHONS lists.
func TestModules(t *testing.T) {
	if underRace {
		t.Skip("this is about other processes, which the race detector cannot see")
	}
	for _, level := range computetest.Levels(t) {
		e := full()
		e.Level = level
		engines := []*python.Engine{e}
		for _, path := range filepath.SplitList(os.Getenv("AIMO3_PYTHONS")) {
			engines = append(engines, &python.Engine{Path: path, Level: level})
		}
		for _, e := range engines {
			h, err := e.Host(t.Context())
			if err != nil {
				t.Logf("NO PYTHON TO TRY: %v", err)
				continue
			}
			t.Run(string(level)+"/"+h.Version, func(t *testing.T) { useModules(t, e) })
		}
	}
}

func useModules(t *testing.T, e *python.Engine) {
	s := openOf(t, e, compute.Limits{Memory: 16 << 30})
	parts := strings.Split("\n"+modules, "\n== ")[1:]
	worked := 0
	for _, part := range parts {
		name, code, _ := strings.Cut(part, "\n")
		cell, err := s.Run(t.Context(), code)
		switch {
		case err != nil:
			t.Fatalf("%s: %v", name, err)
		case strings.Contains(cell.Err, "No module named"), strings.Contains(cell.Err, "No usable temporary directory"):
		case cell.Err != "" || !cell.Kept:
			t.Errorf("%s:\n%s", name, cell.Text())
		default:
			worked++
		}
	}
	t.Logf("%d of %d parts worked", worked, len(parts))
	if worked < 20 {
		t.Errorf("only %d parts worked", worked)
	}
}
