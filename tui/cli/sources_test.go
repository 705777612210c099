package cli

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/pflag"
)

// configured is a bench in a folder of its own, and the paths of the two files
// of settings, which are not there yet.
func configured(t *testing.T) (b *bench, mine, project string) {
	t.Helper()
	b = newBench(t).boxes("1")
	home := t.TempDir()
	b.env["XDG_CONFIG_HOME"] = home
	t.Chdir(t.TempDir())
	return b, filepath.Join(home, "aimo3", "config.yaml"), "aimo3.yaml"
}

func put(t *testing.T, path, text string) {
	t.Helper()
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, []byte(text), 0o600)); err != nil {
		t.Fatal(err)
	}
}

// stands is a setting as `config show` tells it: "16 flag".
func (b *bench) stands(key string, args ...string) string {
	b.t.Helper()
	b.wantCode(b.run(append([]string{"config", "show", "--json"}, args...)...), 0)
	var shown struct{ Settings []settingNow }
	b.object(&shown)
	i := slices.IndexFunc(shown.Settings, func(s settingNow) bool { return s.Key == key })
	if i < 0 {
		b.t.Fatalf("no setting %s is shown:\n%s", key, &b.out)
	}
	return shown.Settings[i].Value + " " + string(shown.Settings[i].Source)
}

// TestWhatCountsMost: each source counts more than those before it, for every
// kind of flag.
func TestWhatCountsMost(t *testing.T) {
	for _, c := range []struct {
		key                             string
		usual                           string // the default
		mine, folder, file, environment string
		flag                            string
		other                           string // NAME=VALUE of another program that counts as environment
		then                            string // what it gives
	}{
		{"samples", "8", "1", "2", "3", "4", "5", "", ""},
		{"num-ctx", "", "1000", "2000", "3000", "4000", "5000", "", ""},
		{"temperature", "", "0.1", "0.2", "0.3", "0.4", "0.5", "", ""},
		{"model", "", "a", "b", "c", "d", "e", "", ""},
		{"stop", "four-agree,uncatchable", "none", "uncatchable", "four-agree", "asc:0.9", "esc:3", "", ""},
		{"choose", "none", "select", "none", "select", "none", "select", "", ""},
		{"budget", "15m", "1m", "2m", "3m", "none", "5m", "", ""},
		{"think", "auto", "on", "off", "low", "medium", "high", "", ""},
		{"fences", "false", "true", "false", "true", "false", "true", "", ""},
		{"logprobs", "5", "0", "1", "2", "3", "4", "", ""},
		{"answer", "", "any", "integer", "integer:0..9", "any", "integer", "", ""},
		{"no-save", "false", "true", "false", "true", "false", "true", "", ""},
		{"no-cache", "false", "true", "false", "true", "false", "true", "", ""},
		{"cache-redis", "", "redis://a", "", "redis://c", "redis://d", "redis://e", "", ""},
		{"otlp", "", "http://localhost:1", "", "http://localhost:3", "http://localhost:4", "http://localhost:5", "", ""},
		{"host", "", "a", "", "c", "d", "e", "OLLAMA_HOST=f", "f"},
		{"theme", "", "night", "paper", "high-contrast", "night", "paper", "NO_COLOR=1", "mono"},
		{"plain", "false", "false", "false", "false", "false", "true", "ACCESSIBLE=1", "true"},
		{"unsafe-python", "false", "true", "", "true", "false", "true", "", ""},
		{"db", "", "/a", "", "/c", "/d", "/e", "", ""},
		{"rate", "100", "1", "", "3", "4", "5", "", ""},
		{"log", "", "/a", "", "off", "-", "/e", "", ""},
		{"log-level", "info", "debug", "", "warn", "error", "info", "", ""},
		{"debug", "false", "true", "", "true", "false", "true", "", ""},
	} {
		t.Run(c.key, func(t *testing.T) {
			b, mine, folder := configured(t)
			want := func(value, source string, args ...string) {
				t.Helper()
				if got := b.stands(c.key, args...); got != value+" "+source {
					t.Errorf("%q, want %s from %s", got, value, source)
				}
			}
			want(c.usual, "default")
			put(t, mine, c.key+": "+c.mine+"\n")
			want(c.mine, "file")
			if c.folder != "" {
				put(t, folder, c.key+": "+c.folder+"\n")
				want(c.folder, "file")
			}
			if name, value, ok := strings.Cut(c.other, "="); ok {
				b.env[name] = value
				want(c.then, "environment")
			}
			name := variable(c.key) // of a name that is set twice, the last counts
			put(t, "x.env", name+"="+c.mine+"\nexport "+name+"='"+c.file+"' # so\n")
			want(c.file, "environment", "--env-file", "x.env")
			b.env[variable(c.key)] = c.environment
			want(c.environment, "environment", "--env-file", "x.env")
			want(c.flag, "flag", "--env-file", "x.env", "--"+c.key+"="+c.flag)
		})
	}
}

