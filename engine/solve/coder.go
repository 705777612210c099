package solve

import (
	"context"
	"errors"
	"strings"
	"sync"
	"time"

	"github.com/aimo3/aimo3/engine"
)

// coder runs the code of one sample, in a session that is opened while the
// model still writes its first words.
type coder struct {
	sample int
	tell   func(engine.Fact)
	code   engine.Code
	open   func(ctx context.Context, caps engine.Caps) (engine.Session, error)

	opening sync.WaitGroup
	giveUp  context.CancelFunc // ends the opening
	session engine.Session
	fault   error           // why there is no session
	cells   int             // begun so far
	spent   time.Duration   // by all cells
	last    string          // what the latest cell printed, as the model was shown it
	outputs strings.Builder // what all printed, likewise, up to maxOutputsBytes
}

const maxOutputsBytes = 256 << 10

// printed is what the latest cell printed, and what all did.
func (c *coder) printed() (last, all string) { return c.last, c.outputs.String() }

// noOutput stands for an output of nothing, which a model may take for a fault.
const noOutput = "[WARN] No output available: the cell printed nothing, and its last line has no value to show."

// begin starts to open a session and returns at once.
func (c *coder) begin(ctx context.Context) {
	ctx, c.giveUp = context.WithCancel(ctx)
	c.opening.Go(func() { c.session, c.fault = c.open(ctx, c.code.Caps) })
}

// close ends the session, also one that is still being opened.
func (c *coder) close() {
	c.giveUp()
	c.opening.Wait()
	if c.session != nil {
		_ = c.session.Close() // whatever it says, nobody can do anything about it
		c.session = nil
	}
}

// run runs the code of a call, unless a cap is reached, and returns what the
// model is told. Turns are how many replies the model has left. The error is
// that ctx ended.
func (c *coder) run(ctx context.Context, call engine.Call, turns int) (string, error) {
	caps := c.code.Caps
	switch {
	case call.Wrong != "":
		return call.Wrong, nil
	case c.cells >= caps.Cells:
		return noCellsLeft, nil
	case c.spent >= caps.TotalTimeout:
		return noTimeLeft, nil
	}
	c.cells++
	c.tell(engine.CodeStarted{Sample: c.sample, Number: c.cells, Code: call.Code})
	cell, err := c.cell(ctx, call.Code)
	if err != nil {
		return "", err
	}
	c.spent += cell.Took
	c.tell(engine.CodeFinished{Sample: c.sample, Number: c.cells, Cell: cell})
	c.last = strings.TrimRight(engine.Excerpt(cell.Output, caps.OutputChars), "\n")
	if c.outputs.Len() < maxOutputsBytes {
		c.outputs.WriteString(c.last + "\n")
	}
	told := strings.TrimRight(engine.Excerpt(cell.Text(), caps.OutputChars), "\n")
	if strings.TrimSpace(told) == "" {
		told = noOutput
	}
	caps.Cells = min(caps.Cells, c.cells+turns-1) // the last reply is for the answer
	if note := capNote(caps, c.cells, c.spent); note != "" {
		told += "\n\n" + note
	}
	return told, nil
}

// cell runs one cell. A session that fails is the cell's error, and a new one
// is opened for the next cell.
func (c *coder) cell(ctx context.Context, code string) (engine.Cell, error) {
	c.opening.Wait()
	if c.session == nil && c.fault == nil {
		c.session, c.fault = c.open(ctx, c.code.Caps)
	}
	began := time.Now()
	err := c.fault
	var cell engine.Cell
	if err == nil {
		cell, err = c.session.Run(ctx, code)
	}
	switch {
	case err == nil:
		return cell, nil
	case ctx.Err() != nil:
		return engine.Cell{}, context.Cause(ctx)
	}
	if c.session != nil {
		_ = c.session.Close()
	}
	c.session, c.fault = nil, nil
	cell = engine.Cell{Err: "The code could not be run: " + whatHappened(err) + ". Names of earlier cells are gone.\n", Took: time.Since(began)}
	return cell, nil
}

// whatHappened is what an error says happened, without what a person could do about it.
func whatHappened(err error) string {
	var f *engine.Fault
	if errors.As(err, &f) {
		return engine.HideSecrets(f.What)
	}
	return engine.HideSecrets(err.Error())
}
