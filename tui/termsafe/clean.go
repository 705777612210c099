// Package termsafe turns untrusted text into text that a terminal can show
// without obeying it. Nothing is deleted: what cannot be shown as it is stands
// there by name, so that no text can hide in another.
package termsafe

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Clean makes every character of s visible that a terminal would obey or hide:
// other control characters than LF and TAB, bidirectional and zero-width ones,
// bytes that are not UTF-8, and piles of combining marks. Clean text comes back
// as it is.
func Clean(s string) string {
	var c Cleaner
	return c.Next(s) + c.End()
}

// Cleaner cleans a text that comes in pieces, cut anywhere. Its zero value is
// ready. What Next and End give, put together, is what Clean gives of the whole.
type Cleaner struct {
	held  string // the end of the last piece, if it cannot be judged yet
	room  int    // marks that may still join the last character; none to begin with
	emoji bool   // the last character may be joined to another
	joins int    // joiners since a character that stands alone
}

const (
	maxMarks = 8 // combining marks on one character
	maxJoins = 3 // emoji joined into one, less one: a family of four
	joiner   = '\u200d'
	circle   = "\u25cc" // carries a mark that has nothing to stand on
)

// Next cleans one more piece.
func (c *Cleaner) Next(piece string) string { return c.clean(c.held+piece, false) }

// End gives what Next still held back, and makes c ready for another text.
func (c *Cleaner) End() string {
	rest := c.clean(c.held, true)
	*c = Cleaner{}
	return rest
}

func (c *Cleaner) clean(s string, whole bool) string {
	var out strings.Builder
	c.held = ""
	kept, i := 0, 0 // s[:kept] is in out, s[:i] has been judged
	for i < len(s) {
		if n := plain(s[i:]); n > 0 {
			c.base(s[i+n-1] != '\t' && s[i+n-1] != '\n')
			i += n
			continue
		}
		if !whole && c.undecided(s[i:]) {
			c.held = s[i:]
			break
		}
		n, shown := c.judge(s[i:])
		if shown != s[i:i+n] {
			out.WriteString(s[kept:i])
			out.WriteString(shown)
			kept = i + n
		}
		i += n
	}
	if kept == 0 {
		return s[:i]
	}
	out.WriteString(s[kept:i])
	return out.String()
}

// plain is the length of the ASCII text at the start of s that is shown as it is.
func plain(s string) int {
	for i := range len(s) {
		if b := s[i]; b < ' ' && b != '\n' && b != '\t' || b > '~' {
			return i
		}
	}
	return len(s)
}

// undecided says that what s begins with depends on what follows s.
func (c *Cleaner) undecided(s string) bool {
	if c.emoji && strings.HasPrefix(s, string(joiner)) {
		s = s[len(string(joiner)):]
	}
	return !utf8.FullRuneInString(s)
}

// judge takes one character off s and says how to show it.
func (c *Cleaner) judge(s string) (n int, shown string) {
	r, n := utf8.DecodeRuneInString(s)
	switch {
	case r == utf8.RuneError && n == 1:
		shown = string(utf8.RuneError)
	case r < ' ':
		shown = string('\u2400' + r)
	case r == '\x7f':
		shown = "\u2421"
	case r == joiner && c.joining(s[n:]):
		c.joins++
		c.emoji = false
		return n, s[:n]
	case hidden(r):
		shown = fmt.Sprintf("⟨U+%04X⟩", r)
	case isMark(r):
		return n, c.mark(s[:n])
	default:
		c.join(isEmoji(r))
		return n, s[:n]
	}
	c.base(true)
	return n, shown
}

// base notes a character that is no emoji; marks may join it unless it is the
// beginning of a line, where they would join what is drawn before.
func (c *Cleaner) base(joinable bool) {
	c.room, c.emoji, c.joins = 0, false, 0
	if joinable {
		c.room = maxMarks
	}
}

// join notes a character that may be an emoji, maybe right after a joiner.
func (c *Cleaner) join(emoji bool) {
	joined := c.joins > 0 && !c.emoji
	c.room, c.emoji = maxMarks, emoji
	if !emoji || !joined {
		c.joins = 0
	}
}

func (c *Cleaner) mark(mark string) string {
	if c.room == 0 {
		c.base(true)
		mark = circle + mark
	}
	c.room--
	return mark
}

// joining says whether a joiner that rest follows may stay.
func (c *Cleaner) joining(rest string) bool {
	next, _ := utf8.DecodeRuneInString(rest)
	return c.emoji && c.joins < maxJoins && isEmoji(next)
}
