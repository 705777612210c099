package desk

import (
	"context"

	"github.com/aimo3/aimo3/engine"
)

// Check says why a problem cannot be attempted as plan wishes, as Attempt does before its
// first event; nil if it can as far as is known now. It asks the servers, and keeps nothing.
func (d *Desk) Check(ctx context.Context, problem engine.Problem, plan engine.Plan) error {
	if _, err := engine.CheckStatement(problem.Statement); err != nil {
		return err
	}
	_, _, err := d.resolve(ctx, d.Server(ctx), plan)
	return err
}

// canRun fails if what is to run code is named and is not there. What is left to
// the program is found when the first sample begins.
func (d *Desk) canRun(ctx context.Context, tools engine.Tools) error {
	if tools == "" || tools == engine.ToolsAuto || tools == engine.ToolsOff || d.with.Notebook == nil {
		return nil
	}
	_, err := d.with.Notebook(ctx, tools)
	return err
}
