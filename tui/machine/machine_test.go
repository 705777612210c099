package machine_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/measure"
	"github.com/aimo3/aimo3/engine/monitor"
	"github.com/aimo3/aimo3/theme"
	"github.com/aimo3/aimo3/tui/machine"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

func v(n float64) monitor.Value { return monitor.Value{N: n} }

// wave is between 0 and 1, other for each i.
func wave(second, i int) float64 {
	return .5 + .5*math.Sin(float64(second)/17+float64(i))*math.Cos(float64(second)/61)
}

// reading is the one at a second of a machine with so many cores and GPUs.
func reading(second, cores, gpus int) monitor.Reading {
	busy := wave(second, 0)
	r := monitor.Reading{
		At: tuitest.Now().Add(time.Duration(second-600) * time.Second), CPU: v(100 * busy), Memory: monitor.Usage{Used: 11.2e9 + uint64(4e9*busy), Total: 24e9},
		Disk: monitor.Usage{Of: "/home/ada/.local/share/aimo3", Used: 211e9, Total: 512e9}, DiskFlow: monitor.Flow{In: v(3e6 * busy), Out: v(4e5)},
		Network: monitor.Flow{In: v(264e3 * busy), Out: v(436)}, Tokens: v(480 * busy), Self: monitor.Self{CPU: v(9), RSS: 48e6},
		NoGPU: "no nvidia-smi, no AMD card", Loaded: []monitor.Loaded{{Name: "gpt-oss:120b", Size: 65.3e9, VRAM: 60e9, Context: 131072, Expires: tuitest.Now().Add(272 * time.Second)}},
	}
	for i := range cores {
		r.Cores = append(r.Cores, v(100*wave(second, i)))
	}
	for i := range gpus {
		use := wave(second, i+1)
		g := monitor.GPU{
			Index: i, Name: "NVIDIA H100 80GB HBM3", Util: v(100 * use), Memory: monitor.Usage{Used: uint64(85e9 * (.5 + use/3)), Total: 85.5e9},
			Temperature: v(36 + 40*use), Power: v(70 + 600*use), PowerLimit: v(700), Clock: v(345 + 1600*use), MemoryClock: v(2619),
		}
		if i == 1 {
			g.Power, g.PowerLimit = monitor.Value{Missing: "not reported by the card"}, monitor.Value{Missing: "not reported by the card"}
		}
		r.GPUs = append(r.GPUs, g)
	}
	return r
}

func processes(context.Context) ([]monitor.Process, error) {
	return []monitor.Process{
		{PID: 4711, Name: "aimo3", Role: monitor.RoleOwn, CPU: v(9), RSS: 48e6},
		{PID: 812, Name: "ollama", Role: monitor.RoleServer, CPU: v(2), RSS: 120e6},
		{PID: 901, Name: "ollama", Role: monitor.RoleRunner, CPU: v(780), RSS: 66e9},
		{PID: 4801, Name: "python3", Role: monitor.RoleSandbox, CPU: v(99), RSS: 55e6},
		{PID: 4802, Name: "python3", Role: monitor.RoleSandbox, CPU: monitor.Value{Missing: monitor.Measuring}, RSS: 55e6},
	}, nil
}

func env(t testing.TB, p theme.Palette) screen.Env {
	e := tuitest.Env(t, p)
	e.Processes = processes
	e.Unload = func(context.Context, string) error { return nil }
	return e
}

// watched is a screen that has been told of ten minutes of a machine.
func watched(t testing.TB, e screen.Env, cores, gpus, w, h int) *tuitest.Driver {
	for second := range 601 {
		e.Hour.Add(reading(second, cores, gpus))
	}
	d := tuitest.Drive(t, machine.New(e), w, h)
	d.Send(screen.ServerSeen{Server: tuitest.Up("gpt-oss:120b")}, screen.MachineRead{Reading: reading(600, cores, gpus)})
	d.Until("processes", func() bool {
		d.Screen.Resize(w, 200)
		defer d.Screen.Resize(w, h)
		return !strings.Contains(d.Frame(), "looking…")
	})
	return d
}

var sizes = [][2]int{{60, 14}, {80, 22}, {160, 48}}

func TestFrames(t *testing.T) {
	for name, of := range map[string]struct{ cores, gpus int }{"none": {8, 0}, "two": {8, 2}, "many": {64, 8}} {
		for _, size := range sizes {
			t.Run(fmt.Sprintf("%s/%dx%d", name, size[0], size[1]), func(t *testing.T) {
				for _, p := range theme.Palettes() {
					d := watched(t, env(t, p), of.cores, of.gpus, size[0], size[1])
					tuitest.CheckFrame(t, d.Screen.View(), size[0], size[1])
					if p.Name == tuitest.Palette(t).Name {
						tuitest.Golden(t, d.Screen.View())
					}
				}
			})
		}
	}
}

