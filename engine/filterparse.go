package engine

import (
	"slices"
	"strings"
	"time"
	"unicode"
)

// ParseFilter reads what a person typed to find attempts: words to search for, and terms,
// as in
//
//	inscribed circle is:wrong model:qwen3 after:2026-01-02
//
// Words between quotes must follow each other, and are never a term. Now is where days
// begin, and what today is. A term that is none, or has a value that it cannot have, is an
// invalid-input [Fault] that names those there are; so are words without any letter or digit,
// for which nothing could be looked.
func ParseFilter(text string, now time.Time) (Filter, error) {
	var f Filter
	var words []string
	for _, t := range tokens(text) {
		key, value, isTerm := t.term()
		if !isTerm {
			words = append(words, strings.Join(strings.Fields(t.text), "-"))
			continue
		}
		term, err := newTerm(key, value, now)
		if err != nil {
			return Filter{}, err
		}
		f.Terms = append(f.Terms, term)
	}
	f.Words = strings.Join(words, " ")
	if f.Words != "" && len(WordParts(f.Words)) == 0 {
		return Filter{}, &Fault{Class: Invalid, What: quote(f.Words) + " has no letter or digit to look for", Todo: "give a word or a number"}
	}
	return f, nil
}

func newTerm(key, value string, now time.Time) (Term, error) {
	t := Term{Key: key, Value: value}
	switch {
	case !slices.Contains(FilterKeys(), key):
		return t, notATerm(key)
	case value == "":
		return t, &Fault{Class: Invalid, What: key + ": needs a value", Todo: valuesOf(key)}
	case key == KeyIs && !slices.Contains(Traits(), value):
		return t, notATrait(value)
	case key == KeyTag:
		t.Value = strings.ToLower(strings.TrimPrefix(value, "#"))
	case key == KeyAfter || key == KeyBefore:
		at, ok := when(value, now)
		if !ok {
			return t, &Fault{Class: Invalid, What: quote(value) + " is no day", Todo: valuesOf(key)}
		}
		t.At = at
	}
	return t, nil
}

// notATrait is why a value is none of is:.
func notATrait(value string) error {
	todo := valuesOf(KeyIs)
	if near := Near(value, Traits()); len(near) > 0 {
		todo = "did you mean " + near[0] + "? " + todo
	}
	return &Fault{Class: Invalid, What: "no attempt is " + quote(value), Todo: todo}
}

func notATerm(key string) error {
	known := make([]string, 0, len(FilterKeys()))
	for _, k := range FilterKeys() {
		known = append(known, k+":")
	}
	todo := "there are " + strings.Join(known, " ") + "; text with a colon stands in quotes"
	if near := Near(key, FilterKeys()); len(near) > 0 {
		todo = "did you mean " + near[0] + ":? " + todo
	}
	return &Fault{Class: Invalid, What: quote(key+":") + " is no filter", Todo: todo}
}

// valuesOf says which values a key may have.
func valuesOf(key string) string {
	switch key {
	case KeyIs:
		return "say " + strings.Join(Traits(), " ")
	case KeyAfter, KeyBefore:
		return "say a day such as 2026-01-02, today or yesterday, or a time as 2026-01-02T15:04"
	case KeyVerdict:
		return "say an answer, or " + NoAnswer
	}
	if key == KeyTag {
		return "say a tag"
	}
	return "say a part of the name"
}

// when is the moment that a person names: a day begins at midnight where now is.
func when(text string, now time.Time) (time.Time, bool) {
	today := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, now.Location())
	switch text {
	case "today":
		return today, true
	case "yesterday":
		return today.AddDate(0, 0, -1), true
	}
	for _, form := range []string{time.DateOnly, "2006-01-02T15:04", "2006-01-02T15:04:05", time.RFC3339Nano} {
		if at, err := time.ParseInLocation(form, text, now.Location()); err == nil {
			return at, at.Year() > 0 && at.Year() < 9999 // in every zone it has four digits
		}
	}
	return time.Time{}, false
}

// token is what stands between spaces, without its quotes.
type token struct {
	text  string
	colon int // where the first colon outside of quotes is; -1: nowhere
}

// term splits a token in two if it may be a term: a colon stands behind two letters or
// more, and nothing else. So qwen3:8b and 3:4 are words.
func (t token) term() (key, value string, ok bool) {
	if t.colon < 2 {
		return "", "", false
	}
	key = t.text[:t.colon]
	letters := !strings.ContainsFunc(key, func(r rune) bool { return r > unicode.MaxASCII || !unicode.IsLetter(r) })
	return strings.ToLower(key), t.text[t.colon+1:], letters
}

// tokens splits text at spaces outside of quotes. A quote that is not closed reaches to
// the end.
func tokens(text string) (all []token) {
	var b strings.Builder
	inQuotes, began, colon := false, false, -1
	end := func() {
		if strings.TrimSpace(b.String()) != "" {
			all = append(all, token{b.String(), colon})
		}
		b.Reset()
		began, colon = false, -1
	}
	for _, r := range text {
		switch {
		case r == '"':
			if !began { // a token that begins with a quote is no term
				colon = -2
			}
			inQuotes, began = !inQuotes, true
		case unicode.IsSpace(r) && !inQuotes:
			end()
		default:
			if r == ':' && colon == -1 && !inQuotes {
				colon = b.Len()
			}
			began = true
			b.WriteRune(r)
		}
	}
	end()
	return all
}
