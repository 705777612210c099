package termsafe

import (
	"bytes"
	"fmt"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// JSON writes encoded JSON so that no reader obeys or hides a part of it: each
// character that cannot be told by sight becomes a \u escape. These are all that
// Go's own quoting escapes (whatever is no letter, mark, number, punctuation or
// symbol, and every space but U+0020; so also private and unassigned characters),
// what Clean never lets through, joiners, variation selectors, and the blank
// Braille pattern. What it decodes to stays the same. Bytes that are not UTF-8
// become U+FFFD, which a decoder would make of them.
func JSON(encoded []byte) []byte {
	var out bytes.Buffer
	kept := 0 // encoded[:kept] is in out
	for i := 0; i < len(encoded); {
		if b := encoded[i]; b < utf8.RuneSelf && b != '\x7f' {
			i++
			continue
		}
		r, n := utf8.DecodeRune(encoded[i:])
		if bad := r == utf8.RuneError && n == 1; bad || unseen(r) {
			out.Write(encoded[kept:i])
			for _, unit := range utf16.Encode([]rune{r}) {
				fmt.Fprintf(&out, `\u%04x`, unit)
			}
			kept = i + n
		}
		i += n
	}
	if kept == 0 {
		return encoded
	}
	out.Write(encoded[kept:])
	return out.Bytes()
}

// unseen says that r cannot be told by sight.
func unseen(r rune) bool {
	return !unicode.IsPrint(r) || hidden(r) || isSelector(r) || r == '\u2800'
}
