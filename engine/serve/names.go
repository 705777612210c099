package serve

import (
	"encoding/json"
	"strings"
	"unicode"
)

// repeated finds a name that an object of a JSON text has twice. Of two values readers take
// the first or the last, so that what one checked another would not see. Go's own reader
// takes names for one that differ in case only, and so does this. It knows no more of JSON
// than where strings and objects are: what is none is for the reader to refuse.
func repeated(text []byte) (name string, twice bool) {
	var open []map[string]struct{} // the names so far of each object; nil of an array
	named := false                 // the next string is a name
	for i := 0; i < len(text); i++ {
		switch c := text[i]; c {
		case '{':
			open, named = append(open, map[string]struct{}{}), true
		case '[':
			open, named = append(open, nil), false
		case '}', ']':
			open, named = open[:max(len(open)-1, 0)], false
		case ',':
			named = len(open) > 0 && open[len(open)-1] != nil
		case '"':
			end := endOfString(text, i)
			if named {
				name, named = nameOf(text[i:end]), false
				names, folded := open[len(open)-1], strings.Map(foldedRune, name)
				if _, twice = names[folded]; twice {
					return name, true
				}
				names[folded] = struct{}{}
			}
			i = end - 1
		}
	}
	return "", false
}

// endOfString is behind the string that begins at a place.
func endOfString(text []byte, at int) int {
	for i := at + 1; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(text)
}

// nameOf is what a string says, without its escapes.
func nameOf(quoted []byte) (name string) {
	if json.Unmarshal(quoted, &name) != nil {
		return string(quoted)
	}
	return name
}

// foldedRune is the same for all letters that differ in case only.
func foldedRune(r rune) rune {
	least := r
	for next := unicode.SimpleFold(r); next != r; next = unicode.SimpleFold(next) {
		least = min(least, next)
	}
	return least
}
