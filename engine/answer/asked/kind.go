package asked

import (
	"math/big"
	"strings"
)

// ranged reads from the sentence that asks last whether an integer is wanted,
// and of which sign.
func ranged(parts []sentence) Range {
	for i := len(parts) - 1; i >= 0; i-- {
		s := parts[i]
		from, to := s.asking(len(s.low))
		if from < 0 {
			continue
		}
		rest := s.low[to:]
		if strings.HasPrefix(s.low[from:], "how many") {
			if first := firstWord(rest); fractions[first] {
				return Range{}
			}
			return Range{Integer: true, Lo: new(big.Int)}
		}
		return wanted(rest)
	}
	return Range{}
}

// fractions are what is counted in parts of one too.
var fractions = map[string]bool{
	"degrees": true, "degree": true, "percent": true, "dollars": true, "cents": true, "inches": true, "feet": true, "meters": true, "metres": true, "centimeters": true,
	"kilometers": true, "miles": true, "hours": true, "minutes": true, "seconds": true, "days": true, "weeks": true, "years": true, "liters": true, "litres": true, "gallons": true,
	"square": true, "cubic": true, "units": true, "times": true, "pounds": true, "ounces": true, "kilograms": true, "grams": true, "cups": true, "more": true, "radians": true,
}

// wanted reads what is asked for from the words behind the one that asks: "the
// smallest positive integer", "the total number of".
func wanted(rest string) Range {
	words := strings.Fields(rest)
	positive, extreme := false, false
	for i, w := range words {
		switch w = strings.Trim(w, ",:;?.!*$"); w {
		case "the", "is", "a", "an", "total", "possible", "maximal", "minimal", "exact", "value", "of":
		case "smallest", "largest", "least", "greatest", "minimum", "maximum":
			extreme = true
		case "positive":
			positive = true
		case "nonnegative", "non-negative", "prime", "odd", "even", "three-digit", "four-digit", "natural":
		case "integer":
			if !extreme {
				return Range{}
			}
			if positive {
				return Range{Integer: true, Lo: big.NewInt(1)}
			}
			return Range{Integer: true}
		case "number":
			if i+2 < len(words) && words[i+1] == "of" && !fractions[strings.Trim(words[i+2], ",.?")] {
				return Range{Integer: true, Lo: new(big.Int)}
			}
			return Range{}
		default:
			return Range{}
		}
	}
	return Range{}
}

// unit reads the unit that the answer is asked in.
func unit(parts []sentence) string {
	if len(parts) == 0 {
		return ""
	}
	s := parts[len(parts)-1]
	from, to := s.asking(len(s.low))
	if from < 0 {
		return ""
	}
	rest := s.low[to:]
	if first := firstWord(rest); strings.HasPrefix(s.low[from:], "how many") && first != "more" && first != "times" && first != "square" && first != "cubic" && fractions[first] {
		return first
	}
	at := strings.LastIndex(rest, " in ")
	if at < 0 {
		return ""
	}
	words := strings.Fields(strings.Trim(rest[at+len(" in "):], " .?!"))
	switch {
	case len(words) == 1 && (units[words[0]] || fractions[words[0]] && words[0] != "units"):
		return words[0]
	case len(words) == 2 && (words[0] == "square" || words[0] == "cubic"):
		return words[0] + " " + words[1]
	}
	return ""
}

var units = map[string]bool{"cm": true, "m": true, "km": true, "mm": true, "kg": true, "g": true, "cm^2": true, "m^2": true, "cm^3": true, "m^3": true, "euros": true, "mph": true, "km/h": true}

func firstWord(s string) string {
	first, _, _ := strings.Cut(strings.TrimLeft(s, " "), " ")
	return strings.Trim(first, ",.?!:;")
}
