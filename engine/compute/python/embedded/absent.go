//go:build !embedpy || !(linux || darwin) || !(amd64 || arm64)

package embedded

import (
	"context"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/compute/python"
)

// Present says that this build has a Python in it.
const Present = false

func unpacked(context.Context, func(string)) (python.Host, error) {
	return python.Host{}, &engine.Fault{
		Class: engine.Invalid, What: "this build has no Python in it",
		Todo: "use a release of aimo3, or build it with `make build EMBED=1`",
	}
}
