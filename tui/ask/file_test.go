package ask_test

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

func TestFiles(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	fifo := filepath.Join(dir, "pipe")
	if err := syscall.Mkfifo(fifo, 0o600); err != nil {
		t.Skipf("SKIPPED: no pipes here: %v", err)
	}
	t.Setenv("HOME", dir)
	write("home.tex", "From home")
	for _, row := range []struct{ name, path, want string }{
		{"a file", write("p.tex", "Find $x$.\r\n"), "Find $x$."},
		{"under the home directory", "~/home.tex", "From home"},
		{"none of that name", filepath.Join(dir, "none"), "no such file"},
		{"a directory", dir, "is not a regular file"},
		{"a pipe", fifo, "is not a regular file"},
		{"a binary file", write("bin", "\x7fELF\x00\x01"), "control character"},
		{"not UTF-8", write("latin", "caf\xe9"), "not valid UTF-8"},
		{"a huge file", write("huge", strings.Repeat("x", 1<<20+1)), "larger than 1 MB"},
		{"an empty file", write("empty", ""), "the problem is empty"},
		{"nothing to see", write("blank", "\u200b\u2060\n"), "the problem is empty: it holds nothing that can be seen"},
		{"a huge PDF", write("p.pdf", "%PDF-1.7\n"+strings.Repeat("x", 1<<20)), "the problem is a PDF file"},
		{"UTF-16", write("wide.txt", "\xff\xfeF\x00i\x00n\x00d\x00"), "encoded as UTF-16"},
		{"a file that includes another", write("main.tex", `\input{p1}`), "it only includes p1"},
	} {
		t.Run(row.name, func(t *testing.T) {
			d, _ := start(t, nil)
			d.Screen.Resize(200, 22)
			d.Press("ctrl+o")
			if !d.Screen.(screen.Typer).Typing() {
				t.Fatal("the path cannot be typed")
			}
			d.Type(row.path)
			d.Press("enter")
			d.UntilShown(row.want)
		})
	}
}

func TestFileNamesItsSourceUntilChanged(t *testing.T) {
	path := filepath.Join(t.TempDir(), "imo.tex")
	if err := os.WriteFile(path, []byte("Find x."), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct{ more, want string }{{"", "imo.tex"}, {" Or y.", "typed"}} {
		d, calls := start(t, nil)
		d.Send(screen.ServerSeen{Server: tuitest.Up("qwen3:8b")})
		d.Press("ctrl+o")
		d.Type(path)
		d.Press("enter")
		d.UntilShown("Find x.")
		d.Type(row.more)
		d.Press("enter")
		tuitest.UntilSent[screen.Open](d)
		if got := <-calls; got.problem.Source != row.want {
			t.Errorf("after adding %q the source is %q, want %q", row.more, got.problem.Source, row.want)
		}
	}
}
