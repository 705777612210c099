package config

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/aimo3/aimo3/engine"
)

func TestLaterSourcesCountMoreAndEveryValueKnowsItsOrigin(t *testing.T) {
	all := New()
	mine, err := Parse("mine.yaml", []byte("# mine\nsamples: 16\nseed: 3\n"))
	if err != nil {
		t.Fatal(err)
	}
	there, err := parseEnv("x.env", "A=1\nAIMO3_SAMPLES=4\n")
	if err != nil {
		t.Fatal(err)
	}
	there[1].Key = "samples"
	for _, values := range [][]Value{mine, there[1:], nil} {
		if err := all.Add(values); err != nil {
			t.Fatal(err)
		}
	}
	for key, want := range map[string]string{"samples": "4 AIMO3_SAMPLES in x.env:2 x.env:2: AIMO3_SAMPLES", "seed": "3 mine.yaml:3 mine.yaml:3: seed"} {
		v, ok := all.Value(key)
		if got := strings.Join([]string{v.Text, v.From.String(), v.Where()}, " "); !ok || got != want {
			t.Errorf("%s: %q, %v; want %q", key, got, ok, want)
		}
	}
	if v, ok := all.Value("model"); ok {
		t.Errorf("model, which nothing sets: %+v", v)
	}
}

func TestUser(t *testing.T) {
	for _, c := range []struct{ xdg, home, want string }{
		{"/x", "/home/ada", "/x/aimo3/config.yaml"},
		{"", "/home/ada", "/home/ada/.config/aimo3/config.yaml"},
		{"relative", "/home/ada", "/home/ada/.config/aimo3/config.yaml"},
		{"", "", ""},
	} {
		env := map[string]string{"XDG_CONFIG_HOME": c.xdg, "HOME": c.home}
		if got := User(func(name string) string { return env[name] }); got != c.want {
			t.Errorf("%+v: %q", c, got)
		}
	}
}

// TestWhatCannotBeReadIsOneClearError: and what is not there is no error.
func TestWhatCannotBeReadIsOneClearError(t *testing.T) {
	dir := t.TempDir()
	in := func(name string) string { return filepath.Join(dir, name) }
	write(t, in("file"), "samples: 2\n")
	write(t, in("huge"), "# "+strings.Repeat("x", maxFileBytes))
	if err := errors.Join(syscall.Mkfifo(in("pipe"), 0o600), os.Symlink("loop", in("loop"))); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		in("file"): "", in("none"): "", in("file/below"): "", "/dev/null/aimo3/config.yaml": "",
		dir: "it is not a file", in("pipe"): "it is not a file", "/dev/null": "it is not a file",
		in("huge"): "it is larger than 64 KB", in("loop"): "too many levels of symbolic links",
	} {
		values, err := Read(path)
		if (err == nil) != (want == "") || (len(values) == 1) != (path == in("file")) {
			t.Errorf("%s: %v, %v", path, values, err)
		}
		if want := "cannot read the settings in " + path + ": " + want; err != nil && (err.Error() != want || engine.ClassOf(err) != engine.Invalid) {
			t.Errorf("%s: %q, want %q", path, err, want)
		}
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
