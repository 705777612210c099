package python

import (
	"os/exec"
	"testing"

	"github.com/aimo3/aimo3/engine/compute"
	"github.com/aimo3/aimo3/engine/compute/launcher"
)

// TestReadyOnce: a worker that was ready and has ended since is one that a cell
// lost, not a Python that cannot be started.
func TestReadyOnce(t *testing.T) {
	path, err := exec.LookPath("python3")
	if err != nil {
		t.Skipf("NO PYTHON TO TRY: %v", err)
	}
	h, err := Ask(t.Context(), path)
	if err != nil {
		t.Skipf("NO PYTHON TO TRY: %v", err)
	}
	h.SymPy = ""
	w, err := h.start(compute.Limits{}.OrDefault(), launcher.None, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Ready(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.End()
	for range 100 {
		if err := w.Ready(t.Context()); err != nil {
			t.Fatalf("once ended: %v", err)
		}
	}
	if cell, err := w.Run(t.Context(), 1, "1"); err != nil || cell.Kept {
		t.Errorf("a cell of it: %+v, %v", cell, err)
	}
}
