package markdown_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/tui/markdown"
	"github.com/aimo3/aimo3/tui/mathtext"
	"github.com/aimo3/aimo3/tui/termsafe"
)

func TestDraw(t *testing.T) {
	for _, row := range []struct{ name, in, want string }{
		{"asterisks in formulas", `*a* $a*b$ and $c*d$ **b**`, "a a * b and c * d b"},
		{"a fraction stays whole", `$\frac{a*b}{c*d}$`, "(a * b)/(c * d)"},
		{"underscores", `$a_1$ _x_ $b_1$`, "a₁ x b₁"},
		{"a display on its own lines", "so $$x^2$$ holds", "so\n\n    x²\n\nholds"},
		{"an equation that looks like Markdown", "\\[\nx\n= 1\n- 2\n\\]", "    x = 1 − 2"},
		{"a heading", "## On $x^2$\ntext", "## On x²\n\ntext"},
		{"lists", "- a $x^2$\n- b\n\n1. c\n2. d", "• a x²\n• b\n\n1. c\n2. d"},
		{"an open list", "- a\n\n  b\n- c", "• a\n\n  b\n\n• c"},
		{"a quote", "> a\n> $x^2$", "│ a x²"},
		{"a table", "| a | b |\n|---|--:|\n| $|x|$ | 10 |", "a   │  b\n────┼───\n|x| │ 10"},
		{"code stays", "```python\nx = '$y^2$' # $z$\n\n  a\n```\nand `$x^2$`", "    x = '$y^2$' # $z$\n\n      a\n\nand `$x^2$`"},
		{"code by its indent", "a\n\n    if $x^2$:\n        $y$", "a\n\n    if $x^2$:\n        $y$"},
		{"a source", `$\foo{x}$ and $x_$`, `⟪\foo{x}⟫ and ⟪$x_$⟫`},
		{"prices", `from $5 to $10`, `from $5 to $10`},
		{"escapes and references", `\*a\* &lt;b&gt; \$5`, `*a* <b> $5`},
		{"a hard break", "a  \nb", "a\nb"},
		{"a link stays as it was written", "[a](http://b.c) <http://d.e>", "[a](http://b.c) http://d.e"},
		{"an interval and what is done to it", "[0,1](x) and [a]: b\n\n[c]: d", "[0,1](x) and [a]: b\n\n[c]: d"},
		{"products with a space on one side", "N ≈ 4.5 *2*3 =9*3 ≈ 3* 8*3, 2 *3* 4 and it is *5* or 5 *apples*", "N ≈ 4.5 *2*3 =9*3 ≈ 3* 8*3, 2 *3* 4 and it is 5 or 5 apples"},
		{"products in plain text", "2*3*4 = a*b*c, 2*x* y, *x*2, (a)*b*(c), x_i_j and (a)_b_(c)", "2*3*4 = a*b*c, 2*x* y, *x*2, (a)*b*(c), x_i_j and (a)_b_(c)"},
		{"emphasis", "**Answer:** *5*, (*a*) **答案**是", "Answer: 5, (a) 答案是"},
		{"a minus at the beginning of a line", "x = 3\n- 5 + y\n\n- one", "x = 3\n\n- 5 + y\n\n• one"},
		{"an inequality at the beginning of a line", "x\n\n> 5", "x\n\n> 5"},
		{"an equation in several lines", "x\n=\n5", "x = 5"},
		{"numbers of a list", "3. a\n7. b\n\n2. c", "3. a\n7. b\n\n2. c"},
		{"powers of code", "2**(n) and k*(m** x)", "2**(n) and k*(m** x)"},
		{"tildes", "~5 or ~~6~~", "~5 or ~~6~~"},
		{"an item that ends in a formula", "1. a $$x$$\n2. b", "1. a\n\n       x\n\n2. b"},
		{"an answer in a box", `so \boxed{\frac{1}{2}} and \boxed{3`, `so [ 1/2 ] and \boxed{3`},
		{"a sign after a formula", "$$x$$. So", "    x.\n\nSo"},
		{"control characters", "a\x1b[31mb\x00 &#27;[2J $\\text{\x1b[2J}$", "a␛[31mb␀ ␛[2J ␛[2J"},
		{"our own marks", "\x020\x03 $x^2$ &#2;0&#3;", "␂0␃ x² ␂0␃"},
		{"macros of the text", "$\\newcommand{\\R}{\\mathbb{R}}\\R$ and $\\R^2$", "ℝ and ℝ²"},
		{"a formula in HTML", "<div>\n$x^2$\n</div>", "<div>\n$x^2$\n</div>"},
		{"a formula that does not end", `so \(x^2 and C:\[z`, `so \(x^2 and C:\[z`},
		{"nothing", "", ""},
	} {
		if got := markdown.Draw(row.in, markdown.Options{Width: 60}); got != row.want {
			t.Errorf("%s: Draw(%q)\n got %q\nwant %q", row.name, row.in, got, row.want)
		}
	}
}

