package ollama

import (
	"slices"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine"
)

func TestSplitHosts(t *testing.T) {
	for _, c := range []struct {
		list string
		want []string
		err  string
	}{
		{"", nil, ""},
		{`" "`, nil, ""},
		{"gpu-box", []string{"gpu-box"}, ""},
		{" a:1 , b:2,http://c/x", []string{"a:1", "b:2", "http://c/x"}, ""},
		{"a,a:11434,http://a:11434", []string{"a"}, ""},
		{"http://u:p%2Cq@h,b", []string{"http://u:p%2Cq@h", "b"}, ""},
		{"h1,http://u:p@h2", []string{"h1", "http://u:p@h2"}, ""},
		{"http://u:pa,ss@h", nil, "%2C"},
		{"a,,b", nil, "missing beside a comma"},
		{"a,", nil, "missing beside a comma"},
		{"a,b c", nil, "invalid characters"},
		{"a,ftp://b", nil, "neither http nor https"},
	} {
		got, err := SplitHosts(c.list)
		if !slices.Equal(got, c.want) || (err == nil) != (c.err == "") || err != nil && !strings.Contains(err.Error(), c.err) {
			t.Errorf("%q: %q, %v; want %q, %s", c.list, got, err, c.want, c.err)
		}
		if hint := engine.Hint(err); strings.Contains(hint, "pa,ss") || strings.Contains(hint, `u:pa`) {
			t.Errorf("%q: %s", c.list, hint)
		}
	}
}
