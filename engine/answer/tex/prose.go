package tex

import "strings"

// prose is the Words node for text that is no mathematics but has words in it,
// or nil.
func prose(s string, toks []token) *Node {
	words := 0
	for _, t := range toks {
		if t.role == word && len(t.text) > 1 {
			words++
		}
	}
	if words == 0 {
		return nil
	}
	if s = unwrapped(s); s == "" {
		return nil
	}
	return &Node{Op: Words, Text: s}
}

// unwrapped is s without dollar signs and the commands for text, with every run
// of space as one.
func unwrapped(s string) string {
	var b strings.Builder
	var dropped []bool // of the braces that are open, whether they went
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '$':
			continue
		case s[i] == '{':
			dropped = append(dropped, false)
		case s[i] == '}' && len(dropped) > 0:
			drop := dropped[len(dropped)-1]
			dropped = dropped[:len(dropped)-1]
			if drop {
				continue
			}
		case s[i] == '\\' && i+1 < len(s):
			if n := textCommand(s[i:]); n > 0 {
				i += n - 1
				dropped = append(dropped, true)
				continue
			}
			i++
			if strings.IndexByte(" ,;:!()[]", s[i]) >= 0 {
				b.WriteByte(' ')
				continue
			}
			b.WriteByte('\\')
		}
		b.WriteByte(s[i])
	}
	t := b.String()
	if !balanced(t) {
		t = strings.Map(unbraced, t)
	}
	return tidy(t)
}

// unbraced drops what could not be put into braces again.
func unbraced(r rune) rune {
	if strings.ContainsRune(`{}\$`, r) {
		return -1
	}
	return r
}

// textCommand is the length of the \text{ that s begins with, or 0.
func textCommand(s string) int {
	i := 1
	for i < len(s) && letter(s[i]) {
		i++
	}
	if commands[s[1:i]].role != written || i == len(s) || s[i] != '{' {
		return 0
	}
	return i + 1
}

// balanced tells whether every brace in s has its partner.
func balanced(s string) bool {
	depth := 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '{':
			depth++
		case '}':
			if depth--; depth < 0 {
				return false
			}
		}
	}
	return depth == 0 && !strings.HasSuffix(s, `\`)
}

// spelled is the text of tokens after first.
func spelled(first string, toks []token) string {
	parts := []string{first}
	for _, t := range toks {
		if t.text != "" {
			parts = append(parts, t.text)
		}
	}
	return strings.Join(parts, " ")
}
