package cli

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

func (b *bench) text(path string) string {
	b.t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		b.t.Fatal(err)
	}
	return string(text)
}

// TestInitShowEdit: a file is written, tells nothing new, is edited and counts.
func TestInitShowEdit(t *testing.T) {
	b, mine, _ := configured(t)
	b.wantCode(b.run("config", "show"), 0)
	usual := b.out.String()
	b.wantCode(b.run("config", "init"), 0)
	if about, err := os.Stat(mine); err != nil || about.Mode().Perm() != 0o600 || !strings.HasPrefix(b.err.String(), "wrote "+mine) {
		t.Errorf("%v, %v; said %q", about, err, &b.err)
	}
	fresh := b.text(mine)
	b.wantCode(b.run("config", "show"), 0)
	if b.out.String() != usual || b.err.Len() > 0 {
		t.Errorf("with a new file:\n%s%s\nwithout:\n%s", &b.out, &b.err, usual)
	}
	b.env["EDITOR"], b.env["VISUAL"] = "false", "sed -i -e 's/^# samples: 8/samples: 3/'"
	b.wantCode(b.run("config", "edit"), 0)
	if got := b.stands("samples"); got != "3 file" {
		t.Errorf("samples: %q", got)
	}
	if got := b.text(mine); got != strings.Replace(fresh, "# samples: 8", "samples: 3", 1) {
		t.Errorf("the editor's file was changed:\n%s", got)
	}
	b.wantCode(b.run("config", "init"), 2)
	if !strings.Contains(b.text(mine), "\nsamples: 3\n") || !strings.Contains(b.err.String(), "exists already · change it with `aimo3 config edit`, or replace it with --force") {
		t.Errorf("init over a file: %q", &b.err)
	}
	b.wantCode(b.run("config", "init", "--force"), 0)
	if b.text(mine) != fresh {
		t.Error("init --force wrote another file")
	}
}

// TestALinkToNowhere is called what it is, and not a file.
func TestALinkToNowhere(t *testing.T) {
	b, mine, _ := configured(t)
	if err := errors.Join(os.MkdirAll(filepath.Dir(mine), 0o700), os.Symlink("nowhere.yaml", mine)); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"config", "set", "samples", "3"}, {"config", "init"}, {"config", "init", "--force"}} {
		b.wantCode(b.run(args...), 2)
		if !strings.Contains(b.err.String(), "is a link to a file that is not there · create that file, or remove the link") {
			t.Errorf("%q: %q", args, &b.err)
		}
	}
}

// TestEveryLineOfANewFileIsRight: each of them, without its #, is the default.
func TestEveryLineOfANewFileIsRight(t *testing.T) {
	b, mine, _ := configured(t)
	b.wantCode(b.run("config", "show", "--json"), 0)
	usual := regexp.MustCompile(`"(source|file)": .*|"line": .*`).ReplaceAllString(b.out.String(), "")
	b.wantCode(b.run("config", "init"), 0)
	put(t, mine, regexp.MustCompile(`(?m)^# ([a-z-]+:( \S+)?)$`).ReplaceAllString(b.text(mine), "$1"))
	if got := b.stands("samples"); got != "8 file" {
		t.Fatalf("samples: %q, in\n%s", got, b.text(mine))
	}
	if got := regexp.MustCompile(`"(source|file)": .*|"line": .*`).ReplaceAllString(b.out.String(), ""); strings.Join(strings.Fields(got), "") != strings.Join(strings.Fields(usual), "") || b.err.Len() > 0 {
		t.Errorf("uncommented:\n%s%s\nwant\n%s", got, &b.err, usual)
	}
}

func TestEditSaysWhatIsWrongAndKeepsIt(t *testing.T) {
	for write, want := range map[string]string{
		"samples: 0": ":1: samples: \"0\" is not a whole number from 1 to 512",
		"a: b: c":    ":1: this is not YAML",
		"sampels: 3": ":1: sampels is not a setting · did you mean samples?",
	} {
		b, mine, _ := configured(t)
		put(t, mine, "# old\n")
		b.env["EDITOR"] = "printf '" + write + "' >"
		if code := b.run("config", "edit"); (code == 2) == strings.HasPrefix(write, "sampels") || !strings.Contains(b.err.String(), mine+want) || b.text(mine) != write {
			t.Errorf("%s: exit code %d, stderr %q, kept %q", write, code, &b.err, b.text(mine))
		}
	}
	b, mine, _ := configured(t)
	b.wantCode(b.run("config", "edit"), 2)
	if got := b.err.String(); got != "aimo3: no editor is set · set VISUAL or EDITOR, or open "+mine+" yourself\n" {
		t.Errorf("without an editor: %q", got)
	}
	b.env["EDITOR"] = "false"
	b.wantCode(b.run("config", "edit"), 2)
	if !strings.Contains(b.err.String(), "the editor false failed: exit status 1") {
		t.Errorf("an editor that fails: %q", &b.err)
	}
}

// TestEditorTakesTheProgramsStreams: one that draws needs them.
func TestEditorTakesTheProgramsStreams(t *testing.T) {
	b, _, _ := configured(t)
	b.env["EDITOR"], b.stdin = "cat; :", strings.NewReader("typed")
	b.wantCode(b.run("config", "edit"), 0)
	if b.out.String() != "typed" {
		t.Errorf("stdout %q", &b.out)
	}
}

