package markdown

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// hostile are texts that give no place to cut them: what opens something once, and what
// then goes on for ever.
var hostile = map[string][2]string{
	"letters": {"", "abcdefghij"}, "marks": {"", "a\u0301\u0302\u0303"}, "ideographs": {"", "答案"},
	"joined emoji": {"", "👩🏽‍🚀"}, "names of controls": {"", "⟨U+009B⟩"},
	"a dollar": {"$", "abc"}, "two dollars": {"$$", "abc"}, "dollars": {"", "$x"}, "odd dollars": {"$", "$x$y^"},
	"a parenthesis": {`\(`, "abc"}, "parentheses": {"", `\(a`}, "brackets": {"", `\[a`}, "closed brackets": {"", `\[a\]`},
	"a backtick": {"`", "abc"}, "backticks": {"", "`a``"},
	"emphasis": {"", "*a_"}, "links": {"", "[a]("}, "images": {"", "![a](b"}, "tags": {"", "<a "}, "entities": {"", "&am"},
	"braces": {"", "${a"}, "lefts": {"", `$\left(`}, "environments": {"", `\begin{a}`}, "scripts": {"$", "^a_b"},
	"fractions": {"$$", `\frac{`}, "a fence": {"```python\n", "x=1+"}, "lines of code": {"```python\n", "x = 1\n"},
	"an open formula's lines": {"$$\n", "x\n"}, "items": {"", "- a\n"}, "indented": {"- a\n", "  b\n"}, "nested items": {"", "- "},
	"quotes": {"", "> "}, "lines quoted": {"", "> a\n"}, "a table": {"|a|b|\n|-|-|\n", "|1|2|\n"}, "one row": {"|", "a|"},
	"indented line": {" ", "abc"}, "HTML": {"<div>\n", "a\n"}, "lines": {"", "a\n"}, "words": {"", "ab cd "},
	"numbers": {"", "1. "}, "empty lines": {"", "\n"}, "definitions": {"", `\newcommand{\a}{\a\a}`},
}

// TestOpenBlockIsBounded: whatever the text, what is drawn anew at each frame is short,
// and nothing of it is lost.
func TestOpenBlockIsBounded(t *testing.T) {
	const maxRedrawn = 16 << 10 // bytes
	for name, text := range hostile {
		d := New(Options{Width: 80, Breaks: true})
		longest, known := 0, 0
		for piece := range slices.Chunk([]byte(text[0]+strings.Repeat(text[1], 64<<10/len(text[1]))), 1000) {
			d.Write(string(piece))
			d.Len()
			longest, known = max(longest, d.text.Len()-d.kept), max(known, len(d.formulas))
		}
		if longest > maxRedrawn {
			t.Errorf("%s: %d bytes are drawn again at a frame, want at most %d", name, longest, maxRedrawn)
		}
		if known > maxRedrawn {
			t.Errorf("%s: %d drawings of formulas are kept", name, known)
		}
	}
}

// TestLongCodeStaysCode: code that is cut because of its length goes on as code.
func TestLongCodeStaysCode(t *testing.T) {
	d := New(Options{Width: 80, Breaks: true})
	d.Write("```python\n" + strings.Repeat("x = *a*\n", 4000) + "```\n\nand **then**")
	d.End()
	code := 0
	for i := range d.Len() {
		if l := d.At(i); len(l) == 2 && l[1] == (Span{"x = *a*", Python, ""}) {
			code++
		}
	}
	if last := d.At(d.Len() - 1); code != 4000 || last.String() != "and then" {
		t.Errorf("%d lines of 4000 are code; the last line is %q", code, last.String())
	}
}

// BenchmarkHostile is the worst frame of such a text of 64 kB, that grows by 1 kB a frame.
func BenchmarkHostile(b *testing.B) {
	for name, text := range hostile {
		b.Run(name, func(b *testing.B) {
			whole := text[0] + strings.Repeat(text[1], 64<<10/len(text[1]))
			var times []time.Duration
			for b.Loop() {
				d := New(Options{Width: 80, Breaks: true})
				for piece := range slices.Chunk([]byte(whole), 1<<10) {
					d.Write(string(piece))
					begun := time.Now()
					d.Len()
					times = append(times, time.Since(begun))
				}
			}
			b.ReportMetric(float64(slices.Max(times).Microseconds())/1000, "worst-ms/frame")
			b.ReportMetric(0, "ns/op")
		})
	}
}
