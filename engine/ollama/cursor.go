package ollama

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// cursor scans one line for the usual shape and gives up at anything else.
type cursor struct {
	b       []byte
	i       int
	scratch *scratch
}

// usual reads {"model":…,"created_at":…,"message":{…},"logprobs":[…],
// "done":false}, keys in any order. Of a key that comes twice the later counts,
// as in encoding/json.
func (c *cursor) usual() (f frame, ok bool) {
	seen := once{}
	ok = c.object(func(key []byte) bool {
		switch string(key) {
		case "model", "created_at":
			return c.skipString()
		case "message":
			return c.message(&f)
		case "logprobs":
			return seen.first(0) && c.logprobs()
		case "done":
			return c.literal("false")
		}
		return false
	})
	c.space()
	return f, ok && c.i == len(c.b)
}

func (c *cursor) message(f *frame) bool {
	return c.object(func(key []byte) (ok bool) {
		switch string(key) {
		case "role":
			return c.skipString()
		case "content":
			f.content, ok = c.text()
		case "thinking":
			f.thinking, ok = c.text()
		}
		return ok
	})
}

// object reads an object. For each key, value must read the value and say
// whether to go on.
func (c *cursor) object(value func(key []byte) bool) bool {
	if !c.eat('{') {
		return false
	}
	for {
		c.space()
		from := c.i + 1
		if !c.skipString() {
			return false
		}
		key := c.b[from : c.i-1]
		if !c.eat(':') {
			return false
		}
		c.space()
		if !value(key) {
			return false
		}
		if !c.eat(',') {
			return c.eat('}')
		}
	}
}

func (c *cursor) space() {
	for c.i < len(c.b) && (c.b[c.i] == ' ' || c.b[c.i] == '\t' || c.b[c.i] == '\r' || c.b[c.i] == '\n') {
		c.i++
	}
}

func (c *cursor) eat(want byte) bool {
	c.space()
	if c.i < len(c.b) && c.b[c.i] == want {
		c.i++
		return true
	}
	return false
}

func (c *cursor) literal(word string) bool {
	end := c.i + len(word)
	if end > len(c.b) || string(c.b[c.i:end]) != word {
		return false
	}
	c.i = end
	return true
}

// skipString passes a string that has no escapes.
func (c *cursor) skipString() bool {
	if c.i >= len(c.b) || c.b[c.i] != '"' {
		return false
	}
	for i := c.i + 1; i < len(c.b); i++ {
		switch ch := c.b[i]; {
		case ch == '"':
			c.i = i + 1
			return true
		case ch == '\\', ch < ' ':
			return false
		}
	}
	return false
}

// text reads a string and undoes its escapes. It gives up at bytes that are
// not UTF-8.
func (c *cursor) text() ([]byte, bool) {
	from := c.i + 1
	if c.skipString() {
		raw := c.b[from : c.i-1]
		return raw, utf8.Valid(raw)
	}
	if c.i >= len(c.b) || c.b[c.i] != '"' {
		return nil, false
	}
	start := len(c.scratch.text)
	for i := from; i < len(c.b); {
		switch ch := c.b[i]; {
		case ch == '"':
			c.i = i + 1
			out := c.scratch.text[start:]
			return out, utf8.Valid(out)
		case ch < ' ':
			return nil, false
		case ch == '\\':
			n := c.escape(c.b[i:])
			if n == 0 {
				return nil, false
			}
			i += n
		default:
			c.scratch.text = append(c.scratch.text, ch)
			i++
		}
	}
	return nil, false
}

// escape undoes the escape at the head of b and returns its length, 0 if it is
// none. Half a surrogate pair becomes U+FFFD, as in encoding/json.
func (c *cursor) escape(b []byte) int {
	if len(b) < 2 {
		return 0
	}
	const short, meaning = `"\/bfnrt`, "\"\\/\b\f\n\r\t"
	if at := strings.IndexByte(short, b[1]); at >= 0 {
		c.scratch.text = append(c.scratch.text, meaning[at])
		return 2
	}
	r, ok := hex4(b)
	if !ok {
		return 0
	}
	n := 6
	if utf16.IsSurrogate(r) {
		low, ok := hex4(b[6:])
		if pair := utf16.DecodeRune(r, low); ok && pair != utf8.RuneError {
			r, n = pair, 12
		} else {
			r = utf8.RuneError
		}
	}
	c.scratch.text = utf8.AppendRune(c.scratch.text, r)
	return n
}

// hex4 reads the \uXXXX at the head of b.
func hex4(b []byte) (rune, bool) {
	if len(b) < 6 || b[0] != '\\' || b[1] != 'u' {
		return 0, false
	}
	var r rune
	for _, ch := range b[2:6] {
		switch {
		case ch >= '0' && ch <= '9':
			ch -= '0'
		case ch >= 'a' && ch <= 'f':
			ch -= 'a' - 10
		case ch >= 'A' && ch <= 'F':
			ch -= 'A' - 10
		default:
			return 0, false
		}
		r = r<<4 | rune(ch)
	}
	return r, true
}
