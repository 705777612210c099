package engine

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

// Session runs cells of code one after the other; the names that one defines
// are there for the next.
type Session interface {
	// Run runs one cell. Whatever the code does is in the Cell. The error says
	// that the session is of no use any more, or that ctx ended: then the code
	// was ended with it, and the next cell begins without names.
	Run(ctx context.Context, code string) (Cell, error)

	// Close ends the session, also one whose Run is going on; nothing of it is
	// left when Close returns.
	Close() error
}

// Notebook opens the sessions that samples run their code in.
type Notebook struct {
	Code    Code   // Calls and Caps are left to the attempt
	Sandbox string // what contains its sessions: "landlock", or "none"; "" if that is not known
	Open    func(ctx context.Context, caps Caps) (Session, error)
}

// Cell is what came of one piece of code.
type Cell struct {
	Output    string        `json:"output"`              // what it printed and, last, the value of its last expression
	Err       string        `json:"error,omitempty"`     // what the model is shown of an error; "" if it went well
	Took      time.Duration `json:"took_ns"`             // from handing the code over to its end
	Memory    int64         `json:"memory,omitempty"`    // bytes that the session held at its peak so far
	Kept      bool          `json:"kept"`                // the names of earlier cells, and of this one, are still there
	TimedOut  bool          `json:"timed_out,omitempty"` // its time was up
	Truncated int64         `json:"truncated,omitempty"` // bytes of the middle of its output that were dropped
}

// Text is output and error together, as the model is shown them.
func (c Cell) Text() string {
	if c.Output != "" && c.Err != "" && c.Output[len(c.Output)-1] != '\n' {
		return c.Output + "\n" + c.Err
	}
	return c.Output + c.Err
}

// Excerpt is the output as a model is shown it: all of it if it has at most
// maxChars characters, else its head and its tail with, between them, how many
// characters were left out.
func Excerpt(output string, maxChars int) string {
	count := utf8.RuneCountInString(output)
	if count <= maxChars {
		return output
	}
	half := maxChars / 2
	head := forward(output, half)
	tail := backward(output, maxChars-half)
	return fmt.Sprintf("%s\n[… %d characters left out …]\n%s", output[:head], count-maxChars, output[tail:])
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

// FenceFor is a fence of Markdown that is longer than any in text, so that text
// between two such cannot end its block.
func FenceFor(text string) string {
	longest, run := 2, 0
	for i := range len(text) {
		if text[i] != '`' {
			run = 0
			continue
		}
		run++
		longest = max(longest, run)
	}
	return strings.Repeat("`", longest+1)
}
