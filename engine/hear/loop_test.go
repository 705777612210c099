package hear_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine/enginetest"
	"github.com/aimo3/aimo3/engine/hear"
)

const (
	thought   = "Wait, let me check the case where n is even once more. "
	paragraph = "So we consider the configuration again, and count the pairs that remain after each step; none of them can be the one we look for, " +
		"because its weight would then exceed that of the whole, against what was assumed. Hence the first case is impossible, and only the second is left to do. "
)

// before is text that is no loop.
func before(n int) string {
	r, b := rand.New(rand.NewPCG(7, 7)), strings.Builder{}
	for b.Len() < n {
		fmt.Fprintf(&b, "%c%c%d ", 'a'+r.IntN(26), 'a'+r.IntN(26), r.IntN(50))
	}
	return b.String()[:n]
}

// count writes f for 1, 2, 3, … n.
func count(n int, f func(i int) string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(f(i + 1))
	}
	return b.String()
}

func matrix(rows, columns int, row func(i int) string) string {
	return count(rows, func(i int) string { return strings.Repeat(row(i)+" & ", columns-1) + row(i) + ` \\` + "\n" })
}

func TestLoop(t *testing.T) {
	tests := []struct {
		name, text string
		period     int // 0: no loop
	}{
		{"a thought", strings.Repeat(thought, 30), len(thought)},
		{"a thought after much else", before(9000) + strings.Repeat(thought, 30), len(thought)},
		{"a paragraph", strings.Repeat(paragraph, 20), len(paragraph)},
		{"a long paragraph", strings.Repeat(strings.Repeat(paragraph, 3)+thought, 12), 3*len(paragraph) + len(thought)},
		{"in Chinese", strings.Repeat("让我们再次检查一下这个条件是否成立,然后继续下去。", 20), len("让我们再次检查一下这个条件是否成立,然后继续下去。")},
		{"one word", before(100) + strings.Repeat("Wait ", 600), 5},
		{"one byte", strings.Repeat("0", 4000), 1},
		{"a row of a table for ever", strings.Repeat("| 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |\n", 120), len("| 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |\n")},
		{"it comes out of the loop", strings.Repeat(thought, 9) + before(600), 0},
		{"six times", before(2000) + strings.Repeat(thought, 6), len(thought)},
		{"five times", before(2000) + strings.Repeat(thought, 5), 0},
		{"nothing said, and not for long", strings.Repeat("\x00", 512), 0},
		{"a longer word, a few times", before(1500) + strings.Repeat("hmm, no. ", 60), 0},
		{"a line across", before(100) + strings.Repeat("-", 1500) + before(100), 0},
		{"a table of zeros", before(300) + matrix(12, 12, func(int) string { return "0" }), 0},
		{"a matrix of one fraction", before(300) + matrix(8, 8, func(int) string { return `\frac{1}{8}` }), 0},
		{"1, 2, 3, …", count(3000, func(i int) string { return fmt.Sprintf("%d, ", i) }), 0},
		{"one of many digits", before(50) + "0." + strings.Repeat("142857", 300), 0},
		{"cases, one after the other", count(400, func(i int) string { return fmt.Sprintf("For n = %d the sum is %d, which is too small.\n", i, i*i) }), 0},

		// Not found, and the comment says so.
		{"a loop with a counter", count(400, func(i int) string { return fmt.Sprintf("Attempt %d: %s", i, thought) }), 0},
		{"what is longer than can be seen", strings.Repeat(before(1400), 8), 0},
	}
	for _, tt := range tests {
		text := before((512-len(tt.text)%512)%512) + tt.text // the last look falls on its end
		for _, size := range []int{1, 7, 100_000} {
			r, found := listen(text, size)
			if found != (tt.period > 0) || r.Period != tt.period {
				t.Errorf("%s, %d bytes at once: %+v, %v; want a period of %d", tt.name, size, r, found, tt.period)
			}
		}
	}
}

// listen tells a Loop a text in pieces of so many bytes.
func listen(text string, size int) (hear.Repeat, bool) {
	var l hear.Loop
	for text != "" {
		n := min(size, len(text))
		if r, found := l.Hear(text[:n]); found {
			return r, true
		}
		text = text[n:]
	}
	return hear.Repeat{}, false
}

// TestEveryLoopIsFound: words that a sample repeats for ever are found, whatever
// they are and wherever they begin, by the time that the window is full of them.
func TestEveryLoopIsFound(t *testing.T) {
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 11))
		period := 1 + r.IntN(1300)
		words := make([]byte, period)
		for i := range words {
			words[i] = "etaoin shrdlu cmfwyp"[r.IntN(20)]
		}
		start := before(r.IntN(5000))
		text := start + strings.Repeat(string(words), 5000/period+2)[:4096+512]
		if got, found := listen(text, 1+r.IntN(40)); !found || period%got.Period != 0 {
			t.Errorf("seed %d: a period of %d after %d bytes: %+v, %v", seed, period, len(start), got, found)
		}
	}
}

// TestNoTraceLoops: of all recorded thinking none is called a loop. The looks
// fall on other bytes in each trace.
func TestNoTraceLoops(t *testing.T) {
	heard := 0
	for i, trace := range enginetest.Recordings(t) {
		var l hear.Loop
		l.Hear(before(37 * i % 512))
		for _, text := range trace.Words() {
			heard += len(text)
			if r, found := l.Hear(text); found {
				t.Errorf("%s of %s: %+v, in %q", trace.ID, trace.Problem, r, text[:min(len(text), 200)])
			}
		}
	}
	t.Logf("%d MB heard", heard>>20)
	if heard < 10<<20 {
		t.Errorf("%d bytes heard: the test shows little", heard)
	}
}

func TestLoopAllocatesNothing(t *testing.T) {
	var l hear.Loop
	text := before(5000)
	if n := testing.AllocsPerRun(50, func() { l.Hear(text) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func BenchmarkLoop(b *testing.B) {
	for name, text := range map[string]string{"text": before(64 << 10), "zeros and a one": strings.Repeat(strings.Repeat("0", 1900)+"1", 34)} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				var l hear.Loop
				l.Hear(text)
			}
		})
	}
}
