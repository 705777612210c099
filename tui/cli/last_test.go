package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine"
)

// app starts the app, with what is saved, and returns its settings.
func (b *bench) app(args ...string) *Config {
	b.t.Helper()
	b.terminals, b.shown = true, nil
	b.wantCode(b.run(args...), 0)
	if b.shown == nil {
		b.t.Fatalf("the app was not shown: %s", &b.err)
	}
	return b.shown.Config
}

// TestWhatWasUsedLastCountsAtTheNextStart where nothing else is said, in the app alone, and
// is said to be remembered.
func TestWhatWasUsedLastCountsAtTheNextStart(t *testing.T) {
	b, mine, _ := configured(t)
	b.app().Use(engine.Plan{Model: "small:1b", Samples: 3, Tools: engine.ToolsOff}.WithDefaults())
	c := b.app()
	if s := b.shown.Settings; s.Plan.Samples != 3 || s.Plan.Tools != engine.ToolsOff || s.Plan.Model != "" || s.LastModel != "small:1b" {
		t.Errorf("at the next start: %+v, last %q", s.Plan, s.LastModel)
	}
	all, err := c.List(t.Context())
	if err != nil || toldOf(all, "samples") != "3 remembered" || toldOf(all, "model") != "small:1b remembered" || all.Plan.Samples != 3 || all.Plan.Model != "" {
		t.Errorf("%v: %q, %q, %+v", err, toldOf(all, "samples"), toldOf(all, "model"), all.Plan)
	}
	if got := b.stands("samples"); got != "8 default" {
		t.Errorf("a command takes %q", got)
	}
	put(t, mine, "samples: 5\nmodel: mine\n")
	c = b.app("--tools", "python")
	if s := b.shown.Settings; s.Plan.Samples != 5 || s.Plan.Tools != engine.ToolsPython || s.Plan.Model != "mine" || s.LastModel != "" {
		t.Errorf("what is said counts: %+v, last %q", s.Plan, s.LastModel)
	}
	c.Use(engine.Plan{Model: "mine", Samples: 5, Tools: engine.ToolsPython})
	last := filepath.Join(b.env["XDG_DATA_HOME"], "aimo3", "last.yaml")
	if got := b.text(last); !strings.HasSuffix(got, "\nmodel: small:1b\nsamples: 3\ntools: off\n") {
		t.Errorf("what was said is remembered:\n%s", got)
	}
	if err := os.Remove(mine); err != nil {
		t.Fatal(err)
	}
	b.app().Use(engine.Plan{}.WithDefaults())
	if got := b.text(last); strings.Contains(got, ":") {
		t.Errorf("defaults are remembered:\n%s", got)
	}
}

// TestWhatIsDamagedIsLeftOut: the rest counts, the log says why, and it is written anew.
func TestWhatIsDamagedIsLeftOut(t *testing.T) {
	for text, samples := range map[string]int{
		"samples: 0\ntools: off\n": 0, "samples: 4\nhost: evil:1\nunsafe-python: true\n": 4, "samples: [1\n": 0, "\x00": 0, strings.Repeat("x", 70_000): 0, "samples: 4\nmodel:\n": 4,
	} {
		b, _, _ := configured(t)
		last := filepath.Join(b.env["XDG_DATA_HOME"], "aimo3", "last.yaml")
		put(t, last, text)
		c := b.app()
		s := b.shown.Settings
		if samples > 0 && s.Plan.Samples != samples || samples == 0 && s.Plan.Samples != 0 && s.Plan.Samples != engine.DefaultSamples || len(s.Hosts) > 0 || s.Unsafe {
			t.Errorf("%.40q: %d samples, hosts %v", text, s.Plan.Samples, s.Hosts)
		}
		logged, _ := os.ReadFile(filepath.Join(filepath.Dir(last), "aimo3.log"))
		if bad := strings.Contains(string(logged), "left out"); bad != (samples == 0) {
			t.Errorf("%.40q: logged %s", text, logged)
		}
		c.Use(engine.Plan{Samples: 6, Tools: engine.ToolsAuto})
		if got := b.text(last); !strings.HasSuffix(got, "\nsamples: 6\n") {
			t.Errorf("%.40q: written anew\n%s", text, got)
		}
	}
}
