package live_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/theme"
	"github.com/aimo3/aimo3/tui/live"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

// TestProblemIsReadToItsEnd by one key, however long it is and however little room there is;
// after its end the screen is as it was.
func TestProblemIsReadToItsEnd(t *testing.T) {
	const words = 900
	var long strings.Builder
	for i := range words {
		fmt.Fprintf(&long, "word%03d ", i)
	}
	for _, size := range [][2]int{{60, 16}, {80, 24}, {160, 50}} {
		for _, all := range []bool{false, true} {
			w, h := size[0], size[1]
			asked := engine.Problem{Statement: long.String()}
			s := live.New(env(theme.Palettes()[0]), "a1", asked)
			s.Resize(w, h)
			s.Update(screen.Arrived{Events: tuitest.Events("a1", asked)[:3]})
			if all {
				press(s, "g")
			}
			before, seen := s.View(), ""
			for range words {
				press(s, "p")
				tuitest.CheckFrame(t, s.View(), w, h)
				if s.View() == before {
					break
				}
				seen += shown(s)
			}
			if s.View() != before {
				t.Fatalf("%dx%d: it never ends", w, h)
			}
			for i := range words {
				if word := fmt.Sprintf("word%03d", i); !strings.Contains(seen, word) {
					t.Fatalf("%dx%d, all samples %v: %s is never in view:\n%s", w, h, all, word, seen[:min(len(seen), 3000)])
				}
			}
		}
	}
}
