package termsafe

import "unicode"

// hidden says whether r is obeyed or left out by terminals: DEL and C1 controls,
// all format characters (bidirectional, zero-width, soft hyphen, tags),
// separators of lines and paragraphs, blank letters, variation selectors of no
// use here, and what Unicode says is no character or nothing to see.
func hidden(r rune) bool {
	switch {
	case r < 0xa0:
		return r >= 0x7f
	case r < 0x300:
		return r == 0xad
	case r >= 0xe0000 && r <= 0xe0fff:
		return true
	case 0x2070 <= r && r < 0x3164, 0x3164 < r && r < 0xd800: // most symbols and letters, soon told
		return false
	case isSelector(r): // they choose how an emoji or a letter is drawn
		return false
	}
	return unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Other_Default_Ignorable_Code_Point, unicode.Noncharacter_Code_Point) ||
		0x180b <= r && r <= 0x180f
}

func isSelector(r rune) bool { return 0xfe00 <= r && r <= 0xfe0f }

func isMark(r rune) bool { return r >= 0x300 && unicode.Is(unicode.M, r) }

// isEmoji is true of all that are joined to emoji, and of some symbols besides.
func isEmoji(r rune) bool {
	switch {
	case r < 0x2190:
		return false
	case r < 0x2c00:
		return r < 0x2200 || 0x2300 <= r && r < 0x2400 || 0x2600 <= r && r < 0x27c0 || r >= 0x2b00
	}
	return 0x1f000 <= r && r < 0x1fb00
}
