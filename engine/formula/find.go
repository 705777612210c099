package formula

import "strings"

// Piece is a part of a text: a formula with its delimiters, or what is around it.
type Piece struct {
	Text    string // exactly as it stands in the text
	Body    string // of a formula: Text without delimiters; an environment is its own body
	Formula bool
	Display bool // it stands on lines of its own
}

// The bounds of looking for the end of a formula.
const (
	maxInlineBytes = 4 << 10
	maxCodeBytes   = 8 << 10
	searchFactor   = 32 // bytes that may be looked at for each byte of the text
)

// Find parts text into formulas and what is around them, and reads the macros that it
// defines. The pieces, put together, are the text.
//
// A formula stands between $ $, $$ $$, \( \) or \[ \], or is an environment of
// mathematics or \boxed{ }. Code, in fences or between backquotes, holds none. Prices, variables of
// a shell and paths stay text, and so does a delimiter that has no partner, as while a
// reply is still being written.
func Find(text string) ([]Piece, Macros) {
	f := finder{text: text, work: searchFactor*len(text) + maxBytes}
	for f.i < len(text) {
		f.step()
	}
	f.flush(len(text))
	return f.pieces, f.macros
}

type finder struct {
	text   string
	i      int // what is before has been judged
	kept   int // what is before is in pieces
	work   int // bytes that may still be looked at
	pieces []Piece
	macros Macros
}

// step judges what stands at i, and moves on.
func (f *finder) step() {
	rest := f.text[f.i:]
	n := strings.IndexAny(rest, "$`~\\")
	if n < 0 || f.work < 0 {
		f.i = len(f.text)
		return
	}
	f.i += n
	rest = rest[n:]
	switch rest[0] {
	case '`', '~':
		f.i += f.code(rest)
	case '$':
		f.dollar(rest)
	case '\\':
		f.backslash(rest)
	}
}

// take adds a formula of n bytes at i, whose delimiters have so many bytes.
func (f *finder) take(n, open, end int, display bool) {
	f.flush(f.i)
	text := f.text[f.i : f.i+n]
	body := text[open : n-end]
	f.pieces = append(f.pieces, Piece{Text: text, Body: body, Formula: true, Display: display})
	f.i += n
	f.kept = f.i
	f.collect(body)
}

func (f *finder) flush(to int) {
	if to > f.kept {
		f.pieces = append(f.pieces, Piece{Text: f.text[f.kept:to]})
		f.kept = to
	}
}

// spend says whether n more bytes may be looked at.
func (f *finder) spend(n int) bool {
	f.work -= n
	return f.work >= 0
}

// backslash judges a backslash: what it delimits, defines or escapes.
func (f *finder) backslash(rest string) {
	switch {
	case len(rest) == 1:
		f.i++
	case rest[1] == '(' || rest[1] == '[':
		f.bracket(rest)
	case strings.HasPrefix(rest, `\begin{`):
		f.environment(rest)
	case strings.HasPrefix(rest, `\boxed{`) && !f.path():
		f.boxed(rest)
	case letter(rest[1]):
		n := commandLength(rest)
		if defining(token(rest[:n])) {
			n = max(n, f.collectOne(rest))
		}
		f.i += n
	default:
		f.i += 2
	}
}

// bracket judges \( and \[.
func (f *finder) bracket(rest string) {
	end, limit, inline := `\]`, maxBytes, rest[1] == '('
	if inline {
		end, limit = `\)`, maxInlineBytes
	}
	area := rest[:min(len(rest), limit)]
	if inline {
		area = paragraph(area)
	}
	n := f.partner(area, end, rest[:2])
	if n == 0 || f.path() {
		f.i += 2
		return
	}
	f.take(n, 2, 2, !inline)
}

// partner is where after its end delimiter a formula ends; 0 if it has none, or
// another formula begins before.
func (f *finder) partner(area, end, begin string) int {
	for i, depth := 2, 0; i < len(area); {
		k := strings.IndexByte(area[i:], '\\')
		if k < 0 {
			f.spend(len(area) - i)
			return 0
		}
		if !f.spend(k + 2) {
			return 0
		}
		i += k
		switch {
		case strings.HasPrefix(area[i:], end) && depth > 0:
			depth--
		case strings.HasPrefix(area[i:], end):
			if strings.TrimSpace(area[2:i]) == "" {
				return 0
			}
			return i + 2
		case strings.HasPrefix(area[i:], begin):
			if !f.spend(i) || !inText(area[:i]) {
				return 0
			}
			depth++
		}
		i += 2
	}
	return 0
}

// inText tells whether s ends inside the braces of a text, where a formula may begin.
func inText(s string) bool {
	return strings.LastIndexByte(s, '{') > strings.LastIndexByte(s, '}')
}

// path tells whether what stands before i is the beginning of a path, as in
// C:\(new)\[x].
func (f *finder) path() bool {
	before := f.text[max(f.i-200, 0):f.i]
	before = before[strings.LastIndexAny(before, " \t\n")+1:]
	return strings.Contains(before, `:\`) || strings.HasPrefix(before, `\\`)
}

// environment judges \begin.
func (f *finder) environment(rest string) {
	const open = len(`\begin{`)
	name, _, ok := strings.Cut(rest[open:min(len(rest), open+40)], "}")
	if _, known := (&parser{}).table(name); !ok || !known || name == "tabular" {
		f.i += open
		return
	}
	begin, end := `\begin{`+name+"}", `\end{`+name+"}"
	area := rest[:min(len(rest), maxBytes)]
	for i, depth := len(begin), 1; ; {
		k := strings.Index(area[i:], end)
		if k < 0 || !f.spend(2*k) {
			f.spend(len(area) - i)
			f.i += open
			return
		}
		depth += strings.Count(area[i:i+k], begin) - 1
		if i += k + len(end); depth == 0 {
			f.take(i, 0, 0, true)
			return
		}
	}
}

// collect keeps the macros that a formula defines.
func (f *finder) collect(body string) {
	if !strings.Contains(body, `\newcommand`) && !strings.Contains(body, `\def\`) && !strings.Contains(body, `\renewcommand`) {
		return
	}
	for i := 0; i < len(body); {
		k := strings.IndexByte(body[i:], '\\')
		if k < 0 {
			return
		}
		i += k
		n := max(commandLength(body[i:]), 1)
		if defining(token(body[i : i+n])) {
			n = max(n, f.collectOne(body[i:]))
		}
		i += n
	}
}

// collectOne keeps the macro whose definition s begins with, and gives its length.
func (f *finder) collectOne(s string) int {
	s = paragraph(s[:min(len(s), maxInlineBytes)])
	if !f.spend(len(s)) {
		return 0
	}
	toks := scan(s)
	name, m, n := definition(toks)
	if n == 0 {
		return 0
	}
	if f.macros == nil {
		f.macros = Macros{}
	}
	f.macros[name] = m
	return len(join(toks[:n]))
}
