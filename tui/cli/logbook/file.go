package logbook

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
)

const (
	maxBytes = 4 << 20 // of a log, before it makes room for a new one
	maxOld   = 3       // logs that are kept beside it
)

// file is a log that several programs may append to at once. When it has grown to
// max bytes it becomes PATH.1, what was PATH.1 becomes PATH.2, and so on.
type file struct {
	path string
	max  int64
	to   *os.File
	torn bool // the disk took only a part of the latest line
}

func openFile(path string) (*file, error) {
	if straight, err := filepath.EvalSymlinks(path); err == nil {
		path = straight // else a link would be renamed in place of its file
	}
	f := &file{path: path, max: maxBytes}
	return f, f.open()
}

func (f *file) open() error {
	to, err := os.OpenFile(f.path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err == nil {
		_ = f.close() // it was only written to, and every write was checked
		f.to = to
	}
	return err
}

func (f *file) close() error {
	if f.to == nil {
		return nil
	}
	return f.to.Close()
}

// Write appends a line in one write, so that those of two programs do not mix.
func (f *file) Write(line []byte) (int, error) {
	f.follow()
	if f.torn {
		line = append([]byte{'\n'}, line...)
	}
	n, err := f.to.Write(line)
	f.torn = n > 0 && n < len(line) || f.torn && n == 0
	return n, err
}

// follow sees to it that the next line goes to a file at path with room for it.
// If that cannot be, it goes to the one there is.
func (f *file) follow() {
	if size, current := f.stat(); !current {
		_ = f.open() // another program renamed it, or a person removed it
	} else if size >= f.max {
		f.rotate()
	}
}

// stat is the file's size, 0 of a device or a pipe, and whether it is still the one
// at path.
func (f *file) stat() (size int64, current bool) {
	own, err := f.to.Stat()
	if err != nil {
		return 0, true
	}
	there, err := os.Stat(f.path)
	return own.Size(), err == nil && os.SameFile(own, there)
}

// rotate makes room, unless another program is just doing so. The lock is that of
// the file itself and goes with it: who takes it next finds another file at path.
func (f *file) rotate() {
	if err := syscall.Flock(int(f.to.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); errors.Is(err, syscall.EWOULDBLOCK) {
		return
	}
	if _, current := f.stat(); current {
		for n := maxOld; n > 0; n-- {
			_ = os.Rename(f.old(n-1), f.old(n)) // it may not be there
		}
	}
	_ = f.open()
}

// old is the path of the n-th old log; the one that is written to is number 0.
func (f *file) old(n int) string {
	if n == 0 {
		return f.path
	}
	return fmt.Sprintf("%s.%d", f.path, n)
}
