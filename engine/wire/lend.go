package wire

import "github.com/aimo3/aimo3/engine"

// Lend gives the samples of an attempt whose votes were carried over what they said in the
// attempts that they were taken in, by [engine.Progress.Lend]: whoever settles a split vote
// reads it. Events are read as EachEvent does, of the attempt that page is told. Of an
// attempt that cannot be read nothing is lent.
func Lend(p *engine.Progress, full int, page func(id engine.AttemptID, after uint64) ([]engine.Event, error)) {
	read := map[engine.AttemptID]bool{"": true, p.ID: true}
	for i := range p.Samples {
		id := p.Samples[i].From
		if read[id] {
			continue
		}
		read[id] = true
		var from engine.Progress
		err := EachEvent(full, func(after uint64) ([]engine.Event, error) { return page(id, after) }, func(e engine.Event) error {
			from.Apply(e)
			return nil
		})
		if err == nil {
			p.Lend(&from)
		}
	}
}
