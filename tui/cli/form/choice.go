package form

import "github.com/aimo3/aimo3/engine"

// Choice is one way of choosing that was tried on a split vote, in JSON.
type Choice struct {
	engine.ChoiceStarted
	Ended  bool          `json:"ended"`
	Answer engine.Answer `json:"answer"`           // "" if it settled nothing
	Scores []float64     `json:"scores,omitempty"` // of the candidates, in their order; of a judge, its picks
}

func formOfChoice(c *engine.Choosing) Choice {
	f := Choice{ChoiceStarted: c.ChoiceStarted, Ended: c.Ended != nil}
	if f.Ended {
		f.Answer, f.Scores = c.Ended.Answer, c.Ended.Scores
	}
	return f
}
