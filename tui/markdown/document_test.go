package markdown_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/tui/markdown"
)

// linesOf are the lines of a document.
func linesOf(d *markdown.Document) []markdown.Line {
	all := make([]markdown.Line, d.Len())
	for i := range all {
		all[i] = d.At(i)
	}
	return all
}

// drawnAs is the text of a document's lines.
func drawnAs(d *markdown.Document) string {
	var all []string
	for _, l := range linesOf(d) {
		all = append(all, l.String())
	}
	return strings.TrimRight(strings.Join(all, "\n"), "\n ")
}

const growing = "Let $n$ be **odd**.\n\n- a $x^2$\n\n  b\n- c\n\n1. one\n\n2. two\n\n```python\nx = 1\n\ny = '$2$'\n```\n\n" +
	"$$\n\\begin{aligned}\na &= b\\\\\n\nc &= d\n\\end{aligned}\n$$\n\n\\[\\frac{1}{2}\n\n\\] so\n\n> a\n\n|a|b|\n|-|-|\n|1|$x$|\n\n" +
	"\\newcommand{\\R}{\\mathbb{R}}\n\n$\\R$ costs \\$5 or $6\n\n    code\n\n    $x$\n\nlast $\\sqrt{2}$"

// TestGrows holds that a text that comes in pieces of any size, drawn after each, is
// drawn in the end as one that came whole, at any width.
func TestGrows(t *testing.T) {
	for _, width := range []int{1, 9, 33, 80} {
		whole := markdown.New(markdown.Options{Width: width, Breaks: true})
		whole.Write(growing)
		whole.End()
		want := drawnAs(whole)
		for size := 1; size < 12; size += 3 {
			d := markdown.New(markdown.Options{Width: 81 - width, Breaks: true})
			for piece := range slices.Chunk([]byte(growing), size) {
				d.Write(string(piece))
				d.Len()
			}
			d.Resize(width)
			d.End()
			if got := drawnAs(d); got != want {
				t.Fatalf("width %d, pieces of %d:\n%s\nwant\n%s", width, size, got, want)
			}
		}
	}
}

// TestFinishedBlocksStay holds that what stands above the last block is not drawn again:
// its lines are the same ones.
func TestFinishedBlocksStay(t *testing.T) {
	d := markdown.New(markdown.Options{Width: 60})
	d.Write("first $x^2$\n\nsecond $$y^2$$\n\nthird")
	before := linesOf(d)
	d.Write(" and more $\\frac{1}{2}$")
	after := linesOf(d)
	const finished = 6 // lines of the blocks above the last one, with those between
	for i := range finished {
		if a, b := before[i], after[i]; len(a) != len(b) || len(a) > 0 && &a[0] != &b[0] {
			t.Errorf("line %d was drawn again: %v, %v", i, a, b)
		}
	}
	if got, want := after[len(after)-1].String(), "third and more 1/2"; got != want {
		t.Errorf("the last line is %q, want %q", got, want)
	}
}

// TestLongParagraphs holds that what is drawn again stays short in a paragraph that has
// no end, with line breaks or without any, and that no word of it is lost.
func TestLongParagraphs(t *testing.T) {
	for _, row := range []struct{ name, piece string }{
		{"words", "so we count $x^2$ and find none. "}, {"lines", "so we count $x^2$\n"}, {"no spaces", "xyz"},
	} {
		d := markdown.New(markdown.Options{Width: 60, Breaks: true})
		const pieces = 1000
		for range pieces {
			d.Write(row.piece)
			d.Len()
		}
		allocations := testing.AllocsPerRun(20, func() { d.Write(row.piece); d.Len() })
		if allocations > 1500 {
			t.Errorf("%s: a piece at the end takes %v allocations", row.name, allocations)
		}
		d.End()
		if strings.Contains(drawnAs(d), "\n\n") {
			t.Errorf("%s: a blank line parts what belongs together", row.name)
		}
		text := strings.Map(func(r rune) rune {
			if r == ' ' || r == '\n' {
				return -1
			}
			return r
		}, drawnAs(d))
		want := strings.NewReplacer(" ", "", "\n", "", "$x^2$", "x²").Replace(row.piece)
		if text != strings.Repeat(want, pieces+21) {
			t.Errorf("%s: %d bytes are drawn, want %d", row.name, len(text), len(want)*(pieces+21))
		}
	}
}

