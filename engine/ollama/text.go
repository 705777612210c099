package ollama

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/aimo3/aimo3/engine"
)

// clean makes text from outside fit for one line of an error: at most 200
// bytes, valid UTF-8, no line ends, no character that a terminal obeys, and no
// secret of an address.
func clean(s string) string {
	const most = 200
	var b strings.Builder
	for _, r := range strings.Join(strings.Fields(engine.HideSecrets(strings.ToValidUTF8(s, "\uFFFD"))), " ") {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			r = utf8.RuneError
		}
		if b.Len()+utf8.RuneLen(r) > most {
			b.WriteString("…")
			break
		}
		b.WriteRune(r)
	}
	return b.String()
}
