package embedded

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/compute/launcher"
)

func TestMain(m *testing.M) {
	if code, was := launcher.Main(); was {
		os.Exit(code)
	}
	os.Exit(m.Run())
}

func TestExplained(t *testing.T) {
	full := os.WriteFile("/dev/full", []byte("x"), 0o600)
	if full == nil {
		t.Skip("this system has no disk that is always full")
	}
	_, forbidden := os.Create("/proc/aimo3")
	known := &engine.Fault{What: "said before"}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	for _, c := range []struct {
		name string
		ctx  context.Context
		err  error
		want string // part of what a person reads
	}{
		{"full", t.Context(), fmt.Errorf("unpack: %w", full), "the disk is full"},
		{"forbidden", t.Context(), fmt.Errorf("unpack: %w", forbidden), "set XDG_CACHE_HOME to a directory that you can write"},
		{"a fault", t.Context(), known, "said before"},
		{"cancelled", gone, full, "cancelled"},
	} {
		if got := engine.Hint(explained(c.ctx, c.err)); !strings.Contains(got, c.want) {
			t.Errorf("%s: it says %q, want %q", c.name, got, c.want)
		}
	}
	if err := explained(t.Context(), nil); err != nil {
		t.Errorf("no error is %v", err)
	}
}

func TestCacheHoldsNoLink(t *testing.T) {
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	link := dir + "/link"
	if err := os.Symlink(dir, link); err != nil {
		t.Fatal(err)
	}
	t.Setenv("XDG_CACHE_HOME", link)
	if got, err := cache(); err != nil || got != dir+"/aimo3" {
		t.Errorf("cache() = %q, %v, want %s", got, err, dir+"/aimo3")
	}
	t.Setenv("XDG_CACHE_HOME", "")
	t.Setenv("HOME", "")
	if _, err := cache(); err == nil {
		t.Error("there is a cache directory without a home")
	}
}

func TestEngineHasAName(t *testing.T) {
	if got := Engine("", nil).Name(); got != "embedded python" {
		t.Errorf("it is called %q", got)
	}
}

// TestAbsent: a build without a Python says how to get one with it.
func TestAbsent(t *testing.T) {
	err := Engine("", nil).Available(t.Context())
	var f *engine.Fault
	if !errors.As(err, &f) {
		t.Skip("this build has a Python in it")
	}
	if !strings.Contains(engine.Hint(err), "EMBED=1") {
		t.Errorf("it says %q", engine.Hint(err))
	}
}
