package launcher_test

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/compute/computetest"
	"github.com/aimo3/aimo3/engine/compute/launcher"
)

func TestMain(m *testing.M) {
	if code, was := launcher.Main(); was {
		os.Exit(code)
	}
	if len(os.Args) > 1 {
		switch os.Args[1] {
		case "say":
			os.Exit(say(os.Args[2:]))
		case "fill":
			os.Exit(fill())
		}
	}
	os.Exit(m.Run())
}

// itself starts this test's own program in a sandbox that it can be read in.
func itself(t *testing.T, c launcher.Sandbox, args []string, files ...*os.File) *launcher.Child {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c.Read = []string{exe}
	child, err := c.Start(exe, args, files...)
	if err != nil {
		t.Fatal(err)
	}
	return child
}

// say tells, on descriptor 3, what this process can reach.
func say(args []string) int {
	out := os.NewFile(3, "out")
	_, err := os.ReadFile("/etc/passwd")
	_, start := os.StartProcess("/bin/true", []string{"true"}, &os.ProcAttr{})
	_, _ = fmt.Fprintf(out, "%v|%t|%t|%s", args, err != nil, start != nil, os.Getenv("HOME"))
	return 7
}

// fill takes more memory than it may.
func fill() int {
	var all [][]byte
	for {
		block := make([]byte, 64<<20)
		for i := 0; i < len(block); i += 4096 {
			block[i] = 1
		}
		all = append(all, block)
		if len(all) > 64 {
			return 0
		}
	}
}

func TestItself(t *testing.T) {
	t.Setenv("HOME", "/canary")
	for _, level := range computetest.Levels(t) {
		t.Run(string(level), func(t *testing.T) {
			out, in, err := os.Pipe()
			if err != nil {
				t.Fatal(err)
			}
			defer out.Close()
			child := itself(t, launcher.Sandbox{Level: level, CPU: time.Minute}, []string{"say", "a", "b"}, in)
			defer child.Kill()
			_ = in.Close()
			said, err := io.ReadAll(out)
			if want := "[a b]|true|true|"; err != nil || string(said) != want {
				t.Errorf("it says %q, %v, want %q", said, err, want)
			}
			var exit *exec.ExitError
			if err := child.Err(); !errors.As(err, &exit) || exit.ExitCode() != 7 {
				t.Errorf("it ended with %v, want 7", err)
			}
		})
	}
}

func TestMemoryIsBounded(t *testing.T) {
	for _, level := range computetest.Levels(t) {
		child := itself(t, launcher.Sandbox{Level: level, Memory: 1 << 30}, []string{"fill"})
		if err := child.Err(); err == nil || !strings.Contains(err.Error(), "memory") && !strings.Contains(err.Error(), "signal") && !strings.Contains(err.Error(), "exit status 2") {
			t.Errorf("%s: it took 4 GB of 1: %v", level, err)
		}
	}
}

// run runs a shell in a sandbox and gives what it prints; a shell is a program
// like any other if it is what the sandbox is for.
func run(t *testing.T, c launcher.Sandbox, script string) (string, error) {
	t.Helper()
	out, in, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	child, err := c.Start("/bin/sh", []string{"-c", "exec >&3 2>&3; " + script}, in)
	_ = in.Close()
	if err != nil {
		t.Fatal(err)
	}
	said, err := io.ReadAll(out)
	if err != nil {
		t.Fatal(err)
	}
	return string(said), child.Err()
}

func TestProgram(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(dir+"/x", []byte("given"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, level := range computetest.Levels(t) {
		for _, c := range []struct {
			name, script, want string
			sandbox            launcher.Sandbox
		}{
			{"runs", "echo $((6*7))", "42", launcher.Sandbox{}},
			{"has no environment", "echo $HOME-$PATH-$A", "--", launcher.Sandbox{Env: []string{"PATH="}}},
			{"has the one it is given", "echo $A", "b", launcher.Sandbox{Env: []string{"A=b"}}},
			{"cannot read", "read x < " + dir + "/x || echo no", "no", launcher.Sandbox{}},
			{"can read what is named", "read x < " + dir + "/x; echo $x", "given", launcher.Sandbox{Read: []string{dir}}},
			{"cannot write what it reads", "echo x > " + dir + "/x || echo no", "no", launcher.Sandbox{Read: []string{dir}}},
			{"cannot start another", "/bin/true; echo $?", "fork", launcher.Sandbox{}},
			{"can write to the null device", "echo x > /dev/null && echo yes", "yes", launcher.Sandbox{}},
			{"is bounded in time", "while :; do :; done", "", launcher.Sandbox{CPU: time.Second}},
		} {
			t.Run(string(level)+"/"+c.name, func(t *testing.T) {
				c.sandbox.Level = level
				said, err := run(t, c.sandbox, c.script)
				if c.want == "" {
					if err == nil {
						t.Error("it ended well")
					}
				} else if !strings.Contains(said, c.want) {
					t.Errorf("it says %q, %v, want %q", said, err, c.want)
				}
			})
		}
	}
}

func TestFaults(t *testing.T) {
	computetest.Levels(t)
	child, err := launcher.Sandbox{}.Start("/nowhere", nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Err(); err == nil || !strings.Contains(err.Error(), "turn into /nowhere") {
		t.Errorf("a program that is not there: %v", err)
	}
	if code, was := launcher.Main(); was || code != 0 {
		t.Errorf("this process is taken for a launcher: %d", code)
	}
	if err := launcher.Available(); err != nil && engine.Hint(err) == err.Error() {
		t.Errorf("no word of what to do in %v", err)
	}
}

func TestKill(t *testing.T) {
	for _, level := range computetest.Levels(t) {
		child, err := launcher.Sandbox{Level: level}.Start("/bin/sh", []string{"-c", "while :; do :; done"})
		if err != nil {
			t.Fatal(err)
		}
		child.Interrupt()
		child.Kill()
		child.Kill() // once more does no harm
		select {
		case <-child.Ended():
		default:
			t.Error("it lives")
		}
	}
}

// BenchmarkStart is a program in a sandbox, and the same without any, whose
// difference is what the sandbox costs.
func BenchmarkStart(b *testing.B) {
	for _, level := range append(computetest.Levels(b), launcher.None) {
		b.Run(string(level), func(b *testing.B) {
			for b.Loop() {
				child, err := launcher.Sandbox{Level: level}.Start("/bin/true", nil)
				if err != nil {
					b.Fatal(err)
				}
				if err := child.Err(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("plain", func(b *testing.B) {
		for b.Loop() {
			if err := exec.CommandContext(b.Context(), "/bin/true").Run(); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// TestChildrenAreKnownWhileTheyRun: and not after.
func TestChildrenAreKnownWhileTheyRun(t *testing.T) {
	for _, level := range computetest.Levels(t) {
		t.Run(string(level), func(t *testing.T) {
			children := new(launcher.Children)
			child, err := launcher.Sandbox{Level: level, Among: children}.Start("/bin/sh", []string{"-c", "while :; do :; done"})
			if err != nil {
				t.Fatal(err)
			}
			if got := children.PIDs(); !slices.Contains(got, child.Pid()) {
				t.Errorf("%v run, not %d", got, child.Pid())
			}
			child.Kill()
			<-child.Ended()
			for len(children.PIDs()) > 0 { // it is dropped a moment later
				runtime.Gosched()
			}
		})
	}
}
