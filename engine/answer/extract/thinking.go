package extract

import (
	"cmp"
	"slices"
	"strings"

	"github.com/aimo3/aimo3/engine/answer/markup"
)

// span is a piece of a text, in bytes.
type span struct{ from, to int }

func (s span) empty() bool { return s.from >= s.to }

// parts is a text taken apart into what was replied and what was only thought.
type parts struct {
	reply    span
	thinking []span // what is still open first, then what was closed
}

// effect is what a mark does to the text behind it.
type effect int

const (
	opens  effect = iota // reasoning begins
	closes               // a reply begins
	turns                // somebody else speaks; the model only dreams it
	stops                // a turn ends, and the model's own is the last
)

// mark is a piece of text that models write around their reasoning.
type mark struct {
	text string
	effect
}

var angled = [...]mark{
	{"<think>", opens},
	{"</think>", closes},
	{"<thinking>", opens},
	{"</thinking>", closes},
	{"<thought>", opens},
	{"</thought>", closes},
	{"<reasoning>", opens},
	{"</reasoning>", closes},
	{"<seed:think>", opens},
	{"</seed:think>", closes},
	{"<|begin_of_thought|>", opens},
	{"<|end_of_thought|>", closes},
	{"<|start_thinking|>", opens},
	{"<|end_thinking|>", closes},
	{"<|channel|>analysis", opens},
	{"<|channel|>commentary", opens},
	{"<|channel|>final<|message|>", closes},
	{"<|channel|>final", closes},
	{"<|im_start|>user", turns},
	{"<|start|>user", turns},
	{"<|start_header_id|>user", turns},
	{"<|im_end|>", stops},
	{"<|endoftext|>", stops},
	{"<|end_of_text|>", stops},
	{"<|eot_id|>", stops},
	{"</s>", stops},
}

var bracketed = [...]mark{
	{"[THINK]", opens},
	{"[/THINK]", closes},
	{"◁think▷", opens},
	{"◁/think▷", closes},
}

// hit is a mark where it stands.
type hit struct {
	span
	effect
}

// split finds the reply: what follows the last end of reasoning, up to where
// reasoning begins anew or somebody else speaks.
func split(text string) parts {
	begin, end, open := 0, len(text), -1
	asked := false
	turn := -1 // where the last turn of the model is named, once it matters
	for _, h := range hits(text) {
		switch h.effect {
		case opens:
			if open < 0 {
				open = h.from
			}
			continue
		case closes:
			begin, open = h.to, -1
			continue
		case stops:
			if turn < 0 {
				turn = lastTurn(text, span{begin, h.from}, h.to, asked)
			}
			if h.from < turn {
				continue // of a conversation that was written down
			}
		case turns:
			asked = true
		}
		if open >= 0 || strings.TrimSpace(text[begin:h.from]) == "" {
			continue
		}
		end = h.from
		break
	}
	p := parts{reply: span{begin, begin + markup.Trimmed(text[begin:end])}}
	if open >= 0 {
		p.reply.to = open
		p.thinking = append(p.thinking, span{open, len(text)})
	}
	p.reply.to = question(text, p.reply)
	if begin > 0 {
		p.thinking = append(p.thinking, span{0, begin})
	}
	return p
}

// lastTurn is where the last turn of the model is named, behind which a stop
// counts. A turn that has answered, where nobody was yet heard to ask, is the
// last although the model ran on with another.
func lastTurn(text string, said span, next int, asked bool) int {
	rest := strings.TrimLeft(text[next:min(len(text), next+64)], " \n")
	more := strings.HasPrefix(rest, "<|im_start|>assistant") || strings.HasPrefix(rest, "<|start_header_id|>assistant")
	if more && !asked && answered(text, said) {
		return 0
	}
	return max(0, strings.LastIndex(text, "assistant"))
}

// answered tells whether a span states an answer.
func answered(text string, in span) bool {
	return len(boxes(text, in)) > 0 || len(finalLines(text, in)) > 0
}

// question is where, after an answer, a model that ran on asks itself the next
// question, or the end of the span. What begins with one is a prompt's, and one
// that is not answered as the first was may be the model's doubt.
func question(text string, in span) int {
	s := text[in.from:in.to]
	for _, word := range [...]string{"\nQuestion:", "\nQ:", "\nProblem:", "\n**Question:", "\n## Question"} {
		at := strings.Index(s, word)
		if at < 0 || strings.HasPrefix(strings.TrimLeft(s, " \n"), word[1:]) {
			continue
		}
		rest := s[at:]
		reply := strings.Contains(rest, "\nA:") || strings.Contains(rest, "\nAnswer:") || !strings.Contains(rest, "boxed")
		if reply && answered(text, span{in.from, in.from + at}) {
			return in.from + at
		}
	}
	return in.to
}

// hits finds the marks in their order.
func hits(text string) []hit {
	var found []hit
	for at := 0; ; at++ {
		n := strings.IndexByte(text[at:], '<')
		if n < 0 {
			break
		}
		at += n
		if at+1 == len(text) || strings.IndexByte("tTrRsS/|", text[at+1]) < 0 {
			continue // most are signs of mathematics
		}
		for _, m := range angled {
			if foldPrefix(text[at:], m.text) {
				found = append(found, hit{span{at, at + len(m.text)}, m.effect})
				break
			}
		}
	}
	angles := len(found)
	for _, m := range bracketed {
		for at := 0; ; {
			n := strings.Index(text[at:], m.text)
			if n < 0 {
				break
			}
			at += n + len(m.text)
			found = append(found, hit{span{at - len(m.text), at}, m.effect})
		}
	}
	if len(found) > angles {
		slices.SortFunc(found, func(a, b hit) int { return cmp.Compare(a.from, b.from) })
	}
	return found
}

// foldPrefix tells whether s begins with prefix, which is in small letters;
// capital ASCII letters of s count as small ones.
func foldPrefix(s, prefix string) bool {
	if len(s) < len(prefix) {
		return false
	}
	for i := range len(prefix) {
		if lower(s[i]) != prefix[i] {
			return false
		}
	}
	return true
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}
