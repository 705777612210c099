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
		{"exactly the limit", strings.Repeat("é", engine.MaxStatement), strings.Repeat("é", engine.MaxStatement), ""},
		{"exactly as many bytes", strings.Repeat("𝛼", 1<<14), strings.Repeat("𝛼", 1<<14), ""},
		{"more bytes", strings.Repeat("𝛼", 1<<14) + "x", "", "65537 bytes; at most 65536"},
		{"one over", strings.Repeat("é", engine.MaxStatement+1), "", "20001 characters; at most 20000"},
		{"empty", "", "", "1 to 20000"},
		{"white", " \n\t ", "", "1 to 20000"},
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

// TestShortStatement: a statement that may lack a part is taken, with a warning.
func TestShortStatement(t *testing.T) {
	for in, want := range map[string]bool{"x": true, "ÄÄÄÄÄÄÄÄÄ": true, "ÄÄÄÄÄÄÄÄÄÄ": false, "What is 1+1?": false} {
		warning, err := engine.CheckStatement(in)
		if err != nil || strings.Contains(warning, "fewer than 10 characters") != want {
			t.Errorf("%q: warning %q, %v; want one: %v", in, warning, err, want)
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
