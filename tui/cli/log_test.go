package cli

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/aimo3/aimo3/engine"
)

// lines are the lines of a log by what they say: "start|attempt begun".
func lines(t *testing.T, text string) string {
	t.Helper()
	var all []string
	for line := range strings.Lines(text) {
		var said struct{ Msg string }
		if err := json.Unmarshal([]byte(line), &said); err != nil {
			t.Fatalf("%v in %q", err, line)
		}
		all = append(all, said.Msg)
	}
	return strings.Join(all, "|")
}

// TestTheLogStandsBesideTheDatabase, for its owner alone.
func TestTheLogStandsBesideTheDatabase(t *testing.T) {
	b := newBench(t).boxes("12", "12")
	db := filepath.Join(t.TempDir(), "x.db")
	b.env["OLLAMA_HOST"] = "http://me:sEcret@gpu-box"
	b.wantCode(b.run("solve", "the riddle", "--samples", "2", "--db", db), 0)
	path := filepath.Join(filepath.Dir(db), "aimo3.log")
	about, err := os.Stat(path)
	if err != nil || about.Mode().Perm() != 0o600 {
		t.Fatalf("%v, %v", about, err)
	}
	text := b.text(path)
	// An attempt's events are logged once they are kept; the sandbox is chosen meanwhile.
	if got := lines(t, text); strings.Replace(got, "sandbox chosen|", "", 1) != "start|attempt begun|code chosen|attempt ended|end" || !strings.Contains(got, "sandbox") {
		t.Errorf("logged %s", got)
	}
	for _, want := range []string{
		`"command":"aimo3 solve"`, `"samples":{"value":"2","from":"flag"}`, `"host":{"value":"gpu-box","from":"OLLAMA_HOST"}`,
		`"attempt":"`, `"why":"all_ended"`, `"msg":"end","code":0`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s in\n%s", want, text)
		}
	}
	for _, secret := range []string{"riddle", "12}", `"12"`, "sEcret", "Let me think"} {
		if strings.Contains(text, secret) {
			t.Errorf("%q is logged:\n%s", secret, text)
		}
	}
	b.wantCode(b.run("solve", "the riddle", "--samples", "2", "--db", db, "--no-cache", "--log-level", "debug"), 0)
	if got := strings.TrimPrefix(b.text(path), text); !strings.Contains(got, "the riddle") || strings.Contains(got, "Let me think") {
		t.Errorf("at debug:\n%s", got)
	}
	b.wantCode(b.run("solve", "the riddle", "--samples", "2", "--db", db, "--no-cache", "--debug"), 0)
	if got := b.text(path); !strings.Contains(got, `"kind":"delta"`) || !strings.Contains(got, "Let me think") {
		t.Errorf("with --debug:\n%s", got)
	}
}

func TestWhereTheLogGoes(t *testing.T) {
	for _, c := range []struct {
		name                 string
		args                 []string
		env                  map[string]string
		code                 int
		beside, named, onErr bool
		says                 string
	}{
		{name: "beside the database", beside: true},
		{name: "nothing is kept", args: []string{"--no-save"}},
		{name: "nothing is kept, and all is wanted", args: []string{"--no-save", "--debug"}, says: "warning: nothing is logged · name a file with --log"},
		{name: "off", args: []string{"--log", "off"}},
		{name: "in a file", args: []string{"--log", "named.log"}, named: true},
		{name: "in a file, and nothing is kept", args: []string{"--log", "named.log", "--no-save"}, named: true},
		{name: "in a container", env: map[string]string{"AIMO3_LOG": "-"}, onErr: true},
		{name: "on a full disk", args: []string{"--log", "/dev/full"}},
		{name: "only what is wrong", args: []string{"--log", "named.log", "--log-level", "ERROR"}},
		{name: "in no folder", args: []string{"--log", "no/named.log"}, code: 2, says: "aimo3: cannot write the log no/named.log: no such file or directory · check its folder"},
		{name: "at no level", args: []string{"--log-level", "loud"}, code: 2, says: `--log-level: "loud" is not debug, info, warn or error`},
		{name: "beside what is no database", args: []string{"--db", "/dev/null"}, code: 5},
		{name: "where nothing can be made", args: []string{"--db", "/dev/null/x/x.db"}, code: 5},
	} {
		t.Run(c.name, func(t *testing.T) {
			b, _, _ := configured(t)
			for name, value := range c.env {
				b.env[name] = value
			}
			out := &together{}
			if code := Run(t.Context(), b.program(), append([]string{"solve", "p", "--samples", "1"}, c.args...), b.stdin, &b.out, out); code != c.code {
				t.Fatalf("exit code %d, want %d; stderr %q", code, c.code, out.String())
			}
			begins := func(path string) bool {
				text, err := os.ReadFile(path)
				return err == nil && strings.Contains(string(text), `"msg":"start"`)
			}
			if got := begins(filepath.Join(b.env["XDG_DATA_HOME"], "aimo3", "aimo3.log")); got != c.beside {
				t.Errorf("beside the database: %t", got)
			}
			if got := begins("named.log"); got != c.named {
				t.Errorf("in the file that is named: %t", got)
			}
			if got := strings.Contains(out.String(), `"msg":"start"`); got != c.onErr {
				t.Errorf("on standard error: %t", got)
			}
			if !strings.Contains(out.String(), c.says) {
				t.Errorf("said %q, want %q", out.String(), c.says)
			}
			if os.Remove("/dev/aimo3.log") == nil {
				t.Error("a log stands among the devices")
			}
		})
	}
}

