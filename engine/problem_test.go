package engine_test

import (
	"strings"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
)

func TestNewProblem(t *testing.T) {
	tests := []struct{ name, in, want, wrong string }{
		{"plain", "What is $1-1$?", "What is $1-1$?", ""},
		{"outer space and line ends", "\ufeff  a\r\nb\rc \n", "a\nb\nc", ""},
		{"exactly the limit", strings.Repeat("答", engine.MaxStatement), strings.Repeat("答", engine.MaxStatement), ""},
		{"one over", strings.Repeat("答", engine.MaxStatement+1), "", "10001 characters; at most 10000"},
		{"empty", "", "", "1 to 10000"},
		{"white", " \n\t ", "", "1 to 10000"},
		{"bad UTF-8", "abc\xffdef", "", "offset 3"},
		{"binary", "abc\x00", "", "U+0000 at offset 3"},
		{"escape", "a \x1b[31mred", "", "U+001B at offset 2"},
		{"C1 escape", "a \u009b31m", "", "U+009B"},
	}
	for _, tt := range tests {
		p, err := engine.NewProblem("typed", tt.in)
		if tt.wrong == "" && (err != nil || p.Statement != tt.want) {
			t.Errorf("%s: %q, %v", tt.name, p.Statement, err)
		}
		if tt.wrong != "" && (engine.ClassOf(err) != engine.Invalid || !strings.Contains(engine.Hint(err), tt.wrong)) {
			t.Errorf("%s: err = %v, want one with %q", tt.name, err, tt.wrong)
		}
		if err != nil && strings.ContainsAny(engine.Hint(err), "\n\x1b") {
			t.Errorf("%s: the hint is not one clean line: %q", tt.name, engine.Hint(err))
		}
	}
}

func TestAttemptIDsSortByTime(t *testing.T) {
	at := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	seen := map[engine.AttemptID]bool{}
	last := engine.AttemptID("")
	for range 1000 {
		at = at.Add(time.Millisecond)
		id := engine.NewAttemptID(at)
		if id <= last || len(id) != 16 || seen[id] {
			t.Fatalf("%s after %s", id, last)
		}
		last, seen[id] = id, true
	}
}
