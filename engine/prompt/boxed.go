package prompt

import (
	_ "embed"
	"strings"

	"github.com/aimo3/aimo3/engine"
)

//go:embed boxed.txt
var boxed string

// Boxed asks for reasoning in words that ends with the answer in \boxed{}. The
// statement stands last in the user's turn, unchanged.
func Boxed(p engine.Problem) []engine.Turn {
	return []engine.Turn{{Role: "user", Text: strings.TrimSpace(boxed) + "\n\n" + p.Statement}}
}
