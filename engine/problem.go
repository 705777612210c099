package engine

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxStatement is the longest problem statement accepted, in characters
// (Unicode code points).
const MaxStatement = 10_000

// Problem is a question with one answer.
type Problem struct {
	ID        string `json:"id,omitempty"`     // name within its source; may be empty
	Source    string `json:"source,omitempty"` // where it came from: "typed", a file's name, a dataset
	Statement string `json:"statement"`
	Key       string `json:"key,omitempty"` // expected answer; "" if unknown
}

// NewProblem checks a statement from outside and returns it as a Problem.
// Line ends become "\n" and outer blank space goes. A statement that is empty to
// the eye, too long, not UTF-8, of another kind (see [CheckKind]), or holds control
// characters is an invalid-input [Fault]; nothing is repaired in silence.
func NewProblem(source, statement string) (Problem, error) {
	if err := CheckKind(statement); err != nil {
		return Problem{}, err
	}
	if !utf8.ValidString(statement) {
		return Problem{}, invalid("the problem is not valid UTF-8 text (first bad byte at offset %d); it may be in Latin-1 or another encoding", badByte(statement))
	}
	s := strings.TrimPrefix(statement, "\uFEFF")
	s = strings.TrimSpace(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s))
	if seen := strings.ContainsFunc(s, visible); !seen {
		f := &Fault{Class: Invalid, What: "the problem is empty" + unseen(s), Todo: fmt.Sprintf("give a statement of 1 to %d characters", MaxStatement)}
		return Problem{}, f
	}
	if n := utf8.RuneCountInString(s); n > MaxStatement {
		f := &Fault{Class: Invalid, What: fmt.Sprintf("the problem has %d characters; at most %d are accepted", n, MaxStatement), Todo: "leave out what the question does not need"}
		return Problem{}, f
	}
	for i, r := range s {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return Problem{}, invalid("the problem holds the control character %U at offset %d; plain text is wanted", r, i)
		}
	}
	return Problem{Source: source, Statement: s}, nil
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