// TestUnfinished tells what a formula that is being written is drawn as.
func TestUnfinished(t *testing.T) {
	for _, row := range []struct{ name, in, want string }{
		{"in its line", `so $x^2+\sqrt{y`, "so x² + √y"},
		{"a command that is not whole keeps what was", `so $x^2\le\fra`, "so x² ≤"},
		{"braces are closed", `so \(\frac{a}{b`, "so a/b"},
		{"a display", `so $$\frac{a`, "so\n\n    a\n    ─"},
		{"an environment", `\begin{aligned} a &= b \\ c &`, "    a = b\n    c"},
		{"a matrix that is whole, in a display that is not", `$$A=\begin{pmatrix}1&0\end{pmatrix}, \det`, "    A = ( 1  0 ),"},
		{"brackets", `\[\left( x`, "    (x"},
		{"a price", `costs $5 or so`, `costs $5 or so`},
		{"a price alone", `costs $5`, `costs $5`},
		{"in code", "```\n$x^2", "    $x^2"},
	} {
		d := markdown.New(markdown.Options{Width: 60})
		for piece := range slices.Chunk([]byte(row.in), 1) {
			d.Write(string(piece))
			d.Len()
		}
		if got := drawnAs(d); !strings.HasPrefix(got, row.want) {
			t.Errorf("%s: %q is drawn as\n%s\nwant\n%s", row.name, row.in, got, row.want)
		}
	}
}

// TestBreaks tells which line breaks stay.
func TestBreaks(t *testing.T) {
	filled := "Let $ABCD$ be a convex quadrilateral with right angles at the vertices\n$B$ and $D$, and let $E$ be the point where its two diagonals meet, so\nthat it is inside."
	for _, row := range []struct{ name, in, want string }{
		{"short lines stay", "so x = 1\nand y = 2", "so x = 1\nand y = 2"},
		{"lines that a program filled do not", filled, "Let ABCD be a convex quadrilateral with right angles at the vertices B and D, and let E be the point where its two diagonals meet, so that it is inside."},
	} {
		d := markdown.New(markdown.Options{Width: 400, Breaks: true})
		d.Write(row.in)
		d.End()
		if got := drawnAs(d); got != row.want {
			t.Errorf("%s: got\n%s\nwant\n%s", row.name, got, row.want)
		}
	}
}

// TestInks tells what each stretch of a line is.
func TestInks(t *testing.T) {
	d := markdown.New(markdown.Options{Width: 60})
	d.Write("## On $x$\n\na **b $y$** `c` *d* $\\foo{x}$\n\n> e\n\n```\nf\n```\n")
	d.End()
	want := []markdown.Line{
		{{Text: "## ", Ink: markdown.Heading}, {Text: "On ", Ink: markdown.Heading}, {Text: "x", Ink: markdown.Heading, Formula: "$x$"}},
		nil,
		{{Text: "a ", Ink: markdown.Plain}, {Text: "b ", Ink: markdown.Strong}, {Text: "y", Ink: markdown.Strong, Formula: "$y$"}, {Text: " ", Ink: markdown.Plain}, {Text: "`c`", Ink: markdown.Code}, {Text: " ", Ink: markdown.Plain}, {Text: "d", Ink: markdown.Emphasis}, {Text: " ", Ink: markdown.Plain}, {Text: `⟪\foo{x}⟫`, Ink: markdown.Plain, Formula: `$\foo{x}$`}},
		nil,
		{{Text: "│ ", Ink: markdown.Faint}, {Text: "e", Ink: markdown.Plain}},
		nil,
		{{Text: "    ", Ink: markdown.Plain}, {Text: "f", Ink: markdown.Code}},
	}
	got := linesOf(d)
	if !slices.EqualFunc(got, want, func(a, b markdown.Line) bool { return slices.Equal(a, b) }) {
		t.Errorf("got\n%#v\nwant\n%#v", got, want)
	}
}
