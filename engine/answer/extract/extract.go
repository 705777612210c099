// Package extract finds the final answer in what a model wrote. It scans by
// hand and backwards where it can, so that its cost is linear in the text and,
// for a text that ends with a box, hardly depends on its length.
package extract

import (
	"iter"
	"strings"
)

// Source is the form in which an answer was written.
type Source string

// The sources, from the one that leaves no doubt to mere guesses.
const (
	Box        Source = "boxed"       // \boxed{…}
	Tag        Source = "answer-tag"  // <answer>…</answer>
	FinalLine  Source = "final-line"  // "The answer is …", in many languages
	CodeOutput Source = "code-output" // what the last code printed
	LastMath   Source = "last-math"
	Bold       Source = "bold"
	LastNumber Source = "last-number"
	Choice     Source = "choice" // a letter, where there is no number at all
)

// Candidate is a text that may be the answer.
type Candidate struct {
	Text     string // without the marks around it; several answers are a list
	Source   Source
	From, To int // where it stands, in bytes; both 0 for a code's output

	Thinking  bool // it stands only in reasoning, not in what was replied
	Truncated bool // the text ended before its mark was closed
}

// Options say what is known of the text.
type Options struct {
	End    bool   // the sample has ended; until then only closed boxes count
	Output string // what the sample's last code printed
}

// Boxed returns the last box of a reply, or boxes if they make one list. It
// never guesses: a box that never closes, holds nothing or a placeholder, or
// stands in reasoning is passed over.
func Boxed(text string) (Candidate, bool) {
	return boxIn(text, split(text).reply)
}

// BoxIn returns the last box of a text that is all of one kind, such as reasoning that
// a server told apart: marks that stand in it part nothing.
func BoxIn(text string) (Candidate, bool) { return boxIn(text, span{0, len(text)}) }

func boxIn(text string, in span) (Candidate, bool) {
	for _, c := range boxes(text, in) {
		if !c.Truncated {
			return c, true
		}
	}
	return Candidate{}, false
}

// Candidates yields what may be the answer, most trusted first, and looks for
// one only when it is asked for.
func Candidates(text string, o Options) iter.Seq[Candidate] {
	return func(yield func(Candidate) bool) {
		p := split(text)
		if !o.End {
			if c, ok := Boxed(text); ok {
				yield(c)
			}
			return
		}
		strict := []finder{boxesCorrected, tags, finalLines}
		loose := []finder{outputBlock, guesses}
		_ = p.each(text, strict, false, yield) &&
			p.each(text, []finder{boxes}, true, yield) &&
			o.printed(yield) &&
			p.each(text, loose, false, yield) &&
			p.each(text, []finder{tags, finalLines, guesses}, true, yield)
	}
}

// First returns the most trusted candidate.
func First(text string, o Options) (Candidate, bool) {
	for c := range Candidates(text, o) {
		return c, true
	}
	return Candidate{}, false
}

// Stated returns the most trusted candidate that a reply which has ended states as its
// answer: in a box, in a tag or in a final line. Mere guesses, such as the last number of a
// text, are none.
func Stated(text string) (Candidate, bool) {
	for c := range Candidates(text, Options{End: true}) {
		switch c.Source {
		case Box, Tag, FinalLine:
			return c, true
		case CodeOutput, LastMath, Bold, LastNumber, Choice:
		}
	}
	return Candidate{}, false
}

// finder looks for answers in a span of a text, most trusted first.
type finder func(text string, in span) []Candidate

// each yields what the finders see in the reply or in the reasoning, and tells
// whether more is wanted.
func (p parts) each(text string, finders []finder, thinking bool, yield func(Candidate) bool) bool {
	spans := []span{p.reply}
	if thinking {
		spans = p.thinking
	}
	for _, in := range spans {
		if in.empty() {
			continue
		}
		for _, find := range finders {
			for _, c := range find(text, in) {
				c.Thinking = thinking
				if c.Text != "" && !yield(c) { // of a "$$.$" nothing is left
					return false
				}
			}
		}
	}
	return true
}

// printed yields the last line of what the caller says that code printed.
func (o Options) printed(yield func(Candidate) bool) bool {
	line := lastLine(o.Output)
	return line == "" || yield(Candidate{Text: bareNumber(line), Source: CodeOutput})
}

// outputBlock is the last line of the block of output with which a text ends.
func outputBlock(text string, in span) []Candidate {
	const fence = "```"
	tail := strings.TrimRight(text[in.from:in.to], " \t\r\n")
	block, closed := strings.CutSuffix(tail, fence)
	begin := strings.LastIndex(block, fence+"output\n")
	if !closed || begin < 0 {
		return nil
	}
	printed := block[begin+len(fence+"output\n"):]
	line := lastLine(printed)
	if line == "" || strings.Contains(printed, fence) {
		return nil
	}
	from := in.from + strings.LastIndex(block, line)
	return []Candidate{{Text: bareNumber(line), Source: CodeOutput, From: from, To: from + len(line)}}
}

// bareNumber is a number without the type that libraries show it with, as in
// np.int64(42), mpf('1.5') and Decimal('1.5').
func bareNumber(line string) string {
	name, rest, _ := strings.Cut(line, "(")
	digits, closed := strings.CutSuffix(rest, ")")
	digits = strings.Trim(digits, "'")
	typed := strings.HasPrefix(name, "np.") || strings.HasPrefix(name, "numpy.") || name == "mpf" || name == "mpz" || name == "Decimal"
	if !typed || !closed || digits == "" || strings.Trim(digits, "+-.0123456789e") != "" {
		return line
	}
	return digits
}

func lastLine(s string) string {
	s = strings.TrimSpace(s)
	return strings.TrimSpace(s[strings.LastIndexByte(s, '\n')+1:])
}
