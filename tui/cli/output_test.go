package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/wire"
)

// object parses stdout, which must be one JSON object and nothing else.
func (b *bench) object(v any) {
	b.t.Helper()
	d := json.NewDecoder(bytes.NewReader(b.out.Bytes()))
	if err := d.Decode(v); err != nil {
		b.t.Fatalf("stdout is not JSON: %v\n%s", err, &b.out)
	}
	if d.More() {
		b.t.Fatalf("stdout holds more than one object:\n%s", &b.out)
	}
}

func TestJSONOnSuccessAndFailure(t *testing.T) {
	b := newBench(t).boxes("336", "336", "")
	b.server.replies[3] = reply{text: `\boxed{5`, cut: true}
	b.server.replies[4] = reply{err: &engine.Fault{Class: engine.Stalled, What: "silence", Todo: "wait"}}
	b.wantCode(b.run("solve", "--json", "p", "--samples", "5", "--stop", "none"), 0)
	var f wire.Attempt
	b.object(&f)
	if f.Version != 1 || f.Attempt != b.latest().ID || f.Verdict.Answer != "336" || f.Verdict.Votes != 2 || f.Error != nil {
		t.Errorf("got %+v", f)
	}
	var got []string
	for _, s := range f.Samples {
		got = append(got, fmt.Sprintln(s.Sample, s.Seed, s.State, s.Answer, s.Tokens, s.Cut, s.Cause, s.Todo))
	}
	want := "0 0 finished 336 1204 false  \n1 1 finished 336 1204 false  \n2 2 finished  1204 false  \n3 3 finished  1204 true  \n4 4 failed  0 false silence wait\n"
	got[4] = regexp.MustCompile(` \(tried 2 times over .* s\)`).ReplaceAllString(got[4], "")
	if strings.Join(got, "") != want {
		t.Errorf("samples\n%s\nwant\n%s", strings.Join(got, ""), want)
	}
	shown := b.out.String()
	b.wantCode(b.run("history", "show", "last", "--json"), 0)
	if b.out.String() != shown {
		t.Errorf("history show --json:\n%s\nwant what solve --json printed:\n%s", &b.out, shown)
	}

	for _, c := range []struct {
		name  string
		setup func(*bench)
		args  []string
		code  int
		class engine.Class
	}{
		{"usage", nil, []string{"solve", "--json", "--smples"}, 2, engine.Invalid},
		{"input", nil, []string{"solve", "--json", ""}, 2, engine.Invalid},
		{"no server", func(b *bench) { b.connect = noServer }, []string{"solve", "--json", "p"}, 3, engine.Unreachable},
		{"store", func(b *bench) { b.boxes("1").store.full = 4 }, []string{"solve", "--json", "p"}, 5, engine.Storage},
		{"all failed", func(b *bench) { b.server.replies[0] = reply{err: errors.New("odd")} }, []string{"solve", "--json", "p", "--samples", "1"}, 1, engine.Unknown},
		{"history", nil, []string{"history", "show", "zz", "--json"}, 2, engine.Invalid},
		{"models", func(b *bench) { b.connect = noServer }, []string{"models", "list", "--json"}, 3, engine.Unreachable},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := newBench(t)
			if c.setup != nil {
				c.setup(b)
			}
			b.wantCode(b.run(c.args...), c.code)
			var f wire.Attempt
			b.object(&f)
			if f.Version != 1 || f.Error == nil || f.Error.Class != c.class || f.Error.What == "" {
				t.Errorf("got %+v, error %+v; want class %s", f, f.Error, c.class)
			}
		})
	}
}

