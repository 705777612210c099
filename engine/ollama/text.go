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
	const maxBytes = 200
	var b strings.Builder
	for _, r := range strings.Join(strings.Fields(engine.HideSecrets(strings.ToValidUTF8(s, "\uFFFD"))), " ") {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			r = utf8.RuneError
		}
		if b.Len()+utf8.RuneLen(r) > maxBytes {
			b.WriteString("…")
			break
		}
		b.WriteRune(r)
	}
	return b.String()
}

// minSecretBytes is the length from which a text that repeats a secret is
// taken to do so: shorter ones stand in many words.
const minSecretBytes = 4

// clean is the function of that name, for what this server or the way to it
// said: it might repeat its address.
func (c *Client) clean(text string) string {
	for _, secret := range c.secrets {
		if len(secret) >= minSecretBytes {
			text = strings.ReplaceAll(text, secret, engine.Hidden)
		}
	}
	return clean(text)
}

// cleaned is err with a text that repeats no secret.
func (c *Client) cleaned(err error) error {
	if err == nil {
		return nil
	}
	return cleanError{err, c.clean(err.Error())}
}

type cleanError struct {
	error
	text string
}

func (e cleanError) Error() string { return e.text }

func (e cleanError) Unwrap() error { return e.error }
