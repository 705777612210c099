package config

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/secure"
)

// maxFileBytes bounds a file of settings. One with every key and its comment has
// about three thousand.
const maxFileBytes = 64 << 10

// Project is the file of the current folder. Whoever made the folder may have
// written it.
const Project = "./aimo3.yaml"

// User is the path of the user's own file, by the rules of XDG; "" if the
// environment names no place.
func User(getenv func(string) string) string {
	dir := getenv("XDG_CONFIG_HOME")
	if !filepath.IsAbs(dir) { // the rules say that a relative one is to be ignored
		home := getenv("HOME")
		if home == "" {
			return ""
		}
		dir = filepath.Join(home, ".config")
	}
	return filepath.Join(dir, "aimo3", "config.yaml")
}

// Exists says whether there is something at path.
func Exists(path string) bool {
	_, err := os.Stat(path)
	return !absent(err)
}

// absent says that there is no such file: also where a directory of its path is
// none, as with XDG_CONFIG_HOME=/dev/null.
func absent(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR)
}

// Read is the values in the file at path, in its order; none if it is not there.
func Read(path string) ([]Value, error) {
	text, err := Text(path)
	if err != nil {
		return nil, err
	}
	return Parse(path, text)
}

// Text is what the file at path holds; nothing if it is not there.
func Text(path string) ([]byte, error) {
	text, err := secure.ReadRegular(path, maxFileBytes, nil)
	switch {
	case absent(err):
		return nil, nil
	case err != nil:
		return nil, unreadable(path, err)
	}
	return text, nil
}

func bounded(path string, f io.Reader) ([]byte, error) {
	text, err := io.ReadAll(io.LimitReader(f, maxFileBytes+1))
	switch {
	case err != nil:
		return nil, unreadable(path, err)
	case len(text) > maxFileBytes:
		return nil, unreadable(path, fmt.Errorf("it is larger than %d KB", maxFileBytes>>10))
	}
	return text, nil
}

func unreadable(path string, err error) error {
	var at *fs.PathError
	if errors.As(err, &at) {
		err = at.Err
	}
	return &engine.Fault{Class: engine.Invalid, What: "cannot read the settings in " + path, Todo: "fix the file or its permissions, or move it away", Err: err}
}

// wrong is an error about a line of a file, or about all of it if line is 0.
func wrong(path string, line int, todo, format string, args ...any) error {
	at := path
	if line > 0 {
		at = fmt.Sprintf("%s:%d", path, line)
	}
	return &engine.Fault{Class: engine.Invalid, What: at + ": " + fmt.Sprintf(format, args...), Todo: todo}
}
