package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine"
)

// started are the settings of an app that was started with these arguments.
func (b *bench) started(args ...string) *Config {
	b.t.Helper()
	b.terminals = true
	b.wantCode(b.run(append([]string{"--no-save"}, args...)...), 0)
	if b.shown == nil || b.shown.Config == nil {
		b.t.Fatalf("the app was not shown: %s", &b.err)
	}
	return b.shown.Config
}

// toldOf is what settings say of a key: value and origin.
func toldOf(s engine.Settings, key string) string {
	one, _ := s.Of(key)
	return one.Value + " " + one.From
}

// TestTheAppsSettingsAreThoseOfTheCommand: value and origin of every one, whatever sets it.
func TestTheAppsSettingsAreThoseOfTheCommand(t *testing.T) {
	b, mine, project := configured(t)
	put(t, mine, "samples: 16\nhost: http://ada:secret@gpu:1\n")
	put(t, project, "stop: four-agree\n")
	b.env["AIMO3_SEED"] = "7"
	all, err := b.started("--think", "low").List(t.Context())
	if err != nil || all.File != mine || all.Plan.Samples != 16 || all.Plan.Seed != 7 || all.Plan.Think != engine.ThinkLow {
		t.Fatalf("%v, %s, %+v", err, all.File, all.Plan)
	}
	for _, one := range all.All {
		if one.Key == "no-save" { // which this test gives the app alone
			continue
		}
		args := []string{}
		if one.Key == "think" {
			args = []string{"--think", "low"}
		}
		want := b.stands(one.Key, args...)
		from, _, _ := strings.Cut(one.From, ":")
		source := map[string]string{"AIMO3_SEED": "environment", mine: "file", "./aimo3.yaml": "file"}[from]
		if source == "" {
			source = from
		}
		if got := one.Value + " " + source; got != want {
			t.Errorf("%s: %q, want %q", one.Key, got, want)
		}
		if strings.Contains(one.Value, "secret") || one.Hidden != (one.Key == "host") {
			t.Errorf("%s: %q, hidden %v", one.Key, one.Value, one.Hidden)
		}
	}
	if one, _ := all.Of("host"); one.Live || !one.Own {
		t.Errorf("host: %+v", one)
	}
}

// TestAChangeIsKeptAndUndone in the file of the command, with its comments and what the
// program does not know.
func TestAChangeIsKeptAndUndone(t *testing.T) {
	const before = "# mine\nsamples: 16 # many\n\nnot-known: 1\n"
	b, mine, _ := configured(t)
	put(t, mine, before)
	c := b.started("--seed", "3")
	for _, step := range []struct {
		do       func() (engine.Settings, error)
		key      string
		text     string
		said, no string
	}{
		{func() (engine.Settings, error) { return c.Set(t.Context(), "samples", "4") }, "samples", "# mine\nsamples: 4 # many\n\nnot-known: 1\n", "4 " + mine + ":2", ""},
		{func() (engine.Settings, error) { return c.Undo(t.Context()) }, "samples", before, "16 " + mine + ":2", ""},
		{func() (engine.Settings, error) { return c.Undo(t.Context()) }, "samples", before, "", "nothing to undo"},
		{func() (engine.Settings, error) { return c.Set(t.Context(), "samples", "none") }, "samples", before, "", `samples: "none" is not a whole number`},
		{func() (engine.Settings, error) { return c.Set(t.Context(), "sampels", "1") }, "samples", before, "", "did you mean samples?"},
		{func() (engine.Settings, error) { return c.Unset(t.Context(), "seed") }, "seed", before, "", "does not set seed"},
		{func() (engine.Settings, error) { return c.Unset(t.Context(), "samples") }, "samples", "# mine\n\nnot-known: 1\n", "8 default", ""},
		{func() (engine.Settings, error) { return c.Undo(t.Context()) }, "samples", before, "16 " + mine + ":2", ""},
		{func() (engine.Settings, error) { return c.Set(t.Context(), "seed", "5") }, "seed", before + "seed: 5\n", "3 flag", ""},
	} {
		all, err := step.do()
		if hint := ""; err != nil {
			if hint = engine.Hint(err); step.no == "" || !strings.Contains(hint, step.no) {
				t.Errorf("%s: %q, want %q", step.key, hint, step.no)
			}
		} else if got := toldOf(all, step.key); got != step.said {
			t.Errorf("%s: %q, want %q", step.key, got, step.said)
		}
		if got := b.text(mine); got != step.text {
			t.Errorf("%s: the file is\n%s\nwant\n%s", step.key, got, step.text)
		}
	}
	put(t, mine, "seed: 9\n")
	if _, err := c.Undo(t.Context()); err == nil || b.text(mine) != "seed: 9\n" {
		t.Errorf("what somebody else wrote since: %v, %q", err, b.text(mine))
	}
}

// TestAFileThatCannotBeWrittenIsOneClearLine and stays as it was; one that is broken while
// the app runs too.
func TestAFileThatCannotBeWrittenIsOneClearLine(t *testing.T) {
	b, mine, _ := configured(t)
	c := b.started()
	if all, err := c.Set(t.Context(), "samples", "4"); err != nil || all.Plan.Samples != 4 || !strings.Contains(b.text(mine), "# samples: 8\nsamples: 4\n") {
		t.Fatalf("a file that was not there: %v\n%s", err, b.text(mine))
	}
	before := b.text(mine)
	if err := os.Chmod(mine, 0o400); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Set(t.Context(), "samples", "5"); err == nil || !strings.Contains(engine.Hint(err), "write-protected") || b.text(mine) != before {
		t.Errorf("write-protected: %v", err)
	}
	if err := os.Remove(mine); err != nil {
		t.Fatal(err)
	}
	put(t, mine, "samples: [1\n")
	for what, do := range map[string]func() (engine.Settings, error){
		"list": func() (engine.Settings, error) { return c.List(t.Context()) },
		"set":  func() (engine.Settings, error) { return c.Set(t.Context(), "samples", "5") },
	} {
		if _, err := do(); err == nil || !strings.Contains(err.Error(), filepath.Base(mine)) || b.text(mine) != "samples: [1\n" {
			t.Errorf("%s, broken: %v, %q", what, err, b.text(mine))
		}
	}
	put(t, mine, "samples: 0\nseed: 4\n")
	if all, err := c.List(t.Context()); err == nil || !strings.Contains(err.Error(), mine+":1: samples") || toldOf(all, "seed") != "4 "+mine+":2" {
		t.Errorf("a wrong value: %v, %q", err, toldOf(all, "seed"))
	}
}

// TestUnsetTakesAKeyOut by its earlier name too.
func TestUnsetTakesAKeyOut(t *testing.T) {
	b, mine, _ := configured(t)
	put(t, mine, "seed: 1\ntop: 3\nlogprobs: 2\n")
	b.wantCode(b.run("config", "unset", "logprobs"), 0)
	if got := b.text(mine); got != "seed: 1\n" {
		t.Errorf("the file is %q", got)
	}
	b.wantCode(b.run("config", "unset", "logprobs"), 2)
	if got := b.err.String(); !strings.Contains(got, "does not set logprobs") {
		t.Errorf("stderr %q", got)
	}
}
