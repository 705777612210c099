package cli

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine"
)

// silentHost is a further host, which does not answer.
type silentHost struct{ *scripted }

func (silentHost) Server(context.Context) engine.Server {
	return engine.Server{Name: "ollama", Host: "gpu-2", Fault: &engine.Fault{Class: engine.Unreachable, What: "no server answers at gpu-2", Todo: "start it"}}
}

// TestSeveralHostsAndFallbacks: a list is a flag given several times, commas, or a list
// in a file; what comes first hides what comes later.
func TestSeveralHostsAndFallbacks(t *testing.T) {
	for _, c := range []struct {
		file, env string
		args      []string
		want      string
	}{
		{"", "", []string{"--host", "a", "--host", "b,a", "--fallback", "x", "--fallback", "y"}, "[a b] [x y]"},
		{"host: [a, b]\nfallback:\n- x\n- y\n", "", nil, "[a b] [x y]"},
		{"host: [a, b]\nfallback: x\n", "c,d", nil, "[c d] [x]"},
		{"host: a\n", "c,d", []string{"--host", "e", "--fallback", "x, y,"}, "[e] [x y]"},
		{"", "", nil, "[] []"},
	} {
		b, mine, _ := configured(t)
		put(t, mine, c.file)
		b.env["AIMO3_HOST"], b.terminals = c.env, true
		if code := b.run(append([]string{"--no-save"}, c.args...)...); code != 0 || b.shown == nil {
			t.Fatalf("%+v: exit %d, %s", c, code, b.err.String())
		}
		if got := fmt.Sprint(b.shown.Hosts, b.shown.Plan.Fallback); got != c.want {
			t.Errorf("%+v: %s", c, got)
		}
	}
}

// TestWrongHostsAndFallbacks: each is one line, and the same code however it came.
func TestWrongHostsAndFallbacks(t *testing.T) {
	for _, c := range []struct {
		env  string
		args []string
		code int
		want string
	}{
		{"", []string{"--host", "a", "--host", "b c"}, 2, "--host: cannot read the server address · give host and port"},
		{"AIMO3_HOST=a,b c", nil, 2, "AIMO3_HOST: cannot read the server address"},
		{"OLLAMA_HOST=a,b c", nil, 2, "OLLAMA_HOST: cannot read the server address"},
		{"", []string{"--fallback", "qwen9:4b"}, 3, `no model "qwen9:4b" is installed`},
		{"AIMO3_FALLBACK=qwen9:4b", nil, 3, `no model "qwen9:4b" is installed`},
	} {
		b := newBench(t).boxes("4")
		if name, value, ok := strings.Cut(c.env, "="); ok {
			b.env[name] = value
		}
		code := b.run(append([]string{"solve", "--samples", "1", "2+2?"}, c.args...)...)
		if said := strings.TrimSpace(b.err.String()); code != c.code || !strings.Contains(said, c.want) || strings.Count(said, "\n") > 0 {
			t.Errorf("%+v: exit %d, %s", c, code, said)
		}
	}
}

// TestDoctorNamesEveryHost: one that does not answer is no more than a warning.
func TestDoctorNamesEveryHost(t *testing.T) {
	b := newBench(t)
	b.others = []Server{silentHost{b.server}}
	code := b.run("doctor", "--host", "a", "--host", "gpu-2")
	if out := b.out.String(); code != 0 || !strings.Contains(out, "pass  server") || !strings.Contains(out, "warn  server    no server answers at gpu-2") {
		t.Errorf("exit %d\n%s", code, out)
	}
	b.boxes("4")
	if code := b.run("solve", "--samples", "1", "2+2?"); code != 0 || !strings.Contains(b.err.String(), "warning: going on without gpu-2: no server answers at gpu-2") {
		t.Errorf("exit %d\n%s", code, b.err.String())
	}
}
