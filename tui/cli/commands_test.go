package cli

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine"
)

func TestModels(t *testing.T) {
	b := newBench(t)
	b.wantCode(b.run("models", "list"), 0)
	want := `   NAME          SIZE    PARAMETERS  QUANTIZATION  FAMILY  CHANGED
*  qwen3:4b      2.5 GB  4.0B        Q4_K_M        qwen3   2026-11-01
   smollm2:135m  90 MB   135M        Q4_1          llama   2026-11-02
`
	if b.out.String() != want {
		t.Errorf("got:\n%s\nwant:\n%s", &b.out, want)
	}
	var list struct {
		Default string
		Models  []engine.Model
	}
	b.wantCode(b.run("models", "list", "--json"), 0)
	if b.object(&list); list.Default != "qwen3:4b" || len(list.Models) != 2 {
		t.Errorf("got %+v", list)
	}
	b.wantCode(b.run("models", "show", "QWEN3:4b"), 0)
	if !strings.Contains(b.out.String(), "context used here  16,384 tokens\n") {
		t.Errorf("got:\n%s", &b.out)
	}
	b.wantCode(b.run("models", "show", "qwen"), 3)
	b.server.models = nil
	b.wantCode(b.run("models", "list"), 0)
	if b.out.Len() > 0 || !strings.Contains(b.err.String(), "aimo3 models pull") {
		t.Errorf("no models: stdout %q, stderr %q", &b.out, &b.err)
	}
}

func TestPullAsksFirst(t *testing.T) {
	for _, c := range []struct {
		name     string
		terminal bool
		typed    string
		args     []string
		code     int
		pulled   string
		says     string
	}{
		{"yes", true, "y\n", nil, 0, "qwen3:8b", "Get qwen3:8b, a download of 5.2 GB, recommended for this machine? [y/N]"},
		{"no", true, "\n", nil, 2, "", "declined · nothing was downloaded"},
		{"end of input", true, "", nil, 2, "", "no answer was given"},
		{"nobody to ask", false, "y\n", nil, 2, "", "add --yes to agree"},
		{"--yes", false, "", []string{"--yes"}, 0, "qwen3:8b", "1 MB of 4 MB (25%)"},
		{"named", false, "", []string{"phi4"}, 0, "phi4", "getting phi4: done"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := newBench(t)
			b.terminals, b.stdin = c.terminal, strings.NewReader(c.typed)
			b.wantCode(b.run(append([]string{"models", "pull"}, c.args...)...), c.code)
			if got := strings.Join(b.server.pulled, " "); got != c.pulled {
				t.Errorf("pulled %q, want %q", got, c.pulled)
			}
			if !strings.Contains(b.err.String(), c.says) || b.out.Len() > 0 {
				t.Errorf("stdout %q, stderr %q; want %q on stderr", &b.out, &b.err, c.says)
			}
			if strings.Contains(b.err.String(), "\x1b[2J") {
				t.Errorf("the server steers the terminal: %q", &b.err)
			}
		})
	}
}

func TestImport(t *testing.T) {
	b := newBench(t)
	b.wantCode(b.run("models", "import", "x.gguf"), 2)
	b.wantCode(b.run("models", "import", "x.gguf", "--name", "small"), 0)
	if len(b.server.pulled) != 1 || b.server.pulled[0] != "x.gguf as small" {
		t.Errorf("imported %q", b.server.pulled)
	}
}

func TestDoctor(t *testing.T) {
	b := newBench(t)
	db := filepath.Join(t.TempDir(), "x.db")
	b.wantCode(b.run("doctor", "--db", db), 0)
	want := `pass  server    ollama 0.17.4 at 127.0.0.1:11434
pass  model     qwen3:4b, 2.5 GB, 2 installed
pass  database  ` + db + ` will be created with the first attempt
pass  cache     empty
pass  log       ` + filepath.Join(filepath.Dir(db), "aimo3.log") + ` will be created with the first attempt
pass  disk      40.0 GB of 100.0 GB free
warn  memory    1.0 GB of 16.0 GB free
                close other programs, or use a smaller model
pass  gpu       H200, memory unknown: [N/A]
pass  clock     in step
pass  secrets   none are set
pass  code      runs in python, sandboxed
warn  terminal  standard output is not a terminal
                the app needs one; the other commands do not
`
	if b.out.String() != want {
		t.Errorf("got:\n%s\nwant:\n%s", &b.out, want)
	}
	if b.store.opened > 0 {
		t.Error("a check made the store")
	}
	if err := os.WriteFile(db, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name   string
		setup  func(*bench)
		code   int
		failed []string
	}{
		{"well", func(*bench) {}, 0, nil},
		{"no server", func(b *bench) { b.connect = noServer }, 3, []string{"server"}},
		{"server gone", func(b *bench) { b.server.fault = noServer }, 3, []string{"server"}},
		{"no model", func(b *bench) { b.server.models = nil }, 3, []string{"model"}},
		{"store shut", func(b *bench) { b.open = errors.New("odd") }, 5, []string{"database"}},
		{"store damaged", func(b *bench) { b.store.damaged = &engine.Fault{Class: engine.Storage, What: "page 3"} }, 5, []string{"database"}},
		{"both", func(b *bench) { b.connect, b.open = noServer, errors.New("odd") }, 5, []string{"server", "database"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := newBench(t)
			c.setup(b)
			b.wantCode(b.run("doctor", "--json", "--db", db), c.code)
			var got struct{ Components []finding }
			b.object(&got)
			var failed []string
			for _, f := range got.Components {
				if f.State == fail {
					failed = append(failed, f.Component)
				}
			}
			if strings.Join(failed, " ") != strings.Join(c.failed, " ") || len(got.Components) != 12 {
				t.Errorf("failed %q of %d, want %q of 12", failed, len(got.Components), c.failed)
			}
		})
	}
}

