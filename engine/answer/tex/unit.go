package tex

import "strings"

// unit reads the unit after n, if there is one. Words that name no known unit
// are one only at the end of everything, after a number.
func (p *parser) unit(n *Node) *Node {
	t := p.tok()
	switch t.role {
	case money:
		p.i++
		return p.make(Quantity, t.text, n)
	case word:
	default:
		return n
	}
	u, ok := unitOf(t.text)
	if !ok {
		return p.counted(n)
	}
	p.i++
	u += p.unitPower()
	if p.at(slash) && !strings.Contains(u, "/") && (p.toks[p.i+1].role == word || p.toks[p.i+1].role == name) {
		if below, ok := unitOf(p.toks[p.i+1].text); ok && !strings.Contains(below, "/") {
			p.i += 2
			u += "/" + below + p.unitPower()
		}
	}
	if p.at(word) {
		if v, ok := unitOf(t.text + " " + p.tok().text); ok {
			p.i++
			u = v
		}
	}
	return p.make(Quantity, u, n)
}

// unitPower reads the exponent of a unit.
func (p *parser) unitPower() string {
	if !p.at(power) {
		return ""
	}
	at := p.i
	p.i++
	braced := p.take(openBrace)
	sign := ""
	if p.take(minus) {
		sign = "-"
	}
	t := p.tok()
	if !p.take(numeral) || braced && !p.take(closeBrace) {
		p.i = at
		return ""
	}
	return "^" + sign + t.text
}

// counted reads what is counted or measured in words of no known unit.
func (p *parser) counted(n *Node) *Node {
	i := p.i
	for p.toks[i].role == word {
		i++
	}
	if p.toks[i].role != end || !numeric(n) || clause(p.tok().text) {
		return n
	}
	w := p.words()
	if u, ok := unitOf(w.Text); ok {
		return p.make(Quantity, u, n)
	}
	return p.make(Quantity, w.Text, n)
}

// clause tells the words that begin a condition and name no unit.
func clause(s string) bool {
	first, _, _ := strings.Cut(s, " ")
	switch first {
	case "if", "when", "where", "for", "is", "are", "or", "and", "with", "such", "iff", "only", "unless", "mod", "to", "has", "not":
		return true
	}
	return false
}

// numeric tells whether there are numbers and no names in n but constants.
func numeric(n *Node) bool {
	switch n.Op {
	case Num, Repeating, Radix:
		return true
	case Name:
		return n.Text == `\pi` || n.Text == "e"
	case Sum, Product, Quotient, Power, Root, Neg, Factorial, Percent, Binomial:
		return every(n.Args, numeric)
	default:
		return false
	}
}

// units has the names of units, and what they are called here.
var units = map[string]string{
	"mm": "mm", "cm": "cm", "dm": "dm", "m": "m", "km": "km", "millimeter": "mm", "centimeter": "cm", "meter": "m", "kilometer": "km", "millimetre": "mm", "centimetre": "cm",
	"metre": "m", "kilometre": "km", "in": "in", "inch": "in", "inches": "in", "ft": "ft", "foot": "ft", "feet": "ft", "yd": "yd", "yard": "yd", "mi": "mi", "mile": "mi", "unit": "unit",
	"mg": "mg", "g": "g", "kg": "kg", "gram": "g", "kilogram": "kg", "milligram": "mg", "lb": "lb", "lbs": "lb", "pound": "lb", "oz": "oz", "ounce": "oz", "ton": "ton", "tonne": "t",
	"ms": "ms", "s": "s", "sec": "s", "second": "s", "min": "min", "minute": "min", "h": "h", "hr": "h", "hrs": "h", "hour": "h", "day": "day", "week": "week", "month": "month",
	"yr": "year", "year": "year", "L": "L", "liter": "L", "litre": "L", "mL": "mL", "ml": "mL", "milliliter": "mL", "gallon": "gal", "gal": "gal", "quart": "qt", "pint": "pt", "cup": "cup",
	"mph": "mi/h", "kph": "km/h", "kmh": "km/h", "N": "N", "J": "J", "kJ": "kJ", "W": "W", "kW": "kW", "V": "V", "A": "A", "Pa": "Pa", "kPa": "kPa", "Hz": "Hz", "kHz": "kHz", "K": "K",
	"newton": "N", "joule": "J", "watt": "W", "volt": "V", "mol": "mol", "mole": "mol", "rad": "rad", "radian": "rad", "cent": "cent", "dollar": "$", "euro": "€", "rupee": "rupee", "yen": "¥",
	"USD": "$", "EUR": "€", "Joule": "J", "Newton": "N", "eV": "eV", "acre": "acre", "hectare": "ha", "ha": "ha", "sqft": "ft^2", "kmph": "km/h",
}

// unitOf is the unit that a text names, in the form that Quantity has: "square
// feet", "ft^2" and "sq. ft" are all "ft^2".
func unitOf(s string) (string, bool) {
	if len(s) > 40 {
		return "", false
	}
	if u, ok := single(s); ok {
		return u, true
	}
	for _, by := range [...]string{" per ", "/"} {
		if above, below, ok := strings.Cut(s, by); ok {
			a, okA := unitOf(strings.TrimSpace(above))
			b, okB := unitOf(strings.TrimSpace(below))
			return a + "/" + b, okA && okB && !strings.Contains(a+b, "/")
		}
	}
	for _, p := range [...]struct{ word, power string }{
		{"square ", "^2"}, {"sq ", "^2"}, {"sq. ", "^2"}, {"cubic ", "^3"}, {"cu ", "^3"}, {"cu. ", "^3"},
	} {
		if of, ok := strings.CutPrefix(s, p.word); ok {
			u, ok := single(strings.TrimSpace(of))
			return u + p.power, ok
		}
	}
	for _, p := range [...]struct{ word, power string }{{" squared", "^2"}, {" cubed", "^3"}, {"^2", "^2"}, {"^3", "^3"}, {"^{2}", "^2"}, {"^{3}", "^3"}} {
		if of, ok := strings.CutSuffix(s, p.word); ok {
			u, ok := single(strings.TrimSpace(of))
			return u + p.power, ok
		}
	}
	return "", false
}

// single is the unit that one word names, in the singular or plural.
func single(s string) (string, bool) {
	s = strings.TrimSuffix(s, ".")
	if u, ok := units[s]; ok {
		return u, true
	}
	if one, ok := strings.CutSuffix(s, "s"); ok && len(one) > 2 {
		u, ok := units[one]
		return u, ok
	}
	return "", false
}
