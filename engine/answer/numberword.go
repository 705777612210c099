package answer

import (
	"slices"
	"strconv"
	"strings"

	"github.com/aimo3/aimo3/engine/answer/tex"
	"github.com/aimo3/aimo3/engine/answer/value"
)

// numberInWords is the whole number that folded words say: six, forty-two, two
// hundred five, minus three, a million.
func numberInWords(folded string) (n int, ok bool) {
	if !beginsNumber(folded) {
		return 0, false
	}
	words := strings.Fields(strings.ReplaceAll(folded, "-", " "))
	if len(words) > 12 {
		return 0, false
	}
	sign := 1
	if len(words) > 1 && (words[0] == "minus" || words[0] == "negative") {
		sign, words = -1, words[1:]
	}
	n, ok = countInWords(words)
	return sign * n, ok
}

// countInWords is the whole number that words without a sign say.
func countInWords(words []string) (int, bool) {
	total, part, room := 0, 0, 1000 // what is said after a part is less than room
	last := 1_000_000_000           // what the next word for a thousand or more has to be below
	for i, w := range words {
		small, isSmall := smallWords[w]
		scale := scaleWords[w]
		if len(words) == 1 && (scale > 0 || w == "hundred" || w == "dozen") {
			part = 1 // a hundred
		}
		switch {
		case isSmall && small < room && (part == 0 || small > 0):
			part += small
			room = 1
			if small >= 20 {
				room = 10
			}
		case w == "hundred" && part > 0 && part < 100 && (part < 10 || part%10 != 0):
			part *= 100
			room = 100
		case w == "dozen" && part > 0 && i == len(words)-1:
			part *= 12
		case scale > 0 && scale < last && part > 0:
			total += part * scale
			part, room, last = 0, 1000, scale
		default:
			return 0, false
		}
	}
	return total + part, len(words) > 0
}

// scaleWords are the numbers by which the words before them are multiplied.
var scaleWords = map[string]int{"thousand": 1_000, "million": 1_000_000}

// smallWords are the numbers below 100 that one word says.
var smallWords = map[string]int{
	"zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
	"ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
	"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}

// worded reads an answer that is a number in words.
func (a *Answer) worded() {
	if !beginsNumber(a.folded) {
		return
	}
	if n := valueInWords(a.folded); n != nil {
		a.Node, a.Kind = n, Scalar
	}
	if n := countedInWords(a.folded); n != nil && a.Node == nil {
		a.Node, a.Kind = n, kindOf(n)
	}
}

// countedInWords reads six apples, as 6 apples is read. What may make another
// number of it, as in six tenths or six squared, is left alone.
func countedInWords(folded string) *tex.Node {
	at := strings.LastIndexByte(folded, ' ')
	if at < 0 {
		return nil
	}
	n, noun := quantityInWords(folded[:at]), folded[at+1:]
	one := strings.TrimSuffix(noun, "s")
	if n == "" || len(noun) < 3 || len(one) == len(noun) && n != "1" && n != fractionOf(1, 2) || strings.HasSuffix(one, "th") || strings.HasSuffix(one, "rd") && one != "card" && one != "yard" ||
		slices.Contains([]string{"half", "halve", "quarter", "time", "pair", "degree", "percent", "root", "point", "factorial"}, one) || numeral(one) {
		return nil
	}
	counted, err := tex.Parse(n + `\text{ ` + noun + "}")
	if err != nil || counted.Op != tex.Quantity {
		return nil
	}
	return counted
}

// quantityInWords writes the number that folded words say, or it is no text.
func quantityInWords(folded string) string {
	if n, ok := numberInWords(folded); ok {
		return strconv.Itoa(n)
	}
	return fractionInWords(folded)
}

// numeral says whether a word is, or may be the singular of, a number: tens.
func numeral(word string) bool {
	_, ok := smallWords[word]
	return ok || word == "sixe" || word == "twentie"
}

// texts compares a part that is text with a part of kind y.
func (c *comparison) texts(a, b *tex.Node, y Kind) value.Judgement {
	x := folded(a.Text)
	switch {
	case y == Words && x == folded(b.Text):
		return equal(value.Text, "")
	case y == Words:
		return different("other words")
	case letters(b) == x:
		return equal(value.Text, "")
	}
	if n := valueInWords(x); n != nil {
		return c.nodes(n, b)
	}
	if mayBe(x, y) {
		return unknown("words that may say a number")
	}
	return unlike(Words, y)
}
