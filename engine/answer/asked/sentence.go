package asked

import "strings"

// maxStatement bounds what is read of a statement: its end, where it asks.
const maxStatement = 32 << 10

// sentence is a sentence of a statement, and the same in small letters.
type sentence struct{ text, low string }

// sentences takes a statement apart. A stop within a formula ends none.
func sentences(statement string) []sentence {
	if over := len(statement) - maxStatement; over > 0 {
		statement = statement[over:]
	}
	var parts []sentence
	add := func(s string) {
		if s = strings.TrimSpace(s); s != "" {
			parts = append(parts, sentence{s, lowered(s)})
		}
	}
	formulas := strings.Count(statement, "$")%2 == 0
	inside := false
	begin := 0
	for i := range len(statement) {
		switch c := statement[i]; {
		case c == '$' && formulas && (i == 0 || statement[i-1] != '\\'):
			inside = !inside
		case inside || i+1 < len(statement) && strings.IndexByte(" \n\t)\"'", statement[i+1]) < 0:
		case c == '.' || c == '?' || c == '!' && i > 0 && letter(statement[i-1]):
			add(statement[begin : i+1])
			begin = i + 1
		}
	}
	add(statement[begin:])
	return parts
}

// lowered makes ASCII letters small, and leaves every place as it is.
func lowered(s string) string {
	b := []byte(s)
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}

// requests are the words that ask.
var requests = [...]string{
	"find", "determine", "compute", "calculate", "evaluate", "what", "what's", "give", "report", "output", "return", "submit", "enter", "print", "express", "write",
	"state", "provide", "obtain", "how many",
}

// asking is where the last word before a place stands that asks for something;
// -1 if none does.
func (s sentence) asking(before int) (from, to int) {
	from, to = -1, -1
	head := sentence{s.text[:before], s.low[:before]}
	for _, w := range requests {
		if at := head.lastWord(w); at > from {
			from, to = at, at+len(w)
		}
	}
	return from, to
}

// lastWord is where a word stands last, not as a part of another; -1 if nowhere.
func (s sentence) lastWord(w string) int {
	for end := len(s.low); ; {
		at := strings.LastIndex(s.low[:end], w)
		if at < 0 {
			return -1
		}
		to := at + len(w)
		before := at > 0 && (letter(s.low[at-1]) || s.low[at-1] == '\\')
		if !before && (to == len(s.low) || !letter(s.low[to])) {
			return at
		}
		end = at + len(w) - 1
	}
}

// ends tells whether a clause ends where a number has been read: what follows
// does not go on about it.
func ends(s string) bool {
	s = strings.TrimLeft(s, " \t\n$)}]\\\"'*")
	if s == "" || strings.IndexByte(".,;:?!(", s[0]) >= 0 {
		return true
	}
	word, _, _ := strings.Cut(lowered(s[:min(len(s), 32)]), " ")
	return goesOn[strings.TrimRight(word, ".,;:?!")]
}

// goesOn are words that begin another clause.
var goesOn = map[string]bool{
	"and": true, "where": true, "as": true, "if": true, "for": true, "given": true, "when": true, "assuming": true, "in": true, "over": true, "but": true, "to": true, "instead": true,
}

func letter(c byte) bool { return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' }
func digit(c byte) bool  { return '0' <= c && c <= '9' }
