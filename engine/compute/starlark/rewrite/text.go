package rewrite

import (
	"strings"
)

// texts is one string or several side by side, which Python joins.
func (r *rewriter) texts() piece {
	var parts []string
	first := r.peek()
	last := first
	for r.peek().kind == text {
		last = r.peek()
		parts = append(parts, r.literal(last))
		r.at++
	}
	if len(parts) == 1 {
		return piece{start: first.start, end: last.end, text: parts[0]}
	}
	return r.over(first.start, last.end, "(", strings.Join(parts, " + "), ")")
}

// literal writes one string so that Starlark reads the same.
func (r *rewriter) literal(t token) string {
	src := r.src[t.start:t.end]
	n := quotePrefix(src)
	prefix, quote := strings.ToLower(src[:n]), quoteOf(src[n:])
	if strings.Contains(prefix, "f") {
		body := src[n+len(quote) : len(src)-len(quote)]
		return r.format(body, quote, strings.Contains(prefix, "r"), t.start+n+len(quote))
	}
	prefix = strings.ReplaceAll(prefix, "u", "")
	if strings.Contains(prefix, "r") {
		return prefix + src[n:]
	}
	return prefix + escapes(src[n:])
}

// escapes doubles the backslashes that Python keeps and Starlark refuses.
func escapes(s string) string {
	if !strings.Contains(s, `\`) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		b.WriteByte(s[i])
		if s[i] != '\\' || i+1 == len(s) {
			continue
		}
		if !strings.ContainsRune("\n\r'\"\\abfnrtv01234567xuU", rune(s[i+1])) {
			b.WriteByte('\\')
			continue
		}
		i++
		b.WriteByte(s[i])
	}
	return b.String()
}

// format writes an f-string as a call: texts and lists of value, conversion
// and spec. at is where body begins in the source.
func (r *rewriter) format(body, quote string, raw bool, at int) string {
	var parts []string
	plain := func(s string) {
		if s != "" {
			parts = append(parts, fixed(s, quote, raw))
		}
	}
	var kept strings.Builder
	for i := 0; i < len(body); i++ {
		c := body[i]
		switch {
		case c == '\\' && !raw && i+1 < len(body):
			kept.WriteString(body[i : i+2])
			i++
		case (c == '{' || c == '}') && i+1 < len(body) && body[i+1] == c:
			kept.WriteByte(c)
			i++
		case c == '{':
			plain(kept.String())
			kept.Reset()
			n := fieldLen(body[i+1:])
			if n < 0 {
				r.lose()
			}
			parts = append(parts, r.field(body[i+1:i+1+n], quote, raw, at+i+1)...)
			i += n + 1
		case c == '}':
			r.lose()
		default:
			kept.WriteByte(c)
		}
	}
	plain(kept.String())
	return Format + "(" + strings.Join(parts, ", ") + ")"
}

// fixed is a literal part between quotes.
func fixed(s, quote string, raw bool) string {
	if raw {
		s = strings.ReplaceAll(s, `\`, `\\`)
		if len(quote) == 1 {
			s = strings.ReplaceAll(s, quote, `\`+quote)
		}
	}
	if len(quote) == 3 {
		var b strings.Builder
		for i := 0; i < len(s); i++ {
			if s[i] == '\\' && i+1 < len(s) {
				b.WriteString(s[i : i+2])
				i++
				continue
			}
			if s[i] == quote[0] {
				b.WriteByte('\\')
			}
			b.WriteByte(s[i])
		}
		s = b.String()
	}
	return quote + escapes(s) + quote
}

// fieldLen is where the field that begins here ends, -1 if it does not.
func fieldLen(s string) int {
	depth := 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; c {
		case '"', '\'':
			n := textLen(s[i:], 0)
			if n < 0 {
				return -1
			}
			i += n - 1
		case '(', '[', '{':
			depth++
		case ')', ']':
			depth--
		case '}':
			if depth--; depth < 0 {
				return i
			}
		}
	}
	return -1
}

// field writes {expression=!r:spec}.
func (r *rewriter) field(s, quote string, raw bool, at int) []string {
	cut := topLevel(s)
	expression, conversion, spec := s[:cut], "", ""
	rest := s[cut:]
	if strings.HasPrefix(rest, "!") && len(rest) > 1 {
		conversion, rest = rest[1:2], rest[2:]
	}
	if strings.HasPrefix(rest, ":") {
		spec = rest[1:]
	} else if rest != "" {
		r.lose()
	}
	var parts []string
	if trimmed := strings.TrimRight(expression, " "); strings.HasSuffix(trimmed, "=") && !strings.HasSuffix(trimmed, "==") {
		parts = append(parts, fixed(strings.ReplaceAll(expression, `\`, `\\`), `"`, true))
		expression = strings.TrimSuffix(trimmed, "=")
		if conversion == "" && spec == "" {
			conversion = "r"
		}
	}
	written := `""`
	if spec != "" {
		written = r.format(spec, quote, raw, at+len(s)-len(spec))
	}
	return append(parts, "["+r.inner(expression, at)+`, "`+conversion+`", `+written+"]")
}

// topLevel is where the expression of a field ends: at a ! or : outside
// brackets and strings.
func topLevel(s string) int {
	depth := 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"' || c == '\'':
			i += max(textLen(s[i:], 0), 1) - 1
		case strings.IndexByte("([{", c) >= 0:
			depth++
		case strings.IndexByte(")]}", c) >= 0:
			depth--
		case depth == 0 && (c == ':' || c == '!' && !strings.HasPrefix(s[i:], "!=")):
			return i
		}
	}
	return len(s)
}

// inner rewrites the expression of a field, which may be a tuple.
func (r *rewriter) inner(expression string, at int) string {
	tokens, ok := scan("(" + expression + ")")
	if !ok || r.depth+2 > maxDepth {
		r.lose()
	}
	sub := &rewriter{src: "(" + expression + ")", tokens: tokens, depth: r.depth + 1, middle: r.middle + 100}
	defer func() {
		if sub.fault != nil && r.fault == nil {
			sub.fault.Line += strings.Count(r.src[:min(at, len(r.src))], "\n")
			r.fault = sub.fault
		}
	}()
	p := sub.test()
	if sub.peek().kind != newline {
		r.lose()
	}
	return p.text
}