// Whatever the size, no line is wider and no frame taller, with everything and with
// nothing shown.
func TestEverySize(t *testing.T) {
	d := watched(t, env(t, tuitest.Palette(t)), 64, 3, 80, 22)
	check := func() {
		for w := 0; w < 220; w += 3 {
			for _, h := range []int{0, 1, 2, 7, 15, 16, 17, 33, 58} {
				d.Screen.Resize(w, h)
				tuitest.CheckFrame(t, d.Screen.View(), w, h)
			}
		}
	}
	check()
	for _, k := range "cmdnvtlp" {
		d.Press(string(k))
	}
	check()
	if !strings.Contains(d.Frame(), "every pane is hidden") {
		t.Errorf("with every pane hidden\n%s", d.Frame())
	}
}

// What is paused stands still while readings come in, and shows the present again when it
// goes on.
func TestPause(t *testing.T) {
	d := watched(t, env(t, tuitest.Palette(t)), 8, 2, 160, 48)
	g := d.Screen.(screen.Gauged)
	if !g.Gauging() {
		t.Error("a reading changes nothing at first")
	}
	d.Press(" ")
	before := d.Frame()
	next := reading(601, 8, 2)
	next.CPU = v(77)
	next.Loaded[0].Name = "another:1b"
	d.Send(screen.MachineRead{Reading: next})
	if d.Frame() != before || g.Gauging() || !strings.Contains(before, "‖ paused at ") {
		t.Errorf("paused\n%s\nand then\n%s", before, d.Frame())
	}
	d.Press(" ")
	if f := d.Frame(); !strings.Contains(f, "another:1b") || strings.Contains(f, "paused") || !g.Gauging() {
		t.Errorf("gone on\n%s", f)
	}
}

// rows are what a store has of the machine: a row a minute, and an hour for older ones.
func rows(_ context.Context, since time.Time, take func(measure.Row)) error {
	for minute := 1; minute < 60*24*8; minute++ {
		span := time.Minute
		if minute > 60*24 {
			if span = time.Hour; minute%60 > 0 {
				continue
			}
		}
		at := tuitest.Now().Add(-time.Duration(minute) * time.Minute)
		if at.Before(since) {
			break
		}
		for series, value := range map[string]float64{
			"aimo3_machine_cpu_ratio": .25, "aimo3_machine_memory_ratio": .5, `aimo3_gpu_busy_ratio{gpu="1"}`: .75, `aimo3_gpu_temperature_celsius{gpu="1"}`: 60, "aimo3_memory_bytes": 1,
		} {
			r := measure.Row{Series: series, At: at, Span: span}
			r.Add(value)
			take(r)
		}
	}
	return nil
}

// A longer time comes from the store, and ends where the store does.
func TestTimes(t *testing.T) {
	e := env(t, tuitest.Palette(t))
	var reads atomic.Int32 // two keys may have two reads under way
	e.Measures = func(ctx context.Context, since time.Time, take func(measure.Row)) error {
		reads.Add(1)
		return rows(ctx, since, take)
	}
	d := watched(t, e, 8, 2, 160, 48)
	d.Press("-", "-")
	if !strings.Contains(d.Frame(), "last minute") || !strings.Contains(d.Frame(), "1 min ago") {
		t.Errorf("shortest\n%s", d.Frame())
	}
	if got := tuitest.UntilSent[screen.Notice](d).Text; got != "last minute: no shorter time is shown" {
		t.Errorf("beyond the shortest it says %q", got)
	}
	d.Press("+", "+", "+")
	if !strings.Contains(d.Frame(), "last hour") || reads.Load() > 0 {
		t.Errorf("after %d reads\n%s", reads.Load(), d.Frame())
	}
	for _, name := range []string{"last day", "last week", "last 90 days"} {
		d.Press("+")
		d.Until(name, func() bool { return strings.Contains(d.Frame(), name) && !strings.Contains(d.Frame(), "reading…") })
		if f := d.Frame(); !strings.Contains(f, "– nothing kept of this time") || !strings.Contains(f, "– only kept for an hour") || strings.Count(f, "█") < 100 && name != "last 90 days" {
			t.Errorf("%s\n%s", name, f)
		}
	}
	d.Press("+")
	if got := tuitest.UntilSent[screen.Notice](d).Text; got != "last 90 days: no longer time is shown" {
		t.Errorf("beyond the longest it says %q", got)
	}
	d.Press("-")
	d.UntilShown("last week")
	for range 3 {
		d.Press("-")
	}
	if f := d.Frame(); !strings.Contains(f, "last 15 minutes") || strings.Contains(f, "nothing kept") {
		t.Errorf("back at what is not of the store\n%s", f)
	}
}

