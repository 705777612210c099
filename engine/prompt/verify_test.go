package prompt_test

import "testing"

// TestVerify: no model is asked; the engine runs code.
func TestVerify(t *testing.T) {
	if s := strategy(t, "verify"); s.Turns != nil || s.Pick != nil || s.Draws != 0 {
		t.Errorf("%+v asks a model", s)
	}
}
