package tui

import (
	"fmt"
	"io"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/phrase"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// maxFarewells is how many verdicts are told after the app: the latest.
const maxFarewells = 5

// farewell are the verdicts of the attempts that ended while the app was shown, for those
// who look for them once its screens are gone.
type farewell struct {
	saved bool // what ended is stored, so that it can be shown
	all   []engine.Event
	sizes map[engine.AttemptID]int // samples of each attempt
}

// see takes in a message that reaches the app.
func (f *farewell) see(msg tea.Msg) {
	arrived, is := msg.(screen.Arrived)
	if !is {
		return
	}
	for _, e := range arrived.Events {
		switch fact := e.Fact.(type) {
		case engine.AttemptStarted:
			if f.sizes == nil {
				f.sizes = map[engine.AttemptID]int{}
			}
			f.sizes[e.Attempt] = fact.Plan.Samples
		case engine.AttemptFinished:
			f.all = append(f.all, e)
		}
	}
}

// tell writes a line for each.
func (f *farewell) tell(out io.Writer) {
	rest := len(f.all) - maxFarewells
	for _, e := range f.all[max(rest, 0):] {
		ended, _ := e.Fact.(engine.AttemptFinished)
		v := ended.Verdict
		parts := []string{"No answer"}
		if v.Answer != "" {
			parts = []string{"Answer: " + termsafe.Line(string(v.Answer)), fmt.Sprintf("%d of %d", v.Votes, v.Of)}
		}
		parts = append(parts, phrase.Doubt(&v, f.sizes[e.Attempt]))
		if f.saved {
			parts = append(parts, "aimo3 history show "+string(e.Attempt))
		} else {
			parts = append(parts, "attempt "+string(e.Attempt)+", not saved")
		}
		parts = slices.DeleteFunc(parts, func(p string) bool { return p == "" })
		_, _ = fmt.Fprintln(out, termsafe.Line(strings.Join(parts, dot)))
	}
	if rest > 0 && f.saved {
		_, _ = fmt.Fprintln(out, termsafe.Line(fmt.Sprintf("and %d before: aimo3 history list", rest)))
	}
}
