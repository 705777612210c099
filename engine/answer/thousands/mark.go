package thousands

import (
	"strings"
	"unicode/utf8"
)

// sort is the sort of a separator; all those of one number are of one sort.
type sort uint8

const (
	comma      sort = iota // as it separates the numbers of a list
	tightComma             // one that TeX sets without the space of a list: {,}
	point
	space
	apostrophe
	underscore
)

// mark is a separator where it stands.
type mark struct {
	sort sort
	size int
}

// maxMark is the longest separator that is looked for before a number.
const maxMark = 24

// markOf is the separator of thousands with which s begins.
func markOf(s string) (mark, bool) {
	n := 0
	switch c := s[0]; {
	case c == ',':
		if n = kerned(s[1:]); n == 0 {
			return mark{comma, 1}, true
		}
		return mark{tightComma, 1 + n + blanks(s[1+n:])}, true
	case c == '.':
		return mark{point, 1}, true
	case c == '\'':
		return mark{apostrophe, 1}, true
	case c == '_':
		return mark{underscore, 1}, true
	case c == ' ':
		if len(s) > 1 && (s[1] == '\\' || s[1] == '{') { // mathematics shows no space here
			m, ok := commanded(s[1:])
			m.size++
			return m, ok
		}
		return mark{space, 1}, true
	case c == '~':
		return mark{space, 1}, true
	case c == '\\', c == '{', c == '&':
		return commanded(s)
	case c >= utf8.RuneSelf:
		return shown(s)
	}
	return mark{}, false
}

// shown is a separator outside ASCII.
func shown(s string) (mark, bool) {
	r, n := utf8.DecodeRuneInString(s)
	switch {
	case r == '\u00a0', r >= '\u2000' && r <= '\u200b', r == '\u202f', r == '\u205f', r == '\u2060', r == '\u3000':
		return mark{space, n}, true
	case r == '’', r == '‘', r == '´', r == 'ʼ', r == '′', r == '＇':
		return mark{apostrophe, n}, true
	case r == '٬':
		return mark{comma, n}, true
	}
	return mark{}, false
}

// forms are the separators that TeX and HTML have commands for. After them, but
// not before, space says nothing.
var forms = [...]struct {
	text string
	sort sort
}{
	{`{,}`, tightComma},
	{`\text{,}`, tightComma},
	{`\mathord{,}`, tightComma},
	{`\mbox{,}`, tightComma},
	{`{\text{,}}`, tightComma},
	{`{,\!}`, tightComma},
	{`\mathpunct{,}`, tightComma},
	{`\,`, space},
	{`\;`, space},
	{`\:`, space},
	{`\>`, space},
	{`\ `, space},
	{`\!`, space},
	{`{\,}`, space},
	{`{\ }`, space},
	{`{ }`, space},
	{`{~}`, space},
	{`\text{ }`, space},
	{`\mbox{ }`, space},
	{`\text{\,}`, space},
	{`{\thinspace}`, space},
	{`{'}`, apostrophe},
	{`\text{'}`, apostrophe},
	{`{’}`, apostrophe},
	{`{.}`, point},
	{`\_`, underscore},
	{"&nbsp;", space},
	{"&#160;", space},
	{"&thinsp;", space},
	{"&#8201;", space},
	{"&#8239;", space},
}

// spaces are the commands of letters that set a space.
var spaces = [...]string{`\thinspace`, `\medspace`, `\thickspace`, `\enspace`, `\nobreakspace`, `\space`, `\negthinspace`}

// sized are the commands that set a space as wide as their argument says.
var sized = [...]string{`\hspace`, `\mspace`, `\hphantom`, `\phantom`}

// commanded is a separator that is a command.
func commanded(s string) (mark, bool) {
	if strings.HasPrefix(s, `\!,`) { // \!,\!
		m, ok := markOf(s[2:])
		m.size += 2
		return mark{tightComma, m.size}, ok && (m.sort == comma || m.sort == tightComma)
	}
	for _, f := range forms {
		if strings.HasPrefix(s, f.text) {
			n := len(f.text)
			n += kerned(s[n:])
			return mark{f.sort, n + blanks(s[n:])}, true
		}
	}
	for _, command := range spaces {
		if rest, ok := strings.CutPrefix(s, command); ok {
			rest = strings.TrimPrefix(rest, "{}")
			n := len(s) - len(rest)
			return mark{space, n + blanks(rest)}, true
		}
	}
	for _, command := range sized {
		rest, ok := strings.CutPrefix(s, command)
		rest = strings.TrimPrefix(rest, "*")
		if end := strings.IndexByte(rest, '}'); ok && strings.HasPrefix(rest, "{") && 0 < end && end < 12 {
			n := len(s) - len(rest) + end + 1
			return mark{space, n + blanks(rest[end+1:])}, true
		}
	}
	return mark{}, false
}

// kerned is the length of the negative spaces that s begins with.
func kerned(s string) int {
	n := 0
	for strings.HasPrefix(s[n:], `\!`) {
		n += 2
	}
	return n
}

// blanks is how many blanks s begins with.
func blanks(s string) int { return len(s) - len(strings.TrimLeft(s, " ")) }
