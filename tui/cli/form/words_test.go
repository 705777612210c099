package form

import (
	"strings"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/confidence"
)

func TestWords(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 1234567: "1,234,567", -100: "-100", -1000: "-1,000"} {
		if got := Thousands(n); got != want {
			t.Errorf("Thousands(%d) = %s, want %s", n, got, want)
		}
	}
	var b strings.Builder
	if err := WriteTable(&b, "", [][]string{{"門", "x"}, {"ab\x1b[2J\nc", "y", "z"}}); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(b.String(), "\n")
	if len(lines) != 3 || strings.Contains(b.String(), "\x1b") {
		t.Errorf("table %q", b.String())
	}
}

func TestTook(t *testing.T) {
	for d, want := range map[time.Duration]string{
		-time.Second: "0.0 s", 449 * time.Millisecond: "0.4 s", 59990 * time.Millisecond: "59.9 s",
		65 * time.Second: "1 m 05 s", 3720 * time.Second: "1 h 02 m",
	} {
		if got := Took(d); got != want {
			t.Errorf("Took(%v) = %q, want %q", d, got, want)
		}
	}
}

func TestOutcomeTellsHowSure(t *testing.T) {
	for _, row := range []struct {
		sure *confidence.Figures
		want string
	}{
		{nil, "7 (1,204 tokens, 0.0 s)"},
		{&confidence.Figures{Mean: 4.06}, "7 (1,204 tokens, 0.0 s, confidence 4.1)"},
		{&confidence.Figures{Mean: 103.6}, "7 (1,204 tokens, 0.0 s, confidence 104)"},
	} {
		s := engine.SampleProgress{State: engine.Finished, Answer: "7", Ending: engine.Ending{Tokens: 1204}, Confidence: row.sure}
		if got := Outcome(&s); got != row.want {
			t.Errorf("got %q, want %q", got, row.want)
		}
	}
}