// A day that the store has is drawn without holes, and its mean stands at its height.
func TestADayIsDrawn(t *testing.T) {
	e := env(t, tuitest.Palette(t))
	e.Measures = rows
	d := watched(t, e, 8, 0, 80, 22)
	d.Press("d", "n", "v", "t", "l", "p", "c")
	for range 4 {
		d.Press("+")
	}
	d.UntilShown("last week")
	d.Until("rows", func() bool { return !strings.Contains(d.Frame(), "reading…") })
	tuitest.Golden(t, d.Screen.View())
	d.Screen.Resize(240, 22) // an hour is more than a column there
	_, bottom, _ := strings.Cut(d.Frame(), " 0┤")
	if bottom, _, _ = strings.Cut(bottom, " │"); strings.Contains(bottom, " ") || len([]rune(bottom)) < 200 {
		t.Errorf("there are holes:\n%s", bottom)
	}
}

func TestLongerTimesNeedAStore(t *testing.T) {
	d := watched(t, env(t, tuitest.Palette(t)), 8, 0, 80, 22)
	d.Press("+", "+", "+")
	if got := tuitest.UntilSent[screen.Notice](d); !strings.Contains(got.Text, "nothing is kept") {
		t.Errorf("%+v", got)
	}
	e := env(t, tuitest.Palette(t))
	e.Measures = func(context.Context, time.Time, func(measure.Row)) error { return errors.New("it is gone") }
	d = watched(t, e, 8, 0, 80, 22)
	d.Press("+", "+", "+")
	if got := tuitest.UntilSent[screen.Notice](d); !got.Bad || got.Text != "it is gone" {
		t.Errorf("%+v", got)
	}
}

// Each kind of panes is hidden and shown by its letter, and help says which it would do.
func TestPanesOnAndOff(t *testing.T) {
	d := watched(t, env(t, tuitest.Palette(t)), 8, 2, 160, 48)
	for letter, title := range map[string]string{
		"c": "╭ CPU ", "m": "╭ Memory ", "d": "╭ Disk ", "n": "╭ Network to the server ", "v": "╭ GPU 1 ", "t": "╭ Tokens ", "l": "╭ Loaded models ", "p": "╭ Processes ",
	} {
		does := func() string {
			for _, k := range d.Screen.Keys() {
				if k.Help().Key == letter {
					return k.Help().Desc
				}
			}
			return ""
		}
		shown, before := strings.Contains(d.Frame(), title), does()
		d.Press(letter)
		hidden, after := !strings.Contains(d.Frame(), title), does()
		d.Press(letter)
		if !shown || !hidden || !strings.Contains(d.Frame(), title) || !strings.HasPrefix(before, "hide ") || !strings.HasPrefix(after, "show ") {
			t.Errorf("%s: shown %v, then hidden %v; it does %q, then %q", letter, shown, hidden, before, after)
		}
	}
}

// A model is unloaded once a person has said yes, and the one that is chosen.
func TestUnload(t *testing.T) {
	e := env(t, tuitest.Palette(t))
	var asked []string
	var fail error
	e.Unload = func(_ context.Context, model string) error { asked = append(asked, model); return fail }
	d := watched(t, e, 8, 0, 80, 22)
	r := reading(601, 8, 0)
	r.Loaded = append(r.Loaded, monitor.Loaded{Name: "qwen3:8b", Size: 5e9, VRAM: 5e9, Context: 32768})
	d.Send(screen.MachineRead{Reading: r}, screen.HealthSeen{Health: []engine.Health{{Running: 3}}})
	d.Press("tab", "x")
	f := strings.Join(strings.Fields(strings.ReplaceAll(d.Frame(), "│", "")), " ")
	if !strings.Contains(f, "Unload qwen3:8b, 5.0 GB?") || !strings.Contains(f, "(3 now)") {
		t.Errorf("the question\n%s", d.Frame())
	}
	d.Press("n")
	if len(asked) > 0 || !strings.Contains(d.Frame(), "CPU") {
		t.Errorf("said no, unloaded %v\n%s", asked, d.Frame())
	}
	d.Press("x", "c", "y")
	if got := tuitest.UntilSent[screen.Notice](d); got.Bad || got.Text != "qwen3:8b is unloaded: 5.0 GB are given back" || len(asked) != 1 || asked[0] != "qwen3:8b" {
		t.Errorf("%+v, unloaded %v", got, asked)
	}
	fail = errors.New("busy")
	d.Press("tab", "x", "y")
	if got := tuitest.UntilSent[screen.Notice](d); !got.Bad || got.Text != "not unloaded: busy" || asked[1] != "gpt-oss:120b" {
		t.Errorf("%+v, unloaded %v", got, asked)
	}
	d.Press("x", "esc", "esc")
	tuitest.UntilSent[screen.Back](d)
	r.Loaded = nil
	d.Send(screen.MachineRead{Reading: r})
	if d.Press("x"); strings.Contains(d.Frame(), "Unload") {
		t.Errorf("with no model\n%s", d.Frame())
	}
}

