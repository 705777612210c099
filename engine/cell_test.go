package engine_test

import (
	"testing"
	"unicode/utf8"

	"github.com/aimo3/aimo3/engine"
)

func TestShown(t *testing.T) {
	for _, c := range []struct {
		name, output string
		most         int
		want         string
	}{
		{"short", "abc", 3, "abc"},
		{"empty", "", 0, ""},
		{"long", "abcdefghij", 4, "ab\n[… 6 characters left out …]\nij"},
		{"odd", "abcdefghij", 5, "ab\n[… 5 characters left out …]\nhij"},
		{"characters, not bytes", "答答答答", 2, "答\n[… 2 characters left out …]\n答"},
		{"not text", "\xff\xff\xff", 2, "\xff\n[… 1 characters left out …]\n\xff"},
	} {
		if got := engine.Excerpt(c.output, c.most); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func FuzzShown(f *testing.F) {
	f.Add("abc答", 2)
	f.Fuzz(func(t *testing.T, s string, most int) {
		if most < 0 || most > 1<<20 {
			return
		}
		got := engine.Excerpt(s, most)
		if utf8.RuneCountInString(s) <= most {
			if got != s {
				t.Errorf("%q became %q", s, got)
			}
		} else if utf8.RuneCountInString(got) > most+60 || utf8.ValidString(s) && !utf8.ValidString(got) {
			t.Errorf("%q became %q", s, got)
		}
	})
}

func TestText(t *testing.T) {
	for _, c := range []struct {
		cell engine.Cell
		want string
	}{
		{engine.Cell{Output: "a", Err: "b"}, "a\nb"},
		{engine.Cell{Output: "a\n", Err: "b"}, "a\nb"},
		{engine.Cell{Output: "a"}, "a"},
		{engine.Cell{Err: "b"}, "b"},
	} {
		if got := c.cell.Text(); got != c.want {
			t.Errorf("%+v: %q, want %q", c.cell, got, c.want)
		}
	}
}

// TestFenceEndsAfterItsText: no run of backticks in a text is as long as its fence.
func TestFenceEndsAfterItsText(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", "```"}, {"a ` b", "```"}, {"```\nprint(1)\n```", "````"}, {"`````", "``````"}, {"`` ` ```` ```", "`````"},
	} {
		if got := engine.FenceFor(c.text); got != c.want {
			t.Errorf("the fence for %q is %s, want %s", c.text, got, c.want)
		}
	}
}