// TestSettingsReachTheAppAndTheAttempt: there is one door.
func TestSettingsReachTheAppAndTheAttempt(t *testing.T) {
	b, mine, folder := configured(t)
	db := filepath.Join(t.TempDir(), "mine.db") // the app makes it
	put(t, mine, "samples: 2\ntop: 0\ndb: "+db+"\nunsafe-python: true\ntheme: Paper\n")
	put(t, folder, "seed: 7\n")
	b.terminals, b.env["AIMO3_STOP"] = true, "none"
	b.wantCode(b.run(), 0)
	if s := b.shown; s.Plan.Samples != 2 || s.Plan.TopLogprobs != -1 || s.Plan.Seed != 7 || s.Plan.Stop != "none" || s.DB != db || !s.Unsafe || s.Theme != "paper" {
		t.Errorf("the app has %+v", s.Settings)
	}
	b.wantCode(b.run("solve", "p"), 1)
	if n := len(b.server.asked); n != 2 || b.server.asked[0].Seed+b.server.asked[1].Seed != 7+8 {
		t.Errorf("solve asked %d times: %+v", n, b.server.asked)
	}
}

func TestWrongSettingsAreRefusedWhereTheyStand(t *testing.T) {
	for _, c := range []struct {
		name         string
		mine, folder string
		args         []string
		want         string
	}{
		{"a number", "# x\nsamples: lots\n", "", []string{"solve", "p"}, "config.yaml:2: samples: \"lots\" is not a whole number from 1 to 512"},
		{"a word", "", "stop: five\n", []string{"solve", "p"}, "./aimo3.yaml:1: stop: unknown stop rule \"five\" · use none"},
		{"on or off", "", "fences: yes\n", []string{"solve", "p"}, `./aimo3.yaml:1: fences: "yes" is not true or false`},
		{"a theme", "theme: nite\n", "", []string{"config", "show"}, `config.yaml:1: theme: no theme "nite": there are`},
		{"an address", "host: a b\n", "", []string{"models", "list"}, "config.yaml:1: host: cannot read the server address · give host and port"},
		{"no YAML", "", "samples 3\nseed: 1\n", []string{"history", "list"}, "./aimo3.yaml:2: this is not YAML: mapping values"},
		{"no sandbox", "", "seed: 1\nunsafe-python: true\n", []string{"run", "-"}, "./aimo3.yaml:2: unsafe-python may not be set by a file in the current folder · remove the line"},
		{"a stranger's server", "", "host: evil\n", []string{"doctor"}, "./aimo3.yaml:1: host may not be set by a file"},
		{"a stranger's database", "", "db: /tmp/x\n", []string{"config", "show"}, "./aimo3.yaml:1: db may not be set by a file"},
		{"no env file", "", "", []string{"version", "--env-file", "none.env"}, "cannot read the settings in none.env: no such file or directory"},
		{"an env file", "", "", []string{"config", "show", "--env-file", "aimo3.env"}, `aimo3.env:2: AIMO3_SAMPLES: "x" is not a whole number`},
	} {
		t.Run(c.name, func(t *testing.T) {
			b, mine, folder := configured(t)
			put(t, mine, c.mine)
			put(t, folder, c.folder)
			put(t, "aimo3.env", "# x\nAIMO3_SAMPLES=x\n")
			b.wantCode(b.run(c.args...), 2)
			if got := b.err.String(); strings.Count(got, "\n") != 1 || !strings.Contains(got, c.want) || b.out.Len() > 0 {
				t.Errorf("stderr %q, want %q in one line; stdout %q", got, c.want, &b.out)
			}
			b.wantCode(b.run("config", "path"), 0)
			b.wantCode(b.run("version"), 0)
		})
	}
	t.Run("a folder", func(t *testing.T) {
		b, mine, _ := configured(t)
		put(t, filepath.Join(mine, "x"), "")
		b.wantCode(b.run("solve", "p"), 2)
		if got := b.err.String(); got != "aimo3: cannot read the settings in "+mine+": it is not a file · fix the file or its permissions, or move it away\n" {
			t.Errorf("stderr %q", got)
		}
	})
}

