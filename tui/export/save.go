package export

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/aimo3/aimo3/engine"
)

// maxSame is how many files of one name are told apart by a number.
const maxSame = 1000

// Save writes a stored attempt into a new file in dir, and returns its path. The name is
// of letters and digits, and no file that is there is written to. If it fails, no file is
// left.
func Save(dir string, f Format, a engine.Summary, events Events) (string, error) {
	file, err := create(dir, Name(a), f)
	if err != nil {
		return "", &engine.Fault{Class: engine.Invalid, What: "cannot write into " + dir, Todo: "start aimo3 in a folder that you may write to", Err: err}
	}
	b := bufio.NewWriter(file)
	err = errors.Join(Write(b, f, a, events), b.Flush(), file.Close())
	if err != nil {
		return "", errors.Join(unwritten(err), os.Remove(file.Name()))
	}
	return file.Name(), nil
}

// unwritten is why a file that was begun has not been written: what was to be in it could not
// be read, or it had no room.
func unwritten(err error) error {
	var fault *engine.Fault
	if errors.As(err, &fault) {
		return err
	}
	what := "cannot write the file"
	var of *fs.PathError
	if errors.As(err, &of) {
		what, err = "cannot write "+filepath.Base(of.Path), of.Err
	}
	return &engine.Fault{Class: engine.Invalid, What: what, Todo: "make room there, or start aimo3 in another folder", Err: err}
}

// create makes a new file.
func create(dir, name string, f Format) (*os.File, error) {
	for n := 1; n <= maxSame; n++ {
		as := name
		if n > 1 {
			as += fmt.Sprintf("-%d", n)
		}
		file, err := os.OpenFile(filepath.Join(dir, as+"."+string(f)), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if !errors.Is(err, fs.ErrExist) {
			return file, err
		}
	}
	return nil, fs.ErrExist
}

// The bounds of a name, in characters.
const (
	maxNamed = 40
	maxID    = 32
)

// Name is what an attempt's files are called, without an ending: the first words of its
// problem, and its ID. Of both only letters and digits stay, so a name is no hidden file, no
// path and no option of a command.
func Name(a engine.Summary) string {
	name := "aimo3"
	for _, p := range titleOf(a.Problem.Statement) {
		for word := range strings.FieldsSeq(harmless(p.Text)) {
			if len(name)+len(word) > maxNamed {
				break
			}
			name += "-" + word
		}
	}
	id := strings.ReplaceAll(harmless(string(a.ID)), " ", "")
	return name + "-" + id[:min(len(id), maxID)]
}

// harmless is s in small letters and digits of ASCII, with spaces for all else.
func harmless(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z' || '0' <= r && r <= '9':
			return r
		case 'A' <= r && r <= 'Z':
			return r - 'A' + 'a'
		}
		return ' '
	}, s)
}