func TestEventsArePrintedAsTheyAreStored(t *testing.T) {
	b := newBench(t).boxes("336", "336", "7")
	b.wantCode(b.run("solve", "--events", "p", "--samples", "3"), 0)
	printed := b.out.String()
	var stored strings.Builder
	for _, e := range b.events(b.latest().ID) {
		if err := wire.WriteLine(&stored, e); err != nil {
			t.Fatal(err)
		}
	}
	if printed != stored.String() {
		t.Errorf("printed:\n%s\nstored:\n%s", printed, &stored)
	}
	b.wantCode(b.run("history", "show", "last", "--events"), 0)
	if b.out.String() != printed {
		t.Error("history show --events prints other lines than solve --events did")
	}
	b.wantCode(b.run("solve", "--events", "p", "--samples", "1", "--no-save"), 0)
	if len(b.attempts()) != 1 || b.out.Len() == 0 {
		t.Errorf("--no-save: %d attempts stored, printed %q", len(b.attempts()), &b.out)
	}
}

func TestInterruptedAttemptIsClosedAndPrinted(t *testing.T) {
	for _, form := range []string{"--json", "--events", "--plain"} {
		b := newBench(t).boxes("336", "336", "336")
		b.server.hangAt, b.server.hangs = 2, make(chan struct{})
		ctx, cancel := context.WithCancel(context.Background())
		go func() { <-b.server.hangs; cancel() }()
		b.wantCode(b.runIn(ctx, "solve", form, "p", "--samples", "3", "--parallel", "1", "--stop", "none"), 4)
		if !strings.HasSuffix(b.err.String(), "aimo3: interrupted\n") {
			t.Errorf("%s: stderr %q", form, &b.err)
		}
		events := b.events(b.latest().ID)
		if f, ok := events[len(events)-1].Fact.(engine.AttemptFinished); !ok || f.Verdict.Why != engine.Cancelled {
			t.Errorf("%s: the stored attempt ends in %+v, want a cancelled verdict", form, events[len(events)-1])
		}
		if !strings.Contains(b.out.String(), "336") {
			t.Errorf("%s: stdout %q, want the vote there was", form, &b.out)
		}
	}
}

// narrow is a pipe whose reader goes after some bytes.
type narrow struct{ left int }

func (n *narrow) Write(b []byte) (int, error) {
	if n.left -= len(b); n.left < 0 {
		return 0, &os.PathError{Op: "write", Path: "/dev/stdout", Err: syscall.EPIPE}
	}
	return len(b), nil
}

func TestBrokenPipeEndsQuietly(t *testing.T) {
	b := newBench(t).boxes("1", "2", "3")
	b.server.hangAt, b.server.hangs = 2, make(chan struct{}) // until the attempt is ended: by then the reader has gone
	code := Run(context.Background(), b.program(), []string{"solve", "--events", "p", "--samples", "3", "--parallel", "1"}, b.stdin, &narrow{400}, &b.err)
	if code != exitInterrupted || strings.Contains(b.err.String(), "aimo3:") {
		t.Errorf("exit code %d, stderr %q", code, &b.err)
	}
	events := b.events(b.latest().ID)
	if _, ok := events[len(events)-1].Fact.(engine.AttemptFinished); !ok {
		t.Error("the stored attempt was not closed")
	}
	b.err.Reset()
	for _, args := range [][]string{{"history", "list"}, {"history", "show", "last", "--events"}, {"models", "list", "--json"}, {"doctor"}} {
		if code := Run(context.Background(), b.program(), args, b.stdin, &narrow{10}, &b.err); code != 0 || b.err.Len() > 0 {
			t.Errorf("%q: exit code %d, stderr %q", args, code, &b.err)
		}
	}
}

// TestFullDisk: output that cannot be written is no attempt without an answer.
func TestFullDisk(t *testing.T) {
	b := newBench(t).boxes("1")
	for _, args := range [][]string{{"solve", "p", "--samples", "1"}, {"models", "list", "--json"}, {"version"}, {"history", "export", "last"}} {
		b.err.Reset()
		for why, said := range map[syscall.Errno]string{syscall.ENOSPC: "no space left on device", syscall.EFBIG: "the limit on a file's size is reached (see `ulimit -f`)"} {
			code := Run(context.Background(), b.program(), args, b.stdin, full{why}, &b.err)
			if code != exitUsage || !strings.HasSuffix(b.err.String(), "aimo3: cannot write to standard output: "+said+" · check where it goes: its free space and permissions\n") {
				t.Errorf("%q: exit code %d, stderr %q", args, code, &b.err)
			}
		}
	}
}

