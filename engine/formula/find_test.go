package formula_test

import (
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine/formula"
)

// TestFind tells formulas from what only looks like one. In want they stand in
// brackets: [x] inline and [[x]] in display.
func TestFind(t *testing.T) {
	for _, row := range []struct{ name, in, want string }{
		{"all delimiters", `a $x$ b $$y$$ c \(z\) d \[w\] e`, `a [x] b [[y]] c [z] d [[w]] e`},
		{"asterisks and underscores", `$a_1*b_1$ *and* $c*d$`, `[a_1*b_1] *and* [c*d]`},
		{"over lines", "so \\[\n= 3\n- 5\n\\]\nand", "so [[\n= 3\n- 5\n]]\nand"},
		{"an environment", `x \begin{align*}a&=1\\b&=\begin{cases}1\\2\end{cases}\end{align*} y`, `x [[\begin{align*}a&=1\\b&=\begin{cases}1\\2\end{cases}\end{align*}]] y`},
		{"one in its like", `\begin{matrix}\begin{matrix}1\end{matrix}\end{matrix}`, `[[\begin{matrix}\begin{matrix}1\end{matrix}\end{matrix}]]`},
		{"an answer in a box", `so \boxed{\frac{1}{2}}, \boxed{3 and so:\boxed{x} and $\boxed{4}$`, `so [\boxed{\frac{1}{2}}], \boxed{3 and so:[\boxed{x}] and [\boxed{4}]`},
		{"an environment of text", `\begin{itemize}\item $x$\end{itemize}`, `\begin{itemize}\item [x]\end{itemize}`},
		{"prices", `from $5 and $10, or $1,000-$2,000, $3.50 to $4`, `from $5 and $10, or $1,000-$2,000, $3.50 to $4`},
		{"a price after a number", `$5 for one, 10$`, `$5 for one, 10$`},
		{"a range", `$5–$10 or $5-$10 or $5/$10`, `$5–$10 or $5-$10 or $5/$10`},
		{"US and A", `in US$ and A$ alike`, `in US$ and A$ alike`},
		{"a price, then a formula", `it costs $5 if $x=1$`, `it costs $5 if [x=1]`},
		{"numbers", `$5$, $1,$ $2,$ and $10!,$ how`, `[5], [1,] [2,] and [10!,] how`},
		{"escaped", `\$5 and \$6, $\$7$`, `\$5 and \$6, [\$7]`},
		{"a shell", `$HOME, $HOME/bin:$PATH, ${A}/${B}, "$a" "$b", echo $HOME and $PATH`, `$HOME, $HOME/bin:$PATH, ${A}/${B}, "$a" "$b", echo $HOME and $PATH`},
		{"a Windows path", `C:\(new)\[x] and C:\dir\(a\) but \(b\)`, `C:\(new)\[x] and C:\dir\(a\) but [b]`},
		{"a letter behind", `the $n$th of $k$-sets, $x$s`, `the [n]th of [k]-sets, [x]s`},
		{"room inside", `let $ S $ and $ x^2 $ be`, `let [ S ] and [ x^2 ] be`},
		{"code", "`$x$` ``a ` $y$`` $z$", "`$x$` ``a ` $y$`` [z]"},
		{"a lone backquote", "a ` b $x$", "a ` b [x]"},
		{"a fence", "```tex\n$x$\n```\n$y$", "```tex\n$x$\n```\n[y]"},
		{"a fence in a list", "- a\n  ~~~\n  $x$\n  ~~~\n  $y$", "- a\n  ~~~\n  $x$\n  ~~~\n  [y]"},
		{"a fence in a quote", "> ```\n> $x$\n> ```\n> $y$", "> ```\n> $x$\n> ```\n> [y]"},
		{"an open fence", "```\n$x$", "```\n$x$"},
		{"no partner", `an open \[ x, an open \( y, and $$ z`, `an open \[ x, an open \( y, and $$ z`},
		{"past a blank line", "a $x\n\ny$ b", "a $x\n\ny$ b"},
		{"a formula in a text", `$a \text{ if $b$ is}$ and \(a \text{ if \(b\)}\)`, `[a \text{ if $b$ is}] and [a \text{ if \(b\)}]`},
		{"a row's end", `\[ a \\[2pt] b \]`, `[[ a \\[2pt] b ]]`},
		{"beside each other", `$a$$b$`, `[a][b]`},
		{"nothing inside", `$$ $$ and $ $ and \(\)`, `$$ $$ and $ $ and \(\)`},
	} {
		pieces, _ := formula.Find(row.in)
		var got strings.Builder
		for _, p := range pieces {
			switch {
			case p.Display:
				got.WriteString("[[" + p.Body + "]]")
			case p.Formula:
				got.WriteString("[" + p.Body + "]")
			default:
				got.WriteString(p.Text)
			}
		}
		if got.String() != row.want {
			t.Errorf("%s: Find(%q)\n got %s\nwant %s", row.name, row.in, got.String(), row.want)
		}
	}
}

// TestFindsMacros draws on definitions in the text and in formulas before.
func TestFindsMacros(t *testing.T) {
	_, macros := formula.Find("\\newcommand{\\R}{\\mathbb{R}}\n\nLet $\\def\\half#1{\\frac{#1}{2}} x\\in\\R$ and $\\half{y}$")
	for _, src := range []string{`\R`, `\half{y}`} {
		if f := formula.Parse(src, macros); !f.Whole {
			t.Errorf("Parse(%q) is not whole with the macros of the text", src)
		}
	}
}

// TestWorkIsBounded reads what is made to take long. It ends, and gives the whole text
// back, however slow the machine.
func TestWorkIsBounded(t *testing.T) {
	for name, s := range map[string]string{
		"dollars": strings.Repeat("$", 1<<18), "backquotes": strings.Repeat("`x", 1<<16), "runs": strings.Repeat("` `` ``` ", 1<<15),
		"open": strings.Repeat(`\[`, 1<<17), "open in text": strings.Repeat(`\[{`, 1<<16), "inline": strings.Repeat(`\(\text{`, 1<<15),
		"begin": strings.Repeat(`\begin{align}`, 1<<14) + `\end{align}`, "braces": strings.Repeat("${", 1<<17), "definitions": strings.Repeat(`\newcommand{\a}{`, 1<<14),
		"groups": "$" + strings.Repeat("{", 4000) + "$", "macros": `$\def\a{\a\a}\a$`, "growing": `$$\def\a{xxxxxxxxxxxxxxxx}\def\b{\a\a\a\a\a\a\a\a}\def\c{\b\b\b\b\b\b\b\b}\def\d{\c\c\c\c\c\c\c\c}\d\d\d\d\d\d\d\d$$`,
	} {
		pieces, macros := formula.Find(s)
		n := 0
		for _, p := range pieces {
			n += len(p.Text)
			if p.Formula {
				formula.Parse(p.Body, macros)
			}
		}
		if n != len(s) {
			t.Errorf("%s: %d of %d bytes", name, n, len(s))
		}
	}
}
