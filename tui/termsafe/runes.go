package termsafe

import "unicode"

// hidden says whether r is obeyed or left out by terminals: C1 controls, all
// format characters (bidirectional, zero-width, soft hyphen, tags), separators
// of lines and paragraphs, blank letters and variation selectors of no use here.
func hidden(r rune) bool {
	switch {
	case r < 0xa0:
		return r >= 0x7f
	case r < 0x300:
		return r == 0xad
	case r == 0x2028, r == 0x2029:
		return true
	case r == 0x34f, r == 0x115f, r == 0x1160, r == 0x17b4, r == 0x17b5, r == 0x3164, r == 0xffa0:
		return true
	case 0x180b <= r && r <= 0x180f, 0xe0000 <= r && r <= 0xe0fff:
		return true
	}
	return unicode.Is(unicode.Cf, r)
}

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
