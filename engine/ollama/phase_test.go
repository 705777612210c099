package ollama

import (
	"testing"

	"github.com/aimo3/aimo3/engine"
)

func TestNoPhaseOnceTheTextHasBegun(t *testing.T) {
	var said []engine.Piece
	v := &voice{say: func(p engine.Piece) { said = append(said, p) }, begin: func() {}, stop: func() {}}
	v.enter(engine.Loading)
	v.enter(engine.Loading)
	v.text(engine.Piece{Text: "4"})
	v.enter(engine.Reading)
	if len(said) != 2 || said[0].Phase != engine.Loading || said[1].Text != "4" {
		t.Errorf("said %+v", said)
	}
}
