package secure_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/secure"
)

// TestPrivateFiles: a file that others may read is refused with the command that mends
// it, as is anything that is no file of a secret's size.
func TestPrivateFiles(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "secret")
	for mode, ok := range map[os.FileMode]bool{0o600: true, 0o400: true, 0o640: false, 0o604: false, 0o610: false, 0o602: false, 0o666: false} {
		if err := errors.Join(os.WriteFile(path, []byte(canary), 0o600), os.Chmod(path, mode)); err != nil {
			t.Fatal(err)
		}
		text, err := secure.ReadPrivate(path)
		if ok != (err == nil) || ok && string(text) != canary {
			t.Errorf("%o: %q, %v", mode, text, err)
		}
		if !ok && (engine.ClassOf(err) != engine.Invalid || !strings.Contains(engine.Hint(err), "`chmod 600 "+path+"`") || secure.CheckPrivate(path) == nil) {
			t.Errorf("%o: %s", mode, engine.Hint(err))
		}
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(os.WriteFile(path, make([]byte, 65<<10), 0o600), syscall.Mkfifo(path+".pipe", 0o600)); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{path: "larger than 64 KB", path + ".pipe": "not a file", dir: "not a file", path + ".none": "no such file"} {
		if _, err := secure.ReadPrivate(name); err == nil || !strings.Contains(err.Error(), want) || errors.Is(err, fs.ErrNotExist) != (name == path+".none") {
			t.Errorf("%s: %v, want %q", name, err, want)
		}
	}
}

// TestCredentialsOfASystem: what systemd hands to a service is root's, with a list that
// lets the service read it, which shows as the group's right; that is taken of root alone.
func TestCredentialsOfASystem(t *testing.T) {
	path := filepath.Join(t.TempDir(), "redis")
	if err := errors.Join(os.WriteFile(path, []byte(canary), 0o600), os.Chmod(path, 0o440)); err != nil {
		t.Fatal(err)
	}
	about, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	of := about.Sys().(*syscall.Stat_t) //nolint:errcheck // it is of no other type here
	text, err := secure.ReadPrivate(path)
	if roots := of.Uid == 0 && of.Gid == 0; roots != (err == nil) || roots && string(text) != canary {
		t.Errorf("of user %d and group %d: %q, %v", of.Uid, of.Gid, text, err)
	}
	if os.Chown(path, os.Getuid(), 1) == nil { // only root can
		if _, err := secure.ReadPrivate(path); err == nil {
			t.Error("it may be of any group")
		}
	}
	for _, mode := range []os.FileMode{0o640, 0o444, 0o460} {
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		if _, err := secure.ReadPrivate(path); err == nil {
			t.Errorf("%o is taken", mode)
		}
	}
}

// TestWritePrivate: what is written is its owner's alone, whatever stood there, and a
// write that fails leaves that.
func TestWritePrivate(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a", "b", "secret")
	for range 2 {
		if err := secure.WritePrivate(path, []byte(canary)); err != nil {
			t.Fatal(err)
		}
		about, err := os.Stat(path)
		if err != nil || about.Mode().Perm() != 0o600 {
			t.Fatalf("%v, %v", about, err)
		}
		if err := os.Chmod(path, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if left, err := os.ReadDir(filepath.Dir(path)); err != nil || len(left) != 1 {
		t.Errorf("left %v, %v", left, err)
	}
	if err := secure.WritePrivate(filepath.Join(path, "x"), nil); engine.ClassOf(err) != engine.Invalid {
		t.Errorf("below a file: %v", err)
	}
	if text, err := os.ReadFile(path); err != nil || string(text) != canary {
		t.Errorf("it holds %q, %v", text, err)
	}
}
