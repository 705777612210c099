package secure

import (
	"fmt"
	"io"

	"github.com/aimo3/aimo3/engine"
)

// Secret is a text that gives access. Printed in any form, logged, or encoded as text or
// JSON it is ***; gob refuses it. The zero value is no secret.
type Secret struct {
	text *string // of a string itself, fmt would print what is in an unexported field
}

// NewSecret is text as a secret.
func NewSecret(text string) Secret {
	if text == "" {
		return Secret{}
	}
	return Secret{&text}
}

// Reveal is the text itself, for whoever needs it to be let in; "" if there is none.
func (s Secret) Reveal() string {
	if s.text == nil {
		return ""
	}
	return *s.text
}

// Empty says that there is no secret.
func (s Secret) Empty() bool { return s.text == nil }

// String is ***.
func (Secret) String() string { return engine.Hidden }

// Format writes *** for every verb.
func (Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, engine.Hidden) }

// MarshalText is ***, also in JSON and in the log.
func (Secret) MarshalText() ([]byte, error) { return []byte(engine.Hidden), nil }
