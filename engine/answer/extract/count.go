package extract

import (
	"slices"
	"strings"
)

// Words that a number follows which is not what a sentence counts.
var (
	bounds   = []string{"below", "under", "than", "exceeding", "divided by", "division by", "divisible by", "modulo", "rounded to"}
	adjuncts = []string{
		"below", "under", "than", "exceeding", "after", "in", "for", "over", "within", "per", "of", "from", "by", "with", "every", "each", "ago",
		"après", "dans", "en", "pour", "par", "sur", "parmi", "d'ici", "nach", "für", "von", "pro", "mit", "aus", "después", "por", "para", "entre", "dopo", "tra", "su", "após", "за", "из", "через", "на", "для", "в",
	}
)

// lastCount is the last number of a span that bounds no other of its sentence:
// 12 of "there are 12 primes below 40".
func lastCount(text string, in span) (Candidate, bool) {
	c, ok := lastNumber(text, in)
	if !ok {
		return c, false
	}
	begin := max(in.from, c.From-maxSentence)
	begin += sentenceStart(text[begin:c.From])
	if at := aside(text, span{begin, in.to}, c); at > 0 {
		if other, ok := lastNumber(text, span{begin, at}); ok {
			return other, true
		}
	}
	if other, ok := calculated(text, begin, c); ok {
		return other, true
	}
	if other, ok := ungoverned(text, span{begin, in.to}, bounds); ok {
		return other, true
	}
	return c, true
}

// aside is where the words in brackets begin in which a number stands, or 0: 12
// ways (with 7 digits).
func aside(text string, in span, number Candidate) int {
	at := strings.LastIndex(text[in.from:number.From+1], " (")
	if at < 0 {
		return 0
	}
	at += in.from
	inside, _, closed := strings.Cut(text[at+2:in.to], ")")
	if !closed || at+2+len(inside) < number.To || strings.ContainsAny(inside, "=<>,;$\\") {
		return 0
	}
	for word := range strings.FieldsSeq(inside) {
		if len(word) > 3 && strings.Trim(word, "abcdefghijklmnopqrstuvwxyz.:") == "" {
			return at
		}
	}
	return 0
}

// calculated is what a sentence works out before a number that it does not:
// there are 16 x 3 = 48 kilograms in 3 bags.
func calculated(text string, begin int, c Candidate) (Candidate, bool) {
	at := strings.LastIndexByte(text[begin:c.From], '=') + begin
	if at < begin || strings.Contains(text[c.From:c.To], "=") {
		return Candidate{}, false
	}
	before := strings.TrimRight(text[begin:at], " ")
	from := c.From - len(strings.TrimLeft(text[at+1:c.From], " $"))
	n := plain(text[from:c.From])
	if before == "" || !digit(before[len(before)-1]) || n == 0 || holdsAny(wordsOf(text[from+n:c.From]), slices.Concat(verbs, results)) {
		return Candidate{}, false
	}
	other, ok := lastNumber(text, span{begin, from + n})
	return other, ok && !strings.Contains(other.Text, "=")
}

// ungoverned is the last number of a span that stands behind none of the words;
// where there is no such number, the last.
func ungoverned(text string, in span, words []string) (Candidate, bool) {
	last, ok := lastNumber(text, in)
	for c, more := last, ok; more; c, more = lastNumber(text, span{in.from, c.From}) {
		before := " " + strings.ToLower(strings.TrimRight(text[in.from:c.From], " $*("))
		if !slices.ContainsFunc(words, func(w string) bool { return strings.HasSuffix(before, " "+w) }) {
			return c, true
		}
	}
	return last, ok
}

// members tells whether c is a list, with which a sentence ends, of what its
// verb says that they are: the roots are 1, 2.
func members(text string, c Candidate, line, end int) bool {
	return strings.Contains(c.Text, ", ") && strings.HasSuffix(text[line:c.From], " are ") && strings.Trim(text[c.To:end], ".* \n") == ""
}
