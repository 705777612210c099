package phrase_test

import (
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/contrast"
	"github.com/aimo3/aimo3/tui/phrase"
)

// TestContrastNamesEachLineOnce: how many samples were asked for has a line of its own only
// where that is not how many there are.
func TestContrastNamesEachLineOnce(t *testing.T) {
	for name, c := range map[string]struct {
		asked [2]string
		want  string
	}{
		"as many as were asked for": {[2]string{"8", "4"}, "samples 8 4"},
		"some were added":           {[2]string{"8", "2"}, "samples 8 4, samples asked for 8 2"},
	} {
		t.Run(name, func(t *testing.T) {
			var lines []string
			for _, p := range phrase.Contrast(contrast.Contrast{
				A: contrast.Side{Samples: 8}, B: contrast.Side{Samples: 4},
				Settings: []contrast.Setting{{Name: "model", A: "a", B: "b"}, {Name: "samples", A: c.asked[0], B: c.asked[1]}},
			}, phrase.AsWritten()) {
				if strings.Contains(p.Name, "samples") {
					lines = append(lines, p.Name+" "+p.A+" "+p.B)
				}
			}
			if got := strings.Join(lines, ", "); got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}

// TestContrastTakesForms: statements and answers are put as the caller says, wherever they
// stand.
func TestContrastTakesForms(t *testing.T) {
	as := phrase.Forms{
		Statement: func(s string, _ int) string { return "<" + s + ">" },
		Answer:    func(s string) string { return "[" + s + "]" },
	}
	side := contrast.Side{Statement: "Find n.", Verdict: &engine.Verdict{Answer: `\pi`, Votes: 2, Of: 3}}
	said := map[string]string{}
	for _, p := range phrase.Contrast(contrast.Contrast{A: side, B: side, Votes: []contrast.Votes{{Answer: `\pi`, A: 2, B: 2}}}, as) {
		said[p.Name] = p.A
	}
	if said["problem"] != "<Find n.>" || said["answer"] != `[\pi] (2 of 3)` || said[`votes for [\pi]`] != "2" {
		t.Errorf("it says %q", said)
	}
}
