package contrast

import (
	"iter"
	"strings"

	"github.com/aimo3/aimo3/engine"
)

// parting finds the first sentence that differs in what two samples thought, and then
// replied.
func parting(a, b *engine.SampleProgress) *Parting {
	nextA, stopA := iter.Pull(said(a))
	nextB, stopB := iter.Pull(said(b))
	defer stopA()
	defer stopB()
	p := &Parting{}
	for {
		one, more := nextA()
		other, too := nextB()
		if one != other || !more || !too {
			p.A, p.B = one, other
			return p
		}
		p.Same++
	}
}

// said are the sentences of a sample: its thinking, then its reply.
func said(s *engine.SampleProgress) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, text := range []string{s.Thinking.String(), s.Reply.String()} {
			for sentence := range sentences(text) {
				if !yield(sentence) {
					return
				}
			}
		}
	}
}

// sentences are those of a text, with single spaces. A line ends one, and so does a point,
// a question mark or an exclamation mark before a space.
func sentences(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for line := range strings.SplitSeq(text, "\n") {
			from := 0
			for i := 0; i+1 < len(line); i++ {
				if strings.IndexByte(".?!", line[i]) < 0 || line[i+1] != ' ' {
					continue
				}
				if sentence := plain(line[from : i+1]); sentence != "" && !yield(sentence) {
					return
				}
				from = i + 1
			}
			if sentence := plain(line[from:]); sentence != "" && !yield(sentence) {
				return
			}
		}
	}
}

// plain is a text with single spaces.
func plain(s string) string { return strings.Join(strings.Fields(s), " ") }
