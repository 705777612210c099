package formula_test

import (
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine/formula"
)

// TestNotRead gives as source what is not well formed, all of it and byte for byte.
func TestNotRead(t *testing.T) {
	for _, src := range []string{
		`{x`, `x}`, `\frac{1}`, `\frac`, `x_`, `x^`, `x^a^b`, `x_a_b`, `\sqrt`, `\left(x`, `\left(x\right`, `\left x\right y`, `\right)`, `1\over 2\over 3`, `1\over2\choose3`, `\sqrt[3`, `\sqrt[3{2}`, `\textcolor#f{x}`,
		`\begin{cases}x`, `\end{cases}`, `\begin{cases}x\end{align}`, `\text{a $b}`, `\text{`, `\begin`, `\begin{unknown}x`, `a\`, `\hat`, `\overset{a}`,
		`\newcommand{\R}`, `\newcommand{R}{x}`, `\def\a#1{#2}\a{x}`, `\def\a#1{x}\a`, `\def\a{\a}\a`, `\middle|`, `\genfrac(]{0pt}{0}{a}`,
		strings.Repeat("{", 100) + strings.Repeat("}", 100), strings.Repeat(`\text{`, 100) + strings.Repeat("}", 100), strings.Repeat(`\frac{`, 100) + strings.Repeat("}{}", 100),
		strings.Repeat(`\hat`, 100) + "x", strings.Repeat("x", 1<<17),
	} {
		f := formula.Parse(src, nil)
		if got, ok := f.Body.(formula.Source); !ok || f.Whole || got.Text != src {
			t.Errorf("Parse(%.60q) = %.200v, whole %v; want its source", src, f.Body, f.Whole)
		}
	}
}

// TestUnknown gives an unknown command as source with its arguments, and reads the rest.
func TestUnknown(t *testing.T) {
	for in, want := range map[string]string{
		`a+\foo{b}[c]{d}+e`: `\foo{b}[c]{d}`, `\foo x`: `\foo`, `\frac{\foo}{2}`: `\foo`, `\foo{\bar{x}}y`: `\foo{\bar{x}}`,
		`x\begin{tikzpicture}\draw;\end{tikzpicture}`: `\begin{tikzpicture}\draw;\end{tikzpicture}`,
	} {
		f := formula.Parse(in, nil)
		var found []string
		collect(f.Body, &found)
		if f.Whole || len(found) != 1 || found[0] != want {
			t.Errorf("Parse(%q): whole %v, sources %q; want %q", in, f.Whole, found, want)
		}
	}
}

// collect finds the sources in n.
func collect(n formula.Node, found *[]string) {
	switch n := n.(type) {
	case formula.Row:
		for _, k := range n.Kids {
			collect(k, found)
		}
	case formula.Fraction:
		collect(n.Over, found)
		collect(n.Under, found)
	case formula.Source:
		*found = append(*found, n.Text)
	}
}

// TestDisplay asks for display where LaTeX does, and keeps a tag.
func TestDisplay(t *testing.T) {
	f := formula.Parse(`\begin{equation}x=1\tag{2}\end{equation}`, nil)
	if tag, ok := f.Tag.(formula.Text); !f.Display || !f.Whole || !ok || tag.Words != "2" {
		t.Errorf("got %+v", f)
	}
	if f := formula.Parse(`\begin{pmatrix}x\end{pmatrix}`, nil); f.Display {
		t.Errorf("a matrix asks for display: %+v", f)
	}
}
