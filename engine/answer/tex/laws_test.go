package tex_test

import (
	"errors"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine/answer/tex"
)

// pieces are what the texts of TestPrintedTreesReadBack are put together of.
var pieces = []string{
	"1", "2", "23", "0.5", "1,234", "x", "y", "n", "f", "e", "d", "AB", `\pi`, `\infty`, `\alpha`, "sin", `\sin`, `\log`, `\ln `, `\max`, "sqrt", `\sqrt`, `\frac`, `\binom`, "{", "}", "{", "}",
	"(", ")", "(", ")", "[", "]", `\{`, `\}`, "|", "|", `\lfloor `, `\rfloor `, "+", "-", "*", "/", `\cdot `, "^", "_", "^2", "_1", "^{", "_{", "!", "%", `\%`, "'", ",", ", ", ";", ":", "=", "<", `\le `,
	`\in `, `\equiv `, `\pmod `, `\bmod `, `\mid `, `\cup `, `\cap `, `\setminus `, `\pm `, `\approx `, `\text{ and }`, `\text{ or }`, `\text{ cm}`, "km", `\text{if }`, "word", " ", " ", `\$`, `^\circ `, `\sum `,
	`\sum_{k=1}^{n}`, `\int `, "dx", `\lim_{x\to 0}`, `\overline `, `\begin{cases}`, `\end{cases}`, `\begin{pmatrix}`, `\end{pmatrix}`, "&", `\\`, `\mathbb{Z}`, `\mathrm{d}`, `\operatorname{q}`, `\emptyset `,
	`\ldots `, `\mathrm{lcm}`, `\foo `, "√", "²", "½", "1e5", `0.\overline{3}`, "101_2", `\vec `, "is", "if", "Rational", "binomial", "[[1,2],[3,4]]", `\not`, `\begin{vmatrix}`, `\end{vmatrix}`, "mod",
}

// TestPrintedTreesReadBack is FuzzParse for texts that are more often than not
// nearly mathematics.
func TestPrintedTreesReadBack(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	read, failed := 0, 0
	for range 30000 {
		var b strings.Builder
		for range 1 + random.IntN(12) {
			b.WriteString(pieces[random.IntN(len(pieces))])
		}
		n, err := tex.Parse(b.String())
		if err != nil {
			continue
		}
		if n.Op != tex.Words {
			read++
		}
		again, err := tex.Parse(n.String())
		if errors.Is(err, tex.ErrTooLarge) || err == nil && again.String() == n.String() {
			continue
		}
		t.Errorf("Parse(%q) = %q, which reads as %v, %v", b.String(), n, again, err)
		if failed++; failed == 25 {
			break
		}
	}
	if read < 1000 {
		t.Errorf("%d texts were mathematics, too few to show anything", read)
	}
}
