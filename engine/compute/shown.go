package compute

import (
	"fmt"
	"unicode/utf8"
)

// ShownToModel is how many characters of an output a model is shown.
const ShownToModel = 2000

// Shown is the output as a model is shown it: all of it if it has no more than
// most characters, else its head and its tail with, between them, how many
// characters were left out.
func Shown(output string, most int) string {
	count := utf8.RuneCountInString(output)
	if count <= most {
		return output
	}
	half := most / 2
	head := forward(output, half)
	tail := backward(output, most-half)
	return fmt.Sprintf("%s\n[… %d characters left out …]\n%s", output[:head], count-most, output[tail:])
}

// forward is where the first n characters of s end.
func forward(s string, n int) int {
	at := 0
	for range n {
		_, size := utf8.DecodeRuneInString(s[at:])
		at += size
	}
	return at
}

// backward is where the last n characters of s begin.
func backward(s string, n int) int {
	at := len(s)
	for range n {
		_, size := utf8.DecodeLastRuneInString(s[:at])
		at -= size
	}
	return at
}
