package formula

// styledFrom is where A, a and 0 of the alphabets of mathematics are in Unicode.
var styledFrom = map[string][3]rune{
	"bb": {0x1d538, 0x1d552, 0x1d7d8}, "bf": {0x1d400, 0x1d41a, 0x1d7ce},
	"bi":  {0x1d468, 0x1d482, 0}, // of vectors
	"cal": {0x1d49c, 0x1d4b6, 0}, "frak": {0x1d504, 0x1d51e, 0},
}

// styledEarly are the letters that were in Unicode before the alphabets.
var styledEarly = map[string]string{
	"bbC": "ℂ", "bbH": "ℍ", "bbN": "ℕ", "bbP": "ℙ", "bbQ": "ℚ", "bbR": "ℝ", "bbZ": "ℤ",
	"calB": "ℬ", "calE": "ℰ", "calF": "ℱ", "calH": "ℋ", "calI": "ℐ", "calL": "ℒ", "calM": "ℳ", "calR": "ℛ",
	"cale": "ℯ", "calg": "ℊ", "calo": "ℴ", "frakC": "ℭ", "frakH": "ℌ", "frakI": "ℑ", "frakR": "ℜ", "frakZ": "ℨ",
}

// Glyph is the letter as Unicode has it in its alphabet; the letter itself where there is
// none.
func (s Styled) Glyph() string {
	if g, ok := styledEarly[s.Alphabet+s.Letter]; ok {
		return g
	}
	a, c := styledFrom[s.Alphabet], rune(s.Letter[0])
	switch {
	case a[0] == 0:
	case 'A' <= c && c <= 'Z':
		return string(a[0] + c - 'A')
	case 'a' <= c && c <= 'z':
		return string(a[1] + c - 'a')
	case a[2] != 0:
		return string(a[2] + c - '0')
	}
	return s.Letter
}
