// Package outfile writes what a person asked to have in a file, whatever the
// name stands for.
//
// A new or regular file gets the whole of it or stays as it was. It keeps its
// mode, its owner and its other names, and a link to it stays a link. Anything
// else, a pipe, a device or a descriptor such as /dev/stdout, is written to.
package outfile

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"

	"github.com/aimo3/aimo3/engine"
)

// Write has write put its text where path says. An error of write comes back as
// it is.
func Write(ctx context.Context, path string, write func(io.Writer) error) error {
	at, err := resolve(path)
	if err != nil {
		return err
	}
	if at.descriptor >= 0 {
		return toDescriptor(at.descriptor, write)
	}
	about, err := os.Stat(at.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return replace(at.path, nil, write)
	case err != nil:
		return err
	case about.IsDir():
		return notAFile(path)
	case !about.Mode().IsRegular():
		return toDevice(ctx, at.path, write)
	case about.Mode().Perm()&0o222 == 0:
		return readOnly(path, nil)
	}
	return overwrite(at.path, path, about, write)
}

// Same says that two paths name one file that is there.
func Same(a, b string) bool {
	one, err := os.Stat(a)
	other, bad := os.Stat(b)
	return err == nil && bad == nil && os.SameFile(one, other)
}

func notAFile(path string) error {
	return &engine.Fault{Class: engine.Invalid, What: fmt.Sprintf("%q is not a file", path), Todo: "name a file with -o, or - for standard output"}
}

func readOnly(path string, err error) error {
	return &engine.Fault{Class: engine.Invalid, What: path + " is write-protected", Todo: "name another file, or allow writing with `chmod u+w`", Err: err}
}

// overwrite gives a regular file another content: by a rename where nothing but
// the content changes by that, else in place.
func overwrite(path, shown string, about fs.FileInfo, write func(io.Writer) error) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if errors.Is(err, fs.ErrPermission) {
		return readOnly(shown, errors.Unwrap(err))
	}
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // an error counts where it was written to
	err = replace(path, about, write)
	if !errors.Is(err, errInPlace) {
		return err
	}
	var whole bytes.Buffer
	if err := write(&whole); err != nil {
		return err
	}
	return inPlace(f, about.Size(), whole.Bytes())
}

// errInPlace is that a file cannot be replaced by one that is like it.
var errInPlace = errors.New("no file with its owner and mode can be created next to it")

// replace writes beside the file first, so that a failure leaves what was there.
// Old is what is there; nil if nothing is.
func replace(path string, old fs.FileInfo, write func(io.Writer) error) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".aimo3-export-*")
	if err == nil {
		defer func() { _, _ = f.Close(), os.Remove(f.Name()) }() // closed and gone by then if all went well
		err = liken(f, old)
	}
	if err != nil {
		return fmt.Errorf("%w: %w", errInPlace, err)
	}
	if err = write(f); err == nil {
		err = f.Sync()
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	return err
}

// liken gives f the owner and the mode of the file that it is to replace.
func liken(f *os.File, old fs.FileInfo) error {
	if old == nil {
		return nil
	}
	at, ok := old.Sys().(*syscall.Stat_t)
	if !ok || at.Nlink > 1 {
		return errors.New("it has other hard links")
	}
	return errors.Join(f.Chown(int(at.Uid), int(at.Gid)), f.Chmod(old.Mode()))
}

// inPlace writes behind the old content first: where there is no room for it, the
// old one is still whole.
func inPlace(f *os.File, old int64, content []byte) error {
	if _, err := f.WriteAt(content, old); err != nil {
		return errors.Join(err, f.Truncate(old))
	}
	if err := f.Sync(); err != nil {
		return errors.Join(err, f.Truncate(old))
	}
	_, err := f.WriteAt(content, 0)
	return errors.Join(err, f.Truncate(int64(len(content))), f.Sync())
}

// toDevice writes to what is no regular file. To open a pipe waits for a reader,
// so that it is done aside, and ctx ends the wait.
func toDevice(ctx context.Context, path string, write func(io.Writer) error) error {
	type opened struct {
		f   *os.File
		err error
	}
	done := make(chan opened, 1)
	go func() {
		f, err := os.OpenFile(path, os.O_WRONLY, 0)
		done <- opened{f, err}
	}()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case o := <-done:
		if o.err != nil {
			return o.err
		}
		return errors.Join(write(o.f), o.f.Close())
	}
}

// toDescriptor writes to a descriptor that is open already, where it stands.
func toDescriptor(n int, write func(io.Writer) error) error {
	own, err := syscall.Dup(n)
	if err != nil {
		return fmt.Errorf("descriptor %d: %w", n, err)
	}
	f := os.NewFile(uintptr(own), "descriptor")
	return errors.Join(write(f), f.Close())
}

// place is what a path comes to: a path with no link at its end or, if not
// negative, a descriptor of this process.
type place struct {
	path       string
	descriptor int
}

// maxLinks is how many links are followed, as by the system.
const maxLinks = 40

// resolve follows links to their end, also to a file that is not there yet.
func resolve(path string) (place, error) {
	if path == "" || os.IsPathSeparator(path[len(path)-1]) {
		return place{}, notAFile(path)
	}
	at := path
	for range maxLinks {
		dir, err := filepath.EvalSymlinks(filepath.Dir(at))
		if err != nil {
			return place{}, err
		}
		at = filepath.Join(dir, filepath.Base(at))
		if n, ok := descriptor(at); ok {
			return place{descriptor: n}, nil
		}
		to, err := os.Readlink(at)
		if err != nil { // no link, or nothing
			return place{at, -1}, nil //nolint:nilerr // as said
		}
		if at = to; !filepath.IsAbs(to) {
			at = filepath.Join(dir, to)
		}
	}
	return place{}, syscall.ELOOP
}

// descriptor is the number in a path to a descriptor of this process.
func descriptor(path string) (int, bool) {
	dir, name := filepath.Split(path)
	own := "/proc/" + strconv.Itoa(os.Getpid())
	switch dir = filepath.Clean(dir); {
	case dir == "/dev/fd", dir == "/proc/self/fd", dir == "/proc/thread-self/fd", dir == own+"/fd":
	case strings.HasPrefix(dir, own+"/task/") && strings.HasSuffix(dir, "/fd"):
	default:
		return 0, false
	}
	n, err := strconv.Atoi(name)
	return n, err == nil && n >= 0
}
