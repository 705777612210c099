package phrase

import (
	"iter"

	"github.com/aimo3/aimo3/engine"
)

// Part is a stretch of a sample: text on one channel, untrusted, or a cell.
// Text on the Writing channel is code that never ran.
type Part struct {
	Channel engine.Channel
	Text    string
	Number  int                  // of the cell, from 1
	Cell    *engine.CellProgress // nil for text
}

// Parts are what a sample said and had run, in order: its cells with the text
// around them, thinking before reply.
func Parts(s *engine.SampleProgress) iter.Seq[Part] {
	return func(yield func(Part) bool) {
		all := map[engine.Channel]string{engine.Thinking: s.Thinking.String(), engine.Reply: s.Reply.String(), engine.Writing: s.Writing.String()}
		told := map[engine.Channel]int{}
		tell := func(c engine.Channel, to int) bool {
			from := told[c]
			told[c] = min(max(to, from), len(all[c]))
			text := all[c][from:told[c]]
			return text == "" || yield(Part{Channel: c, Text: text})
		}
		for i := range s.Cells {
			c := &s.Cells[i]
			if !tell(engine.Thinking, c.Thinking) || !tell(engine.Reply, c.Reply) || !yield(Part{Number: i + 1, Cell: c}) {
				return
			}
		}
		for _, c := range []engine.Channel{engine.Thinking, engine.Reply, engine.Writing} {
			if !tell(c, len(all[c])) {
				return
			}
		}
	}
}
