package pane

import (
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/tui/termsafe"
)

func TestWrap(t *testing.T) {
	for _, row := range []struct {
		name string
		in   string
		w    int
		want []string
	}{
		{"empty", "", 5, []string{""}},
		{"fits", "ab cd", 5, []string{"ab cd"}},
		{"at a space", "ab cde", 5, []string{"ab", "cde"}},
		{"spaces hang", "abcde   f", 5, []string{"abcde", "f"}},
		{"spaces inside stay", "a  b c", 5, []string{"a  b", "c"}},
		{"indent stays", "  ab cd", 5, []string{"  ab", "cd"}},
		{"indent only", "        ", 5, []string{""}},
		{"indent beyond the edge", "        ab", 5, []string{"", "ab"}},
		{"long word", "abcdefghijkl", 5, []string{"abcde", "fghij", "kl"}},
		{"long word begins a line", "ab cdefghij", 5, []string{"ab", "cdefg", "hij"}},
		{"wide", "答答答", 5, []string{"答答", "答"}},
		{"wide after narrow", "abc答答 x", 5, []string{"abc答", "答 x"}},
		{"narrow word after wide", "答abcd", 5, []string{"答", "abcd"}},
		{"no room for wide", "a答b", 1, []string{"a", "答", "b"}},
		{"marks stay with their letter", "abe\u0301de\u0301", 3, []string{"abe\u0301", "de\u0301"}},
		{"joined stays joined", "a👩‍👩‍👧‍👦b", 2, []string{"a", "👩‍👩‍👧‍👦", "b"}},
	} {
		got, last := wrap(nil, row.in, row.w)
		if !slices.Equal(got, row.want) {
			t.Errorf("%s: wrap(%q, %d)\n got %q\nwant %q", row.name, row.in, row.w, got, row.want)
		}
		if end := strings.TrimRight(row.in[last:], " "); end != row.want[len(row.want)-1] {
			t.Errorf("%s: the last line is said to be %q", row.name, end)
		}
	}
}

// A line of code that does not fit goes on under its own indentation, however it came.
func TestWrappedCodeKeepsItsIndent(t *testing.T) {
	const code = "def f():\n    return sum(k for k in range(100) if k % 7 == 0)\n\tx = aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n                        deep = 1"
	want := []string{
		"def f():", "    return sum(k for", "    k in range(100)", "    if k % 7 == 0)",
		"    x =", "    aaaaaaaaaaaaaaaa", "    aaaaaaaaaaaaaa", "", "          deep = 1",
	}
	for piece := 1; piece <= len(code); piece += 3 {
		s := section{voice: Code}
		for i := 0; i < len(code); i += piece {
			s.add(code[i:min(i+piece, len(code))])
			s.wrap(20, false)
		}
		if !slices.Equal(s.lines, want) {
			t.Fatalf("in pieces of %d:\n%s\nwant\n%s", piece, strings.Join(s.lines, "\n"), strings.Join(want, "\n"))
		}
	}
	s := section{voice: Output}
	s.add("    an output is no code")
	s.wrap(10, false)
	if s.lines[1] != "output is" {
		t.Errorf("an output: %q", s.lines)
	}
}

func FuzzWrap(f *testing.F) {
	f.Add("So the count is n² ≤ 答え, and  wordwithoutanyspaceinit", uint8(7), uint8(3))
	f.Add("    e\u0301 👩‍👩‍👧‍👦1️⃣🇩🇪🇩🇪✈️\u0301", uint8(2), uint8(1))
	f.Fuzz(func(t *testing.T, text string, w, piece uint8) {
		width, step := int(w%40)+2, int(piece)+1
		text = strings.ReplaceAll(termsafe.Line(text), "\t", " ")
		whole, _ := wrap(nil, text, width)
		for _, line := range whole {
			if n := ansi.StringWidth(line); n > width {
				t.Errorf("%q at %d: %q is %d wide", text, width, line, n)
			}
		}
		if got, want := bare(strings.Join(whole, "")), bare(text); got != want {
			t.Errorf("%q at %d: the lines hold %q", text, width, whole)
		}
		var s section
		for i := 0; i < len(text); i += step {
			s.add(text[i:min(i+step, len(text))])
			s.wrap(width, true)
		}
		s.close()
		s.wrap(width, true)
		if s.text.String() == text && !slices.Equal(s.lines, whole) {
			t.Errorf("%q at %d in pieces of %d:\n got %q\nwant %q", text, width, step, s.lines, whole)
		}
	})
}

func bare(s string) string { return strings.ReplaceAll(s, " ", "") }

func TestShedLeavesNoHalfFigure(t *testing.T) {
	const s = "gpt-oss:120b · 65.3 GB · 100% GPU"
	for w, want := range map[int]string{40: s, 33: s, 32: "gpt-oss:120b · 65.3 GB", 21: "gpt-oss:120b", 3: "gpt-oss:120b"} {
		if got := Shed(s, w); got != want {
			t.Errorf("in %d cells: %q, want %q", w, got, want)
		}
	}
}
