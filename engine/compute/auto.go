package compute

import (
	"context"
	"errors"
)

// Auto gives the first of the engines that is available, in the order of what
// they can do: the host's python with SymPy, the embedded one, the host's
// without SymPy. If none is, the error holds what each of them said.
func Auto(ctx context.Context, engines ...Engine) (Engine, error) {
	var all []error
	for _, e := range engines {
		err := e.Available(ctx)
		if err == nil {
			return e, nil
		}
		all = append(all, err)
	}
	return nil, errors.Join(all...)
}
