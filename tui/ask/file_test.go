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

// TestAFileIsFoundByFewKeys: what is typed of a path is completed, folder by folder, by the
// keyboard and by a click.
func TestAFileIsFoundByFewKeys(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	for name, text := range map[string]string{"problems/imo.tex": "Find x.", "problems/usa.tex": "Find y.", "readme.txt": "Find z."} {
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, row := range []struct {
		name string
		keys []string // "this|key" waits until this is shown
		want string
	}{
		{"typed and completed", []string{"p", "problems/|tab", "imo.tex|tab", "enter"}, "Find x."},
		{"chosen", []string{"problems/|down", "readme.txt|enter"}, "Find z."},
		{"through a folder", []string{"problems/|down", "up", "enter", "usa.tex|down", "enter"}, "Find y."},
	} {
		t.Run(row.name, func(t *testing.T) {
			d, _ := start(t, nil)
			d.Press("ctrl+o")
			for _, k := range row.keys {
				if seen, press, waits := strings.Cut(k, "|"); waits {
					d.UntilShown(seen)
					k = press
				}
				if len(k) == 1 {
					d.Type(k)
					continue
				}
				d.Press(k)
			}
			d.UntilShown(row.want)
			d.UntilGone("completes")
		})
	}
}

// TestWhatIsTypedCountsAndNotWhatIsOutOfDate: before the files of what is typed are read,
// those in view are of what was typed before.
func TestWhatIsTypedCountsAndNotWhatIsOutOfDate(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, name := range []string{"ideas.txt", "imo.tex"} {
		if err := os.WriteFile(name, []byte("of "+name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, row := range []struct {
		name string
		keys []string // pressed at once: nothing is read between
		want string   // in the field
	}{
		{"tab completes nothing", []string{"m", "tab"}, "File  m"},
		{"enter loads what is typed", []string{"down", "m", "enter"}, "File  m"},
		{"what was chosen is taken", []string{"down", "tab"}, "File  imo.tex"},
	} {
		t.Run(row.name, func(t *testing.T) {
			d, _ := start(t, nil)
			d.Press("ctrl+o")
			d.UntilShown("imo.tex")
			for _, k := range row.keys {
				d.Screen.Update(tuitest.Key(t, k)) // its command is not run
			}
			if got := d.Frame(); !strings.Contains(got, row.want) || row.want == "File  m" && strings.Contains(got, "File  mo") {
				t.Errorf("want %q:\n%s", row.want, got)
			}
		})
	}
}

// TestFileNamesAreNotTrusted: a name that a terminal would obey is shown, not obeyed.
func TestFileNamesAreNotTrusted(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("a\x1b[31m\u202eb", nil, 0o600); err != nil {
		t.Fatal(err)
	}
	d, _ := start(t, nil)
	d.Press("ctrl+o")
	d.UntilShown("Files")
	tuitest.CheckFrame(t, d.Screen.View(), 80, 22)
	d.Press("tab")
	tuitest.CheckFrame(t, d.Screen.View(), 80, 22)
}
