package mathtext_test

import (
	_ "embed"
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/exp/golden"

	"github.com/aimo3/aimo3/engine/formula"
	"github.com/aimo3/aimo3/tui/mathtext"
)

//go:embed testdata/gallery.txt
var sources string

// gallery are formulas as statements and replies write them, one a line.
var gallery = strings.Split(strings.TrimSpace(sources), "\n")

// TestGallery draws every formula of the gallery in each way.
func TestGallery(t *testing.T) {
	for name, set := range map[string]mathtext.Charset{"unicode": mathtext.Unicode, "ascii": mathtext.ASCII} {
		t.Run(name, func(t *testing.T) {
			var b strings.Builder
			for _, src := range gallery {
				f := formula.Parse(src, nil)
				box := mathtext.Display(f, set)
				fmt.Fprintf(&b, "%s\n\n%s\n\n%s\n\n%s\n", src, mathtext.Inline(f, set), textOf(box), strings.Repeat("=", 60))
			}
			golden.RequireEqual(t, []byte(b.String()))
		})
	}
}

// TestGalleryHolds checks what is true of all drawings on the gallery.
func TestGalleryHolds(t *testing.T) {
	for _, src := range gallery {
		checkDrawn(t, src)
	}
}

// textOf is the lines of a box, without room at their ends.
func textOf(b mathtext.Box) string {
	var out strings.Builder
	for i, l := range b.Lines {
		if i > 0 {
			out.WriteByte('\n')
		}
		out.WriteString(strings.TrimRight(l, " "))
	}
	return out.String()
}
