package engine_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine"
)

// TestAPassageCopiesNoText: a reply of many words is looked through as it stands, since
// copies of what is left of it would make the time grow with the square of its length.
func TestAPassageCopiesNoText(t *testing.T) {
	var text strings.Builder
	for i := range 20_000 {
		fmt.Fprintf(&text, "w%d, ", i)
	}
	text.WriteString("xylophone")
	var p engine.Progress
	for i, f := range []engine.Fact{
		engine.AttemptStarted{Plan: engine.Plan{Samples: 1}},
		engine.SampleStarted{Sample: 0},
		engine.Delta{Sample: 0, Channel: engine.Reply, Text: text.String()},
	} {
		p.Apply(engine.Event{Attempt: "a1", Seq: uint64(i + 1), Fact: f})
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	found, ok := p.Passage("xylo")
	runtime.ReadMemStats(&after)
	if !ok || !strings.HasSuffix(found.Text, "xylophone") {
		t.Errorf("found %+v, %t", found, ok)
	}
	if copied, size := after.TotalAlloc-before.TotalAlloc, uint64(text.Len()); copied > 20*size {
		t.Errorf("a text of %d bytes took %d bytes of memory", size, copied)
	}
}
