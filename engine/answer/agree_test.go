package answer_test

import (
	"testing"

	"github.com/aimo3/aimo3/engine/answer"
	"github.com/aimo3/aimo3/engine/answer/value"
)

// TestAgree: what is seen by its digits is what Equal says, and the rest is left to it.
func TestAgree(t *testing.T) {
	all := []string{"7", "-7", "07", "70", "700", "7.0", "70%", "0", "-0", "", "12", "1,200", "1200", "9999999999999999999999", "9999999999999999999998", "½", "x", "1:12", "112"}
	for _, a := range all {
		for _, b := range all {
			want := value.Judgement{}
			x, errX := answer.Parse(a)
			y, errY := answer.Parse(b)
			if errX == nil && errY == nil {
				want = answer.Equal(x, y, answer.PercentKept)
			}
			if got := answer.Agree(a, b); got.Verdict != want.Verdict {
				t.Errorf("%q and %q: %v, want %v", a, b, got, want)
			}
		}
	}
}
