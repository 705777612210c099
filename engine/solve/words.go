package solve

import (
	"fmt"
	"strings"
	"time"

	"github.com/aimo3/aimo3/engine"
)

// What the loop itself says to a model. How a conversation begins is not here
// but in the prompt.

// toolOf is the tool by which a model has its code run.
func toolOf(c engine.Code) engine.Tool {
	name := c.Language()
	caps := c.Caps.WithDefaults()
	return engine.Tool{Name: name, Description: fmt.Sprintf("Runs %s code in a stateful notebook: names stay from one call to the next, "+
		"and the value of the last expression is shown. A call may take %s.", strings.ToUpper(name[:1])+name[1:], caps.CellTimeout)}
}

// finishNow ends what is said to a model that may run nothing more.
const finishNow = `Give the final answer now, from what you have, in \boxed{}.`

// stopThinking is said to a model that has passed the bound on thinking.
const stopThinking = "The time for thinking is over. " + finishNow

// hintOf is how a model is told what a person says to it.
func hintOf(text string) string {
	return "The user adds:\n" + text + "\n\nGo on from where you were, with this in mind."
}

// What stands in place of an output when code was not run.
const (
	noCellsLeft = "This code was not run: no cells are left. " + finishNow
	noTimeLeft  = "This code was not run: the time for code is used up. " + finishNow
)

// capNote is what a model is told below an output once its caps are near, with
// what is left of them; "" before that, when an output is shown as it is.
func capNote(caps engine.Caps, cells int, spent time.Duration) string {
	caps = caps.WithDefaults()
	left, remaining := caps.Cells-cells, (caps.TotalTimeout - spent).Round(time.Second)
	few := left <= min(3, caps.Cells/2)
	short := remaining < 2*caps.CellTimeout && remaining < caps.TotalTimeout/2
	switch {
	case left <= 0:
		return "[No cells are left. " + finishNow + "]"
	case remaining <= 0:
		return "[The time for code is used up. " + finishNow + "]"
	case few && short:
		return fmt.Sprintf("[%s and %s for code left.]", countOf(left), remaining)
	case few:
		return fmt.Sprintf("[%s left.]", countOf(left))
	case short:
		return fmt.Sprintf("[%s for code left.]", remaining)
	}
	return ""
}

func countOf(cells int) string {
	if cells == 1 {
		return "1 cell"
	}
	return fmt.Sprintf("%d cells", cells)
}
