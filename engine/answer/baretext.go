package answer

import (
	"strings"
	"unicode/utf8"
)

// bareText is s without the commands of TeX that only say how it looks.
func bareText(s string) string {
	if !strings.ContainsAny(s, `\~${}*`) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for s != "" {
		c := s[0]
		switch {
		case c == '\\':
			s = plainCommand(&b, s)
			continue
		case c == '~':
			b.WriteByte(' ')
		case c == '$' || c == '{' || c == '}' || strings.HasPrefix(s, "**"):
		default:
			b.WriteByte(c)
		}
		s = s[1:]
	}
	return b.String()
}

// plainCommand writes the command that s begins with, if it says something, and
// returns what follows it.
func plainCommand(b *strings.Builder, s string) string {
	end := 1
	for end < len(s) && isLetter(s[end]) {
		end++
	}
	switch name := s[1:end]; {
	case name == "" && len(s) > 1:
		if end++; strings.IndexByte(" ,;:!\\", s[1]) >= 0 {
			b.WriteByte(' ')
		} else if s[1] >= utf8.RuneSelf || s[1] == '%' {
			b.WriteByte(s[1])
		}
	case strings.HasSuffix(name, "quad"):
		b.WriteByte(' ')
	case name == "color" || name == "textcolor":
		if closing := strings.IndexByte(s[end:], '}'); closing >= 0 {
			end += closing + 1
		}
	case !styling(name):
		b.WriteString(s[:end])
	}
	return s[end:]
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// styling says whether a command of TeX changes only how its text looks.
func styling(name string) bool {
	switch name {
	case "text", "textbf", "textit", "textrm", "textnormal", "textsf", "texttt", "mbox", "mathrm", "mathbf", "mathit", "mathsf", "operatorname",
		"rm", "bf", "it", "left", "right", "big", "Big", "bigl", "bigr", "displaystyle", "boxed", "fbox", "quad", "qquad", "emph", "underline":
		return true
	}
	return false
}
