package wire

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/aimo3/aimo3/engine"
)

// maxDeleted is among how many of the latest deleted attempts one is found by the beginning
// of its ID.
const maxDeleted = 10_000

// Deleted is the ID of the one deleted attempt that name begins.
func Deleted(ctx context.Context, l interface {
	Attempts(context.Context, engine.Filter) ([]engine.Summary, error)
}, name string,
) (engine.AttemptID, error) {
	f := engine.Filter{Limit: maxDeleted, Terms: []engine.Term{{Key: engine.KeyIs, Value: string(engine.TraitDeleted)}}}
	all, err := l.Attempts(ctx, f)
	if err != nil {
		return "", err
	}
	all = slices.DeleteFunc(all, func(a engine.Summary) bool { return name == "" || !strings.HasPrefix(string(a.ID), name) })
	switch len(all) {
	case 0:
		return "", &engine.Fault{Class: engine.Invalid, What: fmt.Sprintf("no attempt %q is stored, deleted or not", name), Todo: "`aimo3 history list --deleted` shows those there are"}
	case 1:
		return all[0].ID, nil
	}
	return "", &engine.Fault{Class: engine.Invalid, What: fmt.Sprintf("the IDs of %d deleted attempts begin with %q", len(all), name), Todo: "give more of it"}
}
