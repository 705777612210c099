package phrase

import (
	"slices"
	"testing"
)

// TestFieldsReadAsTheyWereWritten: what JSON escapes for web pages is not escaped, and what
// only looks so stays.
func TestFieldsReadAsTheyWereWritten(t *testing.T) {
	got := Fields([]byte(`{"a":"x<y","b":"one < two \u003e\u0026 \\u003c","c":{"d":"\u003cb\u003e"},"e":7}`))
	want := []Field{{"a", "x<y"}, {"b", `"one < two >& \\u003c"`}, {"c", `{"d":"<b>"}`}, {"e", "7"}}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
