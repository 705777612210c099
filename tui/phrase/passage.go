package phrase

import (
	"fmt"

	"github.com/aimo3/aimo3/engine"
)

// Place is a passage with where it stands: `sample 2, cell 1: …`. It is hostile until
// sanitised.
func Place(e engine.Passage) string {
	if e.Cell > 0 {
		return fmt.Sprintf("sample %d, cell %d: %s", e.Sample+1, e.Cell, e.Text)
	}
	return fmt.Sprintf("sample %d: %s", e.Sample+1, e.Text)
}
