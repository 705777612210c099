package secure

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"github.com/aimo3/aimo3/engine"
)

// maxPrivateBytes bounds a file with a secret.
const maxPrivateBytes = 64 << 10

// othersMode are the bits of a mode that let others in.
const othersMode = 0o077

// ReadPrivate is what a file holds that nobody but its owner may read, or of root's files
// its group, as systemd hands them to a service. One that is wider,
// larger than 64 KB or no regular file is a Fault that says what to do; that it is not
// there is fs.ErrNotExist.
func ReadPrivate(path string) ([]byte, error) {
	text, err := ReadRegular(path, maxPrivateBytes, func(about fs.FileInfo) error { return checkMode(path, about) })
	if wide := new(engine.Fault); err != nil && !errors.As(err, &wide) {
		err = unreadable(path, err)
	}
	return text, err
}

// ReadRegular is what the file at path holds, if it is a regular file, has at most so
// many bytes, and check, which may be nil, finds nothing wrong with it. The error says
// only what is wrong. A pipe is not waited for, and a device not read.
func ReadRegular(path string, maxBytes int64, check func(fs.FileInfo) error) ([]byte, error) {
	f, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	about, err := f.Stat()
	switch {
	case err != nil:
		return nil, err
	case !about.Mode().IsRegular():
		return nil, errors.New("it is not a file")
	case check != nil:
		if err := check(about); err != nil {
			return nil, err
		}
	}
	text, err := io.ReadAll(io.LimitReader(f, maxBytes+1))
	if err == nil && int64(len(text)) > maxBytes {
		return nil, fmt.Errorf("it is larger than %d KB", maxBytes>>10)
	}
	return text, err
}

// CheckPrivate fails if others may read the file at path.
func CheckPrivate(path string) error {
	about, err := os.Stat(path)
	if err != nil {
		return unreadable(path, err)
	}
	return checkMode(path, about)
}

func checkMode(path string, about fs.FileInfo) error {
	if mode := about.Mode().Perm(); mode&othersMode != 0 && !isRoots(about) {
		return &engine.Fault{
			Class: engine.Invalid, What: fmt.Sprintf("%s holds a secret, and can be read by others: its mode is %04o", path, mode),
			Todo: "`chmod 600 " + path + "`",
		}
	}
	return nil
}

// isRoots says that a file is of root and root's group, and can be read by these alone and
// by whom they named: where there are lists of who may, as in the folders of credentials
// that systemd makes, the bits of the group tell of the widest of them.
func isRoots(about fs.FileInfo) bool {
	of, known := about.Sys().(*syscall.Stat_t)
	return known && of.Uid == 0 && of.Gid == 0 && about.Mode().Perm() == 0o440
}

func unreadable(path string, err error) error {
	var at *fs.PathError
	if errors.As(err, &at) {
		err = at.Err
	}
	return &engine.Fault{Class: engine.Invalid, What: "cannot read the secret in " + path, Todo: "check the file's name and permissions", Err: err}
}

// WritePrivate puts text into the file at path, which only its owner may read then; its
// directories are made. If it fails, what was there is as it was.
func WritePrivate(path string, text []byte) error {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return unwritable(path, err)
	}
	f, err := os.CreateTemp(dir, ".aimo3-*") // of mode 0600
	if err != nil {
		return unwritable(path, err)
	}
	defer func() { _ = os.Remove(f.Name()) }() // gone by then if all went well
	_, err = f.Write(text)
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return unwritable(path, err)
	}
	return syncDir(dir, path)
}

func syncDir(dir, path string) error {
	d, err := os.Open(dir)
	if err != nil {
		return unwritable(path, err)
	}
	if err := errors.Join(d.Sync(), d.Close()); err != nil {
		return unwritable(path, err)
	}
	return nil
}

func unwritable(path string, err error) error {
	var at *fs.PathError
	if errors.As(err, &at) {
		err = at.Err
	}
	return &engine.Fault{Class: engine.Invalid, What: "cannot write " + path, Todo: "check its folder and permissions", Err: err}
}
