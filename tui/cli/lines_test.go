package cli

import (
	"context"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/store"
)

// happened keeps lines a minute apart, the last one a minute ago.
func (b *bench) happened(lines ...engine.LogLine) {
	b.t.Helper()
	db, err := store.Open(b.t.Context(), filepath.Join(b.env["XDG_DATA_HOME"], "aimo3", "aimo3.db"), nil)
	if err != nil {
		b.t.Fatal(err)
	}
	for i := range lines {
		lines[i].At = b.clock.Add(-time.Duration(len(lines)-i) * time.Minute)
	}
	if err := db.AddLog(b.t.Context(), lines); err != nil {
		b.t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		b.t.Fatal(err)
	}
}

func TestLog(t *testing.T) {
	b := newBench(t)
	b.clock = time.Now().UTC()
	b.happened(
		engine.LogLine{What: "start", More: []byte(`{"version":"1","pid":7,"settings":{"a":1}}`)},
		engine.LogLine{What: "server lost", Level: slog.LevelWarn, More: []byte(`{"host":"h\u001b[2J","what":"no route"}`)},
	)
	b.wantCode(b.run("log"), 0)
	lines := strings.Split(b.out.String(), "\n")
	if len(lines) != 3 || !strings.Contains(lines[0], `start version=1 pid=7 settings={"a":1}`) {
		t.Errorf("got:\n%s", &b.out)
	}
	if strings.Contains(b.out.String(), "\x1b") || !strings.Contains(lines[1], `what="no route"`) {
		t.Errorf("got:\n%q", &b.out)
	}
	b.wantCode(b.run("log", "--level", "warn", "--json"), 0)
	if got := b.out.String(); strings.Count(got, "\n") != 1 || !strings.Contains(got, `"what":"server lost"`) || !strings.Contains(got, `"level":"WARN"`) {
		t.Errorf("got:\n%s", got)
	}
	b.wantCode(b.run("log", "--since", "30s"), 0)
	if b.out.Len() > 0 || !strings.Contains(b.err.String(), "nothing happened") {
		t.Errorf("stdout %q, stderr %q", &b.out, &b.err)
	}
}

// telling is a Store of which only the log is asked.
type telling struct {
	Store
	lines chan engine.LogLine
}

func (s telling) Log(_ context.Context, f engine.LogFilter) (all []engine.LogLine, _ error) {
	select {
	case l := <-s.lines:
		if l.N > f.After {
			all = append(all, l)
		}
	default:
	}
	return all, nil
}

// What happens later is printed, each line once, until the command is interrupted.
func TestALogIsFollowed(t *testing.T) {
	b := newBench(t)
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		s := telling{lines: make(chan engine.LogLine, 3)}
		r := &reviewing{shell: newShell(b.program(), nil, nil, &b.out, &b.err), follow: true, since: time.Hour}
		ended := make(chan error, 1)
		go func() { ended <- r.show(ctx, s) }()
		for _, n := range []int64{1, 2, 2} {
			s.lines <- engine.LogLine{N: n, What: "happened", More: []byte("{}")}
			time.Sleep(2 * followEvery)
			synctest.Wait()
		}
		cancel()
		if err := <-ended; err != nil || strings.Count(b.out.String(), "happened") != 2 {
			t.Errorf("%v, printed\n%s", err, &b.out)
		}
	})
}
