package rescore

import (
	"fmt"
	"strings"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/answer"
	"github.com/aimo3/aimo3/engine/answer/extract"
)

// Reader is how the answer of a sample is found. The zero Reader takes the one that was
// recorded or, where none was, reads as Stated does.
type Reader struct{ name, mark string }

// The names of readers. One more, after:MARK, takes what follows the last MARK of a reply in
// its line.
const (
	AsRecorded = "recorded" // the answer that was recorded beside the reply
	Stated     = "stated"   // as the solver does: in a box, a tag or a final line
	Boxed      = "boxed"    // in the last box, and nowhere else
	Guessed    = "guessed"  // as Stated does, or else what is likely, such as the last number
	After      = "after"
)

// ParseReader reads a reader's name as a person writes it.
func ParseReader(s string) (Reader, error) {
	name, mark, marked := strings.Cut(s, ":")
	switch {
	case name == After && mark != "":
		return Reader{After, mark}, nil
	case name == AsRecorded && !marked:
		return Reader{}, nil
	case (name == Stated || name == Boxed || name == Guessed) && !marked:
		return Reader{name: name}, nil
	}
	return Reader{}, &engine.Fault{Class: engine.Invalid, What: fmt.Sprintf("%q is no reader of answers", s), Todo: "use recorded, stated, boxed, guessed, or after:MARK for what follows a mark"}
}

// reads says whether the reply is read where an answer was recorded beside it, or was not.
func (r Reader) reads(recorded bool) bool { return r.name != "" || !recorded }

// read finds the answer of a reply, "" if there is none, as votes write it.
func (r Reader) read(text string) string {
	switch r.name {
	case After:
		i := strings.LastIndex(text, r.mark)
		if i < 0 {
			return ""
		}
		line, _, _ := strings.Cut(text[i+len(r.mark):], "\n")
		return answer.Normal(line)
	case Boxed:
		c, _ := extract.Boxed(text)
		return answer.Normal(c.Text)
	case Guessed:
		c, _ := extract.First(text, extract.Options{End: true})
		return answer.Normal(c.Text)
	}
	c, _ := extract.Stated(text)
	return answer.Normal(c.Text)
}

// expected is the answer that is expected. Of several lines, which are a worked solution, it
// is the one that ends them, read as that of a sample.
func (r Reader) expected(text string) string {
	text = strings.TrimSpace(text)
	if strings.Contains(text, "\n") {
		if a := r.read(text); a != "" {
			return strings.Clone(a)
		}
	}
	return answer.Normal(text)
}