// full is a file that takes no more.
type full struct{ why syscall.Errno }

func (f full) Write([]byte) (int, error) {
	return 0, &fs.PathError{Op: "write", Path: "/dev/stdout", Err: f.why}
}

func TestPlanComesFromFlagsThenEnvironmentThenDefaults(t *testing.T) {
	b := newBench(t).boxes("1")
	b.env["AIMO3_SAMPLES"], b.env["AIMO3_TEMPERATURE"], b.env["AIMO3_MODEL"], b.env["AIMO3_BUDGET"] = "3", "0.5", "smollm2:135m", "none"
	b.wantCode(b.run("solve", "p", "--samples", "2", "--num-ctx", "4096", "--think", "off", "--json"), 0)
	var f wire.Attempt
	b.object(&f)
	p := f.Plan
	if p.Samples != 2 || *p.Options.Temperature != 0.5 || p.Model != "smollm2:135m" || p.Options.NumCtx != 4096 || p.Think != engine.ThinkOff || p.Budget.Wall >= 0 || p.Stop != engine.DefaultStop {
		t.Errorf("plan %+v", p)
	}
	b.env = map[string]string{"XDG_DATA_HOME": b.env["XDG_DATA_HOME"], "AIMO3_JSON": "1"}
	b.wantCode(b.run("solve", "p", "--events", "--samples", "1"), 0)
	if !strings.HasPrefix(b.out.String(), `{"attempt"`) {
		t.Errorf("--events lost to AIMO3_JSON: %s", &b.out)
	}
	b.wantCode(b.run("history", "show", "last", "--sample", "1"), 0)
	if !strings.HasPrefix(b.out.String(), "Sample 1: 1 ") {
		t.Errorf("--sample lost to AIMO3_JSON: %s", &b.out)
	}
	b.wantCode(b.run("solve", "p", "--samples", "1"), 0)
	b.object(&f)
	if f.Plan.Model != "qwen3:4b" || f.Plan.Options.NumCtx != 16384 {
		t.Errorf("by default: model %s, window %d", f.Plan.Model, f.Plan.Options.NumCtx)
	}
}

func TestWindowIsNoLongerThanTheModels(t *testing.T) {
	b := newBench(t).boxes("1")
	b.wantCode(b.run("solve", "p", "--samples", "1", "--num-ctx", "4000000"), 0)
	if got := b.server.asked[0].Options.NumCtx; got != 40960 || !strings.Contains(b.err.String(), "qwen3:4b has a context window of at most 40960 tokens; using that\n") {
		t.Errorf("asked for %d, said %q", got, &b.err)
	}
}

func TestStatusLineIsDrawnOnTerminalsOnly(t *testing.T) {
	b := newBench(t).boxes("1\x1b]0;x\x07")
	b.terminals = true
	b.wantCode(b.run("solve", "p", "--samples", "1"), 0)
	screen := b.err.String()
	if !strings.Contains(screen, "\r\x1b[K") || !strings.HasSuffix(screen, "\x1b[K") && !strings.HasSuffix(screen, "\n") {
		t.Errorf("stderr %q, want a line drawn over and then removed", screen)
	}
	if cut, whole := strings.Count(screen, "\x1b[?7l"), strings.Count(screen, "\x1b[?7h"); cut == 0 || cut != whole {
		t.Errorf("stderr %q: %d times cut at the edge, %d times wrapped again", screen, cut, whole)
	}
	if strings.Contains(b.out.String(), "\x1b") {
		t.Errorf("stdout holds an escape sequence: %q", &b.out)
	}
	b.wantCode(b.run("solve", "p", "--samples", "1", "--plain"), 0)
	if strings.Contains(b.err.String(), "\r") {
		t.Errorf("--plain draws over: %q", &b.err)
	}
	b.env["ACCESSIBLE"] = "1"
	b.wantCode(b.run("solve", "p", "--samples", "1"), 0)
	if strings.Contains(b.err.String(), "\r") {
		t.Errorf("ACCESSIBLE draws over: %q", &b.err)
	}
}
