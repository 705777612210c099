package engine_test

import (
	"strings"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
)

// TestSavedFilters: one that can be read is kept as it was typed; a name or a text that
// cannot be shown, or is no filter, is refused with what to do.
func TestSavedFilters(t *testing.T) {
	long := strings.Repeat("ж", engine.MaxFilterNameRunes)
	for name, c := range map[string]struct{ name, text, refused string }{
		"terms":            {" hard ones ", " is:wrong  after:yesterday ", ""},
		"words":            {"Kreis", `"inscribed circle" naïve`, ""},
		"longest name":     {long, "x", ""},
		"no name":          {"  ", "x", "the name of a filter cannot be empty"},
		"long name":        {long + "x", "x", "the name of a filter has at most 40 characters"},
		"hidden name":      {"a\u202eb", "x", "the name of a filter holds a character that is not shown"},
		"no filter":        {"a", " ", "a filter cannot be empty"},
		"long filter":      {"a", strings.Repeat("x", engine.MaxFilterRunes+1), "a filter has at most 200 characters"},
		"control in it":    {"a", "x\x1b[2J", "a filter holds a character that is not shown"},
		"broken in it":     {"a", "x\xff", "a filter holds a character that is not shown"},
		"not to be read":   {"a", "is:", "is: needs a value"},
		"term of no other": {"a", "modle:x", "modle: is no filter"},
	} {
		t.Run(name, func(t *testing.T) {
			f, err := engine.NewSavedFilter(c.name, c.text, time.Now())
			switch {
			case c.refused != "" && (err == nil || !strings.Contains(strings.ReplaceAll(err.Error(), `"`, ""), c.refused)):
				t.Errorf("%q as %q: %v, want %q", c.text, c.name, err, c.refused)
			case c.refused == "" && (err != nil || f.Name != strings.TrimSpace(c.name) || f.Text != strings.TrimSpace(c.text)):
				t.Errorf("%q as %q gives %+v, %v", c.text, c.name, f, err)
			}
		})
	}
}
