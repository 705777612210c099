package theme

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

const (
	maxOwnBytes  = 64 << 10 // of a palette's file, which has about 700
	maxNameChars = 64
)

// FindIn is the palette of that name: one of the program's, else the person's own in the
// file NAME.json of dir, which has the form of those in palettes. A name is letters,
// digits, dashes and underscores, so that it names no file elsewhere. If dir is "", there
// are none but the program's.
func FindIn(dir, name string) (Palette, error) {
	p, err := Find(name)
	if err == nil || dir == "" {
		return p, err
	}
	if !isName(name) {
		return p, fmt.Errorf("%w; the name of your own has up to %d letters, digits, - and _", err, maxNameChars)
	}
	own, ownErr := read(filepath.Join(dir, name+".json"))
	switch {
	case errors.Is(ownErr, fs.ErrNotExist):
		if all := Own(dir); len(all) > 0 {
			return p, fmt.Errorf("%w, and your own: %s", err, strings.Join(all, ", "))
		}
		return p, fmt.Errorf("%w; your own would be %s", err, filepath.Join(dir, name+".json"))
	case ownErr != nil:
		return p, fmt.Errorf("your theme %q cannot be used: %w; mend it, or choose another", name, ownErr)
	}
	return own, nil
}

// Own are the names of the palettes in dir, sorted.
func Own(dir string) []string {
	files, _ := filepath.Glob(filepath.Join(dir, "*.json")) // a folder that cannot be read has none
	var all []string
	for _, f := range files {
		if name := strings.TrimSuffix(filepath.Base(f), ".json"); isName(name) {
			all = append(all, name)
		}
	}
	slices.Sort(all)
	return all
}

func isName(name string) bool {
	return name != "" && len(name) <= maxNameChars && strings.Trim(strings.ToLower(name), "abcdefghijklmnopqrstuvwxyz0123456789-_") == ""
}

// read reads a palette from a regular file: a pipe could be waited for without end.
func read(path string) (Palette, error) {
	about, err := os.Stat(path)
	switch {
	case err != nil:
		return Palette{}, err
	case !about.Mode().IsRegular():
		return Palette{}, errors.New(path + " is no file")
	}
	f, err := os.Open(path)
	if err != nil {
		return Palette{}, err
	}
	defer func() { _ = f.Close() }()
	text, err := io.ReadAll(io.LimitReader(f, maxOwnBytes+1))
	switch {
	case err != nil:
		return Palette{}, err
	case len(text) > maxOwnBytes:
		return Palette{}, fmt.Errorf("%s is larger than %d KB", path, maxOwnBytes>>10)
	}
	p, err := decode(text)
	if err != nil {
		return Palette{}, fmt.Errorf("%s: %w", path, err)
	}
	return p, nil
}
