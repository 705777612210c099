package prompt_test

import (
	"testing"

	"github.com/aimo3/aimo3/engine"
)

// TestVerify: no model is asked; the engine runs code.
func TestVerify(t *testing.T) {
	if s := strategy(t, "verify"); s.How != (engine.Rerun{}) {
		t.Errorf("%+v asks a model", s)
	}
}
