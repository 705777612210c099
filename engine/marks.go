package engine

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Marks are what a person says of an attempt. They stand beside its events, which they never
// change.
type Marks struct {
	Starred  bool     `json:"starred,omitempty"`
	Tags     []string `json:"tags,omitempty"` // sorted, each once
	Note     string   `json:"note,omitempty"`
	Expected Answer   `json:"expected,omitempty"` // the right answer, in place of the problem's key
	Right    *bool    `json:"right,omitempty"`    // whether the attempt's answer is right; nil: nobody said
}

// A Remark is what a person says anew: of the marks that an attempt has at the moment when it
// is kept it makes those that it is to have, so that what others said meanwhile stays. It may be
// called more than once.
type Remark func(Marks) Marks

// Alone is the remark that m is all there is to say.
func (m Marks) Alone() Remark { return func(Marks) Marks { return m } }

// What marks may be.
const (
	MaxTags     = 32
	maxTagChars = 40
	MaxNote     = 2000 // characters
	maxExpected = 500  // characters
)

// Without are the tags of m but for those named, in capitals or not, with # or without.
func (m Marks) Without(named []string) []string {
	return slices.DeleteFunc(slices.Clone(m.Tags), func(tag string) bool {
		return slices.ContainsFunc(named, func(n string) bool { return strings.EqualFold(strings.TrimPrefix(n, "#"), tag) })
	})
}

// NewMarks are marks as they are kept: tags in lower case, sorted, each once, and no
// spaces around the rest. What is not one clean text is an invalid-input [Fault].
func NewMarks(m Marks) (Marks, error) {
	tags := m.Tags
	m.Tags = nil
	for _, tag := range tags {
		tag = strings.ToLower(strings.TrimPrefix(tag, "#"))
		if !validTag(tag) {
			return m, &Fault{Class: Invalid, What: quote(tag) + " is no tag", Todo: fmt.Sprintf("a tag has 1 to %d letters, digits, - _ . or /, and no spaces", maxTagChars)}
		}
		m.Tags = append(m.Tags, tag)
	}
	slices.Sort(m.Tags)
	if m.Tags = slices.Compact(m.Tags); len(m.Tags) > MaxTags {
		return m, &Fault{Class: Invalid, What: fmt.Sprintf("an attempt has at most %d tags", MaxTags)}
	}
	m.Note, m.Expected = strings.TrimSpace(m.Note), Answer(strings.TrimSpace(string(m.Expected)))
	if err := cleanText("the note", m.Note, MaxNote, "\n\t"); err != nil {
		return m, err
	}
	return m, cleanText("the expected answer", string(m.Expected), maxExpected, "")
}

// ParseTags are the tags in a text, parted by spaces or commas, as they are written.
func ParseTags(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r == ',' || unicode.IsSpace(r) })
}

func validTag(tag string) bool {
	return tag != "" && utf8.RuneCountInString(tag) <= maxTagChars && utf8.ValidString(tag) &&
		!strings.ContainsFunc(tag, func(r rune) bool { return !IsWordRune(r) && !strings.ContainsRune("-_./", r) })
}

func cleanText(what, text string, chars int, but string) error {
	if n := utf8.RuneCountInString(text); n > chars {
		return &Fault{Class: Invalid, What: fmt.Sprintf("%s has %d characters; at most %d are kept", what, n, chars)}
	}
	if !utf8.ValidString(text) || strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) && !strings.ContainsRune(but, r) }) {
		return &Fault{Class: Invalid, What: what + " holds control characters or is no UTF-8", Todo: "give it as plain text"}
	}
	return nil
}

// Correct says whether the answer of an attempt is right: as a person says, or else the
// problem's key; nil if neither does.
func (s *Summary) Correct() *bool {
	switch {
	case s.Marks.Right != nil:
		return s.Marks.Right
	case s.Verdict != nil:
		return s.Verdict.Correct
	}
	return nil
}
