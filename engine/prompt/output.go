package prompt

import (
	"strings"

	"github.com/aimo3/aimo3/engine"
)

// Output is the user's turn that brings an output to a model that writes its
// code in its reply. Models that were trained on such conversations, and tiny
// ones that are shown them, get the block that they know; the others were told
// that the next turn is the output, and get it as it is.
func Output(b engine.Brief, text string) string {
	if tiny.MatchString(b.Model.Name) || FamilyOf(b.Model) == OpenMath {
		return fenced(text)
	}
	return text
}

// fenced is how a model that writes its code in fenced blocks is shown
// what a block printed.
func fenced(text string) string {
	fence := engine.FenceFor(text)
	if text != "" && !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	return fence + "output\n" + text + fence
}
