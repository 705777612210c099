//go:build embedpy && (linux || darwin) && (amd64 || arm64)

package embedded

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	cpython "github.com/kluctl/go-embed-python/python"

	"github.com/aimo3/aimo3/engine/compute/python"
	"github.com/aimo3/aimo3/engine/compute/python/embedded/cached"
)

// What go-embed-python holds; a test compares it with go.mod.
const (
	release = "3.14.6-20260610-1"
	version = "3.14.6"
	name    = "python3.14"
	system  = runtime.GOOS + "/" + runtime.GOARCH
	layout  = "1" // to be raised when what is made of the same parts changes
)

//go:embed wheels/*.whl
var wheels embed.FS

// Present says that this build has a Python in it.
const Present = true

// unpacked is the interpreter in the cache directory, put there if need be.
func unpacked(ctx context.Context, say func(string)) (python.Host, error) {
	dir, err := cache()
	if err != nil {
		return python.Host{}, err
	}
	key := sha256.Sum256([]byte(strings.Join([]string{release, system, layout, pins}, "\n")))
	path := filepath.Join(dir, "python-"+version+"-"+hex.EncodeToString(key[:6]))
	made := cached.Dir{Path: path, Make: func(ctx context.Context, dir string) error {
		say("unpacking Python " + version + " with SymPy and NumPy into " + path + ", once; this takes some seconds")
		return fill(ctx, dir, path)
	}}
	if err := made.Ensure(ctx); err != nil {
		return python.Host{}, err
	}
	return hostIn(path), nil
}

// hostIn is what the interpreter in dir would say of itself.
func hostIn(dir string) python.Host {
	lib := library(dir)
	return python.Host{
		Path: filepath.Join(dir, "bin", name), Version: version, SymPy: pinned("sympy"), Prefix: dir, ExecPrefix: dir,
		Modules: []string{filepath.Join(dir, "lib", "python314.zip"), lib, filepath.Join(lib, "lib-dynload"), filepath.Join(lib, "site-packages")},
	}
}

func library(dir string) string { return filepath.Join(dir, "lib", name) }

// fill makes in dir the Python that is to be used at final. It ends soon after
// its context, but for the 3 s in which the interpreter itself is unpacked.
func fill(ctx context.Context, dir, final string) error {
	if _, err := cpython.NewEmbeddedPythonWithTmpDir(dir, false); err != nil {
		return fmt.Errorf("unpack the interpreter: %w", err)
	}
	if err := trim(dir); err != nil {
		return fmt.Errorf("drop what no cell uses: %w", err)
	}
	if err := install(ctx, filepath.Join(library(dir), "site-packages")); err != nil {
		return err
	}
	if err := compile(ctx, dir, final); err != nil {
		return err
	}
	return try(ctx, dir)
}

// trim drops what no cell can use: the shared library that the interpreter has
// in it as well, Tk, and other programs.
func trim(dir string) error {
	keep := map[string][]string{"bin": {name}, "lib": {name}}
	for sub, kept := range keep {
		all, err := os.ReadDir(filepath.Join(dir, sub))
		if err != nil {
			return err
		}
		for _, entry := range all {
			if slices.Contains(kept, entry.Name()) {
				continue
			}
			if err := os.RemoveAll(filepath.Join(dir, sub, entry.Name())); err != nil {
				return err
			}
		}
	}
	unused, err := filepath.Glob(filepath.Join(library(dir), "config-*"))
	for _, path := range append(unused, filepath.Join(library(dir), "tkinter"), filepath.Join(library(dir), "venv")) {
		err = errors.Join(err, os.RemoveAll(path))
	}
	return err
}

// install puts the wheels into the directory of modules.
func install(ctx context.Context, dir string) error {
	for _, p := range wheelsOf(system) {
		wheel, err := wheels.ReadFile("wheels/" + p.file)
		if err != nil {
			return fmt.Errorf("this build is damaged: %w", err)
		}
		if got := sha256.Sum256(wheel); hex.EncodeToString(got[:]) != p.sum {
			return fmt.Errorf("this build is damaged: %s is not the one that was pinned", p.file)
		}
		if err := unzip(ctx, wheel, dir); err != nil {
			return fmt.Errorf("unpack %s: %w", p.file, err)
		}
	}
	return nil
}

// unzip writes the files of a wheel below dir, but for its tests.
func unzip(ctx context.Context, wheel []byte, dir string) error {
	archive, err := zip.NewReader(bytes.NewReader(wheel), int64(len(wheel)))
	if err != nil {
		return err
	}
	for _, f := range archive.File {
		if strings.HasSuffix(f.Name, "/") || strings.Contains(f.Name, "/tests/") || strings.Contains(f.Name, ".data/") {
			continue
		}
		if !filepath.IsLocal(f.Name) {
			return fmt.Errorf("%s leads out of it", f.Name)
		}
		if err := errors.Join(ctx.Err(), write(f, filepath.Join(dir, f.Name))); err != nil {
			return err
		}
	}
	return nil
}

func write(f *zip.File, path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	from, err := f.Open()
	if err != nil {
		return err
	}
	defer func() { _ = from.Close() }()
	content, err := io.ReadAll(from)
	if err != nil {
		return err
	}
	return os.WriteFile(path, content, 0o644)
}

// try holds the Python to what it is for.
func try(ctx context.Context, dir string) error {
	out, err := run(ctx, dir, nil, "import sympy, numpy; print(sympy.__version__, sympy.factorint(91), numpy.__version__, numpy.linalg.inv([[.5]]))")
	if want := pinned("sympy") + " {7: 1, 13: 1} " + pinned("numpy") + " [[2.]]"; err != nil || strings.TrimSpace(out) != want {
		return fmt.Errorf("try it: it says %q, want %q: %w", out, want, err)
	}
	return nil
}

// run runs a program in the Python of dir, and gives what it prints.
func run(ctx context.Context, dir string, in io.Reader, program string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, filepath.Join(dir, "bin", name), append([]string{"-I", "-B", "-W", "ignore", "-c", program}, args...)...)
	cmd.Dir, cmd.Env, cmd.Stdin = "/", []string{"LC_ALL=C.UTF-8"}, in
	out, err := cmd.Output()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		err = fmt.Errorf("%w: %s", err, bytes.TrimSpace(exit.Stderr[max(0, len(exit.Stderr)-1000):]))
	}
	return string(out), err
}

// pinned is the version of the wheel of a package.
func pinned(pkg string) string {
	_, after, _ := strings.Cut(pins, "  "+pkg+"-")
	v, _, _ := strings.Cut(after, "-")
	return v
}
