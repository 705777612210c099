package python_test

import (
	"os"
	"testing"

	"github.com/aimo3/aimo3/engine/compute/launcher"
)

func TestMain(m *testing.M) {
	if code, was := launcher.Main(); was {
		os.Exit(code)
	}
	os.Exit(m.Run())
}
