package wire

import (
	"bytes"
	"encoding/json"
	"io"

	"github.com/aimo3/aimo3/tui/termsafe"
)

// WriteJSON writes v as one indented object. All JSON that the program prints or
// exports goes through here or [WriteLine]: hidden characters are \u escapes in
// it, whether a terminal reads it or a program, and decode to what they were.
func WriteJSON(w io.Writer, v any) error { return writeJSON(w, v, "  ") }

// WriteLine writes v as one line of JSON, in one write: it is never half printed.
func WriteLine(w io.Writer, v any) error { return writeJSON(w, v, "") }

func writeJSON(w io.Writer, v any, indent string) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", indent)
	if err := enc.Encode(v); err != nil {
		return err
	}
	_, err := w.Write(termsafe.JSON(b.Bytes()))
	return err
}
