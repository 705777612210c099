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

// transcript is one of 70 kB with some 200 formulas.
func transcript() string {
	return strings.Repeat(statement+"\n\n"+strings.Repeat("Then we look at each of the cases in turn and count them. ", 35)+"\n\n", 27)
}

// BenchmarkTranscript draws a transcript for the first time.
func BenchmarkTranscript(b *testing.B) {
	text := transcript()
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		markdown.Draw(text, markdown.Options{Width: 80})
	}
}

// BenchmarkStream draws eight transcripts for one frame of 33 ms, in which each has
// grown by the eight tokens that 250 a second are; all end in a formula of several lines.
func BenchmarkStream(b *testing.B) {
	const samples, tokens = 8, 8
	next := strings.Repeat("so we see that ", 8) + "$$\\frac{a_1+a_2}{\\sqrt{n}} \\le \\sum_{k=1}^n \\binom{n}{k}x_k$$ for all $x_k\\ge0$.\n\n"
	var docs []*markdown.Document
	for range samples {
		d := markdown.New(markdown.Options{Width: 80, Breaks: true})
		d.Write(transcript())
		d.Len()
		docs = append(docs, d)
	}
	at := 0
	for b.Loop() {
		to := min(at+4*tokens, len(next))
		for _, d := range docs {
			d.Write(next[at:to])
			d.Len()
		}
		at = to % len(next)
	}
}
