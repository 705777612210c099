package cli

import (
	"fmt"

	"github.com/aimo3/aimo3/engine/rescore"
	"github.com/aimo3/aimo3/tui/cli/form"
	"github.com/aimo3/aimo3/tui/phrase"
)

// replayedRun is what stop rules make of votes drawn from the samples of a run.
type replayedRun struct {
	Run      string             `json:"run"`
	Problems int                `json:"problems"` // that have enough samples
	Samples  int                `json:"samples"`  // of each vote
	Orders   int                `json:"orders"`   // votes of each problem
	Rules    []rescore.Replayed `json:"rules"`
}

// replay has stop rules decide votes drawn from each of the runs.
func (o *reported) replay(sets []votedSet, how rescore.Replaying) {
	for _, one := range sets {
		r := replayedRun{Run: one.set.Name, Samples: how.Samples, Orders: how.Orders}
		r.Rules, r.Problems = one.set.Replay(how)
		o.Replayed = append(o.Replayed, r)
	}
}

func (r *replayedRun) sheet() phrase.Sheet {
	s := phrase.Sheet{
		Title: fmt.Sprintf("Stop rules: %s votes of %d samples of each of %s, %s", form.Thousands(r.Orders), r.Samples, form.Count(r.Problems, "problem"), form.Line(r.Run)),
		Head:  []string{"rule", "right", "samples", "saved", "right at once", "saved", "changed"},
	}
	for i := range r.Rules {
		one, other := r.Rules[i].OneByOne, r.Rules[i].AtOnce
		s.Rows = append(s.Rows, []string{
			string(r.Rules[i].Rule), fmt.Sprintf("%.3f", one.Share(one.Right)), fmt.Sprintf("%.2f", one.Share(one.Samples)), fmt.Sprintf("%.1f %%", 100*one.Saved()),
			fmt.Sprintf("%.3f", other.Share(other.Right)), fmt.Sprintf("%.1f %%", 100*other.Saved()), form.Thousands(one.Changed + other.Changed),
		})
	}
	return s
}
