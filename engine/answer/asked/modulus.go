package asked

import (
	"math/big"
	"strings"
)

// modulus finds the last clause that asks for the answer modulo a number, and
// the words that say so. A modulus of which the problem only speaks is none.
func modulus(parts []sentence) (m *big.Int, note string) {
	for i := len(parts) - 1; i >= 0; i-- {
		s := parts[i]
		for _, find := range [...]func(sentence) (*big.Int, string){remainder, residue, lastDigits} {
			if m, note := find(s); m != nil {
				return m, note
			}
		}
		if name, m, note := named(s); m != nil && asks(parts[i+1:], name) {
			return m, note
		}
	}
	return nil, ""
}

// remainder reads "the remainder when … is divided by M", in either order.
func remainder(s sentence) (*big.Int, string) {
	at := s.lastWord("remainder")
	if at < 0 || !s.requested(at) {
		return nil, ""
	}
	return s.divisor(at)
}

// divisor reads the number by which a sentence divides, behind the word
// remainder at a place or, if nothing there divides, before it.
func (s sentence) divisor(at int) (*big.Int, string) {
	for _, region := range [...]struct{ from, to int }{{at, len(s.low)}, {0, at}} {
		for _, by := range [...]string{"divided by", "division by", "divide by", "dividing by", " by ", "modulo", "mod "} {
			k := strings.LastIndex(s.low[region.from:region.to], by)
			if k < 0 {
				continue
			}
			from := region.from + k + len(by)
			m, n := number(s.text[from:])
			if m == nil || by == " by " && !strings.Contains(s.low[region.from:from], "divi") {
				continue
			}
			if region.from == at && !ends(s.text[from+n:]) {
				continue // "… is divided by 7 is 3" is a condition
			}
			return m, strings.TrimSpace(s.text[region.from+k : from+n])
		}
	}
	return nil, ""
}

// requested tells whether the word at a place is what the sentence asks for:
// between it and the word that asks stand only small ones.
func (s sentence) requested(at int) bool {
	from, to := s.asking(at)
	if from < 0 {
		return false
	}
	for w := range strings.FieldsSeq(s.low[to:at]) {
		if !small[strings.Trim(w, ",:*_")] {
			return false
		}
	}
	return true
}

var small = map[string]bool{
	"the": true, "is": true, "be": true, "its": true, "your": true, "answer": true, "as": true, "a": true, "value": true, "of": true, "only": true,
	"least": true, "smallest": true, "nonnegative": true, "non-negative": true, "positive": true, "integer": true, "will": true, "that": true, "this": true, "for": true, "does": true, "": true,
}

// residue reads "find … modulo M".
func residue(s sentence) (*big.Int, string) {
	for _, word := range [...]string{"modulo", `\bmod`, `\pmod`, `\mod`, "mod"} {
		at := s.lastWord(word)
		if at < 0 {
			continue
		}
		from := at + len(word)
		m, n := number(s.text[from:])
		if m == nil {
			continue
		}
		adjective := strings.HasPrefix(strings.TrimLeft(s.low[from+n:], " $)}"), "remainder") && s.requested(at) // "find the modulo 7 remainder"
		if !adjective && (!ends(s.text[from+n:]) || !s.governed(at)) {
			continue
		}
		return m, strings.TrimSpace(s.text[at : from+n])
	}
	return nil, ""
}

// governed tells whether what a sentence asks for is to be taken modulo what
// stands at a place, and not something that it speaks of.
func (s sentence) governed(at int) bool {
	_, asked := s.asking(at)
	if asked < 0 {
		return false
	}
	before := strings.TrimRight(s.low[asked:at], ` $(\`)
	if strings.HasSuffix(before, ",") || strings.HasSuffix(before, "answer") || strings.HasSuffix(before, "taken") {
		return !strings.Contains(before, "≡") && !strings.Contains(before, `\equiv`)
	}
	if comma := strings.LastIndex(before, ", "); comma >= 0 && strings.Contains(before[comma:], "answer") {
		return true
	}
	if strings.ContainsAny(before, "=≡≅") || strings.Contains(before, `\equiv`) {
		return false
	}
	for w := range strings.FieldsSeq(before) {
		if conditions[strings.Trim(w, ",:()")] {
			return false
		}
	}
	return true
}

// conditions are words behind which a sentence describes what it asks for, and
// things that have a modulus of their own.
var conditions = map[string]bool{
	"such": true, "which": true, "whose": true, "that": true, "where": true, "with": true, "satisfying": true, "satisfy": true, "satisfies": true, "if": true, "when": true,
	"congruent": true, "congruence": true, "residue": true, "residues": true, "root": true, "roots": true, "order": true, "solution": true, "solutions": true,
	"class": true, "classes": true, "unit": true, "units": true, "generator": true, "generators": true, "invertible": true, "inverse": true, "inverses": true,
	"period": true, "distinct": true, "squares": true, "field": true, "ring": true,
}

// lastDigits reads "the last three digits of".
func lastDigits(s sentence) (*big.Int, string) {
	for _, form := range [...]string{"last", "final", "rightmost", "units", "unit", "ones"} {
		at := s.lastWord(form)
		if at < 0 || !s.requested(at) {
			continue
		}
		rest := strings.Fields(s.low[at+len(form):])
		k := int64(1)
		if len(rest) > 1 && count[rest[0]] > 0 {
			k, rest = count[rest[0]], rest[1:]
		}
		if len(rest) > 1 && strings.HasPrefix(rest[0], "digit") && (rest[1] == "of" || strings.HasSuffix(rest[0], ",")) {
			return new(big.Int).Exp(big.NewInt(10), big.NewInt(k), nil), strings.TrimSpace(s.text[at : at+strings.Index(s.low[at:], "digit")+len("digit")])
		}
	}
	return nil, ""
}

var count = map[string]int64{
	"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
	"2": 2, "3": 3, "4": 4, "5": 5, "6": 6, "7": 7, "8": 8, "9": 9, "10": 10, "$2$": 2, "$3$": 3, "$4$": 4, "$5$": 5, "$6$": 6, "$7$": 7, "$8$": 8, "$9$": 9, "$10$": 10,
}

// named reads "let R be the remainder when … is divided by M".
func named(s sentence) (name string, m *big.Int, note string) {
	at := s.lastWord("remainder")
	if at < 0 {
		return "", nil, ""
	}
	head := strings.Fields(s.text[:at])
	n := len(head)
	if n < 4 || head[n-1] != "the" || head[n-2] != "be" && head[n-2] != "denote" || !strings.EqualFold(head[n-4], "let") {
		return "", nil, ""
	}
	m, note = s.divisor(at)
	return strings.Trim(head[n-3], "$\\()"), m, note
}

// asks tells whether the last of some sentences asks for a name, and no more.
func asks(parts []sentence, name string) bool {
	if len(parts) == 0 || name == "" {
		return false
	}
	s := parts[len(parts)-1]
	_, to := s.asking(len(s.low))
	if to < 0 {
		return false
	}
	rest := strings.Fields(s.text[to:])
	for len(rest) > 1 && small[strings.ToLower(rest[0])] {
		rest = rest[1:]
	}
	return len(rest) == 1 && strings.Trim(rest[0], "$\\().?!") == name
}
