package ollama

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"github.com/aimo3/aimo3/engine"
)

// tagged is a model's name with its tag, as the server lists it.
func tagged(name string) string {
	if strings.Contains(name[strings.LastIndex(name, "/")+1:], ":") {
		return name
	}
	return name + ":latest"
}

// validName says whether Ollama would take a name for a new model.
func validName(name string) bool {
	const part = `[a-z0-9_][a-z0-9_.-]{0,79}`
	return regexp.MustCompile(`^[a-z0-9_][a-z0-9_.:-]{0,349}/[a-z0-9_][a-z0-9_-]{0,79}/` + part + `:` + part + `$`).MatchString(engine.FullName(name))
}

// sameModel says whether two names are of one model.
func sameModel(a, b string) bool { return engine.FullName(a) == engine.FullName(b) }

// noModel is the fault for a model that the server lacks.
func (c *Client) noModel(ctx context.Context, name string) *engine.Fault {
	f := &engine.Fault{Class: engine.NoModel, What: fmt.Sprintf("the model %q is not installed on %s", clean(name), c.Host())}
	get := fmt.Sprintf("get it with `ollama pull %s` or `aimo3 models pull %[1]s`", clean(name))
	f.Todo = get
	ctx, cancel := context.WithTimeout(ctx, answerTimeout)
	defer cancel()
	installed, err := c.Models(ctx)
	if err != nil {
		return f
	}
	var names []string
	for _, m := range installed {
		if sameModel(m.Name, name) {
			f.What = fmt.Sprintf("%s lists the model %q, and says that it is not there", c.Host(), clean(name))
			f.Todo = "files of it may be missing: " + get
			return f
		}
		if m.Replies() {
			names = append(names, clean(m.Name))
		}
	}
	if near := engine.Near(name, names); len(near) > 0 {
		f.Todo = "did you mean " + strings.Join(near, " or ") + "? or " + get
	}
	return f
}
