package outfile_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/cli/outfile"
)

func put(text string) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	}
}

// fails writes a part and then fails.
func fails(w io.Writer) error {
	_, _ = io.WriteString(w, "half")
	return errors.New("the store is damaged")
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func stat(t *testing.T, path string) *syscall.Stat_t {
	t.Helper()
	var at syscall.Stat_t
	must(t, syscall.Lstat(path, &at))
	return &at
}

// wantFile checks what a file holds, and that nothing was left beside it.
func wantFile(t *testing.T, path, want string) {
	t.Helper()
	got, err := os.ReadFile(path)
	left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), ".aimo3*"))
	if err != nil || string(got) != want || left != nil {
		t.Errorf("%s holds %q, %v, want %q; beside it: %q", path, got, err, want, left)
	}
}

// TestWrite: whatever kind of file a name is of, it is still of that kind
// afterwards, and holds the text whole or what it held.
func TestWrite(t *testing.T) {
	for _, row := range []struct {
		name string
		make func(t *testing.T, dir string) string // the path to write to
		want string                                // the error; "" for none
		kept bool                                  // target still holds "before"
		see  func(t *testing.T, dir string)
	}{
		{name: "new", make: func(*testing.T, string) string { return "new" }, see: func(t *testing.T, dir string) { wantFile(t, dir+"/new", "text") }},
		{name: "regular", make: func(*testing.T, string) string { return "target" }},
		{name: "mode", make: func(t *testing.T, dir string) string { must(t, os.Chmod(dir+"/target", 0o640)); return "target" }, see: func(t *testing.T, dir string) {
			if m := stat(t, dir+"/target").Mode & 0o7777; m != 0o640 {
				t.Errorf("mode %o", m)
			}
		}},
		{name: "a link", make: func(t *testing.T, dir string) string { must(t, os.Symlink("target", dir+"/link")); return "link" }, see: isLink},
		{name: "a link to a link", make: func(t *testing.T, dir string) string {
			must(t, errors.Join(os.Symlink(dir+"/two", dir+"/link"), os.Symlink("./target", dir+"/two")))
			return "link"
		}, see: isLink},
		{name: "a link to nothing", make: func(t *testing.T, dir string) string { must(t, os.Symlink("sub/new", dir+"/link")); return "link" }, see: func(t *testing.T, dir string) {
			isLink(t, dir)
			wantFile(t, dir+"/sub/new", "text")
		}},
		{name: "a hard link", make: func(t *testing.T, dir string) string { must(t, os.Link(dir+"/target", dir+"/other")); return "other" }, see: func(t *testing.T, dir string) {
			if stat(t, dir+"/other").Ino != stat(t, dir+"/target").Ino {
				t.Error("the link is broken")
			}
		}},
		{name: "write-protected", make: func(t *testing.T, dir string) string { must(t, os.Chmod(dir+"/target", 0o444)); return "target" }, want: "target is write-protected · name another file, or allow writing", kept: true},
		{name: "a link to a protected file", make: func(t *testing.T, dir string) string {
			must(t, errors.Join(os.Chmod(dir+"/target", 0o400), os.Symlink("target", dir+"/link")))
			return "link"
		}, want: "link is write-protected", kept: true},
		{name: "a directory", make: func(*testing.T, string) string { return "sub" }, want: `sub" is not a file · name a file`},
		{name: "a directory by its slash", make: func(*testing.T, string) string { return "none/" }, want: "is not a file"},
		{name: "a link to a directory", make: func(t *testing.T, dir string) string { must(t, os.Symlink("sub", dir+"/link")); return "link" }, want: "is not a file", see: isLink},
		{name: "in no directory", make: func(*testing.T, string) string { return "no/where" }, want: "no such file"},
		{name: "below a file", make: func(*testing.T, string) string { return "target/x" }, want: "not a directory", kept: true},
		{name: "links in a ring", make: func(t *testing.T, dir string) string {
			must(t, errors.Join(os.Symlink("b", dir+"/a"), os.Symlink("a", dir+"/b")))
			return "a"
		}, want: "too many levels"},
		{name: "a long name", make: func(*testing.T, string) string { return strings.Repeat("x", 300) }, want: "name too long"},
	} {
		t.Run(row.name, func(t *testing.T) {
			dir := t.TempDir()
			must(t, errors.Join(os.WriteFile(dir+"/target", []byte("before, and longer"), 0o600), os.Mkdir(dir+"/sub", 0o700)))
			err := outfile.Write(t.Context(), dir+"/"+row.make(t, dir), put("text"))
			if row.want == "" && err != nil || row.want != "" && (err == nil || !strings.Contains(engine.Hint(err), row.want)) {
				t.Errorf("%q, want %q", engine.Hint(err), row.want)
			}
			switch {
			case row.kept:
				wantFile(t, dir+"/target", "before, and longer")
			case row.want == "" && row.name != "new" && row.name != "a link to nothing":
				wantFile(t, dir+"/target", "text")
			}
			if row.see != nil {
				row.see(t, dir)
			}
		})
	}
}

