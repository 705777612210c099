package problemfile_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/aimo3/aimo3/tui/problemfile"
)

func TestComplete(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("HOME", dir)
	t.Chdir(dir)
	for _, name := range []string{"imo-2019.tex", "IMO-2020.tex", "other.txt", ".hidden", "problems/one.txt"} {
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for link, to := range map[string]string{"linked": "problems", "lost": "nowhere"} {
		if err := os.Symlink(to, link); err != nil {
			t.Fatal(err)
		}
	}
	if err := syscall.Mkfifo("pipe", 0o600); err != nil {
		t.Fatal(err)
	}
	for typed, want := range map[string][]string{
		"":            {"IMO-2020.tex", "imo-2019.tex", "linked/", "other.txt", "problems/"},
		"im":          {"IMO-2020.tex", "imo-2019.tex"},
		"imo-2019":    {"imo-2019.tex"},
		".":           {".hidden"},
		"pro":         {"problems/"},
		"problems":    {"problems/"},
		"problems/":   {"problems/one.txt"},
		"linked/o":    {"linked/one.txt"},
		"~":           {"~/"},
		"~/o":         {"~/other.txt"},
		dir + "/oth":  {dir + "/other.txt"},
		"nowhere/":    nil,
		"other.txt/":  nil,
		"~nobody/abc": nil,
		"pi":          nil,
	} {
		if got := problemfile.Complete(typed); !slices.Equal(got, want) {
			t.Errorf("%q may become %q, want %q", typed, got, want)
		}
	}
	if got := problemfile.Complete(strings.Repeat("/x", 1<<16)); got != nil {
		t.Errorf("a path that is too long may become %q", got)
	}
}
