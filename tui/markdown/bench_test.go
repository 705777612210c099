package markdown_test

import (
	"strings"
	"testing"

	"github.com/aimo3/aimo3/tui/markdown"
)

// statement has the length and the formulas of an olympiad's.
var statement = strings.Repeat(`Let $n\ge 2$ be an integer and $a_1,\dots,a_n$ be reals with $\sum_{i=1}^n a_i=0$. Find the largest $\lfloor x/2\rfloor$ for which `, 4) +
	`$$\frac{1}{n}\sum_{k=1}^{n}\left\lfloor\frac{a_k^2+\sqrt{k}}{2}\right\rfloor \equiv x \pmod{10^5}.$$`

// BenchmarkStatement draws a statement.
func BenchmarkStatement(b *testing.B) {
	for b.Loop() {
		markdown.Draw(statement, markdown.Options{Width: 80})
	}
}

// BenchmarkTranscript draws a transcript of 70 kB with some 200 formulas.
func BenchmarkTranscript(b *testing.B) {
	text := strings.Repeat(statement+"\n\n"+strings.Repeat("Then we look at each of the cases in turn and count them. ", 35)+"\n\n", 27)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		markdown.Draw(text, markdown.Options{Width: 80})
	}
}