func isLink(t *testing.T, dir string) {
	t.Helper()
	if stat(t, dir+"/link").Mode&syscall.S_IFMT != syscall.S_IFLNK {
		t.Error("the link is gone")
	}
}

// TestFailureKeepsWhatWasThere, whichever way the file would be written.
func TestFailureKeepsWhatWasThere(t *testing.T) {
	for name, prepare := range map[string]func(dir string) error{
		"by a rename": func(string) error { return nil },
		"in place":    func(dir string) error { return os.Link(dir+"/target", dir+"/other") },
	} {
		dir := t.TempDir()
		must(t, errors.Join(os.WriteFile(dir+"/target", []byte("before"), 0o600), prepare(dir)))
		if err := outfile.Write(t.Context(), dir+"/target", fails); err == nil || err.Error() != "the store is damaged" {
			t.Errorf("%s: %v", name, err)
		}
		wantFile(t, dir+"/target", "before")
		if err := outfile.Write(t.Context(), dir+"/new", fails); err == nil {
			t.Error("no error")
		}
		if _, err := os.Lstat(dir + "/new"); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: half a file was left: %v", name, err)
		}
	}
}

// TestFullDisk: neither way leaves half a file where the disk is full.
func TestFullDisk(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mount("small", dir, "tmpfs", 0, "size=64k"); err != nil {
		t.Skipf("SKIPPED: no small disk can be made: %v", err)
	}
	defer func() { must(t, syscall.Unmount(dir, 0)) }() // nothing of it is still open
	before := strings.Repeat("b", 20_000)
	for name, prepare := range map[string]func() error{
		"by a rename": func() error { return nil },
		"in place":    func() error { return os.Link(dir+"/target", dir+"/other") },
	} {
		must(t, errors.Join(os.WriteFile(dir+"/target", []byte(before), 0o600), prepare()))
		if err := outfile.Write(t.Context(), dir+"/target", put(strings.Repeat("x", 60_000))); !errors.Is(err, syscall.ENOSPC) {
			t.Errorf("%s: %v", name, err)
		}
		wantFile(t, dir+"/target", before)
		must(t, outfile.Write(t.Context(), dir+"/target", put("x")))
		wantFile(t, dir+"/target", "x")
	}
}

