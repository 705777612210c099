// Package sift finds, of many lines, those that fit what a person types, the best first.
//
//	lines := sift.New([]string{"stop all", "solve again", "stop"})
//	lines.Find("st")  // 0, 2
//	lines.Find("s a") // 0, 1
//
// Every word that is typed has to be in a line; capitals make no difference. A word
// counts for more at the beginning of the line than at the beginning of one of its
// words, there more than within one, and least where only its letters come in order from
// the beginning of a word on. Lines that fit alike keep their order, so that the same
// keys always lead to the same line. A Lines may be read by many goroutines.
package sift

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Lines are what is searched.
type Lines struct{ folded []string }

// New takes the lines in.
func New(lines []string) Lines {
	folded := make([]string, len(lines))
	for i, l := range lines {
		folded[i] = strings.ToLower(l)
	}
	return Lines{folded}
}

// How a word fits a line, the best first.
const (
	begins    = iota // the line begins with it
	beginsOne        // a word of the line does
	within           // it is within a word
	scattered        // its letters come in order
	misfit
)

// Find gives the numbers of the lines that fit: all of them if nothing is typed.
func (l Lines) Find(typed string) []int {
	words := strings.Fields(strings.ToLower(typed))
	var byFit [][]int
	for i, line := range l.folded {
		worth := 0
		for _, w := range words {
			f := fit(line, w)
			if worth += f; f == misfit {
				worth = -1
				break
			}
		}
		if worth < 0 {
			continue
		}
		for len(byFit) <= worth {
			byFit = append(byFit, nil)
		}
		byFit[worth] = append(byFit[worth], i)
	}
	return slices.Concat(byFit...)
}

func fit(line, word string) int {
	best := misfit
	for at := 0; at <= len(line)-len(word); {
		i := strings.Index(line[at:], word)
		if i < 0 {
			break
		}
		switch i += at; {
		case i == 0:
			return begins
		case starts(line, i):
			return beginsOne
		}
		_, size := utf8.DecodeRuneInString(line[i:])
		best, at = within, i+size
	}
	if best == misfit && utf8.RuneCountInString(word) > 1 && inOrder(line, word) {
		return scattered
	}
	return best
}

// starts says whether a word starts at byte i of a line.
func starts(line string, i int) bool {
	before, _ := utf8.DecodeLastRuneInString(line[:i])
	return i == 0 || !letter(before)
}

func letter(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// inOrder says whether the letters of a word come in order in a line, the first at the
// beginning of a word of it.
func inOrder(line, word string) bool {
	first, size := utf8.DecodeRuneInString(word)
	for i, r := range line {
		if r == first && starts(line, i) && follows(line[i+size:], word[size:]) {
			return true
		}
	}
	return false
}

func follows(line, rest string) bool {
	for _, r := range rest {
		i := strings.IndexRune(line, r)
		if i < 0 {
			return false
		}
		line = line[i+utf8.RuneLen(r):]
	}
	return true
}
