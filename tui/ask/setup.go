package ask

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/pane"
	"github.com/aimo3/aimo3/tui/screen"
)

// maxSamplesByKey is as far as the keys go; more is for the command line.
const maxSamplesByKey = 64

// setup is what would run, and whether it can.
type setup struct {
	server *engine.Server // nil until first seen
	chosen engine.Plan    // as wished, with what goes unsaid filled; its Model may be empty
	wished engine.Options // as they were said
	last   string         // the model that was used last; "" if none was
	model  engine.Model   // that would run
	fault  error          // why none would
	tools  []engine.Tools // what may run the model's code, in the order of the key
}

// newSetup is of a build that has a Python in it, or not; last is the model that was used last.
func newSetup(p engine.Plan, last string, embedded bool) setup {
	tools := []engine.Tools{engine.ToolsAuto, engine.ToolsPython, engine.ToolsEmbedded, engine.ToolsOff}
	if !embedded {
		tools = slices.DeleteFunc(tools, func(t engine.Tools) bool { return t == engine.ToolsEmbedded })
	}
	return setup{last: last, tools: tools, chosen: p.WithDefaults(), wished: p.Options, fault: &engine.Fault{Class: engine.Unreachable, What: "still looking for the model server", Todo: "try again in a moment"}}
}

func (u *setup) see(server engine.Server) {
	u.server = &server
	switch {
	case server.Busy != "":
		u.fault = &engine.Fault{Class: engine.Unreachable, What: "not ready yet: " + server.Busy, Todo: "wait a moment"}
	case server.Fault != nil:
		u.fault = server.Fault
	case server.Version == "":
		u.fault = &engine.Fault{Class: engine.Unreachable, What: "no model server answers at " + server.Host, Todo: "start it"}
	default:
		u.model, u.fault = engine.Choose(server.Models, u.picked())
	}
}

// picked is the model that was chosen or else was used last, if that is there yet; "" if
// the best is to be asked.
func (u *setup) picked() string {
	if u.server == nil {
		return u.chosen.Model
	}
	return screen.Picked(u.server.Models, u.chosen.Model, u.last)
}

// used is what an attempt is asked for with, the model only if it was picked.
func (u *setup) used() engine.Plan {
	p := u.chosen
	p.Model = u.picked()
	return p
}

func (u *setup) choose(model string) {
	u.chosen.Model = model
	if u.server != nil {
		u.see(*u.server)
	}
}

// rebase takes in that settings made one plan and now make another: what did not change in
// them stays as it was chosen here.
func (u *setup) rebase(before, now engine.Plan) {
	was, fresh, kept := before.WithDefaults(), now.WithDefaults(), u.chosen
	if fresh.Model == was.Model {
		fresh.Model = kept.Model
	}
	if fresh.Tools == was.Tools {
		fresh.Tools = kept.Tools
	}
	if all := fresh.Parallel >= fresh.Samples; fresh.Samples == was.Samples {
		fresh.Samples = kept.Samples
		if all || fresh.Parallel > fresh.Samples {
			fresh.Parallel = fresh.Samples
		}
	}
	u.chosen, u.wished = fresh, now.Options
	u.choose(fresh.Model)
}

// adjust changes the number of samples. How many run at once follows it unless
// it was limited.
func (u *setup) adjust(by int) {
	p := &u.chosen
	all := p.Parallel >= p.Samples
	p.Samples = min(max(p.Samples+by, 1), max(p.Samples, maxSamplesByKey))
	if all || p.Parallel > p.Samples {
		p.Parallel = p.Samples
	}
}

// scale doubles the number of samples, or halves it.
func (u *setup) scale(up bool) {
	if n := u.chosen.Samples; up {
		u.adjust(n)
	} else {
		u.adjust(n/2 - n)
	}
}

// retool goes on to the next of what may run the model's code, off among them.
func (u *setup) retool() {
	u.chosen.Tools = u.tools[(slices.Index(u.tools, u.chosen.Tools)+1)%len(u.tools)]
}

func (u *setup) ready() error { return u.fault }

func (u *setup) busy() bool { return u.server != nil && u.server.Busy != "" }

// silent says that no server answers, and none is on its way.
func (u *setup) silent() bool { return !u.busy() && u.missing() == engine.Unreachable }

// missing is the class of what is missing, "" if nothing is known to be.
func (u *setup) missing() engine.Class {
	if u.server == nil || u.fault == nil {
		return ""
	}
	return engine.ClassOf(u.fault)
}

func (u *setup) plan() engine.Plan {
	p := u.chosen
	p.Model, p.Options = cmp.Or(u.model.Name, p.Model), u.wished // what was not said depends on the machine
	return p
}

// words name what would run, the most important first; without the stop rule.
func (u *setup) words() []string {
	p := u.chosen
	samples := fmt.Sprintf("%d samples", p.Samples)
	switch {
	case p.Samples == 1:
		samples = "1 sample"
	case p.Parallel < p.Samples:
		samples += fmt.Sprintf(", %d at once", p.Parallel)
	}
	words := []string{samples, pane.Window(p.Options.NumCtx) + " context"}
	if p.Tools != engine.ToolsAuto { // which goes without saying: 80 columns are few
		words = append(words, "tools "+string(p.Tools))
	}
	return words
}
