package solve

import (
	"strings"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/hear"
)

func TestTool(t *testing.T) {
	for _, c := range []struct {
		code       engine.Code
		name, told string
	}{
		{engine.Code{Engine: "python"}, "python", "Runs Python code in a stateful notebook"},
		{engine.Code{Engine: "embedded", Caps: engine.Caps{CellTimeout: 10 * time.Second}}, "python", "may take 10s"},
	} {
		got := toolOf(c.code)
		if got.Name != c.name || !strings.Contains(got.Description, c.told) {
			t.Errorf("%s: %+v, want %s, %q", c.code.Engine, got, c.name, c.told)
		}
	}
}

func TestCapNote(t *testing.T) {
	few := engine.Caps{Cells: 4}
	for _, c := range []struct {
		name  string
		caps  engine.Caps
		cells int
		spent time.Duration
		want  string
	}{
		{"plenty left", engine.Caps{}, 1, time.Second, ""},
		{"four cells left", engine.Caps{}, 124, 0, ""},
		{"three cells left", engine.Caps{}, 125, 0, "[3 cells left.]"},
		{"one cell left", engine.Caps{}, 127, 0, "[1 cell left.]"},
		{"no cell left", engine.Caps{}, 128, 0, "[No cells are left. " + finishNow + "]"},
		{"the first of four", few, 1, 0, ""},
		{"the second of four", few, 2, 0, "[2 cells left.]"},
		{"the only one", engine.Caps{Cells: 1}, 1, 0, "[No cells are left. " + finishNow + "]"},
		{"time for two cells", engine.Caps{}, 1, 288 * time.Second, ""},
		{"time for one cell", engine.Caps{}, 1, 290*time.Second + 200*time.Millisecond, "[10s for code left.]"},
		{"no time left", engine.Caps{}, 1, 300 * time.Second, "[The time for code is used up. " + finishNow + "]"},
		{"more than all time", engine.Caps{}, 1, 305 * time.Second, "[The time for code is used up. " + finishNow + "]"},
		{"both", engine.Caps{}, 126, 295 * time.Second, "[2 cells and 5s for code left.]"},
		{"a total of one cell's time", engine.Caps{CellTimeout: 6 * time.Second, TotalTimeout: 6 * time.Second}, 1, time.Second, ""},
	} {
		if got := capNote(c.caps, c.cells, c.spent); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestLoopedIsTold(t *testing.T) {
	for want, r := range map[string]hear.Repeat{
		"repeated the same byte 2048 times": {Period: 1, Times: 2048}, "repeated the same 40 bytes 9 times": {Period: 40, Times: 9},
	} {
		if got := looped(r).Error(); !strings.Contains(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