// What is not in view is scrolled to, by keys and by the wheel.
func TestScroll(t *testing.T) {
	d := watched(t, env(t, tuitest.Palette(t)), 64, 8, 60, 14)
	first := d.Frame()
	d.Press("end")
	if f := d.Frame(); !strings.Contains(f, "python3") || strings.Contains(f, "more ↓") || strings.Contains(f, "CPU  100%") {
		t.Errorf("at the end\n%s", f)
	}
	d.Press("home")
	d.Send(tea.MouseMsg{Button: tea.MouseButtonWheelDown}, tea.MouseMsg{Button: tea.MouseButtonWheelUp})
	if d.Frame() != first {
		t.Errorf("at the first line again\n%s", d.Frame())
	}
}

// What is missing says why, and is never 0.
func TestItSaysWhatIsMissing(t *testing.T) {
	e := env(t, tuitest.Palette(t))
	e.Processes = func(context.Context) ([]monitor.Process, error) { return nil, errors.New("not allowed") }
	d := tuitest.Drive(t, machine.New(e), 160, 48)
	if f := d.Frame(); !strings.Contains(f, "measuring…") {
		t.Errorf("before the first reading\n%s", f)
	}
	r := reading(600, 2, 2)
	gone := monitor.Value{Missing: "gone"}
	r.CPU, r.Memory, r.DiskFlow.In, r.NoLoad, r.Remote = gone, monitor.Usage{Missing: "unread"}, monitor.Value{Missing: "not told"}, "no answer", true
	d.Send(screen.MachineRead{Reading: r})
	d.UntilShown("– not allowed")
	for _, want := range []string{"– gone", "– unread", "read  – not told", "– no answer", "power – not reported by the card", "◐ the server runs elsewhere"} {
		if !strings.Contains(d.Frame(), want) {
			t.Errorf("no %q in\n%s", want, d.Frame())
		}
	}
	r.GPUs, r.NoGPU = nil, "no nvidia-smi"
	d.Send(screen.MachineRead{Reading: r})
	if f := d.Frame(); !strings.Contains(f, "unavailable ╮") || !strings.Contains(f, "│ no nvidia-smi ") {
		t.Errorf("without a GPU\n%s", d.Frame())
	}
	e.Hour, e.Processes = nil, nil
	d = tuitest.Drive(t, machine.New(e), 80, 22)
	if !strings.Contains(d.Frame(), "the machine is not read here") {
		t.Errorf("where none is read\n%s", d.Frame())
	}
}

// What drivers, servers and processes are called steers nothing.
func TestNamesAreNotTrusted(t *testing.T) {
	const evil = "a\x1b[2J\x07\nb\u202e"
	e := env(t, tuitest.Palette(t))
	e.Processes = func(context.Context) ([]monitor.Process, error) {
		return []monitor.Process{{Name: evil, Role: monitor.Role(evil), CPU: monitor.Value{Missing: evil}}}, nil
	}
	for _, size := range sizes {
		d := watched(t, e, 2, 2, size[0], size[1])
		r := reading(602, 2, 2)
		r.GPUs[0].Name, r.GPUs[0].Util.Missing, r.Loaded[0].Name, r.Disk.Of, r.Memory.Of = evil, evil, evil, evil, evil
		server := tuitest.Up("m")
		server.Name, server.Version = evil, evil
		d.Send(screen.MachineRead{Reading: r}, screen.ServerSeen{Server: server})
		views := d.Screen.View()
		d.Press("x")
		views += d.Screen.View()
		for _, bad := range []string{"\x1b[2J", "\x07", "\u202e"} {
			if strings.Contains(views, bad) {
				t.Errorf("%v: %q reaches the terminal", size, bad)
			}
		}
	}
}

// A frame is drawn once for each reading, whatever is told meanwhile.
func TestAFrameIsDrawnOnce(t *testing.T) {
	d := watched(t, env(t, tuitest.Palette(t)), 64, 8, 200, 58)
	d.Screen.View()
	if n := testing.AllocsPerRun(10, func() {
		d.Screen.Update(screen.Arrived{Events: []engine.Event{{Fact: engine.Delta{Text: "so"}}}})
		d.Screen.View()
	}); n > 3 {
		t.Errorf("a frame is drawn anew for what a sample says: %g objects", n)
	}
}
