package problemfile_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/problemfile"
)

// TestOpen: a file is read as a problem, or refused with what is wrong with it.
func TestOpen(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("HOME", dir)
	for _, c := range []struct{ name, text, path, want string }{
		{name: "a problem", text: "What is 6 times 7?"},
		{name: "below the home directory", text: "What is 6 times 7?", path: "~/p.txt"},
		{name: "a large PDF", text: "%PDF-1.7\n" + strings.Repeat("x", 2<<20), want: "is a PDF file"},
		{name: "a large text", text: strings.Repeat("x", problemfile.MaxBytes+1), want: "larger than 1 MB"},
		{name: "as much as is read", text: strings.Repeat(" ", problemfile.MaxBytes-8) + "2 + 2 = ?", want: "larger than 1 MB"},
		{name: "a directory", path: dir, want: "is not a regular file"},
		{name: "no file", path: dir + "/none", want: "cannot read " + dir + "/none"},
	} {
		t.Run(c.name, func(t *testing.T) {
			file := filepath.Join(dir, "p.txt")
			if err := os.WriteFile(file, []byte(c.text), 0o600); err != nil {
				t.Fatal(err)
			}
			if c.path == "" {
				c.path = file
			}
			problem, err := problemfile.Open(c.path)
			switch {
			case c.want == "" && (err != nil || problem.Statement != c.text || problem.Source != "p.txt"):
				t.Errorf("%q of %q, %v", problem.Statement, problem.Source, err)
			case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want) || engine.ClassOf(err) != engine.Invalid):
				t.Errorf("fails with %v, want %q", err, c.want)
			}
		})
	}
}
