package health_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/theme"
	"github.com/aimo3/aimo3/tui/health"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

const here = "http://127.0.0.1:11434"

var sizes = [][2]int{{60, 14}, {80, 22}, {160, 48}}

func in(d time.Duration) time.Time { return tuitest.Now().Add(d) }

// states are those that the screen is drawn in.
func states() map[string]engine.Health {
	closed := engine.Breaker{Host: here, State: engine.BreakerClosed}
	model := engine.Breaker{Host: here, Model: "qwen3:8b", State: engine.BreakerClosed}
	open := engine.Breaker{Host: here, State: engine.BreakerOpen, Until: in(12 * time.Second), Failures: 3, Openings: 2, Why: "nothing answers at " + here + ": connection refused"}
	half := open
	half.State, half.Until = engine.BreakerHalfOpen, time.Time{}
	return map[string]engine.Health{
		"well":    {Host: here, Running: 3, Queued: 1, Limit: 4, Breakers: []engine.Breaker{closed, model}},
		"open":    {Host: here, Queued: 8, Limit: 4, Breakers: []engine.Breaker{open, model}},
		"probing": {Host: here, Running: 1, Queued: 7, Limit: 4, Breakers: []engine.Breaker{half, model}},
		"retries": {Host: here, Running: 2, Queued: 1, Limit: 4, Breakers: []engine.Breaker{closed, {Host: here, Model: "qwen3:8b", State: engine.BreakerClosed, Failures: 1, Why: "the reply was cut"}}, Retries: []engine.PendingRetry{
			{Model: "qwen3:8b", Class: engine.Truncated, Why: "the stream ended without its last frame", Try: 2, Of: 4, At: in(1400 * time.Millisecond)},
			{Model: "qwen3:8b", Class: engine.Busy, Why: "the server is busy", Try: 3, At: in(9 * time.Second)},
		}},
	}
}

func env(t *testing.T, p theme.Palette) screen.Env {
	e := tuitest.Env(t, p)
	e.CacheFigures = func(context.Context) []engine.CacheFigures {
		return []engine.CacheFigures{
			{Tier: "memory", Entries: 3, Bytes: 21_000, MaxBytes: 67_108_864, Hits: 4, Misses: 2},
			{Tier: "the database", Entries: 1_204, Bytes: 9_400_000, MaxBytes: 33_554_432, Hits: 31, Misses: 29, Evictions: 2},
		}
	}
	e.Check = func(whole bool) []engine.Finding {
		found := []engine.Finding{
			{Component: "server", State: engine.Pass, What: "ollama 0.17.4 at " + here, Took: 12 * time.Millisecond},
			{Component: "disk", State: engine.Warn, What: "312 MB of 512 GB free", Todo: "free some space: attempts are saved there", Took: 400 * time.Microsecond},
			{Component: "database", State: engine.Pass, What: "/home/ada/.local/share/aimo3/aimo3.db, undamaged", Took: 3 * time.Millisecond},
		}
		if whole {
			found = append(found, engine.Finding{Component: "code", State: engine.Fail, What: "the sandbox cannot be set up", Todo: "update the kernel", Took: 1234 * time.Millisecond})
		}
		return found
	}
	e.StoreSize = func() (string, int64, error) { return "/home/ada/.local/share/aimo3/aimo3.db", 48_200_000, nil }
	return e
}

// drawn is a screen that has been told of a server's health, with its figures read.
func drawn(t *testing.T, e screen.Env, h engine.Health, w, ht int) *tuitest.Driver {
	d := tuitest.Drive(t, health.New(e), w, ht)
	d.Send(screen.ServerSeen{Server: tuitest.Up("qwen3:8b")}, screen.HealthSeen{Health: []engine.Health{h}})
	d.Until("figures", func() bool {
		d.Screen.Resize(w, 99)
		defer d.Screen.Resize(w, ht)
		return !strings.Contains(d.Frame(), "reading…") && !strings.Contains(d.Frame(), "checking…")
	})
	return d
}

func TestFrames(t *testing.T) {
	for name, h := range states() {
		for _, size := range sizes {
			t.Run(fmt.Sprintf("%s/%dx%d", name, size[0], size[1]), func(t *testing.T) {
				for _, p := range theme.Palettes() {
					d := drawn(t, env(t, p), h, size[0], size[1])
					tuitest.CheckFrame(t, d.Screen.View(), size[0], size[1])
					if p.Name == tuitest.Palette(t).Name {
						tuitest.Golden(t, d.Screen.View())
					}
				}
			})
		}
	}
}

