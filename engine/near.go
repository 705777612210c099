package engine

import (
	"slices"
	"strings"
)

// Near returns those of words that a person may have meant by typed: ones that
// it begins, ones that hold it, and ones a few slips of the finger away, at
// most three, likeliest first; or that one alone which differs in capitals only.
func Near(typed string, words []string) []string {
	type guess struct {
		word string
		far  int
	}
	var guesses []guess
	low := strings.ToLower(typed)
	for _, w := range words {
		if strings.EqualFold(typed, w) {
			return []string{w}
		}
		if far, ok := distance(low, strings.ToLower(w)); ok {
			guesses = append(guesses, guess{w, far})
		}
	}
	slices.SortStableFunc(guesses, func(a, b guess) int { return a.far - b.far })
	near := make([]string, 0, 3)
	for _, g := range guesses[:min(len(guesses), 3)] {
		near = append(near, g.word)
	}
	return near
}

// distance says how far a word is from what was typed, and whether it is near
// enough to be named.
func distance(typed, word string) (int, bool) {
	const maxBytes = 64 // typed comes from outside; the table below is its square
	switch {
	case typed == "" || len(typed) > maxBytes || len(word) > maxBytes:
		return 0, false
	case strings.HasPrefix(word, typed):
		return 0, true
	case len(typed) >= 3 && strings.Contains(word, typed):
		return 1, true
	}
	far := min(edits(typed, word), edits(stem(typed), stem(word))+1)
	return far, far <= 1+len(typed)/4
}

// stem is a model's name without its tag.
func stem(name string) string {
	s, _, _ := strings.Cut(name, ":")
	return s
}

// edits is the least number of bytes to insert, delete or change to make a
// into b.
func edits(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
