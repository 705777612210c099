package tex

import "strings"

// descents are units of one kind from the greatest to the least, as they follow
// one another in an amount of several: 1 h 30 min, 5 ft 3 in.
var descents = [...][]string{
	{"year", "month"},
	{"week", "day", "h", "min", "s", "ms"},
	{"mi", "yd", "ft", "in"},
	{"km", "m", "dm", "cm", "mm"},
	{"t", "kg", "g", "mg"},
	{"lb", "oz"},
	{"L", "mL"},
	{"gal", "qt", "pt", "cup"},
	{"$", "cent"},
}

// timeDescents is how many of the descents, the first of them, are of time.
const timeDescents = 2

// mixed reads amounts in several units as sums: of 1 hour and 30 minutes it makes
// 1 hour + 30 minutes. What separates the parts becomes the sign.
func mixed(toks []token) []token {
	for i := 0; i+lookahead < len(toks); i++ {
		if toks[i].role == word {
			toks = split(toks, i)
		}
	}
	for i := 0; i+lookahead < len(toks); i++ {
		if amount(toks, i) {
			toks = descend(toks, i)
		}
	}
	return toks
}

// split cuts "hour and" in two, which a \text may hold.
func split(toks []token, i int) []token {
	if one, ok := strings.CutSuffix(toks[i].text, " and"); ok && toks[i+1].role == numeral {
		if _, ok := unitOf(one); ok {
			toks = insert(toks, i+1, token{role: comma, spaced: true, text: "and"})
			toks[i].text = one
		}
	}
	return toks
}

// amount tells whether a numeral and a unit stand at i, and do not go on.
func amount(toks []token, i int) bool {
	if toks[i].role != numeral || i > 0 && (toks[i-1].role == power || toks[i-1].role == subscript) {
		return false
	}
	unit := toks[i+1]
	if unit.role != word && unit.role != name {
		return false
	}
	switch toks[i+2].role {
	case power, subscript, slash, prime, bang:
		return false
	default:
		return unit.text == "m" || rank(unit.text, "") > 0
	}
}

// rank is where a unit stands in the one of the descents that after is in, or in
// any if after is ""; 0 if it is nowhere there. After hours an m is minutes.
func rank(text, after string) int {
	u, ok := unitOf(text)
	if !ok {
		return 0
	}
	if after == "h" && u == "m" {
		u = "min"
	}
	for n, row := range descents {
		at, below := -1, -1
		for k, one := range row {
			if one == u {
				at = k
			}
			if one == after {
				below = k
			}
		}
		if at >= 0 && (after == "" || below >= 0 && at > below) {
			return n + 1
		}
	}
	return 0
}

// descend joins the amounts that follow the one at i in smaller and smaller units.
func descend(toks []token, i int) []token {
	unit, _ := unitOf(toks[i+1].text)
	for i+2+lookahead < len(toks) {
		next := i + 2
		joint := toks[next]
		for toks[next].role == comma && next+1 < len(toks) {
			next++
		}
		if !amount(toks, next) {
			return toks
		}
		of := rank(toks[next+1].text, unit)
		if of == 0 || joint.role == comma && joint.text != "and" && of > timeDescents {
			return toks
		}
		toks[i+1].role = word
		toks[next+1].role = word
		if unit == "h" && toks[next+1].text == "m" {
			toks[next+1].text = "min"
		}
		unit, _ = unitOf(toks[next+1].text)
		sign := token{role: plus, spaced: true}
		if next == i+2 {
			toks = insert(toks, next, sign)
			next++
		} else {
			toks = append(toks[:i+2], toks[next-1:]...)
			toks[i+2] = sign
			next = i + 3
		}
		i = next
	}
	return toks
}

func insert(toks []token, at int, t token) []token {
	toks = append(toks, t)
	copy(toks[at+1:], toks[at:])
	toks[at] = t
	return toks
}
