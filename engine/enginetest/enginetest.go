// Package enginetest is what the tests of several packages share about attempts:
// the fold over events, and the recorded traces of real models.
package enginetest

import "github.com/aimo3/aimo3/engine"

// Fold is the progress that events tell of.
func Fold(events []engine.Event) *engine.Progress {
	p := new(engine.Progress)
	for _, e := range events {
		p.Apply(e)
	}
	return p
}