// A container is told by the exit code alone, and is well without what only people need.
func TestDoctorLive(t *testing.T) {
	for name, c := range map[string]struct {
		setup func(*bench)
		code  int
	}{
		"well":       {func(*bench) {}, 0},
		"no server":  {func(b *bench) { b.connect = &engine.Fault{Class: engine.Unreachable, What: "x"} }, exitNoServer},
		"store shut": {func(b *bench) { b.open = errors.New("odd") }, exitStore},
		"no code":    {func(b *bench) { b.engines = nil }, 0},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			c.setup(b)
			b.wantCode(b.run("doctor", "--live"), c.code)
			if b.out.Len() > 0 || b.err.Len() > 0 {
				t.Errorf("printed %q, %q", &b.out, &b.err)
			}
		})
	}
}

// TestDoctorWithoutAPlace: what keeps attempts from being kept is found before
// the first one, and keeps no other check from running.
func TestDoctorWithoutAPlace(t *testing.T) {
	shut := filepath.Join(t.TempDir(), "shut")
	if err := os.Mkdir(shut, 0o500); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		env  map[string]string
		want string
		skip bool
	}{
		"no home":     {nil, "fail  database  there is no place to save attempts", false},
		"no right":    {map[string]string{"HOME": shut}, "/aimo3.db cannot be created in " + shut + ": permission denied\n                make that directory writable", os.Getuid() == 0},
		"not a place": {map[string]string{"HOME": "/dev/null"}, "fail  database", false},
	} {
		t.Run(name, func(t *testing.T) {
			if c.skip {
				t.Skip("root may write everywhere")
			}
			b := newBench(t)
			b.env, b.open = c.env, errors.New("odd")
			b.wantCode(b.run("doctor"), exitStore)
			got := b.out.String()
			if checks := regexp.MustCompile("(?m)^(pass|warn|fail) ").FindAllString(got, -1); !strings.Contains(got, c.want) || len(checks) != 12 {
				t.Errorf("got\n%swant 12 checks with %q", got, c.want)
			}
		})
	}
}

// TestWrongWords are refused by every command, also by those that are cobra's.
func TestWrongWords(t *testing.T) {
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"models", "list", "a"}, "takes no arguments; it was given 1 argument · see"},
		{[]string{"help", "slve"}, "unknown command \"slve\" · did you mean `aimo3 solve` or `aimo3 serve`?"},
		{[]string{"help", "solve", "x"}, "unknown command \"x\" · see `aimo3 solve --help`"},
		{[]string{"completion", "csh"}, "unknown command \"csh\" · "},
		{[]string{"completion", "bash", "x"}, "takes no arguments; it was given 1 argument"},
		{[]string{"models", "show", " "}, "the model's name is empty · `aimo3 models list`"},
		{[]string{"models", "pull", "", "-y"}, "the model's name is empty"},
	} {
		b := newBench(t)
		b.wantCode(b.run(c.args...), exitUsage)
		if b.wantRefused(c.args); !strings.Contains(b.err.String(), c.want) {
			t.Errorf("%q: stderr %q, want %q in it", c.args, &b.err, c.want)
		}
	}
}

func TestVersionCompletionAndHelp(t *testing.T) {
	b := newBench(t)
	var v versions
	b.wantCode(b.run("version", "--json"), 0)
	if b.object(&v); v.Go == "" || v.System == "" || v.Version == "" {
		t.Errorf("got %+v", v)
	}
	for _, shell := range []string{"bash", "zsh", "fish", "powershell"} {
		b.wantCode(b.run("completion", shell), 0)
		if !strings.Contains(b.out.String(), "aimo3") {
			t.Errorf("completion %s prints %q", shell, &b.out)
		}
	}
	b.wantCode(b.run("solve", "--help"), 0)
	if !strings.Contains(b.out.String(), "--samples N") || b.err.Len() > 0 {
		t.Errorf("help: stdout %s, stderr %s", &b.out, &b.err)
	}
	b.wantCode(b.run("history"), 0)
}

func TestDatabasePath(t *testing.T) {
	dir := t.TempDir() // for the app makes what it is to show
	for _, c := range []struct {
		env  map[string]string
		want string
	}{
		{map[string]string{"XDG_DATA_HOME": dir + "/data", "HOME": dir + "/x"}, dir + "/data/aimo3/aimo3.db"},
		{map[string]string{"XDG_DATA_HOME": "relative", "HOME": dir + "/x"}, dir + "/x/.local/share/aimo3/aimo3.db"},
		{map[string]string{"AIMO3_DB": dir + "/my.db", "HOME": dir + "/x"}, dir + "/my.db"},
	} {
		b := newBench(t)
		b.env, b.terminals = c.env, true
		b.env["TERM"] = "xterm"
		b.wantCode(b.run(), 0)
		if b.shown.DB != c.want {
			t.Errorf("%v: %s, want %s", c.env, b.shown.DB, c.want)
		}
	}
	b := newBench(t)
	b.env = nil
	b.wantCode(b.run("history", "list"), 2)
}
