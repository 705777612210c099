// Package problemfile reads the file that one problem stands in, by one rule for the
// commands, the ask screen and the app as text:
//
//	problem, err := problemfile.Open("~/problem.tex")
//
// What is read is bounded by [MaxBytes]. Of more than that it is said first what kind of
// file it is, a PDF file say, where that is certain: its size is not what is wrong with it.
// The limits of a statement itself are those of [engine.NewProblem]. Every error that a
// person can mend is an engine.Fault of class Invalid. Nothing is kept between calls, so
// they may come from several goroutines.
package problemfile

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/aimo3/aimo3/engine"
)

// MaxBytes bounds what is read, before the statement's own limit is checked: one of the
// greatest length takes 40 kB.
const MaxBytes = 1 << 20

// Read reads r to its end, and no more than is needed to see that it is too large. It
// fails with the error of r as it is, or with a Fault if the text is too large.
func Read(r io.Reader) (string, error) {
	text, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
	if len(text) <= MaxBytes {
		return string(text), err
	}
	if err := engine.CheckKind(string(text)); err != nil {
		return "", err
	}
	return "", &engine.Fault{
		Class: engine.Invalid, What: fmt.Sprintf("the input is larger than 1 MB; a problem has at most %d characters", engine.MaxStatement),
		Todo: "give the statement of one problem",
	}
}

// Open reads a problem from a regular file, whose name becomes its source; ~ is the home
// directory. A pipe or a device is refused before it is opened, since opening it could
// wait for ever.
func Open(path string) (engine.Problem, error) {
	name, err := expand(path)
	if err != nil {
		return engine.Problem{}, err
	}
	about, err := os.Stat(name)
	switch {
	case err != nil:
		return engine.Problem{}, unreadable(path, err)
	case !about.Mode().IsRegular():
		return engine.Problem{}, &engine.Fault{Class: engine.Invalid, What: path + " is not a regular file", Todo: "name a text file"}
	}
	f, err := os.Open(name)
	if err != nil {
		return engine.Problem{}, unreadable(path, err)
	}
	defer func() { _ = f.Close() }()
	text, err := Read(f)
	switch {
	case err != nil && engine.ClassOf(err) == engine.Unknown:
		return engine.Problem{}, unreadable(path, err)
	case err != nil:
		return engine.Problem{}, err
	}
	return engine.NewProblem(filepath.Base(path), text)
}

func expand(path string) (string, error) {
	rest, ok := strings.CutPrefix(path, "~")
	if !ok || rest != "" && !os.IsPathSeparator(rest[0]) {
		return path, nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", fmt.Errorf("find the home directory: %w", err)
	}
	return home + rest, nil
}

func unreadable(path string, err error) error {
	var detail *fs.PathError
	if errors.As(err, &detail) {
		err = detail.Err
	}
	return &engine.Fault{Class: engine.Invalid, What: "cannot read " + path, Todo: "check the path", Err: err}
}
