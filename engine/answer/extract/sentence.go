package extract

import (
	"strings"
	"unicode/utf8"
)

// copulas are the words behind which a sentence about the answer may name it.
var copulas = map[string]bool{
	"is": true, "are": true, "be": true, "equals": true, "to": true, "was": true, "gives": true, "that": true, "as": true, "becomes": true,
	"est": true, "sont": true, "égale": true, "vaut": true, "lautet": true, "ist": true, "sind": true, "beträgt": true, "es": true, "son": true,
	"é": true, "são": true, "igual": true, "è": true, "sono": true, "uguale": true, "jest": true, "wynosi": true, "je": true, "är": true, "er": true,
	"on": true, "este": true, "là": true, "bằng": true, "adalah": true, "ialah": true, "yra": true, "ir": true, "estas": true, "ni": true, "da": true,
	"είναι": true, "это": true, "равен": true, "равна": true, "равно": true, "дорівнює": true, "є": true, "е": true, "هو": true, "هي": true, "است": true,
	"היא": true, "הוא": true, "है": true, "हैं": true,
}

// verdicts are the words that may be an answer by themselves.
var verdicts = map[string]bool{
	"yes": true, "no": true, "true": true, "false": true, "none": true, "infinity": true, "infinite": true, "infinitely": true, "impossible": true,
	"undefined": true, "zero": true, "one": true, "two": true, "three": true, "four": true, "five": true, "six": true, "seven": true, "eight": true,
	"nine": true, "ten": true, "eleven": true, "twelve": true, "thirteen": true, "fourteen": true, "fifteen": true, "sixteen": true, "seventeen": true,
	"eighteen": true, "nineteen": true, "twenty": true, "thirty": true, "forty": true, "fifty": true, "sixty": true, "seventy": true, "eighty": true,
	"ninety": true, "half": true, "odd": true, "even": true, "all": true,
}

// sentence is the answer in a sentence about it: what follows its first copula
// that mathematics follows. One that a colon marks, or that the text ends with,
// may name it anywhere, or in words.
func sentence(text string, in span, marked bool) (span, bool) {
	whole := span{in.from, sentenceEnd(text, in)}
	for at := range pauses(text, whole) {
		if denied(text[whole.from:at]) {
			continue
		}
		at += filler(text[at:whole.to])
		at += len(text[at:whole.to]) - len(strings.TrimLeft(text[at:whole.to], " :*"))
		rest := span{at, whole.to}
		if v, ok := value(text, span{at, within(text, at, min(in.to, whole.to+maxContents))}); ok && v.from < whole.to {
			return v, true
		}
		if v, ok := verdict(text, rest); ok {
			return v, true
		}
	}
	if v, ok := verdict(text, whole); marked && ok && v.to < whole.to {
		return v, true
	}
	last := strings.TrimSpace(text[whole.to:in.to]) == ""
	if !marked && !last {
		return span{}, false
	}
	words := strings.TrimSpace(text[whole.from:whole.to])
	whole.to = unplaced(text, whole)
	if c, ok := lastFormula(text, whole); ok {
		return span{c.From, c.To}, true
	}
	if at, ok := amount(text, whole); ok {
		return at, true
	}
	if c, ok := ungoverned(text, whole, adjuncts); ok {
		return span{c.From, c.To}, true
	}
	return whole, marked && words != "" && len(words) <= 64
}

// verdict is a span that begins with one, up to where it gives reasons.
func verdict(text string, in span) (span, bool) {
	word, _, _ := strings.Cut(strings.TrimLeft(text[in.from:in.to], " *"), " ")
	bare := strings.ToLower(strings.Trim(word, ".,;!*"))
	bare, _, _ = strings.Cut(bare, "-") // twenty-one
	if at := strings.IndexAny(text[in.from:in.to], ",;"); at >= 0 && (bare == "yes" || bare == "no" || bare == "true" || bare == "false") {
		in.to = in.from + at
	}
	if at := strings.Index(text[in.from:in.to], " ("); at > 0 && verdicts[bare] { // forty-two (42)
		in.to = in.from + at
	}
	return in, verdicts[bare]
}

