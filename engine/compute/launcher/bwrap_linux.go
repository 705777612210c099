package launcher

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
)

// wrapping is what must be handed to the launcher for one child, and what of it
// is this program's to close.
type wrapping struct {
	args  []string
	files []*os.File
	mine  []*os.File
	told  *os.File // where bwrap tells the number of the process it made
}

func (w *wrapping) close() {
	for _, f := range w.mine {
		_ = f.Close()
	}
}

// pid is the number of the contained process, seen from here.
func (w *wrapping) pid(k *Child) int {
	if w.told == nil {
		return k.Pid()
	}
	for _, f := range w.mine {
		if f != w.told {
			_ = f.Close() // else the end of what bwrap tells would never come
		}
	}
	var said struct {
		Pid int `json:"child-pid"`
	}
	if err := json.NewDecoder(w.told).Decode(&said); err != nil || said.Pid == 0 {
		return k.Pid()
	}
	return said.Pid
}

// prepare completes the spec for its level.
func prepare(s *spec, args []string, files []*os.File) (*wrapping, error) {
	if s.Level != Bubblewrap {
		s.Filter = s.Level == Landlock
		return &wrapping{args: args, files: files}, nil
	}
	return wrap(s, args, files)
}

// wrap makes the spec one of bwrap: the launcher bounds itself, then turns into
// bwrap, which makes the namespaces, puts on the filter and turns into the
// program, the first process of its namespace.
func wrap(s *spec, args []string, files []*os.File) (_ *wrapping, err error) {
	w := &wrapping{files: append([]*os.File{}, files...)}
	defer func() {
		if err != nil {
			w.close()
		}
	}()
	f, err := filter(1, nil, s.OldFilter)
	if err != nil {
		return nil, err
	}
	rules, err1 := w.pipe(packed(f))
	told, err2 := w.pipe(nil)
	if err := errors.Join(err1, err2); err != nil {
		return nil, err
	}
	path, err := exec.LookPath("bwrap")
	if err != nil {
		return nil, fmt.Errorf("find bwrap: %w", err)
	}
	w.args = append([]string{
		"--unshare-all", "--die-with-parent", "--as-pid-1", "--cap-drop", "ALL",
		"--seccomp", strconv.Itoa(rules), "--info-fd", strconv.Itoa(told),
	}, binds(s.Sandbox.Read)...)
	w.args = append(append(w.args, "--remount-ro", "/", "--chdir", "/", "--", s.Path), args...)
	s.Path = path
	return w, nil
}

// pipe adds the child's end of a new pipe to its files and gives its number
// there. The child reads the content; without any, it writes to w.told.
func (w *wrapping) pipe(content []byte) (int, error) {
	r, out, err := os.Pipe()
	if err != nil {
		return 0, fmt.Errorf("make a pipe: %w", err)
	}
	w.mine = append(w.mine, r, out)
	theirs := r
	if content == nil {
		w.told, theirs = r, out
	} else if _, err := out.Write(content); err != nil { // far less than a pipe holds
		return 0, fmt.Errorf("hand over the filter: %w", err)
	} else if err := out.Close(); err != nil {
		return 0, fmt.Errorf("hand over the filter: %w", err)
	}
	w.files = append(w.files, theirs)
	return 2 + len(w.files), nil
}

// binds are bwrap's arguments for what can be read. No /proc, no /tmp, and of
// /dev only the harmless: a whole /dev would bring an unbounded /dev/shm.
func binds(read []string) []string {
	var args []string
	for _, path := range append(append([]string{}, libraries...), read...) {
		if to, err := os.Readlink(path); err == nil && filepath.Dir(path) == "/" {
			args = append(args, "--symlink", to, path)
			continue
		}
		args = append(args, "--ro-bind-try", path, path)
	}
	for path := range devices {
		args = append(args, "--dev-bind-try", path, path)
	}
	return args
}
