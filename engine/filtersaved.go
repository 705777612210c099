package engine

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// SavedFilter is a filter that a person keeps under a name, so as to take it again.
type SavedFilter struct {
	Name string
	Text string // as it was typed: after:yesterday means the day before it is taken
}

// Bounds of saved filters.
const (
	MaxSavedFilters    = 100
	MaxFilterNameRunes = 40
	MaxFilterRunes     = 200
)

// NewSavedFilter is the filter text under a name, without the spaces around either. A name
// or a text that is empty, too long or holds what no terminal shows, and a text that
// ParseFilter cannot read, are invalid-input faults.
func NewSavedFilter(name, text string, now time.Time) (SavedFilter, error) {
	f := SavedFilter{strings.TrimSpace(name), strings.TrimSpace(text)}
	if err := f.Check(); err != nil {
		return f, err
	}
	_, err := ParseFilter(f.Text, now)
	return f, err
}

// Check says why f cannot be kept as it is; nil if it can. Whether ParseFilter can read the
// text is not asked: another version of the program may.
func (f SavedFilter) Check() error {
	if err := checkLine("the name of a filter", f.Name, MaxFilterNameRunes); err != nil {
		return err
	}
	return checkLine("a filter", f.Text, MaxFilterRunes)
}

// checkLine fails unless text is one line of at most so many characters that are seen.
func checkLine(what, text string, maxRunes int) error {
	switch {
	case text == "":
		return &Fault{Class: Invalid, What: what + " cannot be empty", Todo: "type one"}
	case utf8.RuneCountInString(text) > maxRunes:
		return &Fault{Class: Invalid, What: fmt.Sprintf("%s has at most %d characters", what, maxRunes), Todo: "type a shorter one"}
	case !utf8.ValidString(text) || strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsPrint(r) }):
		return &Fault{Class: Invalid, What: what + " holds a character that is not shown", Todo: "type it anew"}
	}
	return nil
}
