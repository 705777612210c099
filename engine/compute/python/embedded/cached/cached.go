// Package cached makes a directory once, whole or not at all, for every program
// that wants the same.
package cached

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// Dir is a directory with what Make puts into it. Whoever removes it or a file
// of it does no harm: the next Ensure makes it anew.
type Dir struct {
	Path string

	// Make fills dir, which does not exist yet and will be moved to Path.
	Make func(ctx context.Context, dir string) error
}

// seal is the file that tells a whole directory: it holds a digest of the names
// and sizes of all the others. Their contents are not read; what a crash or a
// sweeping of caches leaves differs in a name or a size.
const seal = ".whole"

// Ensure makes the directory unless it is there and whole. Of several programs
// one makes it and the others wait for that.
func (d Dir) Ensure(ctx context.Context) error {
	if d.whole() {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(d.Path), 0o700); err != nil {
		return fmt.Errorf("make the cache: %w", err)
	}
	lock, err := d.lock(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = lock.Close() }()
	if d.whole() { // another program made it meanwhile
		return nil
	}
	d.sweep()
	work, err := os.MkdirTemp(filepath.Dir(d.Path), d.unfinished())
	if err != nil {
		return fmt.Errorf("make the cache: %w", err)
	}
	return errors.Join(d.build(ctx, work), remove(work))
}

// build makes the directory inside work, and moves it to its place.
func (d Dir) build(ctx context.Context, work string) error {
	dir := filepath.Join(work, "new")
	if err := d.Make(ctx, dir); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return context.Cause(ctx)
	}
	sum, err := digest(dir)
	if err != nil {
		return fmt.Errorf("read what was made: %w", err)
	}
	if err := os.WriteFile(filepath.Join(dir, seal), []byte(sum), 0o600); err != nil {
		return fmt.Errorf("seal what was made: %w", err)
	}
	if err := os.Rename(d.Path, filepath.Join(work, "old")); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("move the damaged one away: %w", err)
	}
	if err := os.Rename(dir, d.Path); err != nil {
		return fmt.Errorf("move it to its place: %w", err)
	}
	return nil
}

func (d Dir) whole() bool {
	want, err := os.ReadFile(filepath.Join(d.Path, seal))
	if err != nil {
		return false
	}
	got, err := digest(d.Path)
	return err == nil && got == string(want)
}

// digest is that of the names and sizes of all files below dir but the seal.
func digest(dir string) (string, error) {
	sum := sha256.New()
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || entry.Name() == seal {
			return err
		}
		st, err := entry.Info()
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(sum, "%s\x00%d\x00", strings.TrimPrefix(path, dir), st.Size())
		return err
	})
	return hex.EncodeToString(sum.Sum(nil)), err
}

// lock waits until this program alone may make the directory. A program that
// dies lets go of its lock.
func (d Dir) lock(ctx context.Context) (io.Closer, error) {
	f, err := os.OpenFile(d.Path+".lock", os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("lock the cache: %w", err)
	}
	again := time.NewTicker(50 * time.Millisecond)
	defer again.Stop()
	for {
		err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		switch {
		case err == nil:
			return f, nil
		case !errors.Is(err, syscall.EWOULDBLOCK) && !errors.Is(err, syscall.EINTR):
			return nil, errors.Join(fmt.Errorf("lock the cache: %w", err), f.Close())
		}
		select {
		case <-again.C:
		case <-ctx.Done():
			return nil, errors.Join(context.Cause(ctx), f.Close())
		}
	}
}

// unfinished is what the names of directories in the making begin with.
func (d Dir) unfinished() string { return filepath.Base(d.Path) + ".new-" }

// sweep removes what programs left that were killed. Who holds the lock knows
// that nobody is at work on it.
func (d Dir) sweep() {
	left, _ := os.ReadDir(filepath.Dir(d.Path))
	for _, entry := range left {
		if strings.HasPrefix(entry.Name(), d.unfinished()) {
			_ = os.RemoveAll(filepath.Join(filepath.Dir(d.Path), entry.Name()))
		}
	}
}

func remove(dir string) error {
	if err := os.RemoveAll(dir); err != nil {
		return fmt.Errorf("clean up: %w", err)
	}
	return nil
}
