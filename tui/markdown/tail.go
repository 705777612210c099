package markdown

import (
	"regexp"
	"slices"
	"strings"

	"github.com/aimo3/aimo3/engine/formula"
)

// drawn is an unfinished formula that could be drawn.
type drawn struct {
	at   int    // where in its block it begins
	body string // what of it could be drawn, closed
}

// maxTailBytes is how much of an unfinished formula is looked at.
const maxTailBytes = 4 << 10

// mend puts a formula for the end of a block if that is one which is still being
// written: what of it can be drawn or, where what came last cannot, what could before.
// An environment that is whole may stand in it, which was taken for a formula by itself.
func (d *Document) mend(pieces []formula.Piece, macros formula.Macros) []formula.Piece {
	if d.split.fence != "" {
		return pieces
	}
	begin := 0
	for i, p := range pieces {
		at, open := -1, ""
		if !p.Formula {
			at, open = unclosed(p.Text, i == len(pieces)-1)
		}
		if at >= 0 {
			source := p.Text[at:]
			for _, rest := range pieces[i+1:] {
				source += rest.Text
			}
			if f, ok := d.unfinished(begin+at, open, source, macros); ok {
				out := append(slices.Clone(pieces[:i]), formula.Piece{Text: p.Text[:at]})
				return append(out, f)
			}
		}
		begin += len(p.Text)
	}
	return pieces
}

// unfinished is the formula at a place of its block, from what opens it to its end as
// far as it was written.
func (d *Document) unfinished(at int, open, source string, macros formula.Macros) (formula.Piece, bool) {
	if len(source) > maxTailBytes {
		return formula.Piece{}, false
	}
	body := source[len(open):]
	if open == begins {
		body = source
	}
	if closed := d.closed(body, macros); closed != "" {
		d.good = drawn{at, closed}
	}
	if d.good.body == "" || d.good.at != at {
		return formula.Piece{}, false
	}
	return formula.Piece{Text: source, Body: d.good.body, Formula: true, Display: open != "$" && open != `\(`}, true
}

// closed is a body that is being written, with what it has open closed, if all of it
// can be drawn then; else "". A command may still want an argument.
func (d *Document) closed(body string, macros formula.Macros) string {
	body, closers := stillOpen(body)
	if strings.TrimSpace(body) == "" {
		return ""
	}
	const maxTries = 4
	for missing := range min(len(closers)+2, maxTries) {
		var b strings.Builder
		b.WriteString(body)
		for i, c := range closers {
			if i+1 == missing {
				b.WriteString("{}")
			}
			b.WriteString(c)
		}
		if missing > len(closers) {
			b.WriteString("{}")
		}
		if whole := b.String(); d.whole(whole, macros) {
			return whole
		}
	}
	return ""
}

// whole says whether all of a formula can be drawn.
func (d *Document) whole(body string, macros formula.Macros) bool {
	all := d.macros
	if len(macros) > 0 {
		all = macros
	}
	return formula.Parse(body, all).Whole
}

const begins = `\begin{`

// unclosed is where the formula begins that s ends in, and what opens it; -1 if s ends
// in none. One between single dollar signs is told only at the end of the text.
func unclosed(s string, last bool) (int, string) {
	at, open := -1, ""
	for _, o := range []string{begins, `\[`, `\(`, "$$"} {
		if i := strings.Index(s, o); i >= 0 && (at < 0 || i < at) && (i == 0 || s[i-1] != '\\') {
			at, open = i, o
		}
	}
	if at >= 0 {
		if open == `\(` && strings.Contains(s[at:], "\n\n") || strings.Contains(s[:at], "```") {
			return -1, ""
		}
		return at, open
	}
	i := strings.LastIndexByte(s, '$')
	if i < 0 || !last || i > 0 && (s[i-1] == '\\' || s[i-1] == '`') || strings.Contains(s[i:], "\n\n") || strings.Contains(s[i:], "`") {
		return -1, ""
	}
	if body := s[i+1:]; !strings.ContainsAny(body, `\^_=<>`) && (strings.Contains(body, " ") || prices.MatchString(body)) {
		return -1, "" // a price, as far as can be told
	}
	return i, "$"
}

// prices matches what stands after the sign of a price.
var prices = regexp.MustCompile(`^\d`)

// What may not be whole yet at the end of a formula: a command, the beginning of an
// environment, and then a script without its body.
var (
	lastCommand = regexp.MustCompile(`\\(begin\{[a-zA-Z*]*|end\{[a-zA-Z*]*|[a-zA-Z]*)$`)
	lastScript  = regexp.MustCompile(`[\^_&]\s*$`)
)

// stillOpen is a body without what is not whole at its end, and what would close what
// it has open, in order.
func stillOpen(body string) (whole string, closers []string) {
	body = lastCommand.ReplaceAllString(body, "")
	body = lastScript.ReplaceAllString(body, "")
	var open []string // what closes what is open, outermost first
	for i := 0; i < len(body); {
		n := 1
		switch rest := body[i:]; {
		case strings.HasPrefix(rest, begins):
			name, _, ok := strings.Cut(rest[len(begins):], "}")
			if !ok {
				return "", nil
			}
			open = append(open, `\end{`+name+"}")
			n = len(begins) + len(name) + 1
		case strings.HasPrefix(rest, `\end{`):
			name, _, _ := strings.Cut(rest[len(`\end{`):], "}")
			open = without(open, `\end{`+name+"}")
			n = min(len(`\end{`)+len(name)+1, len(rest))
		case strings.HasPrefix(rest, `\left`) && !letterAt(rest, len(`\left`)):
			open, n = append(open, `\right.`), len(`\left`)
		case strings.HasPrefix(rest, `\right`) && !letterAt(rest, len(`\right`)):
			open, n = without(open, `\right.`), len(`\right`)
		case rest[0] == '\\':
			n = min(2, len(rest))
		case rest[0] == '{':
			open = append(open, "}")
		case rest[0] == '}':
			open = without(open, "}")
		}
		i += n
	}
	slices.Reverse(open)
	return body, open
}

// without takes off the last of open, if it is that.
func without(open []string, last string) []string {
	if n := len(open); n > 0 && open[n-1] == last {
		return open[:n-1]
	}
	return open
}

func letterAt(s string, i int) bool {
	return i < len(s) && ('a' <= s[i]|0x20 && s[i]|0x20 <= 'z')
}
