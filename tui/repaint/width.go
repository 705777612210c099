package repaint

// script is a range of characters about whose width all terminals agree, if they stand
// alone.
type script struct {
	first, last rune
	width       int
}

// scripts are in ascending order. What is in none is doubtful: marks, emoji, scripts whose
// letters join, and what Unicode has widened or added of late.
var scripts = [...]script{
	{' ', '~', 1},
	{'\u00a1', '\u00ac', 1},
	{'\u00ae', '\u02ff', 1}, // Latin, phonetic
	{'\u0370', '\u0482', 1}, // Greek, Cyrillic
	{'\u048a', '\u052f', 1},
	{'\u1e00', '\u1fff', 1},
	{'\u2010', '\u2027', 1}, // punctuation
	{'\u2030', '\u205e', 1},
	{'\u2070', '\u209c', 1}, // super- and subscripts
	{'\u20a0', '\u20bf', 1}, // currencies
	{'\u2100', '\u25ff', 1}, // arrows, mathematics, borders, blocks; a few emoji, which we count 2 for
	{'\u2605', '\u2606', 1}, // stars
	{'\u2701', '\u2bff', 1}, // ticks, crosses, more arrows and mathematics, Braille
	{'\u3001', '\u3029', 2}, // Chinese, Japanese, Korean
	{'\u3041', '\u3096', 2},
	{'\u309b', '\u30ff', 2},
	{'\u3400', '\u4dbf', 2},
	{'\u4e00', '\u9fff', 2},
	{'\uac00', '\ud7a3', 2},
	{'\uf900', '\ufaff', 2},
	{'\uff01', '\uff60', 2},
	{'\U0001d400', '\U0001d7ff', 1}, // bold, slanted and other letters of mathematics
}

// agreed is how many cells every terminal takes for a character; 0 if they do not agree.
func agreed(r rune) int {
	for _, s := range scripts {
		if r <= s.last {
			if r < s.first {
				return 0
			}
			return s.width
		}
	}
	return 0
}