// TestItSaysWhatItDoesNotKnow: before the server is seen, with nothing kept, and with
// what cannot be used.
func TestItSaysWhatItDoesNotKnow(t *testing.T) {
	bare := health.New(tuitest.Env(t, tuitest.Palette(t)))
	bare.Resize(160, 48)
	broken := env(t, tuitest.Palette(t))
	broken.CacheFigures = func(context.Context) []engine.CacheFigures {
		return []engine.CacheFigures{{Tier: "redis", Fault: "nothing answers"}}
	}
	broken.StoreSize = func() (string, int64, error) { return "/x", 0, errors.New("it is gone") }
	d := drawn(t, broken, engine.Health{}, 160, 48)
	d.Send(screen.ServerSeen{Server: tuitest.Down()})
	d.Send(screen.KeepingSeen{Keeping: screen.Keeping{Trouble: "not saved: disk full", Latest: "not saved since event 9", At: tuitest.Now()}})
	for _, row := range []struct{ frame, want string }{
		{ansi.Strip(bare.View()), "no requests yet"},
		{ansi.Strip(bare.View()), "no verdict is cached"},
		{ansi.Strip(bare.View()), "nothing is saved"},
		{d.Frame(), "▲ nothing answers at " + here},
		{d.Frame(), "◐ not used now: nothing answers"},
		{d.Frame(), "▲ it is gone"},
		{d.Frame(), "▲ not saved: disk full"},
		{d.Frame(), "15:09:26  not saved since event 9"},
	} {
		if !strings.Contains(row.frame, row.want) {
			t.Errorf("no %q in\n%s", row.want, row.frame)
		}
	}
	for w := range 140 {
		d.Screen.Resize(w, w%20)
		tuitest.CheckFrame(t, d.Screen.View(), w, w%20)
	}
}

// TestAtAServer: what a server keeps is shown where that runs, and its checks are made
// all at once.
func TestAtAServer(t *testing.T) {
	e := env(t, tuitest.Palette(t))
	e.Connect, e.CacheFigures, e.StoreSize = "http://box:8000", nil, nil
	d := drawn(t, e, engine.Health{}, 160, 48)
	for _, want := range []string{"kept where the server runs: `aimo3 cache stats` shows it there", "`aimo3 doctor` shows it there", "all, at 15:09:26"} {
		if !strings.Contains(d.Frame(), want) {
			t.Errorf("no %q in\n%s", want, d.Frame())
		}
	}
}

// TestOpenBreakersTryNow: each that is open, by its key; with none it says so.
func TestOpenBreakersTryNow(t *testing.T) {
	e := env(t, tuitest.Palette(t))
	var tried []string
	e.TryNow = func(host, model string) bool {
		tried = append(tried, host+" "+model)
		return true
	}
	all := states()
	d := drawn(t, e, all["well"], 80, 22)
	d.Press("t")
	if got := tuitest.UntilSent[screen.Notice](d); got.Text != "no breaker is open: nothing to try" || len(tried) > 0 {
		t.Errorf("%+v, tried %q", got, tried)
	}
	d.Send(screen.HealthSeen{Health: []engine.Health{all["open"]}})
	d.Press("t")
	if got := tuitest.UntilSent[screen.Notice](d); got.Text != "the next request tries now" || len(tried) != 1 || tried[0] != here+" " {
		t.Errorf("%+v, tried %q", got, tried)
	}
	if first := d.Screen.Keys()[0].Help(); first.Key != "t" {
		t.Errorf("the first key is %s", first.Key)
	}
}

// TestTimeIsCountedDown by what the app says, and not by a clock of its own.
func TestTimeIsCountedDown(t *testing.T) {
	d := drawn(t, env(t, tuitest.Palette(t)), states()["open"], 80, 22)
	for after, want := range map[time.Duration]string{0: "open, tries again in 12 s", 5 * time.Second: "in 7 s", time.Minute: "half-open, the next request tries"} {
		d.Send(screen.Counted{Now: in(after)})
		if !strings.Contains(d.Frame(), want) {
			t.Errorf("after %s there is no %q in\n%s", after, want, d.Frame())
		}
	}
}

// TestWhatDoesNotFitIsScrolledTo by keys and by the wheel, and no further.
func TestWhatDoesNotFitIsScrolledTo(t *testing.T) {
	d := drawn(t, env(t, tuitest.Palette(t)), states()["open"], 60, 14)
	if !strings.Contains(d.Frame(), "more ↓") || strings.Contains(d.Frame(), "all is saved") {
		t.Fatalf("at first\n%s", d.Frame())
	}
	first := d.Frame()
	d.Press("end")
	end := d.Frame()
	if !strings.Contains(end, "all is saved") || strings.Contains(end, "more ↓") {
		t.Errorf("at the end\n%s", end)
	}
	d.Press("down", "pgdown")
	if d.Frame() != end {
		t.Errorf("past the end\n%s", d.Frame())
	}
	d.Press("home", "up")
	d.Send(tea.MouseMsg{Button: tea.MouseButtonWheelDown}, tea.MouseMsg{Button: tea.MouseButtonWheelUp})
	if d.Frame() != first {
		t.Errorf("back at the first line\n%s", d.Frame())
	}
	d.Press("esc")
	tuitest.UntilSent[screen.Back](d)
}