// TestCtrlCIsForTheEditor: it ends neither the program nor the editor, and what was
// written is checked.
func TestCtrlCIsForTheEditor(t *testing.T) {
	b, mine, _ := configured(t)
	// On a busy machine the signal may wait longer than the editor runs: it is let in first.
	b.env["EDITOR"] = "kill -INT $PPID; while grep -qs 'Pnd:.*[1-9a-f]' /proc/$PPID/status; do :; done; printf 'samples: 0' >"
	ctx, cancel := context.WithCancel(t.Context())
	cancel() // as main does when a signal comes
	b.wantCode(b.runIn(ctx, "config", "edit"), 2)
	if got := b.text(mine); got != "samples: 0" || !strings.Contains(b.err.String(), mine+":1: samples") {
		t.Errorf("the file holds %q; stderr %q", got, &b.err)
	}
}

// TestALinkToAFileStaysOne: people keep their settings in a repository of their own.
func TestALinkToAFileStaysOne(t *testing.T) {
	b, mine, _ := configured(t)
	kept := filepath.Join(t.TempDir(), "kept.yaml")
	put(t, kept, "samples: 4\n")
	if err := errors.Join(os.MkdirAll(filepath.Dir(mine), 0o700), os.Symlink(kept, mine)); err != nil {
		t.Fatal(err)
	}
	b.wantCode(b.run("config", "set", "samples", "5"), 0)
	if about, err := os.Lstat(mine); err != nil || about.Mode()&os.ModeSymlink == 0 || b.text(kept) != "samples: 5\n" {
		t.Errorf("%v, %v; the file holds %q", about, err, b.text(kept))
	}
}

func TestSetKeepsCommentsAndRefusesWhatIsWrong(t *testing.T) {
	b, mine, _ := configured(t)
	b.wantCode(b.run("config", "set", "stop", "asc:0.9,esc:3"), 0)
	fresh := b.text(mine)
	if !strings.Contains(fresh, "# stop: four-agree,uncatchable\nstop: asc:0.9,esc:3\n") || !strings.HasPrefix(fresh, "# Settings of aimo3.") {
		t.Errorf("the file that set made:\n%s", fresh)
	}
	put(t, mine, "# mine\nsamples: 4  # few\n\nsampels: 1\n")
	b.wantCode(b.run("config", "set", "samples", "16"), 0)
	const want = "# mine\nsamples: 16  # few\n\nsampels: 1\n"
	for _, c := range []struct{ key, value, want string }{
		{"samples", "0", "samples: \"0\" is not a whole number"},
		{"sample", "1", "there is no setting \"sample\" · did you mean samples or no-code-samples?"},
		{"json", "true", "there is no setting \"json\""},
	} {
		b.wantCode(b.run("config", "set", c.key, c.value), 2)
		if !strings.Contains(b.err.String(), c.want) {
			t.Errorf("%s %s: %q", c.key, c.value, &b.err)
		}
	}
	if got := b.text(mine); got != want {
		t.Errorf("%q, want %q", got, want)
	}
	put(t, mine, "samples:\n  4\n") // in a way that is not changed
	b.wantCode(b.run("config", "set", "samples", "16"), 2)
	if got := b.text(mine); got != "samples:\n  4\n" || !strings.Contains(b.err.String(), "change it with `aimo3 config edit`") {
		t.Errorf("%q; said %q", got, &b.err)
	}
	b.wantCode(b.run("__complete", "config", "set", "sam"), 0)
	if got := b.out.String(); !strings.Contains(got, "\nsamples\n") || !strings.HasSuffix(got, "\n:4\n") {
		t.Errorf("completed: %q", got)
	}
}

func TestPathTellsTheFiles(t *testing.T) {
	b, mine, folder := configured(t)
	put(t, folder, "unsafe-python: true\n") // of no matter here
	b.wantCode(b.run("config", "path"), 0)
	if got, want := b.out.String(), "exists   ./aimo3.yaml\nmissing  "+mine+"\n"; got != want || b.err.Len() > 0 {
		t.Errorf("%q%q, want %q", got, &b.err, want)
	}
	delete(b.env, "XDG_CONFIG_HOME")
	b.wantCode(b.run("config", "path", "--json"), 0)
	var shown struct {
		Files []struct {
			Path   string
			Exists bool
		}
	}
	b.object(&shown)
	if len(shown.Files) != 1 || !shown.Files[0].Exists {
		t.Errorf("%+v", shown)
	}
	b.wantCode(b.run("config", "init"), 2)
	if !strings.Contains(b.err.String(), "neither HOME nor XDG_CONFIG_HOME is set") {
		t.Errorf("init without a place: %q", &b.err)
	}
}

// TestSecretsAreNotShown: of an address only what gives no access.
func TestSecretsAreNotShown(t *testing.T) {
	b, mine, _ := configured(t)
	put(t, mine, "host: ada:secret@gpu\nmodel: http://ada:secret@h/m\n")
	for _, args := range [][]string{{"config", "show"}, {"config", "show", "--json"}} {
		b.wantCode(b.run(args...), 0)
		if got := b.out.String(); strings.Contains(got, "secret") || !strings.Contains(got, "gpu") || !strings.Contains(got, "http://***@h/m") {
			t.Errorf("%q:\n%s", args, got)
		}
	}
}

func TestWhereNothingCanBeWrittenNothingChanges(t *testing.T) {
	b, mine, _ := configured(t)
	put(t, filepath.Dir(mine), "") // a file where the folder should be
	b.wantCode(b.run("config", "init"), 2)
	if !strings.Contains(b.err.String(), "cannot write "+mine+": not a directory · check its folder and permissions") {
		t.Errorf("stderr %q", &b.err)
	}
	b.wantCode(b.run("config", "init", "x"), 2)
	if code := b.run("config", "sett"); code != 2 || !strings.Contains(b.err.String(), "did you mean `aimo3 config set`?") {
		t.Errorf("misspelt: %q", &b.err)
	}
}
