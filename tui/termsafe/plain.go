package termsafe

import (
	"regexp"
	"strings"
	"unicode"
)

// orders are what a terminal would obey: a control sequence, or a text for the terminal
// itself, such as a title. A person who copies from a terminal may copy them too.
var orders = regexp.MustCompile("\x1b(?:\\[[0-?]*[ -/]*[@-~]|[]PX^_][^\x07\x1b]*(?:\x07|\x1b\\\\))")

// breaks are the ways in which texts end a line or a page.
var breaks = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\f", "\n", "\v", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n")

// Plain is what a person typed, pasted or keeps in a file as plain text: every end of a
// line or a page is "\n", tabs stay, and no other control character is left. Unlike Clean
// it leaves them out, since a person meant none of them; dropped is how many, where a
// sequence for a terminal counts as one.
func Plain(from string) (text string, dropped int) {
	from = orders.ReplaceAllStringFunc(from, func(string) string {
		dropped++
		return ""
	})
	text = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			dropped++
			return -1
		}
		return r
	}, breaks.Replace(from))
	return text, dropped
}
