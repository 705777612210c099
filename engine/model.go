package engine

import (
	"fmt"
	"slices"
	"strings"
)

// families are the model families that solve mathematics well, by the
// beginning of their names.
var families = []string{"gpt-oss", "qwen3", "qwq", "deepseek-r1", "phi4-reasoning", "phi4-mini-reasoning", "magistral", "openthinker", "nemotron", "qwen2.5-math", "mathstral"}

// Choose picks the installed model to use. If wanted is not empty it is that
// one, with the tag "latest" where none is given; a name that is not installed
// is a NoModel [Fault] that names the nearest ones. Otherwise it is the largest
// model of a family known for mathematics, else the one changed last. Models
// that can only embed are passed over.
func Choose(installed []Model, wanted string) (Model, error) {
	if wanted = strings.TrimSpace(wanted); wanted != "" {
		return named(installed, wanted)
	}
	var best *Model
	for i := range installed {
		m := &installed[i]
		if generates(*m) && (best == nil || better(*m, *best)) {
			best = m
		}
	}
	if best == nil {
		return Model{}, &Fault{Class: NoModel, What: "the server has no model installed", Todo: "get one with `aimo3 models pull`"}
	}
	return *best, nil
}

func named(installed []Model, wanted string) (Model, error) {
	names := make([]string, 0, len(installed))
	for _, m := range installed {
		if strings.EqualFold(m.Name, wanted) || strings.EqualFold(m.Name, wanted+":latest") {
			return m, nil
		}
		names = append(names, m.Name)
	}
	f := &Fault{Class: NoModel, What: "no model " + quote(wanted) + " is installed", Todo: fmt.Sprintf("get it with `aimo3 models pull %s`", wanted)}
	switch near := Near(wanted, names); {
	case len(near) > 0:
		f.Todo = "did you mean " + strings.Join(near, " or ") + "? If not, " + f.Todo
	case len(names) > 0:
		f.Todo += "; installed: " + strings.Join(names[:min(len(names), 5)], ", ")
	}
	return Model{}, f
}

func better(m, than Model) bool {
	known, rival := forMaths(m), forMaths(than)
	switch {
	case known != rival:
		return known
	case known && m.Size != than.Size:
		return m.Size > than.Size
	}
	return m.Modified.After(than.Modified)
}

func forMaths(m Model) bool {
	name := strings.ToLower(m.Name)
	name = name[strings.LastIndexByte(name, '/')+1:]
	return slices.ContainsFunc(families, func(f string) bool { return strings.HasPrefix(name, f) })
}

func generates(m Model) bool {
	if len(m.Capabilities) > 0 {
		return slices.Contains(m.Capabilities, "completion")
	}
	return !strings.Contains(strings.ToLower(m.Name+m.Family), "embed") && !strings.Contains(strings.ToLower(m.Family), "bert")
}
