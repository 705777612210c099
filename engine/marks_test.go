package engine_test

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine"
)

// TestNewMarks: what a person says is tidied, or refused in a clean line.
func TestNewMarks(t *testing.T) {
	many := strings.Split(strings.Repeat("t", engine.MaxTags+1), "")
	for i := range many {
		many[i] += strconv.Itoa(i)
	}
	for name, c := range map[string]struct {
		m           engine.Marks
		want, wrong string
	}{
		"nothing":            {engine.Marks{}, `{}`, ""},
		"tags":               {engine.Marks{Tags: []string{"#Geometry", "a/b", "geometry", "été"}}, `{"tags":["a/b","geometry","été"]}`, ""},
		"a note":             {engine.Marks{Note: " two\nlines "}, `{"note":"two\nlines"}`, ""},
		"an answer":          {engine.Marks{Expected: " 42 ", Starred: true}, `{"starred":true,"expected":"42"}`, ""},
		"a tag of two":       {engine.Marks{Tags: []string{"a b"}}, "", "is no tag"},
		"no tag":             {engine.Marks{Tags: []string{"#"}}, "", "is no tag"},
		"a long tag":         {engine.Marks{Tags: []string{strings.Repeat("a", 41)}}, "", "is no tag"},
		"a tag that paints":  {engine.Marks{Tags: []string{"\x1b[31m"}}, "", "is no tag"},
		"too many":           {engine.Marks{Tags: many}, "", "at most 32 tags"},
		"a long note":        {engine.Marks{Note: strings.Repeat("é", engine.MaxNote+1)}, "", "2001 characters"},
		"a note that paints": {engine.Marks{Note: "\x1b[31m"}, "", "control characters"},
		"an answer in lines": {engine.Marks{Expected: "4\n2"}, "", "control characters"},
		"no UTF-8":           {engine.Marks{Note: "\xff"}, "", "no UTF-8"},
	} {
		m, err := engine.NewMarks(c.m)
		if c.wrong != "" {
			if engine.ClassOf(err) != engine.Invalid || !strings.Contains(engine.Hint(err), c.wrong) {
				t.Errorf("%s: %v, want %q", name, err, c.wrong)
			}
			continue
		}
		if got, _ := json.Marshal(m); err != nil || string(got) != c.want {
			t.Errorf("%s: %s, %v; want %s", name, got, err, c.want)
		}
	}
}