// TestWriteToDevices are written to, and stay what they are.
func TestWriteToDevices(t *testing.T) {
	dir := t.TempDir()
	must(t, errors.Join(syscall.Mkfifo(dir+"/pipe", 0o600), os.Symlink("pipe", dir+"/link")))
	for _, name := range []string{"pipe", "link"} {
		read := make(chan string)
		go func() {
			text, err := os.ReadFile(dir + "/pipe")
			read <- fmt.Sprint(string(text), err)
		}()
		must(t, outfile.Write(t.Context(), dir+"/"+name, put("text")))
		if got := <-read; got != "text<nil>" || stat(t, dir+"/pipe").Mode&syscall.S_IFMT != syscall.S_IFIFO {
			t.Errorf("%s: %q, mode %o", name, got, stat(t, dir+"/pipe").Mode)
		}
	}
	for path, want := range map[string]error{"/dev/null": nil, "/dev/full": syscall.ENOSPC} {
		err := outfile.Write(t.Context(), path, put("text"))
		if !errors.Is(err, want) || stat(t, path).Mode&syscall.S_IFMT != syscall.S_IFCHR {
			t.Errorf("%s: %v, mode %o", path, err, stat(t, path).Mode)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := outfile.Write(ctx, dir+"/pipe", put("text")); !errors.Is(err, context.Canceled) { // nobody reads
		t.Errorf("%v", err)
	}
}

// TestWriteToDescriptors: where a name stands for a descriptor, that one is
// written to, at its place, whatever it is open on.
func TestWriteToDescriptors(t *testing.T) {
	dir := t.TempDir()
	for _, form := range []string{"/dev/fd/%d", "/proc/self/fd/%d", "/proc/thread-self/fd/%d", dir + "/link", dir + "/dir/%d"} {
		f, err := os.Create(dir + "/open")
		must(t, err)
		_, _ = f.WriteString("begun ")
		path := form
		switch form {
		case dir + "/link":
			_ = os.Remove(path)
			must(t, os.Symlink(fmt.Sprintf("/proc/self/fd/%d", f.Fd()), path))
		case dir + "/dir/%d":
			must(t, os.Symlink("/proc/self/fd", dir+"/dir"))
			fallthrough
		default:
			path = fmt.Sprintf(form, f.Fd())
		}
		inode := stat(t, dir+"/open").Ino
		must(t, outfile.Write(t.Context(), path, put("text")))
		_, _ = f.WriteString(" ended")
		must(t, f.Close())
		wantFile(t, dir+"/open", "begun text ended")
		if stat(t, dir+"/open").Ino != inode {
			t.Errorf("%s: another file stands there now", form)
		}
	}
	if err := outfile.Write(t.Context(), "/dev/fd/999", put("text")); !errors.Is(err, syscall.EBADF) {
		t.Errorf("a descriptor that is shut: %v", err)
	}
}

// TestOwnersAreKept: what root writes to a user's file stays the user's, and a
// user may write to a file in a directory that takes no other.
func TestOwnersAreKept(t *testing.T) {
	const nobody = 65534
	if dir := os.Getenv("AIMO3_TEST_NOBODY"); dir != "" {
		must(t, outfile.Write(t.Context(), dir+"/shared", put("of nobody")))
		if err := outfile.Write(t.Context(), dir+"/roots", put("x")); !strings.Contains(engine.Hint(err), "roots is write-protected") {
			t.Errorf("%v", err)
		}
		if err := outfile.Write(t.Context(), dir+"/new", put("x")); !errors.Is(err, fs.ErrPermission) {
			t.Errorf("%v", err)
		}
		must(t, outfile.Write(t.Context(), "/dev/stdout", put("said")))
		must(t, outfile.Write(t.Context(), "/dev/null", put("lost")))
		return
	}
	if os.Getuid() != 0 {
		t.Skip("SKIPPED: only root can give files away")
	}
	dir, err := os.MkdirTemp("", "outfile") // t.TempDir is below a directory that nobody may enter
	must(t, err)
	defer func() { _ = os.RemoveAll(dir) }()
	must(t, errors.Join(os.Chmod(dir, 0o755), os.WriteFile(dir+"/users", []byte("before"), 0o600), os.Chown(dir+"/users", nobody, nobody)))
	must(t, errors.Join(os.WriteFile(dir+"/shared", []byte("before"), 0o600), os.Chmod(dir+"/shared", 0o666), os.WriteFile(dir+"/roots", []byte("before"), 0o644)))
	must(t, outfile.Write(t.Context(), dir+"/users", put("text")))
	if at := stat(t, dir+"/users"); at.Uid != nobody || at.Gid != nobody || at.Mode&0o777 != 0o600 {
		t.Errorf("now of %d:%d, mode %o", at.Uid, at.Gid, at.Mode)
	}
	again := exec.Command("/proc/self/exe", "-test.run=TestOwnersAreKept", "-test.v") //nolint:noctx // it ends by itself
	again.Env = append(os.Environ(), "AIMO3_TEST_NOBODY="+dir)
	again.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	again.Dir = "/"
	said, err := again.CombinedOutput()
	if err != nil || !strings.Contains(string(said), "said") {
		t.Errorf("as nobody: %v\n%s", err, said)
	}
	wantFile(t, dir+"/shared", "of nobody")
	wantFile(t, dir+"/roots", "before")
}
