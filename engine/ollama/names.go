package ollama

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/aimo3/aimo3/engine"
)

// full is a model's name with its tag, as the server lists it.
func full(name string) string {
	if strings.Contains(name[strings.LastIndex(name, "/")+1:], ":") {
		return name
	}
	return name + ":latest"
}

func sameModel(a, b string) bool { return strings.EqualFold(full(a), full(b)) }

// noModel is the fault for a model that the server lacks.
func (c *Client) noModel(ctx context.Context, name string) *engine.Fault {
	f := &engine.Fault{Class: engine.NoModel, What: fmt.Sprintf("the model %q is not installed on %s", clean(name), c.Host())}
	get := fmt.Sprintf("get it with `ollama pull %s` or `aimo3 models pull %[1]s`", clean(name))
	f.Todo = get
	ctx, cancel := context.WithTimeout(ctx, answerTime)
	defer cancel()
	installed, err := c.Models(ctx)
	if err != nil {
		return f
	}
	names := make([]string, len(installed))
	for i, m := range installed {
		names[i] = clean(m.Name)
	}
	if near := nearest(name, names); len(near) > 0 {
		f.Todo = "did you mean " + strings.Join(near, " or ") + "? or " + get
	}
	return f
}

// nearest are at most three of names that someone who wrote name may have
// meant, the likeliest first.
func nearest(name string, names []string) []string {
	far := map[string]int{}
	var near []string
	for _, n := range names {
		base, _, _ := strings.Cut(n, ":")
		wanted, _, _ := strings.Cut(name, ":")
		d := min(distance(full(name), n), distance(wanted, base)+1)
		if d <= max(2, len(base)/3) {
			near, far[n] = append(near, n), d
		}
	}
	slices.SortStableFunc(near, func(a, b string) int { return far[a] - far[b] })
	return near[:min(len(near), 3)]
}

// distance is the number of bytes to insert, remove or change to make b of a.
func distance(a, b string) int {
	a, b = strings.ToLower(a), strings.ToLower(b)
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, diagonal+1, row[j]+1)
		}
	}
	return row[len(b)]
}
