package solve

import (
	"fmt"
	"hash/fnv"
	"time"

	"github.com/aimo3/aimo3/engine"
)

// Version names all that the loop itself says to models, and how often it tries
// again: it changes with any of it.
func Version() string {
	h := fnv.New64a()
	caps := engine.Caps{}.WithDefaults()
	_, _ = fmt.Fprintln(h, toolOf(engine.Code{}), finishNow, stopThinking, hintOf(""), noCellsLeft, noTimeLeft, maxRetries,
		capNote(caps, caps.Cells, 0), capNote(caps, 0, caps.TotalTimeout), capNote(caps, caps.Cells-1, 0),
		capNote(caps, 0, caps.TotalTimeout-time.Second), capNote(caps, caps.Cells-1, caps.TotalTimeout-time.Second))
	return fmt.Sprintf("%016x", h.Sum64())
}
