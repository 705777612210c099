package extract_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/aimo3/aimo3/engine/answer/costtest"
	"github.com/aimo3/aimo3/engine/answer/extract"
)

// FuzzExtract holds extraction to its promises on any text: spans that lie in
// it, nothing blank, boxes before all else, and none of the guesses before the
// end.
func FuzzExtract(f *testing.F) {
	for _, s := range []string{
		`\boxed{42}`, `\boxed{\boxed{`, `\fbox{\}}`, "\\boxed{$ $}", `\boxed`, `\boxed 7, \boxed{8} and \boxed(9)`, `\begin{boxed}1\end{boxed}`,
		"<think>\\boxed{1}</think> The answer is $2$.", "<|channel|>final<|message|>**Final Answer**\n\n\\[ 3 \\]", "答案：$5$。", "Ответ: 5 и 7", "**4**", "x = 3 + 4 = 7.",
		"#### 12", "A: -3", "<answer>5", "it is B", "$5 and $6", "\\(1\\), \\(2\\)", "٤٢", "réponse : 1,5", strings.Repeat(`\boxed{`, 50),
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n := 0
		for c := range extract.Candidates(s, extract.Options{End: true}) {
			if c.From < 0 || c.From > c.To || c.To > len(s) {
				t.Fatalf("%q: span of %+v", s, c)
			}
			if c.Text == "" {
				t.Fatalf("%q: a blank answer %+v", s, c)
			}
			if utf8.ValidString(s) && !utf8.ValidString(c.Text) {
				t.Fatalf("%q: a rune was cut in %q", s, c.Text)
			}
			n++
		}
		boxed, ok := extract.Boxed(s)
		if ok && (n == 0 || boxed.Truncated || boxed.Thinking) {
			t.Fatalf("%q: boxed %+v, %d candidates", s, boxed, n)
		}
		if first, found := extract.First(s, extract.Options{}); found != ok || first != boxed {
			t.Fatalf("%q: before the end %+v, boxed %+v", s, first, boxed)
		}
	})
}

// TestNoRuneIsCut: however long an answer, it ends with a whole rune.
func TestNoRuneIsCut(t *testing.T) {
	for _, lead := range []string{`\boxed{`, `\boxed `, "The answer is ", "The answer is \\", "$", `\(`, "**", "<answer>", "#### ", "答案："} {
		for _, fill := range []string{"答", "é", "1答", "\\答"} {
			for _, end := range []string{"", "}", "$", "**", "\n"} {
				for shift := range 3 {
					text := lead + strings.Repeat("x", shift) + strings.Repeat(fill, 6000) + end
					for c := range extract.Candidates(text, extract.Options{End: true}) {
						if !utf8.ValidString(c.Text) {
							t.Errorf("%q, %d, %q, %q: %s of %d bytes", lead, shift, fill, end, c.Source, len(c.Text))
						}
					}
				}
			}
		}
	}
}

