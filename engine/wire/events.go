package wire

import "github.com/aimo3/aimo3/engine"

// EachEvent calls do with every event of an attempt, in order. They are read a page at a
// time: page returns those after a number, at most so many as a full page has.
func EachEvent(full int, page func(after uint64) ([]engine.Event, error), do engine.Sink) error {
	for after := uint64(0); ; {
		events, err := page(after)
		if err != nil {
			return err
		}
		for _, e := range events {
			if err := do(e); err != nil {
				return err
			}
			after = e.Seq
		}
		if len(events) < full {
			return nil
		}
	}
}

// ProgressOf folds all stored events of an attempt, read as EachEvent does. What its first
// event would say is taken from the list too, should the event be damaged.
func ProgressOf(listed engine.Summary, full int, page func(after uint64) ([]engine.Event, error)) (*engine.Progress, error) {
	var p engine.Progress
	err := EachEvent(full, page, func(e engine.Event) error {
		p.Apply(e)
		return nil
	})
	if p.ID == "" {
		p.ID, p.Problem, p.Begun, p.Latest = listed.ID, listed.Problem, listed.Begun, listed.Begun.Add(listed.Took)
	}
	return &p, err
}
