package tex

import "strings"

// axis reads the rest of a unit vector, which the command id begins: \hat i,
// \mathbf{j}, \vec k, \hat{\mathbf{\imath}}. All of one axis are one name.
func (c *scanner) axis(id string) bool {
	if !arrowed(id) {
		return false
	}
	of, rest := axisIn(c.s[c.i:], 0)
	if of == "" {
		return false
	}
	c.i = len(c.s) - len(rest)
	c.emit(name, `\hat{`+of+`}`)
	return true
}

// arrowed tells the commands that unit vectors are written with.
func arrowed(id string) bool {
	switch id {
	case "hat", "widehat", "vec", "mathbf", "boldsymbol", "bm", "textbf", "overrightarrow":
		return true
	}
	return false
}

// crosses tells whether a × that was just read is one of two vectors, for which order
// matters and whose product is no number.
func (c *scanner) crosses() bool {
	rest, found := strings.CutPrefix(strings.TrimLeft(c.s[c.i:], " {("), `\`)
	if !found || c.last() != name && c.last() != closeBrace && c.last() != closeParen {
		return false
	}
	end := 0
	for end < len(rest) && letter(rest[end]) {
		end++
	}
	return arrowed(rest[:end])
}

// axisIn is the i, j or k that is all of the argument that s begins with, and
// what follows it.
func axisIn(s string, depth int) (of, rest string) {
	s = strings.TrimLeft(s, " ")
	switch {
	case s == "" || depth > 4:
		return "", ""
	case s[0] == '{':
		of, rest = axisIn(s[1:], depth+1)
		rest, closed := strings.CutPrefix(strings.TrimLeft(rest, " "), "}")
		if !closed {
			return "", ""
		}
		return of, rest
	case s[0] == '\\':
		end := 1
		for end < len(s) && letter(s[end]) {
			end++
		}
		switch id := s[1:end]; {
		case id == "imath" || id == "i":
			return "i", s[end:]
		case id == "jmath" || id == "j":
			return "j", s[end:]
		case arrowed(id):
			return axisIn(s[end:], depth+1)
		}
		return "", ""
	case s[0] == 'i' || s[0] == 'j' || s[0] == 'k':
		return s[:1], s[1:]
	}
	return "", ""
}
