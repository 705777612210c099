package python

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/aimo3/aimo3/engine/compute"
)

// TestParse: what is not a reply as a worker writes it is nobody's.
func TestParse(t *testing.T) {
	for _, c := range []struct {
		name, line string
		want       bool
	}{
		{"a reply", `["n", "7", "out", "err", "3", "20", ""]`, true},
		{"text that is not UTF-8", "[\"n\", \"7\", \"\xff\", \"\\ud800\", \"3\", \"20\", \"\\u0000\"]", true},
		{"the largest counts", `["n", "7", "", "", "1125899906842624", "1125899906842624", ""]`, true},
		{"another's nonce", `["m", "7", "", "", "0", "0", ""]`, false},
		{"no nonce", `["", "7", "", "", "0", "0", ""]`, false},
		{"another number", `["n", "8", "", "", "0", "0", ""]`, false},
		{"a number written otherwise", `["n", "07", "", "", "0", "0", ""]`, false},
		{"a field too few", `["n", "7", "", "", "0", "0"]`, false},
		{"a field too many", `["n", "7", "", "", "0", "0", "", ""]`, false},
		{"very many", `["n", "7", "", "", "0", "0", ""` + strings.Repeat(`, ""`, 1000) + `]`, false},
		{"null", `["n", "7", null, "", "0", "0", ""]`, false},
		{"numbers that are not text", `["n", 7, "", "", 0, 0, ""]`, false},
		{"less than nothing dropped", `["n", "7", "", "", "-5", "0", ""]`, false},
		{"less than no memory", `["n", "7", "", "", "0", "-9223372036854775808", ""]`, false},
		{"more than a number holds", `["n", "7", "", "", "9223372036854775808", "0", ""]`, false},
		{"more than a machine holds", `["n", "7", "", "", "0", "9223372036854775807", ""]`, false},
		{"a fraction", `["n", "7", "", "", "1.5", "0", ""]`, false},
		{"a power", `["n", "7", "", "", "1e3", "0", ""]`, false},
		{"a sign", `["n", "7", "", "", "+1", "0", ""]`, false},
		{"an object", `{"nonce": "n", "id": 7, "out": ""}`, false},
		{"a list in it", `["n", "7", ["x"], "", "0", "0", ""]`, false},
		{"deep", strings.Repeat("[", 1<<20), false},
		{"two of them", `["n", "7", "", "", "0", "0", ""]["n", "7", "", "", "0", "0", ""]`, false},
		{"nothing", ``, false},
	} {
		if _, ok := parse([]byte(c.line), request{nonce: "n", id: 7}); ok != c.want {
			t.Errorf("%s: taken %v, want %v", c.name, ok, c.want)
		}
	}
	if _, ok := parse([]byte(`["", "0", "", "", "0", "0", ""]`), request{}); ok {
		t.Error("a reply to nothing was taken")
	}
}

// TestBounded: no text of a reply is longer than the limits, none is cut within
// a letter, what is cut is counted, and no more memory is told than there may be.
func TestBounded(t *testing.T) {
	l := compute.Limits{Output: 1000, Memory: 1 << 20}
	for _, text := range []string{"", "short", strings.Repeat("答", 1e6), strings.Repeat("a答", 5000) + "end", strings.Repeat("\U0001F600", 300)} {
		r := reply{out: text, err: text, broken: text, dropped: 2, peak: maxCount}.bounded(l)
		for _, c := range []struct {
			got  string
			most int
		}{{r.out, l.Output + maxMarkBytes}, {r.err, maxErrorBytes}, {r.broken, maxBrokenBytes}} {
			if len(c.got) > c.most || !utf8.ValidString(c.got) || len(text) <= c.most && c.got != text {
				t.Errorf("%d bytes became %d of at most %d: %.80q", len(text), len(c.got), c.most, c.got)
			}
		}
		if left := len(strings.ReplaceAll(r.out, mark(r.dropped-2), "")); r.dropped-2+int64(left) != int64(len(text)) {
			t.Errorf("of %d bytes %d are left and %d are said to be dropped", len(text), left, r.dropped-2)
		}
		if r.peak<<10 != l.Memory {
			t.Errorf("%d KB of memory are told", r.peak)
		}
	}
}
