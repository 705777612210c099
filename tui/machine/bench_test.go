package machine_test

import (
	"fmt"
	"testing"

	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

// A frame has the whole last hour in view, which costs more than less of it.
func BenchmarkFrame(b *testing.B) {
	for _, of := range []struct{ cores, gpus, w, h int }{{8, 2, 80, 22}, {8, 2, 200, 58}, {64, 8, 200, 58}} {
		b.Run(fmt.Sprintf("%d-cores-%d-gpus-%dx%d", of.cores, of.gpus, of.w, of.h+2), func(b *testing.B) {
			e := env(b, tuitest.Palette(b))
			for second := range 3000 {
				e.Hour.Add(reading(second-3000, of.cores, of.gpus))
			}
			d := watched(b, e, of.cores, of.gpus, of.w, of.h)
			r := screen.MachineRead{Reading: reading(601, of.cores, of.gpus)}
			d.Press("+", "+")
			for b.Loop() {
				d.Screen.Update(r)
				_ = d.Screen.View()
			}
		})
	}
}
