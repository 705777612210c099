package desk

import "github.com/aimo3/aimo3/engine"

// Hint tells a running attempt's sample, or all of them if it is negative, what a person has
// to say; ChangeRule sets when the attempt ends; AddSamples has it take more. All are as the
// methods of solve.Solver by their names.
func (d *Desk) Hint(id engine.AttemptID, sample int, text string) error {
	return d.solver.Hint(id, sample, text)
}

// ChangeRule is told of at Hint.
func (d *Desk) ChangeRule(id engine.AttemptID, rule engine.StopRule) error {
	return d.solver.ChangeRule(id, rule)
}

// AddSamples is told of at Hint.
func (d *Desk) AddSamples(id engine.AttemptID, n int) error { return d.solver.AddSamples(id, n) }