// TestServersAreNotTrusted: what they say of themselves steers nothing.
func TestServersAreNotTrusted(t *testing.T) {
	evil := "a\x1b[2J\x07\nb\u202e" + strings.Repeat("long ", 90)
	e := env(t, tuitest.Palette(t))
	e.CacheFigures = func(context.Context) []engine.CacheFigures {
		return []engine.CacheFigures{{Tier: evil, Fault: evil}, {Tier: evil}}
	}
	e.StoreSize = func() (string, int64, error) { return evil, 1, errors.New(evil) }
	h := engine.Health{
		Host: evil, Breakers: []engine.Breaker{{Host: evil, State: engine.BreakerOpen, Until: in(time.Hour), Failures: 3, Why: evil}, {Model: evil, State: engine.BreakerHalfOpen, Openings: 1, Why: evil}},
		Retries: []engine.PendingRetry{{Model: evil, Why: evil, Try: 2, At: in(time.Hour)}},
	}
	for _, size := range sizes {
		d := drawn(t, e, h, size[0], size[1])
		server := tuitest.Up("m")
		server.Name, server.Version, server.Fault = evil, evil, &engine.Fault{What: evil}
		d.Send(screen.ServerSeen{Server: server}, screen.KeepingSeen{Keeping: screen.Keeping{Trouble: "x", Latest: evil}})
		d.Screen.Resize(size[0], 99)
		view := d.Screen.View()
		tuitest.CheckFrame(t, view, size[0], 99)
		for _, bad := range []string{"\x1b[2J", "\x07", "\u202e"} {
			if strings.Contains(view, bad) {
				t.Errorf("%v: %q reaches the terminal", size, bad)
			}
		}
	}
}

// TestLongNamesCostLittle: what a frame allocates does not grow with names of servers.
func TestLongNamesCostLittle(t *testing.T) {
	cost := func(n int) int64 {
		name := strings.Repeat("答", n)
		h := engine.Health{
			Host: name, Breakers: []engine.Breaker{{Host: name, Model: name, State: engine.BreakerOpen, Until: in(time.Hour), Why: name}},
			Retries: []engine.PendingRetry{{Model: name, Why: name, Try: 2, At: in(time.Hour)}},
		}
		d := drawn(t, env(t, tuitest.Palette(t)), h, 80, 22)
		return testing.Benchmark(func(b *testing.B) {
			for b.Loop() {
				_ = d.Screen.View()
			}
		}).AllocedBytesPerOp()
	}
	if short, long := cost(2_000), cost(100_000); long > 2*short {
		t.Errorf("a frame takes %d bytes with names of 2,000 characters, %d with 100,000", short, long)
	}
}

// TestFiguresAreMeasuredWhenAnAttemptBeginsOrEnds, one look at a time.
func TestFiguresAreMeasuredWhenAnAttemptBeginsOrEnds(t *testing.T) {
	e := tuitest.Env(t, tuitest.Palette(t))
	looks := 0
	e.StoreSize = func() (string, int64, error) { looks++; return "/x", 1, nil }
	s := health.New(e)
	look := s.Init()
	begins := screen.Arrived{Events: []engine.Event{{Fact: engine.Delta{}}, {Fact: engine.AttemptStarted{}}}}
	if s.Update(begins) != nil || s.Update(screen.Ended{}) != nil {
		t.Error("two look at once")
	}
	again := s.Update(look())
	if again == nil {
		t.Fatal("what began meanwhile is not looked for")
	}
	if s.Update(again()) != nil || looks != 2 {
		t.Errorf("%d looks", looks)
	}
	for _, msg := range []tea.Msg{screen.Arrived{Events: begins.Events[:1]}, screen.Counted{}, screen.HealthSeen{}, screen.ServerSeen{}} {
		if s.Update(msg) != nil {
			t.Errorf("%T has it look", msg)
		}
	}
	if s.Update(screen.Ended{}) == nil {
		t.Error("the end of an attempt does not")
	}
}

// TestChecks: those that take moments are made when the screen is opened, all of them by
// a key; the worst is told first.
func TestChecks(t *testing.T) {
	d := drawn(t, env(t, tuitest.Palette(t)), engine.Health{}, 160, 48)
	if f := d.Frame(); !strings.Contains(f, "◐ disk") || !strings.Contains(f, "the quick ones") || strings.Contains(f, "code") {
		t.Errorf("at first\n%s", f)
	}
	d.Press("r")
	d.Until("all checks", func() bool { return strings.Contains(d.Frame(), "all, at ") })
	f := d.Frame()
	order := []string{"▲ code", "◐ disk", "● server", "● database"}
	for i, one := range order[1:] {
		if !strings.Contains(f, order[i]) || strings.Index(f, order[i]) > strings.Index(f, one) {
			t.Errorf("%q is not before %q in\n%s", order[i], one, f)
		}
	}
	for _, want := range []string{"update the kernel", "1.2 s", "<1 ms", "12 ms"} {
		if !strings.Contains(f, want) {
			t.Errorf("no %q in\n%s", want, f)
		}
	}
	bare := health.New(tuitest.Env(t, tuitest.Palette(t)))
	bare.Resize(160, 48)
	if f := ansi.Strip(bare.View()); !strings.Contains(f, "`aimo3 doctor` makes them") {
		t.Errorf("where none can be made\n%s", f)
	}
}
