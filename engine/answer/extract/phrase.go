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
		at += first(s[at:], []string{"$"})
		figure := at
		for at < len(s) && (digit(s[at]) || s[at] == '.') {
			at++
		}
		if at == figure {
			break
		}
		for at < len(s) && (s[at] == ' ' || s[at] == '$') {
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
