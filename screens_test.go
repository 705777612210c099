package main

import (
	"errors"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	fake "github.com/aimo3/aimo3/engine/ollama/ollamatest"
)

// secretive is a home whose environment has secrets for everything that takes one.
func secretive(t *testing.T) *premises {
	t.Helper()
	p := newPremises(t, canary)
	for name, value := range map[string]string{
		"AIMO3_REDIS_PASSWORD": canary, "AIMO3_KAGGLE_KEY": canary, "AIMO3_SIGNING_KEY": canary, "AIMO3_CACHE_REDIS": p.redis,
		"AIMO3_OTLP": "http://127.0.0.1:1/v1/traces?token=" + canary, "AIMO3_DEBUG": "true", "AIMO3_THEME": "night", "AIMO3_SAMPLES": "1",
		"AIMO3_HOST": strings.Replace(os.Getenv("OLLAMA_HOST"), "://", "://u:"+canary+"@", 1) + "/?token=" + canary,
		"AIMO3_DB":   filepath.Join(p.home, "aimo3.db"), programming: "1",
	} {
		t.Setenv(name, value)
	}
	return p
}

// TestNoScreenTellsASecret: the app goes through its screens, with an attempt that is made, and
// its terminal is sent no secret, nor ever shows one that it was sent in parts. Each is there:
// it shows what it is known by.
func TestNoScreenTellsASecret(t *testing.T) {
	if _, err := exec.LookPath("script"); err != nil {
		t.Skip("SKIPPED: no script(1) to make a terminal with")
	}
	p := secretive(t)
	p.everything() // so that there are figures and lines to show
	a := inTerminal(t, p.home, os.Args[0])
	a.look = func() error {
		if seen := toldIn(a.written()+"\n"+a.shown.Text(), canary); seen != "" {
			return errors.New("it told a secret: " + seen)
		}
		return nil
	}
	for _, step := range []struct{ press, until string }{
		{"", "fake"},
		{"What is 2+2, as a number?\r", "every sample ended"},
		{"\x1b[15~", `\*\*\*@127\.0\.0\.1`},
		{"r", "undamaged"},
		{"\x1b[17~", "aimo3_attempts|attempts_total|attempts"},
		{"\x1b[18~", "server found"},
		{"g", `commit +unknown`},
		{"\x12", "What is 2\\+2"},
	} {
		if regexp.MustCompile(step.until).MatchString(a.shown.Text()) {
			t.Fatalf("%s is shown before %q is pressed:\n%s", step.until, step.press, a.shown.Text())
		}
		if _, err := a.in.Write([]byte(step.press)); err != nil {
			t.Fatal(err)
		}
		a.until(t, step.until)
		t.Logf("after %q:\n%s", step.press, a.shown.Text())
	}
	a.end(t)
	p.silent()
	log, err := os.ReadFile(filepath.Join(p.home, "aimo3.log"))
	for _, want := range []string{`"msg":"screen"`, `"msg":"server found"`, "***@127.0.0.1", "spans not sent"} {
		if err != nil || !strings.Contains(string(log), want) {
			t.Errorf("the log has no %s: %v\n%.2000s", want, err, log)
		}
	}
}

// TestNoProcessIsGivenASecret: of all processes that the program starts, seen by the kernel's
// calls, none has a secret among its arguments, nor among its variables but for a person's
// editor. The program itself has them among its own, so they would be seen.
func TestNoProcessIsGivenASecret(t *testing.T) {
	if out, err := exec.CommandContext(t.Context(), "strace", "-f", "-o", os.DevNull, "true").CombinedOutput(); err != nil {
		if os.Getenv("AIMO3_STRACE") == "required" {
			t.Fatalf("strace: %v\n%s", err, out)
		}
		t.Skipf("SKIPPED: no process is watched, since strace cannot be used: %v\n%s", err, out)
	}
	p, programs := secretive(t), t.TempDir()
	for _, name := range []string{"nvidia-smi", "rocm-smi", "ollama"} { // each ends at once
		if err := os.WriteFile(filepath.Join(programs, name), []byte("#!/bin/sh\nexit 3\n"), 0o700); err != nil { //nolint:gosec // it is a program
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", programs+":"+os.Getenv("PATH"))
	t.Setenv("VISUAL", "true --wait")
	t.Setenv("AIMO3_HOST", strings.Replace(fake.NewServer(t, []fake.Step{fake.Say("```python\nprint(2+2)\n```"), fake.Done()}, []fake.Step{fake.Say(`\boxed{4}`), fake.Done()}).URL, "://", "://u:"+canary+"@", 1))
	for _, c := range []struct {
		args   string
		starts []string
		editor bool
	}{
		{"solve --tools python --fences --no-cache What~is~2+2,~as~a~number?", []string{"aimo3-cage", "python"}, false},
		{"doctor", []string{"nvidia-smi", "python"}, false},
		{"config edit", []string{"true --wait"}, true},
		{"models list --host=", []string{"/ollama"}, false},
	} {
		args := strings.Fields(c.args)
		if args[0] == "models" {
			if taken(t) {
				t.Log("SKIPPED: no Ollama is started, since one runs here")
				continue
			}
			t.Setenv("AIMO3_HOST", "")
			t.Setenv("OLLAMA_HOST", "")
			args = args[:2]
		}
		for i := range args {
			args[i] = strings.ReplaceAll(args[i], "~", " ")
		}
		calls := p.watched(args)
		if !strings.Contains(calls[0], canary) {
			t.Errorf("%s: the program's own variables are not seen in\n%.1000s", c.args, calls[0])
		}
		rest := strings.Join(calls[1:], "\n")
		for _, want := range c.starts {
			if !strings.Contains(rest, want) {
				t.Errorf("%s starts no %s:\n%s", c.args, want, rest)
			}
		}
		for _, call := range calls[1:] {
			arguments, _, _ := strings.Cut(call, "], [")
			if seen := toldIn(map[bool]string{true: arguments, false: call}[c.editor], canary); seen != "" {
				t.Errorf("%s starts a process with it: %s in\n%s", c.args, seen, call)
			}
		}
	}
}

// watched runs the program and returns the calls by which it and its children became what
// they are, each with its arguments and variables, its own first.
func (p *premises) watched(args []string) []string {
	p.t.Helper()
	to := filepath.Join(p.t.TempDir(), "calls")
	cmd := exec.CommandContext(p.t.Context(), "strace", append([]string{"-f", "-v", "-s", "100000", "-e", "trace=execve", "-e", "signal=none", "-o", to, os.Args[0]}, args...)...)
	out, err := cmd.CombinedOutput()
	text, missing := os.ReadFile(to)
	if missing != nil {
		p.t.Fatalf("%q: %v, %v\n%s", args, missing, err, out)
	}
	if seen := toldIn(string(out), canary); seen != "" {
		p.t.Errorf("%q tells it: %s", args, seen)
	}
	var calls []string
	for line := range strings.Lines(string(text)) {
		if strings.Contains(line, "execve(") {
			calls = append(calls, line)
		}
	}
	return calls
}

// taken says whether something listens where Ollama does.
func taken(t *testing.T) bool {
	t.Helper()
	c, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", "127.0.0.1:11434")
	if err == nil {
		_ = c.Close()
	}
	return err == nil
}