// TestNothingIsDrawnOverLines of a log on the same terminal.
func TestNothingIsDrawnOverLines(t *testing.T) {
	for log, drawn := range map[string]bool{"-": false, "off": true} {
		b, _, _ := configured(t)
		b.terminals = true
		out := &together{}
		if code := Run(t.Context(), b.program(), []string{"solve", "p", "--samples", "1", "--log", log}, b.stdin, &b.out, out); code != 0 || strings.Contains(out.String(), "\x1b") != drawn {
			t.Errorf("--log %s: exit code %d, %q", log, code, out.String())
		}
	}
}

// together is a standard error that lines come to from everywhere.
type together struct {
	mu   sync.Mutex
	text strings.Builder
}

func (w *together) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.text.Write(p)
}

func (w *together) String() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.text.String()
}

// TestFaultsEndTheLog with their class; in words only for debugging, since they may
// quote a model.
func TestFaultsEndTheLog(t *testing.T) {
	for _, level := range []string{"info", "debug"} {
		b, _, _ := configured(t)
		b.connect = &engine.Fault{Class: engine.Unreachable, What: "nobody at http://me:sEcret@gpu-box"}
		b.wantCode(b.run("solve", "p", "--log", "x.log", "--log-level", level), 3)
		text := b.text("x.log")
		if !strings.Contains(text, `"level":"ERROR","msg":"end","code":3,"class":"unreachable"`) || strings.Contains(text, "nobody at http://***@gpu-box") != (level == "debug") || strings.Contains(text, "sEcret") {
			t.Errorf("at %s:\n%s", level, text)
		}
	}
}

// TestTheAppLogsToo, but never across its own screens.
func TestTheAppLogsToo(t *testing.T) {
	b, _, _ := configured(t)
	b.terminals = true
	b.wantCode(b.run("--log", "x.log"), 0)
	if b.shown == nil || b.shown.Logger == nil {
		t.Fatal("the app has no logger")
	}
	if got := lines(t, b.text("x.log")); got != "start|end" {
		t.Errorf("logged %s", got)
	}
	b.wantCode(b.run("--log", "-"), 2)
	if got := b.err.String(); !strings.Contains(got, "the app draws on the terminal, so nothing can be logged there · send standard error elsewhere") {
		t.Errorf("said %q", got)
	}
}

// TestAFolderDecidesNothingAboutTheLog: it may be a stranger's.
func TestAFolderDecidesNothingAboutTheLog(t *testing.T) {
	for _, line := range []string{"log: x.log", "log-level: debug", "debug: true"} {
		b, _, folder := configured(t)
		put(t, folder, line+"\n")
		b.wantCode(b.run("solve", "p"), 2)
		if _, err := os.Stat("x.log"); err == nil || !strings.Contains(b.err.String(), "may not be set by a file in the current folder") {
			t.Errorf("%s: %v, said %q", line, err, &b.err)
		}
	}
}

func TestWhatDoctorSaysOfTheLog(t *testing.T) {
	dir := t.TempDir()
	there, none, shut := filepath.Join(dir, "there.log"), filepath.Join(dir, "none.log"), filepath.Join(dir, "there.log", "x")
	put(t, there, "")
	for name, want := range map[string]finding{
		there: {Component: "log", State: pass, What: there},
		none:  {Component: "log", State: pass, What: none + " will be created with the first attempt"},
		shut:  {Component: "log", State: warn, What: shut + " cannot be written: not a directory", Todo: "check its permissions, or name another file with --log"},
		"off": {Component: "log", State: pass, What: "off"},
		"-":   {Component: "log", State: pass, What: "on standard error"},
	} {
		b, _, _ := configured(t)
		b.wantCode(b.run("doctor", "--json", "--log", name), 0)
		var got struct{ Components []finding }
		b.object(&got)
		found := errors.New("doctor says nothing of it")
		for _, f := range got.Components {
			if f.Component == "log" {
				found, f.Took = nil, 0
				if f != want {
					t.Errorf("%s: %+v, want %+v", name, f, want)
				}
			}
		}
		if found != nil {
			t.Errorf("%s: %v", name, found)
		}
	}
	if _, err := os.Stat(none); err == nil {
		t.Error("a check made a log")
	}
}
