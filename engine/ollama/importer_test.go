package ollama

import (
	"testing"

	"github.com/aimo3/aimo3/engine"
)

func TestTiny(t *testing.T) {
	for size, want := range map[string]bool{"134.52M": true, "268.10M": true, "1.0B": false, "8.2B": false, "": false} {
		card := Card{Model: engine.Model{Parameters: size}, Parameters: "stop 1M"}
		if tiny(card) != want {
			t.Errorf("a model of %q parameters: tiny is %t", size, !want)
		}
	}
}
