package tex

import "strings"

// siunitx reads \num{1.5e3}, \ang{30}, \SI{5}{\centi\metre}, \qty{5}{cm} and
// \si{cm}. Without the braces that it has there, \qty only sizes a bracket.
func (c *scanner) siunitx(kind string) {
	if kind == "qty" && !strings.HasPrefix(strings.TrimLeft(c.s[c.i:], " "), "{") {
		c.spaced = true
		return
	}
	if strings.HasPrefix(c.s[c.i:], "[") { // options
		if to := strings.IndexByte(c.s[c.i:], ']'); to > 0 {
			c.i += to + 1
		}
	}
	if kind != "si" {
		number, ok := c.argument()
		if !ok || number == "" {
			c.fail(ErrNotMath)
			return
		}
		if kind == "ang" {
			number = sexagesimal(number)
		}
		c.inline(figures(number))
	}
	switch at := c.i; kind {
	case "ang":
		c.emit(degree, "")
	case "SI", "qty", "si":
		unit, ok := c.argument()
		if !ok || c.s[at] != '{' {
			c.i = at
			return
		}
		c.siunit(unit)
	}
}

// figures is a number as siunitx takes it: spaces say nothing, and d is e.
func figures(s string) string {
	s = strings.ReplaceAll(s, " ", "")
	if i := strings.IndexAny(s, "dD"); i > 0 && digit(s[i-1]) {
		s = s[:i] + "e" + s[i+1:]
	}
	if strings.HasPrefix(s, "e") {
		s = "1" + s
	}
	return s
}

// sexagesimal is an angle of degrees, minutes and seconds as a sum of degrees.
func sexagesimal(s string) string {
	parts := strings.Split(s, ";")
	if len(parts) == 1 || len(parts) > 3 {
		return s
	}
	sign := ""
	if rest, negative := strings.CutPrefix(s, "-"); negative {
		sign, parts[0] = "-", strings.Split(rest, ";")[0]
	}
	by := [...]string{"", "/60", "/3600"}
	for i := range parts {
		parts[i] = "0" + parts[i] + by[i]
	}
	return sign + "(" + strings.Join(parts, "+") + ")"
}

// siunit adds the token for a unit of siunitx: \kilo\metre\per\hour, or cm.
func (c *scanner) siunit(s string) {
	switch unit := siname(s); unit {
	case "":
	case "%":
		c.emit(percent, "")
	case "°":
		c.emit(degree, "")
	default:
		if u, ok := unitOf(unit); ok {
			unit = u
		}
		c.emit(word, unit)
	}
}

// siname is what a unit of siunitx is called without commands.
func siname(s string) string {
	var b strings.Builder
	before := "" // a power that is told before its unit
	for s = strings.TrimSpace(s); s != ""; s = strings.TrimLeft(s, " .~") {
		n := 1
		for s[0] == '\\' && n < len(s) && letter(s[n]) {
			n++
		}
		part := s[:n]
		s = s[n:]
		switch part {
		case `\square`:
			before = "^2"
			continue
		case `\cubic`:
			before = "^3"
			continue
		}
		as, ok := siunits[strings.TrimPrefix(part, `\`)]
		if part[0] != '\\' || !ok {
			as = strings.TrimPrefix(part, `\`)
		}
		b.WriteString(as)
		if before != "" && !strings.Contains(siprefixes, part+`\`) {
			b.WriteString(before)
			before = ""
		}
	}
	return b.String()
}

// siprefixes are the commands that begin the name of a unit.
const siprefixes = `\kilo\centi\milli\deci\mega\giga\micro\nano\hecto\per\`

// siunits has the commands of siunitx that are not called as what they mean.
var siunits = map[string]string{
	"kilo": "k", "centi": "c", "milli": "m", "deci": "d", "mega": "M", "giga": "G", "micro": "µ", "nano": "n", "hecto": "h", "per": "/", "squared": "^2", "cubed": "^3",
	"metre": "m", "meter": "m", "second": "s", "gram": "g", "kilogram": "kg", "minute": "min", "hour": "h", "day": "day", "litre": "L", "liter": "L", "joule": "J", "newton": "N",
	"watt": "W", "volt": "V", "ampere": "A", "pascal": "Pa", "hertz": "Hz", "kelvin": "K", "mole": "mol", "radian": "rad", "percent": "%", "degree": "°", "hectare": "ha", "tonne": "t",
}
