package engine

import (
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

// OfDeleted says that f is for attempts that were deleted, and not for the rest.
func (f Filter) OfDeleted() bool {
	return slices.ContainsFunc(f.Terms, func(t Term) bool { return t.Key == KeyIs && t.Value == string(TraitDeleted) })
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
