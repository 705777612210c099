// Package markup takes off what stands around an answer and is no part of it:
// the tokens with which models end their turns, tags of HTML, and the marks of
// Markdown. <b>42</b>, __42__, `42` and 42<|im_end|> are all 42.
package markup

import (
	"html"
	"strings"
)

// Bare is s without tokens, tags and marks. Mathematics stays as it is: a<b>c
// has no tag in it, since none is closed.
func Bare(s string) string {
	if strings.IndexByte(s, '<') >= 0 || strings.IndexByte(s, '[') >= 0 {
		s = tagless(s)
	}
	if strings.IndexByte(s, '&') >= 0 && strings.IndexByte(s, ';') >= 0 && !strings.Contains(s, `\begin`) {
		s = html.UnescapeString(s)
	}
	return Unmarked(s)
}

// Trimmed is how long s is without the tokens and the space that it ends with.
func Trimmed(s string) int {
	for {
		t := strings.TrimRight(s, " \t\r\n")
		if t == "" || t[len(t)-1] != '>' && t[len(t)-1] != ']' {
			return len(t)
		}
		open := strings.LastIndexAny(t[max(0, len(t)-maxToken):], "<[")
		if open < 0 {
			return len(t)
		}
		open += max(0, len(t)-maxToken)
		if Token(t[open:]) != len(t)-open {
			return len(t)
		}
		s = t[:open]
	}
}

// maxToken is the longest token or tag, in bytes.
const maxToken = 64

// tokens are those without bars.
var tokens = [...]string{
	"</s>", "<s>", "<eos>", "<bos>", "<pad>", "<unk>", "<EOS>", "<EOD>", "<eod>", "<end_of_turn>", "<start_of_turn>", "<end_of_text>", "<endoftext>", "<eot>", "<end>", "<stop>", "<sep>", "<im_end>", "<eos_token>",
	"[EOS]", "[BOS]", "[INST]", "[/INST]", "[PAD]", "[SEP]", "[CLS]", "[END]", "[end]", "<<SYS>>", "<</SYS>>",
}

// Token is the length of the token of a model's vocabulary with which s begins,
// or 0: </s>, <|im_end|>, <0x0A>.
func Token(s string) int {
	if s == "" || s[0] != '<' && s[0] != '[' {
		return 0
	}
	for _, t := range tokens {
		if strings.HasPrefix(s, t) {
			return len(t)
		}
	}
	for _, bar := range [...]string{"|", "｜"} {
		rest, ok := strings.CutPrefix(s, "<"+bar)
		if n := named(rest); ok && n > 1 && strings.HasPrefix(rest[n:], bar+">") {
			return 1 + len(bar) + n + len(bar) + 1
		}
	}
	if len(s) > 5 && strings.HasPrefix(s, "<0x") && s[5] == '>' && hexadecimal(s[3]) && hexadecimal(s[4]) {
		return 6
	}
	return 0
}

// named is the length of a token's name with which s begins.
func named(s string) int {
	n := 0
	for n < len(s) && n < maxToken {
		switch {
		case letter(s[n]), digit(s[n]), s[n] == '_', s[n] == '-', s[n] == '/':
			n++
		case strings.HasPrefix(s[n:], "▁"):
			n += len("▁")
		default:
			return n
		}
	}
	return n
}

func hexadecimal(c byte) bool { return digit(c) || c|0x20-'a' < 6 }
func digit(c byte) bool       { return c-'0' < 10 }
func letter(c byte) bool      { return c|0x20-'a' < 26 }

// Unmarked is s without the marks of Markdown around all of it.
func Unmarked(s string) string {
	for {
		t := strings.TrimSpace(s)
		for _, mark := range [...]string{"```", "***", "**", "___", "__", "~~", "`", "*", "_"} {
			inner, ok := strings.CutPrefix(t, mark)
			inner, closed := strings.CutSuffix(inner, mark)
			if !ok || !closed || strings.TrimSpace(inner) == "" || strings.Contains(inner, mark) || strings.HasSuffix(inner, `\`) {
				continue
			}
			if mark == "```" {
				inner = unlabelled(inner)
			}
			t = inner
			break
		}
		if t == s {
			return t
		}
		s = t
	}
}

// unlabelled is what a block of code holds, without its language.
func unlabelled(s string) string {
	label, rest, ok := strings.Cut(s, "\n")
	if label = strings.TrimSpace(label); !ok || label == "" || named(label) < len(label) || digit(label[0]) || strings.TrimSpace(rest) == "" {
		return s
	}
	return rest
}