// denied tells whether the copula that s ends with says what is not, or how
// exactly: "it can't be", "rounded to".
func denied(s string) bool {
	words := strings.Fields(strings.ToLower(strings.Trim(s, " ,*")))
	if len(words) > 0 && words[len(words)-1] == "to" && (len(words) == 1 || holdsAny(words[len(words)-2:], []string{"rounded", "correct", "accurate", "up", "according", "close"})) {
		return true
	}
	if len(words) < 2 {
		return false
	}
	switch before := strings.ReplaceAll(words[len(words)-2], "’", "'"); before {
	case "not", "cannot", "never", "n't", "could", "might", "may":
		return true
	default:
		return strings.HasSuffix(before, "n't")
	}
}

// filler is the length of the words with which s begins and which say how sure
// the answer is, or what sort of thing.
func filler(s string) int {
	n := 0
	for {
		rest := strings.TrimLeft(s[n:], " *_,")
		word, _, _ := strings.Cut(rest, " ")
		for _, phrase := range [...]string{"for sure", "none other than"} {
			if foldPrefix(rest, phrase) {
				word = rest[:len(phrase)]
			}
		}
		switch strings.ToLower(strings.TrimRight(word, ",:")) {
		case "for sure", "none other than", "definitely", "clearly", "certainly", "therefore", "thus", "hence", "then", "simply", "just", "exactly", "indeed", "surely", "obviously", "probably", "likely", "actually",
			"option", "choice", "letter", "number", "equal", "now", "precisely", "of", "course", "only", "undoubtedly", "most":
			n = len(s) - len(rest) + len(word)
		default:
			return n
		}
	}
}

// amount is the last sum of money in a span.
func amount(text string, in span) (span, bool) {
	for end := in.to; end > in.from; {
		at := strings.LastIndexAny(text[in.from:end], "0123456789")
		if at < 0 {
			break
		}
		at += in.from
		_, number := numberAt(text, in, at)
		before := strings.TrimRight(text[in.from:number.from], " ")
		after := strings.TrimLeft(text[number.to:in.to], " \u00a0\u202f\\*")
		for _, sign := range [...]string{"$", "€", "£", "¥", "₹", "US$", "USD", "EUR", "dollar", "euro", "rupee", "pound", "yen", "yuan", "元", "円", "원", "₽", "₩", "руб", "zł", "TL", "Kč", "kr", "peso"} {
			if strings.HasSuffix(before, sign) || strings.HasPrefix(after, sign) {
				return number, true
			}
		}
		end = number.from
	}
	return span{}, false
}

// pauses yields where what a copula says begins.
func pauses(text string, in span) func(func(int) bool) {
	return func(yield func(int) bool) {
		word := in.from
		for i := in.from; i <= in.to; {
			n := 1
			if i < in.to && text[i] >= utf8.RuneSelf {
				_, n = utf8.DecodeRuneInString(text[i:in.to])
			}
			end := i == in.to || text[i] == ' ' || text[i] == ':' || text[i] == '*'
			if end && copulas[strings.ToLower(strings.Trim(text[word:i], "*_"))] && !yield(i) {
				return
			}
			if end {
				word = i + 1
			}
			if i < in.to && cjkCopulas[text[i:i+n]] && !yield(i+n) {
				return
			}
			i += n
		}
	}
}

var cjkCopulas = map[string]bool{"是": true, "为": true, "為": true, "は": true, "은": true, "는": true, "：": true, "得": true}

// sentenceEnd is where the sentence with which a span begins ends.
func sentenceEnd(text string, in span) int {
	to := min(in.to, in.from+maxSentence)
	for i := in.from; i < to; i++ {
		switch c := text[i]; {
		case c == '\n' || c == '!':
			return i
		case (c == '.' || c == '?') && (i+1 == to || text[i+1] == ' ' || text[i+1] == '\n'):
			return i
		case c == 0xe3 && strings.HasPrefix(text[i:], "。"):
			return i
		}
	}
	return to
}
