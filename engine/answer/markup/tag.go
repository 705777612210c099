package markup

import "strings"

// tags are the names of HTML that only say how a text looks, and those that
// prompts ask for around an answer.
var tags = map[string]bool{
	"b": true, "i": true, "u": true, "p": true, "em": true, "strong": true, "span": true, "div": true, "mark": true, "code": true, "pre": true, "center": true, "font": true, "big": true, "small": true,
	"tt": true, "li": true, "ul": true, "ol": true, "h1": true, "h2": true, "h3": true, "h4": true, "h5": true, "h6": true, "kbd": true, "samp": true, "ins": true, "body": true, "html": true, "td": true,
	"answer": true, "final_answer": true, "final": true, "ans": true, "result": true, "output": true, "solution": true, "response": true, "boxed": true, "box": true, "math": true, "latex": true, "finalanswer": true,
	"sup": true, "sub": true, "br": true, "hr": true,
}

// tag is a tag where it stands.
type tag struct {
	name    string
	closing bool
	size    int
}

// tagOf is the tag with which s begins.
func tagOf(s string) (tag, bool) {
	rest := s[1:]
	rest, closing := strings.CutPrefix(rest, "/")
	n := 0
	for n < len(rest) && (letter(rest[n]) || digit(rest[n]) || rest[n] == '_') {
		n++
	}
	name := strings.ToLower(rest[:n])
	if !tags[name] {
		return tag{}, false
	}
	end := strings.IndexByte(rest[n:min(len(rest), n+256)], '>')
	if end < 0 || end > 0 && rest[n] != ' ' && rest[n] != '/' {
		return tag{}, false
	}
	return tag{name, closing, len(s) - len(rest) + n + end + 1}, true
}

// Tag is the length of the tag with which s begins, or 0. A closing one is never
// mathematics; an opening one is a tag if it is closed further on.
func Tag(s string) int {
	if s == "" || s[0] != '<' {
		return 0
	}
	t, ok := tagOf(s)
	if !ok || !t.closing && t.name != "br" && t.name != "hr" && !strings.Contains(strings.ToLower(s[t.size:min(len(s), t.size+4096)]), "</"+t.name) {
		return 0
	}
	return t.size
}

// tagless is s without tokens and tags. What is set higher or lower becomes an
// exponent or an index.
func tagless(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); {
		if n := Token(s[i:]); n > 0 {
			b.WriteByte(' ')
			i += n
			continue
		}
		n := Tag(s[i:])
		if n == 0 {
			b.WriteByte(s[i])
			i++
			continue
		}
		b.WriteString(shown(s[i : i+n]))
		i += n
	}
	return strings.TrimSpace(b.String())
}

// shown is what TeX writes for a tag.
func shown(s string) string {
	switch t, _ := tagOf(s); {
	case t.name == "sup" && !t.closing:
		return "^{"
	case t.name == "sub" && !t.closing:
		return "_{"
	case t.name == "sup" || t.name == "sub":
		return "}"
	}
	return " "
}
