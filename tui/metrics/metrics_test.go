package metrics_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/engine/measure"
	"github.com/aimo3/aimo3/theme"
	"github.com/aimo3/aimo3/tui/metrics"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

// measured is what a store has: a row for each of the last hours.
func measured(_ context.Context, since time.Time, take func(measure.Row)) error {
	for hour := range 48 {
		at := tuitest.Now().Add(-time.Duration(hour)*time.Hour - time.Minute)
		if at.Before(since) {
			break
		}
		for series, values := range map[string][]float64{
			`aimo3_phase_seconds{phase="thinking"}`:  {12, 40.5, 3},
			"aimo3_first_token_seconds":              {.25, .31},
			`aimo3_attempts_total{outcome="agreed"}`: nil,
			"aimo3_memory_bytes":                     {84e6},
		} {
			r := measure.Row{Series: series, At: at, Span: time.Minute}
			for _, v := range values {
				r.Add(v)
			}
			if values == nil {
				r.Raise(2)
			}
			take(r)
		}
	}
	return nil
}

func env(t *testing.T, p theme.Palette) screen.Env {
	e := tuitest.Env(t, p)
	e.Measures = measured
	return e
}

func TestFrames(t *testing.T) {
	for _, size := range [][2]int{{60, 14}, {80, 22}, {160, 48}} {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			for _, p := range theme.Palettes() {
				d := tuitest.Drive(t, metrics.New(env(t, p)), size[0], size[1])
				d.UntilShown("4 series")
				tuitest.CheckFrame(t, d.Screen.View(), size[0], size[1])
				if p.Name == tuitest.Palette(t).Name {
					tuitest.Golden(t, d.Screen.View())
				}
			}
		})
	}
}

// TestTimes: keys show a longer time and a shorter one, of which there is more and less.
func TestTimes(t *testing.T) {
	d := tuitest.Drive(t, metrics.New(env(t, tuitest.Palette(t))), 160, 48)
	d.UntilShown("last hour · 4 series")
	if !strings.Contains(d.Frame(), "phase thinking") || !strings.Contains(d.Frame(), "40.5s") || !strings.Contains(d.Frame(), "84MB") {
		t.Errorf("of the last hour\n%s", d.Frame())
	}
	d.Press("+")
	d.UntilShown("last day")
	d.Until("a day of rows", func() bool { return strings.Contains(d.Frame(), "72") })
	d.Press("-", "-")
	d.UntilShown("last hour")
	for w := range 140 {
		d.Screen.Resize(w, w%20)
		tuitest.CheckFrame(t, d.Screen.View(), w, w%20)
	}
}

// TestItSaysWhyThereIsNothing: nothing is kept, nothing was measured, or it cannot be read.
func TestItSaysWhyThereIsNothing(t *testing.T) {
	bare := metrics.New(tuitest.Env(t, tuitest.Palette(t)))
	bare.Resize(80, 22)
	if f := ansi.Strip(bare.View()); !strings.Contains(f, "--no-save") {
		t.Errorf("with nothing kept\n%s", f)
	}
	for want, err := range map[string]error{"nothing was measured in this time": nil, "it is gone": errors.New("it is gone")} {
		e := env(t, tuitest.Palette(t))
		e.Measures = func(context.Context, time.Time, func(measure.Row)) error { return err }
		tuitest.Drive(t, metrics.New(e), 80, 22).UntilShown(want)
	}
}
