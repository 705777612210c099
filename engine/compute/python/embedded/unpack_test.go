//go:build embedpy

package embedded

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/compute"
	"github.com/aimo3/aimo3/engine/compute/launcher"
	"github.com/aimo3/aimo3/engine/compute/python"
)

// here is the Python of this build in the real cache, unpacked if need be.
func here(t testing.TB) python.Host {
	t.Helper()
	h, err := Engine("", func(line string) { t.Log(line) }).Host(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Log(h)
	return h
}

// TestHost holds what is known of the interpreter beforehand to what it says.
func TestHost(t *testing.T) {
	h := here(t)
	if said, err := python.Ask(t.Context(), h.Path); err != nil || !reflect.DeepEqual(said, h) {
		t.Errorf("it says %+v, %v, want %+v", said, err, h)
	}
	mod, err := os.ReadFile("../../../../go.mod")
	if err != nil || !slices.Contains(strings.Fields(string(mod)), "v0.0.0-"+release) || !strings.HasPrefix(release, version+"-") {
		t.Errorf("go.mod has another release than %s, %v", release, err)
	}
}

// TestCompiled: no cell compiles a module, which it could not keep.
func TestCompiled(t *testing.T) {
	modules := 0
	err := filepath.WalkDir(library(here(t).Prefix), func(path string, _ fs.DirEntry, err error) error {
		stem, source := strings.CutSuffix(path, ".py")
		if err != nil || !source {
			return err
		}
		modules++
		code, err := os.ReadFile(filepath.Join(filepath.Dir(path), "__pycache__", filepath.Base(stem)+".cpython-314.pyc"))
		if err == nil && (len(code) < 16 || !bytes.Equal(code[4:8], []byte{1, 0, 0, 0})) {
			t.Errorf("%s would be compiled again: flags %v", path, code[4:8])
		}
		if err == nil && !bytes.Contains(code, []byte(path)) && strings.Contains(path, "sympy/core/numbers") {
			t.Errorf("%s was compiled under another name", path)
		}
		return err
	})
	if err != nil || modules < 1000 {
		t.Errorf("%d modules, %v", modules, err)
	}
}

// TestCage: cells read the Python they run in, and nothing that lies beside it.
func TestCage(t *testing.T) {
	if err := launcher.Available(); err != nil {
		t.Skip(err)
	}
	h := here(t)
	beside := filepath.Dir(h.Prefix)
	secret := filepath.Join(beside, "aimo3-secret-of-a-test")
	if err := os.WriteFile(secret, []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Remove(secret) })
	s, err := Engine("", nil).Open(t.Context(), compute.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	for code, want := range map[string]string{
		"import os; len(os.listdir('" + h.Prefix + "/lib')) > 0":  "True\n",
		"open('" + secret + "').read()":                           "PermissionError",
		"import os; os.listdir('" + beside + "')":                 "PermissionError",
		"open('" + h.Prefix + "/.whole').read()":                  "PermissionError",
		"open('" + h.Path + "', 'ab')":                            "Error: ", // it may be busy
		"open(__import__('sympy').__file__, 'a')":                 "PermissionError",
		"import os; os.execv('" + h.Path + "', ['x', '-c', '1'])": "PermissionError",
	} {
		cell, err := s.Run(t.Context(), code)
		if err != nil || !strings.Contains(cell.Text(), want) {
			t.Errorf("%s: %v, %s, want %s", code, err, cell.Text(), want)
		}
	}
}

// TestCancelled: who gives up when the first modules are compiled does not wait for
// the rest, of which SymPy is part, and nothing is left.
func TestCancelled(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	unfinished := os.Getenv("XDG_CACHE_HOME") + "/aimo3/*.new-*"
	enough := errors.New("enough")
	ctx, cancel := context.WithCancelCause(t.Context())
	compiled := func(module string) bool {
		found, _ := filepath.Glob(unfinished + "/new/lib/" + name + "/" + module + "/__pycache__")
		return len(found) > 0
	}
	ended, rest := make(chan struct{}), false
	var wg sync.WaitGroup
	wg.Go(func() {
		tick := time.NewTicker(time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-ended:
				return
			case <-tick.C:
			}
			if compiled("json") {
				cancel(enough)
			}
			rest = rest || compiled("site-packages/sympy")
		}
	})
	_, err := Engine("", nil).Host(ctx)
	close(ended)
	wg.Wait()
	if !errors.Is(err, enough) {
		t.Fatalf("err = %v, want %v", err, enough)
	}
	if rest {
		t.Error("it went on until SymPy was compiled")
	}
	if left, _ := filepath.Glob(unfinished); len(left) > 0 {
		t.Errorf("%v is left", left)
	}
}

// TestNoCache: where nothing can be kept a person is told what to do, and
// another engine is taken.
func TestNoCache(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("XDG_CACHE_HOME", file)
	err := Engine("", nil).Available(t.Context())
	if got := engine.Hint(err); !strings.Contains(got, "set XDG_CACHE_HOME to a directory that you can write") {
		t.Errorf("it says %q", got)
	}
}

// BenchmarkFound is what finding it costs when it is there.
func BenchmarkFound(b *testing.B) {
	here(b)
	for b.Loop() {
		if err := Engine("", nil).Available(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}
