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
				turn = max(0, strings.LastIndex(text, "assistant"))
			}
			if h.from < turn {
				continue // of a conversation that was written down
			}
		case turns:
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
	if begin > 0 {
		p.thinking = append(p.thinking, span{0, begin})
	}
	return p
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
