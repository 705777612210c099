package phrase

import (
	"iter"
	"slices"

	"github.com/aimo3/aimo3/engine"
)

// Part is a stretch of a sample: text on one channel, untrusted, a cell, or a hint.
// Text on the Writing channel is code that never ran.
type Part struct {
	Channel engine.Channel
	Text    string
	Number  int                  // of the cell, from 1
	Cell    *engine.CellProgress // nil for all else
	Hint    string               // what a person told the sample; "" for all else
}

// Parts are what a sample said, had run and was told, in order: its cells and hints with
// the text around them, thinking before reply.
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
		for _, m := range marks(s) {
			if !tell(engine.Thinking, m.thinking) || !tell(engine.Reply, m.reply) || !yield(m.part) {
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

// mark is a part that is no text, and how much of the text came before it.
type mark struct {
	thinking, reply int
	part            Part
}

// marks are a sample's cells and hints in order. Of two at one place the cell is first:
// a hint that comes while code runs is heard after it.
func marks(s *engine.SampleProgress) []mark {
	var all []mark
	for i := range s.Cells {
		c := &s.Cells[i]
		all = append(all, mark{c.Thinking, c.Reply, Part{Number: i + 1, Cell: c}})
	}
	for _, h := range s.Hints {
		all = append(all, mark{h.Thinking, h.Reply, Part{Hint: h.Text}})
	}
	slices.SortStableFunc(all, func(a, b mark) int { return a.thinking + a.reply - b.thinking - b.reply })
	return all
}