func TestOptions(t *testing.T) {
	const text = "So $$\\frac{a+b}{2}\\le\\alpha$$\n\n> - x"
	for _, row := range []struct {
		name string
		o    markdown.Options
		want string
	}{
		{"display", markdown.Options{Width: 40}, "So\n\n    a + b\n    ───── ≤ α\n      2\n\n│ • x"},
		{"inline", markdown.Options{Width: 40, Inline: true}, "So (a + b)/2 ≤ α\n\n│ • x"},
		{"ASCII", markdown.Options{Width: 40, Charset: mathtext.ASCII}, "So\n\n    a + b\n    ----- <= alpha\n      2\n\n> * x"},
	} {
		if got := markdown.Draw(text, row.o); got != row.want {
			t.Errorf("%s: got\n%s\nwant\n%s", row.name, got, row.want)
		}
	}
}

// TestWide breaks a formula that is too wide before relations and signs.
func TestWide(t *testing.T) {
	got := markdown.Draw(`$$x_1+x_2+x_3+x_4=y_1+y_2+y_3+y_4\le z_1+z_2$$`, markdown.Options{Width: 36})
	want := "    x₁ + x₂ + x₃ + x₄\n       = y₁ + y₂ + y₃ + y₄ ≤ z₁ + z₂"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestDeepTextIsNotRead draws as it stands what Markdown would take very long for: blocks
// in blocks in blocks, of which reading 32 kB takes half a minute.
func TestDeepTextIsNotRead(t *testing.T) {
	for _, sign := range []string{"> ", "- ", "* ", "+ ", "1. ", "2) > "} {
		text := strings.Repeat(sign, 100) + "$x^2$"
		want := strings.ReplaceAll(text, "$x^2$", "x²")
		if got := markdown.Draw(text, markdown.Options{Width: 1000}); got != want {
			t.Errorf("Draw(%.20q…) = %q", text, got)
		}
		if got := markdown.Draw(strings.Repeat(sign, 3)+"a", markdown.Options{Width: 1000}); got == strings.Repeat(sign, 3)+"a" && sign != "1. " {
			t.Errorf("Draw(%q) is not drawn", strings.Repeat(sign, 3)+"a")
		}
	}
	long := strings.Repeat("- *a* $x^2$\n", 4000)
	if got, want := markdown.Draw(long, markdown.Options{Width: 80}), strings.TrimSpace(strings.ReplaceAll(long, "$x^2$", "x²")); got != want {
		t.Errorf("a block of %d bytes is drawn as %.80q", len(long), got)
	}
}

// FuzzDraw holds that what comes out is clean, and that text without code, tables and
// formulas is within its width.
func FuzzDraw(f *testing.F) {
	for _, s := range []string{"a $x$ b", "- a\n  1. b\n> c", "|a|b|\n|-|-|\n|$x$|d|", "```\n$x$\n```", "$$\\frac{1}{2}$$ x", "<a>\n$x$", "[$x$](<$y$>)", "# $x", "\x02\x03\x04", "&#x1b;[2J", "1\n=", "答え$x$"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 4096 {
			return
		}
		for _, o := range []markdown.Options{{Width: 40}, {Width: 20, Inline: true, Charset: mathtext.ASCII}} {
			got := markdown.Draw(s, o)
			if clean := termsafe.Clean(got); clean != got {
				t.Errorf("Draw(%q) = %q, which is not clean", s, got)
			}
			if strings.ContainsAny(s, "$`~\\|<\t&") || strings.Contains(s, "    ") || len(s) > 30 {
				continue
			}
			for l := range strings.SplitSeq(got, "\n") {
				if w := ansi.StringWidth(l); w > 2*o.Width {
					t.Errorf("Draw(%q): %q is %d wide", s, l, w)
				}
			}
		}
	})
}
