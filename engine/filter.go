package engine

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
)

// Filter chooses attempts from a store. Its zero value chooses all, newest first.
type Filter struct {
	Words  string    // each must begin a word of the statement, answer, model or ID
	Terms  []Term    // all of them must hold, see Holds
	Before AttemptID // only attempts older than this one, for paging; "" for all
	Limit  int       // if zero, 200
}

// Term is one condition of a [Filter], written as `model:qwen3`.
type Term struct {
	Key   string    // one of FilterKeys
	Value string    // never empty
	At    time.Time // what the Value of after and before means
}

// What a Term may be about.
const (
	KeyAfter   = "after"   // it was begun then or later
	KeyBefore  = "before"  // it was begun earlier
	KeyIs      = "is"      // it has a Trait
	KeyModel   = "model"   // the name of its model holds the value
	KeyTag     = "tag"     // a person tagged it so
	KeySource  = "source"  // where its problem came from holds the value
	KeyVerdict = "verdict" // this is the answer; NoAnswer: it ended without one
)

// NoAnswer is what the verdict of an attempt without an answer is called in a filter.
const NoAnswer = "none"

// FilterKeys are the keys of terms, sorted.
func FilterKeys() []string {
	return []string{KeyAfter, KeyBefore, KeyIs, KeyModel, KeySource, KeyTag, KeyVerdict}
}

// FilterValues are values that a key may have, those that can be named; nil for the rest.
func FilterValues(key string) []string {
	switch key {
	case KeyIs:
		return Traits()
	case KeyVerdict:
		return []string{NoAnswer}
	case KeyAfter, KeyBefore:
		return []string{"today", "yesterday"}
	}
	return nil
}

// ParseFilter reads what a person typed to find attempts: words to search for, and terms,
// as in
//
//	inscribed circle is:wrong model:qwen3 after:2026-01-02
//
// Words between quotes must follow each other, and are never a term. Now is where days
// begin, and what today is. A term that is none, or has a value that it cannot have, is an
// invalid-input [Fault] that names those there are.
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
	return f, nil
}

// String is f as ParseFilter reads it, at any time and in any zone, without Before and Limit.
func (f Filter) String() string {
	var parts []string
	for word := range strings.FieldsSeq(strings.ReplaceAll(f.Words, `"`, " ")) {
		parts = append(parts, quoted(word, strings.Contains(word, ":")))
	}
	for _, t := range f.Terms {
		value := t.Value
		if !t.At.IsZero() {
			value = t.At.UTC().Format(time.RFC3339Nano)
		}
		value = strings.ReplaceAll(value, `"`, "")
		parts = append(parts, t.Key+":"+quoted(value, strings.ContainsFunc(value, unicode.IsSpace)))
	}
	return strings.Join(parts, " ")
}

func quoted(s string, must bool) string {
	if must {
		return `"` + s + `"`
	}
	return s
}

// Holds says whether every term of f holds for an attempt. Runs, which may be nil, says
// whether a process takes an attempt that has no end.
func (f Filter) Holds(a *Summary, runs func(AttemptID) bool) bool {
	return !slices.ContainsFunc(f.Terms, func(t Term) bool { return !t.holds(a, runs) })
}

func (t Term) holds(a *Summary, runs func(AttemptID) bool) bool {
	switch t.Key {
	case KeyAfter:
		return !a.Begun.Before(t.At)
	case KeyBefore:
		return a.Begun.Before(t.At)
	case KeyIs:
		return a.Is(Trait(t.Value), runs)
	case KeyModel:
		return strings.Contains(strings.ToLower(a.Model), strings.ToLower(t.Value))
	case KeySource:
		return strings.Contains(strings.ToLower(a.Problem.Source), strings.ToLower(t.Value))
	case KeyTag:
		return slices.Contains(a.Marks.Tags, t.Value)
	case KeyVerdict:
		return a.Verdict != nil && (strings.EqualFold(string(a.Verdict.Answer), t.Value) || t.Value == NoAnswer && a.Verdict.Answer == "")
	}
	return false
}

func newTerm(key, value string, now time.Time) (Term, error) {
	t := Term{Key: key, Value: value}
	switch {
	case !slices.Contains(FilterKeys(), key):
		return t, notATerm(key)
	case value == "":
		return t, &Fault{Class: Invalid, What: key + ": needs a value", Todo: valuesOf(key)}
	case key == KeyIs && !slices.Contains(Traits(), value):
		return t, &Fault{Class: Invalid, What: fmt.Sprintf("no attempt is %s", quote(value)), Todo: valuesOf(key)}
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
