package formula

import "strings"

// code is the length of the code that rest begins with, or of its delimiter if it is
// none.
func (f *finder) code(rest string) int {
	n := 1
	for n < len(rest) && rest[n] == rest[0] {
		n++
	}
	if n >= 3 && f.lineStart() {
		return f.fence(rest, n)
	}
	if rest[0] == '~' {
		return n
	}
	area := paragraph(rest[:min(len(rest), maxCodeBytes)])
	for i := n; i < len(area); {
		k := strings.IndexByte(area[i:], '`')
		if k < 0 || !f.spend(k+1) {
			return n
		}
		i += k
		k = 1
		for i+k < len(area) && area[i+k] == '`' {
			k++
		}
		if i += k; k == n {
			return i
		}
	}
	return n
}

// lineStart tells whether only marks of quotes and lists stand before i on its line.
func (f *finder) lineStart() bool {
	from := strings.LastIndexByte(f.text[:f.i], '\n') + 1
	if f.i-from > 100 {
		return false
	}
	return strings.Trim(f.text[from:f.i], " \t>-*+0123456789.)") == ""
}

// fence is the length of a fenced block of code, to the end of the text if it does not
// end.
func (f *finder) fence(rest string, n int) int {
	mark := rest[:n]
	i := 0
	for {
		k := strings.IndexByte(rest[i:], '\n')
		if k < 0 {
			return len(rest)
		}
		i += k + 1
		line, _, _ := strings.Cut(rest[i:], "\n")
		line = strings.TrimLeft(line, " \t>")
		if strings.HasPrefix(line, mark) && strings.Trim(line, mark[:1]+" \t\r") == "" {
			return i + len(rest[i:]) - len(strings.TrimLeft(rest[i:], " \t>")) + len(strings.TrimRight(line, " \t\r"))
		}
	}
}

// paragraph is s up to the first blank line.
func paragraph(s string) string {
	for i := 0; ; {
		k := strings.IndexByte(s[i:], '\n')
		if k < 0 {
			return s
		}
		i += k + 1
		j := i
		for j < len(s) && (s[j] == ' ' || s[j] == '\t' || s[j] == '\r') {
			j++
		}
		if j == len(s) || s[j] == '\n' {
			return s[:i]
		}
	}
}
