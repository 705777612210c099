package asked_test

import (
	"testing"

	"github.com/aimo3/aimo3/engine/answer/asked"
)

// TestStated: a range that the statement gives for its answer is read, and no
// range that it gives for anything else.
func TestStated(t *testing.T) {
	for _, tt := range []struct{ statement, want string }{
		{"Find n. The answer is an integer between 0 and 99999.", "integer:0..99999"},
		{"Give your answer as an integer from $1$ to $999$, inclusive.", "integer:1..999"},
		{"All answers are non-negative integers in the range 0-999. Find x.", "integer:0..999"},
		{"The answer is an integer in [0, 99999].", "integer:0..99999"},
		{"The answer will\nalways be an integer in the range $[0, 999]$. Find $x$.", "integer:0..999"},
		{"Each answer must be an integer between -5 and 5.", "integer:-5..5"},
		{"The answer is an integer between 0 and 99999. Find the remainder when S is divided by 1000.", "integer:0..999"},
		{"The answer is an integer between 9 and 3.", ""},
		{"Write your answer as a sum of integers from 1 to 9.", ""},
		{"The answer depends on an integer between 1 and 100. Find it.", ""},
		{"Find the answer. Let n be an integer between 1 and 100.", ""},
		{"The answer is an integer between 0 and 10^5.", ""},
		{"The answer is an integer between 0 and 10 million.", ""},
		{"The answer is an integer between 0 and 99 999.", ""},
		{"The answer is an integer between 0 and 99,999.", "integer:0..99999"},
		{"The answer is an integer between $0$ and $99{,}999$, inclusive.", "integer:0..99999"},
		{"The answer is an integer between 0 and 999 (inclusive).", "integer:0..999"},
		{"The answer is an integer between 0 and 999 both inclusive.", "integer:0..999"},
		{"The answer is an integer between 0 and 10!.", ""},
		{"The answer is an integer between 0 and 2p.", ""},
		{"Determine the answer if x is an integer from 1 to 9.", ""},
		{"Find x. The answer is an integer.", ""},
	} {
		if got := asked.Read(tt.statement).String(); got != tt.want {
			t.Errorf("%q: %q, want %q", tt.statement, got, tt.want)
		}
	}
}