// hostile are texts made to make a scan return again and again.
func hostile() map[string]string {
	const n = 2 << 20
	return map[string]string{
		"braces":           strings.Repeat("{", n),
		"closing braces":   strings.Repeat("}", n),
		"pairs":            strings.Repeat("{}", n/2),
		"boxes":            strings.Repeat(`\boxed{`, n/7),
		"nested boxes":     strings.Repeat(`\boxed{`, n/14) + strings.Repeat("}", n/14),
		"empty boxes":      "}" + strings.Repeat(`\boxed{}`, n/8),
		"list of boxes":    strings.Repeat(`\boxed{1},`, n/10),
		"backslashes":      strings.Repeat(`\`, n),
		"spaced boxes":     strings.Repeat(`\boxed `, n/7),
		"spaces":           `\boxed` + strings.Repeat(" ", n),
		"dollars":          strings.Repeat("$", n),
		"money":            strings.Repeat("$5 and ", n/7),
		"stars":            strings.Repeat("*", n),
		"angles":           strings.Repeat("<", n),
		"thoughts":         strings.Repeat("<think>", n/7),
		"answers":          strings.Repeat("answer ", n/7),
		"answers are":      strings.Repeat("answer is ", n/10),
		"digits":           strings.Repeat("7", n),
		"the answer, long": "The answer is " + strings.Repeat("7", n),
		"listed":           strings.Repeat("1. ", n/3),
		"labels":           strings.Repeat("1. \n", n/4),
		"answer tags":      strings.Repeat("<answer>", n/8),
		"formulas":         strings.Repeat(`\(`, n/2),
		"formula list":     "The answer is " + strings.Repeat("$1$, ", n/5),
		"open parens":      "The answer is " + strings.Repeat("(", n) + "7",
		"stops":            "The answer is 7" + strings.Repeat(" .)", n/3),
		"lead":             "answer" + strings.Repeat(":", n),
		"CJK":              strings.Repeat("答", n/3),
		"capitals":         strings.Repeat("A ", n/2),
		"one big box":      `\boxed{` + strings.Repeat("9", n) + "}",
		"box in boxes":     strings.Repeat(`\boxed{`, n/14) + "7" + strings.Repeat("}", n/14),
		"corrections":      `\boxed{1} but ` + strings.Repeat("the final answer is ", n/20),
		"tags":             "The answer is " + strings.Repeat("<b>", n/3),
		"closed tags":      strings.Repeat("<b>7</b>", n/8),
		"stop tokens":      "7" + strings.Repeat("</s>", n/4),
		"turns":            strings.Repeat("7<|im_end|>assistant", n/20),
		"thousands":        "The answer is 1" + strings.Repeat(" 234", n/4),
		"thousands, all":   strings.Repeat("1 234 567 ", n/10),
		"commands":         strings.Repeat(`\frac{1}{2} `, n/12),
		"open commands":    strings.Repeat(`\frac{1`, n/7),
		"asides":           strings.Repeat("7 (about ", n/9) + "7",
		"lists of lines":   strings.Repeat("$1$ and ", n/8) + "$2$",
		"options":          strings.Repeat("option B ", n/9),
		"options of boxes": strings.Repeat(`\bbox[`, n/6) + "]{7}",
		"choices":          "The answer is " + strings.Repeat("A: ", n/3),
		"letters":          "The answer is " + strings.Repeat("A, ", n/3),
		"ratios":           "The answer is " + strings.Repeat("1 : ", n/4),
		"durations":        "The answer is " + strings.Repeat("1 hour ", n/7),
		"adjuncts":         "Answer: is that " + strings.Repeat("in 5 and ", n/9),
		"extremes":         strings.Repeat("the maximum of 7 is attained at ", n/32),
		"said before":      strings.Repeat("7 is the answer, ", n/17),
		"commas and":       "The answers are 1, 2" + strings.Repeat(", and 3", n/7),
		"quotes":           "The answer is " + strings.Repeat("'", n),
		"underscores":      strings.Repeat("1_234", n/5),
	}
}

// mostBytes and mostObjects are the memory that a byte of text may take, and the
// objects that a text may: most need none that grows with it.
const (
	mostBytes   = 100
	mostObjects = 20_000 // the race detector and the runtime make some thousands themselves in a test that takes long
)

// TestHostileTexts bounds the memory for two megabytes. Work that grows with the
// square of a text's length would take the better part of an hour for them, which
// is more than a test may.
func TestHostileTexts(t *testing.T) {
	for name, text := range hostile() {
		t.Run(name, func(t *testing.T) {
			n := 0
			took := costtest.Memory(func() { n = scan(text) })
			t.Logf("%v for %d candidates", took, n)
			if took.Objects > mostObjects || took.Bytes > mostBytes*uint64(len(text)) {
				t.Errorf("%d bytes took %v", len(text), took)
			}
		})
	}
}

// scan looks for every candidate of a text and says how many there are.
func scan(text string) (n int) {
	for range extract.Candidates(text, extract.Options{End: true}) {
		n++
	}
	extract.Boxed(text)
	return n
}

// BenchmarkHostileTexts is what they take, the longest under a second.
func BenchmarkHostileTexts(b *testing.B) {
	var all []func()
	for _, text := range hostile() {
		all = append(all, func() { scan(text) })
	}
	costtest.Worst(b, all)
}

var trace = strings.Repeat("We try \\boxed{} and \\frac{1}{2} of $x < 3$, as the rest of {1, 2} is 7.\n", 1400)

func BenchmarkBoxedAtTheEnd(b *testing.B) {
	benchmark(b, trace+`Thus \boxed{336}.`)
}

func BenchmarkBoxedAtTheBeginning(b *testing.B) {
	benchmark(b, `Thus \boxed{336}.`+trace)
}

func BenchmarkFinalLine(b *testing.B) {
	benchmark(b, trace+"The answer is 336.\n")
}

func BenchmarkNothing(b *testing.B) {
	benchmark(b, strings.Repeat("nothing to be found here at all, and no more of it\n", 2000))
}

func benchmark(b *testing.B, text string) {
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		extract.First(text, extract.Options{End: true})
	}
}
