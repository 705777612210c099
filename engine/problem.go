package engine

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What a problem statement may be.
const (
	MaxStatement      = 20_000   // characters (Unicode code points)
	MaxStatementBytes = 64 << 10 // of its UTF-8
	shortStatement    = 10       // characters; whoever asks less may have left something out
)

// Problem is a question with one answer.
type Problem struct {
	ID        string `json:"id,omitempty"`     // name within its source; may be empty
	Source    string `json:"source,omitempty"` // where it came from: "typed", a file's name, a dataset
	Statement string `json:"statement"`
	Key       string `json:"key,omitempty"` // expected answer; "" if unknown
}

// NewProblem checks a statement from outside and returns it as a Problem.
// Line ends become "\n" and outer blank space goes. A statement that is empty to
// the eye, of another kind (see [CheckKind]), or that [CheckStatement] refuses, is an
// invalid-input [Fault]; nothing is repaired in silence.
func NewProblem(source, statement string) (Problem, error) {
	if err := CheckKind(statement); err != nil {
		return Problem{}, err
	}
	s := strings.TrimPrefix(statement, "\uFEFF")
	s = strings.TrimSpace(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s))
	if _, err := CheckStatement(s); err != nil {
		return Problem{}, err
	}
	return Problem{Source: source, Statement: s}, nil
}

// CheckStatement says why a statement cannot be attempted: it is not UTF-8, empty to the
// eye, longer than [MaxStatement] or [MaxStatementBytes], or holds control characters. A
// warning, "" for none, says that it is so short that a part may be missing.
func CheckStatement(s string) (warning string, err error) {
	if !utf8.ValidString(s) {
		return "", invalid("the problem is not valid UTF-8 text (first bad byte at offset %d); it may be in Latin-1 or another encoding", badByte(s))
	}
	if seen := strings.ContainsFunc(s, visible); !seen {
		return "", &Fault{Class: Invalid, What: "the problem is empty" + unseen(s), Todo: fmt.Sprintf("give a statement of 1 to %d characters", MaxStatement)}
	}
	const todo = "leave out what the question does not need"
	n := utf8.RuneCountInString(s)
	if n > MaxStatement {
		return "", &Fault{Class: Invalid, What: fmt.Sprintf("the problem has %d characters; at most %d are accepted", n, MaxStatement), Todo: todo}
	}
	if len(s) > MaxStatementBytes {
		return "", &Fault{Class: Invalid, What: fmt.Sprintf("the problem has %d bytes; at most %d are accepted", len(s), MaxStatementBytes), Todo: todo}
	}
	for i, r := range s {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return "", invalid("the problem holds the control character %U at offset %d; plain text is wanted", r, i)
		}
	}
	if n < shortStatement {
		warning = fmt.Sprintf("the problem has fewer than %d characters: is a part of it missing?", shortStatement)
	}
	return warning, nil
}

// visible says whether r can be seen: it is no space, no control or format
// character, no mark without a letter, no filler.
func visible(r rune) bool {
	return unicode.IsGraphic(r) && r != '\u2800' && r != '\ufffc' && r != utf8.RuneError &&
		!unicode.In(r, unicode.Z, unicode.M, unicode.Other_Default_Ignorable_Code_Point)
}

// unseen names the first character of a text of which nothing can be seen.
func unseen(s string) string {
	for _, r := range s {
		return fmt.Sprintf(": it holds nothing that can be seen, only characters such as %U", r)
	}
	return ""
}

// Title is the first line of the statement, cut to at most n characters.
func (p Problem) Title(n int) string {
	line, _, _ := strings.Cut(p.Statement, "\n")
	if r := []rune(line); len(r) > n {
		return string(r[:max(n-1, 0)]) + "…"
	}
	return line
}

func invalid(format string, args ...any) error {
	return &Fault{Class: Invalid, What: fmt.Sprintf(format, args...), Todo: "give the statement as plain UTF-8 text"}
}

func badByte(s string) int {
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return len(s)
}
