package extract

import "strings"

// units are those of which several make one amount: 2 hours 15 minutes.
var units = map[string]bool{
	"year": true, "years": true, "month": true, "months": true, "week": true, "weeks": true, "day": true, "days": true,
	"hour": true, "hours": true, "hr": true, "hrs": true, "h": true, "minute": true, "minutes": true, "min": true, "mins": true,
	"second": true, "seconds": true, "sec": true, "foot": true, "feet": true, "ft": true, "inch": true, "inches": true,
	"pound": true, "pounds": true, "lb": true, "lbs": true, "ounce": true, "ounces": true, "oz": true,
}

// compound is the length of the amount in several units with which s begins, or
// 0: 5 ft 3 in.
func compound(s string) int {
	end, parts, feet := 0, 0, false
	for at := 0; ; {
		figure := at
		for at < len(s) && (digit(s[at]) || s[at] == '.') {
			at++
		}
		if at == figure {
			break
		}
		for at < len(s) && s[at] == ' ' {
			at++
		}
		unit := at
		for at < len(s) && letter(s[at]) {
			at++
		}
		name := strings.ToLower(s[unit:at])
		if !units[name] && (name != "in" || !feet) {
			break
		}
		feet = name == "ft" || name == "feet" || name == "foot"
		end = at
		parts++
		rest := strings.TrimPrefix(strings.TrimPrefix(s[at:], ","), " ")
		at = len(s) - len(strings.TrimPrefix(rest, "and "))
	}
	if parts < 2 {
		return 0
	}
	return end
}

// compoundAround is the amount in several units that a number is the last of.
func compoundAround(text string, line, number span) (span, bool) {
	const reach = 48 // bytes
	for at := max(line.from, number.from-reach); at < number.from; at++ {
		if !digit(text[at]) || at > line.from && (digit(text[at-1]) || text[at-1] == '.') {
			continue
		}
		if n := compound(text[at:min(line.to, number.to+reach)]); at+n > number.to {
			return span{at, at + n}, true
		}
	}
	return span{}, false
}

// outOf is the fraction that a sentence on chances names in words, and of which
// a number is the last: 3 out of 8.
func outOf(text string, line, number span) (Candidate, bool) {
	head, ok := strings.CutSuffix(text[line.from:number.from], " out of ")
	from := len(head)
	for from > 0 && digit(head[from-1]) {
		from--
	}
	if !ok || from == len(head) || !holdsAny(wordsOf(head), []string{"probability", "chance", "chances", "odds"}) {
		return Candidate{}, false
	}
	part := head[from:] + "/" + text[number.from:number.to]
	return Candidate{Text: part, Source: LastNumber, From: line.from + from, To: number.to}, true
}

// Words of the sentences with which a reply ends.
var (
	sums     = []string{"after", "over", "within", "nach", "après", "dopo", "después", "durante", "за"}
	places   = []string{"when", "at", "attained", "achieved", "reached", "where", "if"}
	extremes = []string{"maximum", "minimum", "max", "min", "largest", "smallest", "greatest", "least", "value"}
	verbs    = []string{"is", "are", "be", "equals", "gives", "get", "so", "hence", "thus", "then", "therefore"}
)

// unplaced is where a last sentence that has named its answer, a sum of money or
// an extreme value, goes on to say only when or where; else where the span ends.
func unplaced(text string, in span) int {
	tail := strings.TrimRight(text[in.from:in.to], " .\n")
	begin := in.from + max(sentenceStart(tail), len(tail)-maxSentence)
	end := in.from + len(tail)
	for at := begin; at < end; at++ {
		if text[at] != ' ' {
			continue
		}
		word, _, _ := strings.Cut(text[at+1:end], " ")
		isSum, isPlace := holdsAny([]string{word}, sums), holdsAny([]string{word}, places)
		if !isSum && !isPlace {
			continue
		}
		head, rest := wordsOf(text[begin:at]), span{at, end}
		if _, more := amount(text, rest); more && isSum || holdsAny(wordsOf(text[at:end]), verbs) {
			continue
		}
		_, paid := amount(text, span{begin, at})
		formula := strings.Count(text[begin:at], "$") > 1
		named := holdsAny(head, extremes) && holdsAny(head, verbs) && strings.ContainsAny(text[begin:at], "0123456789")
		if isSum && paid && !formula || isPlace && named {
			return at
		}
	}
	return in.to
}