// TestUnknownNamesAreToldOnce: and nothing fails by them.
func TestUnknownNamesAreToldOnce(t *testing.T) {
	b, mine, folder := configured(t)
	put(t, mine, "sampels: 3\njson: true\n")
	put(t, folder, strings.Repeat("x", 20)+": 1\nNUM_CTX: 4096\n")
	put(t, "x.env", prefix+"THEEM=night\nDATABASE_URL=x\n"+prefix+"OLD_FILTER=1\n")
	b.env[prefix+"SAMPELS"], b.env[prefix+"OLD_FILTER"], b.env[prefix+"JSON"], b.env["AIMO_X"] = "3", "1", "0", "1"
	b.wantCode(b.run("config", "show", "--env-file", "x.env"), 0)
	want := []string{
		"warning: AIMO3_SAMPELS is not a variable of aimo3 · did you mean AIMO3_SAMPLES or AIMO3_SAMPLE?",
		"warning: x.env:1: AIMO3_THEEM is not a variable of aimo3 · did you mean AIMO3_THEME?",
		"warning: x.env:3: AIMO3_OLD_FILTER is not a variable of aimo3 · see `aimo3 config show` for all settings",
		"warning: " + mine + ":1: sampels is not a setting · did you mean samples?",
		"warning: " + mine + ":2: json is not a setting · see `aimo3 config show` for all settings",
		"warning: ./aimo3.yaml:1: xxxxxxxxxxxxxxxxxxxx is not a setting · see `aimo3 config show` for all settings",
		"warning: ./aimo3.yaml:2: NUM_CTX is not a setting · did you mean num-ctx?",
	}
	if got := strings.TrimSuffix(b.err.String(), "\n"); got != strings.Join(want, "\n") {
		t.Errorf("stderr:\n%s\nwant:\n%s", got, strings.Join(want, "\n"))
	}
	var many strings.Builder
	for c := 'a'; c < 'k'; c++ {
		many.WriteString("zz" + string(c) + "zz: 1\n")
	}
	put(t, folder, many.String())
	b.wantCode(b.run("config", "show"), 0)
	if got := b.err.String(); !strings.HasSuffix(got, "zzezz is not a setting · see `aimo3 config show` for all settings\nwarning: and 5 more\n") {
		t.Errorf("of ten unknown keys:\n%s", got)
	}
}

// TestAFlagThatHasASettingsNameMeansTheSame: a file's value reaches it.
func TestAFlagThatHasASettingsNameMeansTheSame(t *testing.T) {
	s := newShell(newBench(t).program(), nil, nil, nil, nil)
	settings, root := s.settings(), s.root()
	for _, c := range append(root.Commands(), root) {
		for _, c := range append(c.Commands(), c) {
			c.Flags().VisitAll(func(f *pflag.Flag) {
				if like := settings.Lookup(f.Name); like != nil && (like.Value.Type() != f.Value.Type() || like.DefValue != f.DefValue) {
					t.Errorf("%s --%s takes %s (%s), the setting %s (%s)", c.CommandPath(), f.Name, f.Value.Type(), f.DefValue, like.Value.Type(), like.DefValue)
				}
			})
		}
	}
	for _, name := range personal {
		if settings.Lookup(name) == nil {
			t.Errorf("%s, which a folder's file may not set, is not a setting", name)
		}
	}
}

// TestEveryVariableOfTheTreeIsKnown: nobody is warned of one that the program, its
// scripts or its tests read.
func TestEveryVariableOfTheTreeIsKnown(t *testing.T) {
	known := knownVariables(newShell(newBench(t).program(), nil, nil, nil, nil).root())
	name, seen := regexp.MustCompile(prefix+`[A-Z0-9_]+`), 0
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == ".git" || d.Name() == "bin" || strings.HasSuffix(d.Name(), "test")):
			return filepath.SkipDir
		case d.IsDir() || strings.HasSuffix(path, "_test.go") || !slices.Contains([]string{"", ".go", ".sh"}, filepath.Ext(path)):
			return nil
		}
		text, err := os.ReadFile(path)
		if bytes.IndexByte(text, 0) >= 0 { // a program that was built here
			return err
		}
		for _, found := range name.FindAllString(string(text), -1) {
			seen++
			if !isOther(found) && !slices.Contains(known, strings.TrimPrefix(found, prefix)) {
				t.Errorf("%s: nobody knows %s: is it a flag, or a row of otherVariables?", path, found)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if seen < 20 {
		t.Errorf("%d variables were seen in the tree", seen)
	}
}

// TestEarlierNames: a flag that was renamed still goes by its earlier name, as a
// flag, a variable and a key; the present name counts more, and only it is shown.
func TestEarlierNames(t *testing.T) {
	for now, old := range oldNames {
		t.Run(now, func(t *testing.T) {
			b, mine, _ := configured(t)
			want := func(value string, args ...string) {
				t.Helper()
				if got := b.stands(now, args...); got != value {
					t.Errorf("%q, want %s", got, value)
				}
				if b.err.Len() > 0 {
					t.Errorf("it says: %s", &b.err)
				}
			}
			put(t, mine, old+": 1\n")
			want("1 file")
			put(t, mine, now+": 2\n"+old+": 1\n")
			want("2 file")
			b.env[variable(old)] = "3"
			want("3 environment")
			b.env[variable(now)] = "4"
			want("4 environment")
			want("6 flag", "--"+old+"=6")
			b.env = map[string]string{"XDG_CONFIG_HOME": b.env["XDG_CONFIG_HOME"]}
			put(t, mine, old+": 1\n")
			b.run("config", "set", old, "7")
			want("7 file")
			if b.run("solve", "--help"); strings.Contains(b.out.String(), "--"+old+" ") || !strings.Contains(b.out.String(), "--"+now+" ") {
				t.Errorf("the help:\n%s", &b.out)
			}
		})
	}
}
