package live_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/engine/monitor"
	"github.com/aimo3/aimo3/theme"
	"github.com/aimo3/aimo3/tui/live"
	"github.com/aimo3/aimo3/tui/screen"
)

// withCards is a reading of a machine with so many GPUs, the last of which is lost.
func withCards(n int) screen.MachineRead {
	r := reading.Reading
	r.NoGPU = ""
	for i := range n {
		g := monitor.GPU{
			Index: i, Name: "NVIDIA H100 80GB HBM3", Util: monitor.Value{N: 10}, Temperature: monitor.Value{N: 41}, Power: monitor.Value{N: 118.5},
			Memory: monitor.Usage{Of: "VRAM", Used: 10e9, Total: 80e9},
		}
		if i > 0 && i == n-1 {
			lost := monitor.Value{Missing: "gpu is lost"}
			g.Util, g.Temperature, g.Power, g.Memory = lost, lost, lost, monitor.Usage{Of: "VRAM", Missing: lost.Missing}
		}
		r.GPUs = append(r.GPUs, g)
	}
	return screen.MachineRead{Reading: r}
}

func TestManyCardsPushNothingOut(t *testing.T) {
	for _, row := range []struct {
		cards, width, height int
		want                 []string
	}{
		{1, 160, 48, []string{"GPU ", "gpu 0  NVIDIA"}},
		{2, 160, 48, []string{"GPU0", "GPU1", "gpu is lost", "gpu 1  NVIDIA"}},
		{4, 160, 48, []string{"GPU0", "GPU3", "gpu is lost"}},
		{5, 160, 48, []string{"+3 more, 5 in all", "4 of 5 GPUs", "40.0 GB / 320 GB"}},
		{16, 160, 48, []string{"GPU0", "GPU1", "+14 more, 16 in all", "10%  15 of 16 GPUs", "150 GB / 1.2 TB", "context", "cores"}},
		{16, 120, 34, []string{"GPU0", "GPU1", "+14 more, 16 in all", "15 of 16 GPUs"}},
		{16, 96, 22, []string{"more, 16 in all", "15 of 16 GPUs"}},
		{16, 80, 22, []string{"15 of 16 GPUs"}},
		{2, 80, 22, []string{"1 of 2 GPUs"}},
		{256, 80, 22, []string{"255 of 256 GPUs"}},
		{256, 160, 48, []string{"+254 more, 256 in all"}},
	} {
		s := live.New(env(theme.Palettes()[0]), "a1", problem)
		fill(s, midRun())
		s.Update(withCards(row.cards))
		s.Resize(row.width, row.height)
		name := fmt.Sprintf("%d GPUs at %dx%d", row.cards, row.width, row.height)
		checkFrame(t, name, s.View(), row.width, row.height)
		frame := ansi.Strip(s.View())
		for _, text := range append(row.want, "CPU", "MEM", "model  qwen3:8b", "disk ", "aimo3 ") {
			if !strings.Contains(frame, text) {
				t.Errorf("%s: no %q in\n%s", name, text, frame)
			}
		}
	}
}

// TestCardsThatTellNothing is of cards that are all there and tell nothing.
func TestCardsThatTellNothing(t *testing.T) {
	r := withCards(16)
	for i := range r.Reading.GPUs {
		r.Reading.GPUs[i] = withCards(2).Reading.GPUs[1]
	}
	s := live.New(env(theme.Palettes()[0]), "a1", problem)
	fill(s, midRun())
	s.Update(r)
	s.Resize(160, 48)
	if frame := ansi.Strip(s.View()); !strings.Contains(frame, "gpu is lost  0 of 16") || strings.Contains(frame, "gpu is lost  gpu is lost") {
		t.Errorf("got\n%s", frame)
	}
}
