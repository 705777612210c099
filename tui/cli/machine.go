package cli

import (
	"fmt"

	"github.com/aimo3/aimo3/engine/monitor"
	"github.com/aimo3/aimo3/tui/cli/form"
)

// checkMachine says what this machine has.
func checkMachine(r monitor.Reading) []finding {
	const roomy, cramped = 5e9, 0.5e9
	found := []finding{left("disk", r.Disk, cramped, "free some space: attempts are saved there"), left("memory", r.Memory, roomy, "close other programs, or use a smaller model")}
	if len(r.GPUs) == 0 {
		f := finding{Component: "gpu", State: warn, What: r.NoGPU, Todo: "models will run on the CPU, slowly"}
		if r.GPUsPending {
			f.Todo = "run `aimo3 doctor` again in a moment"
		}
		return append(found, f)
	}
	for _, g := range r.GPUs {
		what := g.Name + ", memory unknown: " + g.Memory.Missing
		if g.Memory.Missing == "" {
			free := g.Memory.Total - min(g.Memory.Used, g.Memory.Total)
			what = fmt.Sprintf("%s, %s of %s free", g.Name, form.Size(free), form.Size(g.Memory.Total))
		}
		found = append(found, finding{Component: "gpu", State: pass, What: what})
	}
	if r.GPUsPending {
		found = append(found, finding{Component: "gpu", State: warn, What: "there may be more: not every driver has answered yet"})
	}
	return found
}

// left judges a usage by the bytes that it leaves free.
func left(component string, u monitor.Usage, least float64, todo string) finding {
	if u.Missing != "" {
		return finding{Component: component, State: warn, What: "unknown: " + u.Missing}
	}
	free := u.Total - min(u.Used, u.Total)
	f := finding{Component: component, State: pass, What: fmt.Sprintf("%s of %s free", form.Size(free), form.Size(u.Total))}
	if float64(free) < least {
		f.State, f.Todo = warn, todo
	}
	return f
}
