package tex_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine/answer/costtest"
	"github.com/aimo3/aimo3/engine/answer/tex"
)

// hostile is a text that is too large, too deep or broken.
type hostile struct {
	name, text string
	want       error // nil: any answer will do
}

func hostiles() []hostile {
	repeat := strings.Repeat
	return []hostile{
		{"a megabyte of digits", repeat("1", 1<<20), tex.ErrTooLarge},
		{"a megabyte of braces", repeat("{", 1<<20), tex.ErrTooLarge},
		{"a megabyte of space", repeat(" ", 1<<20) + "7", tex.ErrTooLarge},
		{"digits beyond the bound", repeat("1", 1001), tex.ErrTooLarge},
		{"digits with separators beyond it", "1" + repeat("{,}111", 500), tex.ErrTooLarge},
		{"braces within the bytes", repeat("{", 4000), tex.ErrTooLarge},
		{"parentheses in pairs", repeat("(", 2000) + "1" + repeat(")", 2000), tex.ErrTooLarge},
		{"brackets", repeat("[", 4000), tex.ErrTooLarge},
		{"bars", repeat("|", 4000), tex.ErrTooLarge},
		{"roots", repeat(`\sqrt`, 800) + "2", tex.ErrTooLarge},
		{"roots in braces", repeat(`\sqrt{`, 500) + "2" + repeat("}", 500), tex.ErrTooLarge},
		{"fractions", repeat(`\frac{1}{`, 300) + "1" + repeat("}", 300), tex.ErrTooLarge},
		{"powers", "2" + repeat("^{2", 800) + repeat("}", 800), tex.ErrTooLarge},
		{"powers without braces", "2" + repeat("^2", 1000), tex.ErrTooLarge},
		{"negative exponents", "2^" + repeat("-", 1000) + "1", tex.ErrTooLarge},
		{"subscripts", "x" + repeat("_x", 1000), nil},
		{"functions", repeat(`\sin`, 900) + "x", tex.ErrTooLarge},
		{"integrals", repeat(`\int`, 900) + "x" + repeat("dx", 100), tex.ErrTooLarge},
		{"sums", repeat(`\sum_{k=1}^n`, 300) + "k", tex.ErrTooLarge},
		{"signs", repeat("-", 1000) + "1", nil},
		{"plus or minus", repeat(`\pm`, 1000) + "1", tex.ErrTooLarge},
		{"boxes", repeat(`\boxed{`, 500) + "1" + repeat("}", 500), tex.ErrTooLarge},
		{"texts", repeat(`\text{$`, 400) + "1" + repeat("$}", 400), nil},
		{"factorials", "5" + repeat("!", 3000), tex.ErrTooLarge},
		{"primes", "f" + repeat("'", 1500), nil},
		{"cells", `\begin{pmatrix}` + repeat("1&", 700) + `1\end{pmatrix}`, tex.ErrTooLarge},
		{"cells, few enough for the nodes", `\begin{pmatrix}` + repeat("1&", 256) + `1\end{pmatrix}`, tex.ErrTooLarge},
		{"elements, few enough for the nodes", "1" + repeat(";1", 200), tex.ErrTooLarge},
		{"words for elements", "1" + repeat(" or 1", 200), tex.ErrTooLarge},
		{"signs that make no nodes", repeat("-", 2100) + "1", tex.ErrTooLarge},
		{"rows", `\begin{pmatrix}` + repeat(`1\\`, 700) + `1\end{pmatrix}`, tex.ErrTooLarge},
		{"environments", repeat(`\begin{cases}`, 300), tex.ErrTooLarge},
		{"elements", "1" + repeat(",1", 1000), tex.ErrTooLarge},
		{"terms", "1" + repeat("+1", 1000), tex.ErrTooLarge},
		{"functions of names", repeat("f(", 1500), tex.ErrTooLarge},
		{"definitions", repeat("P(x,", 1000), nil},
		{"backslashes", repeat(`\`, 4000), nil},
		{"openings of text", repeat(`\text{`, 600), nil},
		{"groups after digits", repeat("1,111", 800), nil},
		{"words", repeat("no ", 1300), nil},
		{"units", "1" + repeat("/km", 1000), nil},
		{"superscripts", repeat("²", 2000), nil},
		{"accents", repeat(`\overline{`, 300) + "x" + repeat("}", 300), tex.ErrTooLarge},
	}
}

// TestHostile feeds Parse with them. Memory stands for time, since it is the same
// on every machine; BenchmarkHostile has the time.
func TestHostile(t *testing.T) {
	for _, tt := range hostiles() {
		t.Run(tt.name, func(t *testing.T) {
			var n *tex.Node
			var err error
			took := costtest.Memory(func() { n, err = tex.Parse(tt.text) })
			t.Log(took)
			if took.Objects > 2_000 || took.Bytes > 2<<20 {
				t.Errorf("Parse took %v", took)
			}
			if tt.want != nil && !errors.Is(err, tt.want) {
				t.Errorf("Parse = %.60v, %v, want %v", n, err, tt.want)
			}
		})
	}
}

// BenchmarkHostile is what they take, the longest under 5 ms.
func BenchmarkHostile(b *testing.B) {
	var all []func()
	for _, tt := range hostiles() {
		all = append(all, func() { _, _ = tex.Parse(tt.text) })
	}
	costtest.Worst(b, all)
}

// TestBroken has texts that are no answer, of which none may be read as one.
func TestBroken(t *testing.T) {
	for _, text := range []string{
		"", " ", "$$", "(", ")", "{", "}", "[", "]", "|", "||", "^", "_", "*", "/", "-", "+", "!", "!0", "=", "<", "&", "%", "~", "@", "#", `\`, `\\`, `\$`, `\sqrt`, `\sqrt{}`,
		`\frac`, `\frac{1}`, `\frac{}{}`, `\int`, `\int x`, `\sum`, `\sum_{k}`, `\lim x`, `\log`, `\sin`, `\sin^2`, `1+`, `1+*2`, `(1`, `1)`, `(1]2`, `{1`, `\{1`, `1 2`, `||x|`, `\lfloor x`,
		`\lfloor a \rceil`, `\left(1`, `()`, `(,1)`, `x_`, `x^`, `x^{}`, `x^{2}^{3}`, `\begin{pmatrix}`, `\begin{pmatrix}1`, `\begin{pmatrix}\end{pmatrix}`, `\begin{pmatrix}1&2\\3\end{pmatrix}`,
		`\begin{x}1\end{x}`, `\begin{matrix}1\end{pmatrix}`, `\input{/etc/passwd}`, `\def\a{\a}\a`, `\foo{1}`, "5\xff", "\xff", "5\ufffd", "\x00", `1010_{x}`, `3 & 4`, `\operatorname{floor}(1, 2)`,
		`\mathbb`, `\mathbb{}`, `\not 5`, `1__2`, `\text{`, `\end{cases}`, `\right)`, `a \pmod`, `\binom{1}`,
	} {
		if n, err := tex.Parse(text); !errors.Is(err, tex.ErrNotMath) {
			t.Errorf("Parse(%q) = %v, %v, want %v", text, n, err, tex.ErrNotMath)
		}
	}
}

// TestCut parses every beginning and every end of real answers, which must not
// panic, and must print as what can be read again.
func TestCut(t *testing.T) {
	for _, text := range []string{
		`\begin{cases} \frac{x}{2} & \text{if } x \ge 0 \\ -\sqrt[3]{x} & \text{otherwise} \end{cases}`, `\left\{ x \in \mathbb{R} \mid |x|^{2} < \lfloor \pi \rfloor \right\}`,
		`\int_{0}^{\infty} \frac{\sin^{-1} x\,dx}{\log_{2} x} = 1{,}234.5\text{ cm}^2`, `(-\infty, -2] \cup ]2, \infty[ \setminus \{\pm 1\} \text{ or } x \equiv 3 \pmod{5!}`,
	} {
		for i := range text {
			for _, part := range []string{text[:i], text[i:]} {
				n, err := tex.Parse(part)
				if err != nil {
					continue
				}
				if again, err := tex.Parse(n.String()); err != nil || again.String() != n.String() {
					t.Errorf("Parse(%q) = %q, which reads as %v, %v", part, n, again, err)
				}
			}
		}
	}
}

// TestWalk visits a tree from the outside inwards, and spares what it is told to.
func TestWalk(t *testing.T) {
	n, err := tex.Parse(`2(x+1)+\sin y`)
	if err != nil {
		t.Fatal(err)
	}
	var seen []string
	n.Walk(func(n *tex.Node) bool {
		seen = append(seen, n.String())
		return n.Op != tex.Call
	})
	want := []string{n.String(), `2 \cdot (x + 1)`, "2", "x + 1", "x", "1", `\sin(y)`}
	if !slices.Equal(seen, want) {
		t.Errorf("Walk saw %q, want %q", seen, want)
	}
}

func ExampleParse() {
	n, err := tex.Parse(`$\dfrac{1}2x + √3$`)
	fmt.Println(n, err)
	// Output: \frac{1}{2} \cdot x + \sqrt{3} <nil>
}
