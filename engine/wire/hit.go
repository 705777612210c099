package wire

import "github.com/aimo3/aimo3/engine"

// Hit is an attempt of a list and, where that was asked for, the place at which the words that
// were searched for stand in what one of its samples said.
type Hit struct {
	engine.Summary
	Found *engine.Passage `json:"found,omitempty"`
}

// MaxPassages is how many attempts of a list are read through for the words, the first ones.
const MaxPassages = 20

// Hits are attempts with passages, which look finds; see engine.Progress.Passage. An error of
// it ends the search. Without words no attempt is read.
func Hits(all []engine.Summary, words string, look func(engine.AttemptID) (engine.Passage, bool, error)) ([]Hit, error) {
	hits := make([]Hit, len(all))
	for i, a := range all {
		hits[i].Summary = a
		if words == "" || i >= MaxPassages {
			continue
		}
		if p, ok, err := look(a.ID); err != nil {
			return nil, err
		} else if ok {
			hits[i].Found = &p
		}
	}
	return hits, nil
}
