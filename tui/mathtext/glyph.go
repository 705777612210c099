package mathtext

import (
	"strings"

	"github.com/aimo3/aimo3/engine/formula"
)

// raised are the small glyphs above the line.
var raised = map[rune]rune{
	'0': '⁰', '1': '¹', '2': '²', '3': '³', '4': '⁴', '5': '⁵', '6': '⁶', '7': '⁷', '8': '⁸',
	'9': '⁹', '+': '⁺', '−': '⁻', '=': '⁼', '(': '⁽', ')': '⁾', 'a': 'ᵃ', 'b': 'ᵇ', 'c': 'ᶜ',
	'd': 'ᵈ', 'e': 'ᵉ', 'f': 'ᶠ', 'g': 'ᵍ', 'h': 'ʰ', 'i': 'ⁱ', 'j': 'ʲ', 'k': 'ᵏ', 'l': 'ˡ',
	'm': 'ᵐ', 'n': 'ⁿ', 'o': 'ᵒ', 'p': 'ᵖ', 'r': 'ʳ', 's': 'ˢ', 't': 'ᵗ', 'u': 'ᵘ', 'v': 'ᵛ',
	'w': 'ʷ', 'x': 'ˣ', 'y': 'ʸ', 'z': 'ᶻ', 'A': 'ᴬ', 'B': 'ᴮ', 'D': 'ᴰ', 'E': 'ᴱ', 'G': 'ᴳ',
	'H': 'ᴴ', 'I': 'ᴵ', 'J': 'ᴶ', 'K': 'ᴷ', 'L': 'ᴸ', 'M': 'ᴹ', 'N': 'ᴺ', 'O': 'ᴼ', 'P': 'ᴾ',
	'R': 'ᴿ', 'T': 'ᵀ', 'U': 'ᵁ', 'V': 'ⱽ', 'W': 'ᵂ', 'β': 'ᵝ', 'γ': 'ᵞ', 'δ': 'ᵟ', 'θ': 'ᶿ',
	'φ': 'ᵠ', 'χ': 'ᵡ', '′': '′', '∘': '°',
}

// sunk are the small glyphs below the line.
var sunk = map[rune]rune{
	'0': '₀', '1': '₁', '2': '₂', '3': '₃', '4': '₄', '5': '₅', '6': '₆', '7': '₇', '8': '₈',
	'9': '₉', '+': '₊', '−': '₋', '=': '₌', '(': '₍', ')': '₎', 'a': 'ₐ', 'e': 'ₑ', 'h': 'ₕ',
	'i': 'ᵢ', 'j': 'ⱼ', 'k': 'ₖ', 'l': 'ₗ', 'm': 'ₘ', 'n': 'ₙ', 'o': 'ₒ', 'p': 'ₚ', 'r': 'ᵣ',
	's': 'ₛ', 't': 'ₜ', 'u': 'ᵤ', 'v': 'ᵥ', 'x': 'ₓ', 'β': 'ᵦ', 'γ': 'ᵧ', 'ρ': 'ᵨ', 'φ': 'ᵩ',
	'χ': 'ᵪ',
}

// small writes s in small glyphs, all of it or nothing.
func small(m map[rune]rune, s string) (string, bool) {
	var b strings.Builder
	for _, r := range s {
		g, ok := m[r]
		if !ok {
			return "", false
		}
		b.WriteRune(g)
	}
	return b.String(), s != ""
}

// styled is a letter in its alphabet.
func (w writer) styled(n formula.Styled) string {
	if w.set == ASCII {
		if n.Alphabet == "bb" {
			return n.Letter + n.Letter
		}
		return n.Alphabet + "(" + n.Letter + ")"
	}
	return n.Glyph()
}

// marks are the characters that combine with the one before. Those for symbols, as the
// arrow of a vector, are left out: few fonts of terminals have them, and a vector
// without its arrow is another thing.
var marks = map[string]string{
	"hat": "\u0302", "widehat": "\u0302", "bar": "\u0304", "overline": "\u0305", "tilde": "\u0303", "widetilde": "\u0303",
	"dot": "\u0307", "ddot": "\u0308", "check": "\u030c", "widecheck": "\u030c", "breve": "\u0306", "acute": "\u0301", "grave": "\u0300", "mathring": "\u030a",
	"struck": "\u0336", "underline": "\u0332", "underbar": "\u0331", "utilde": "\u0330",
}

// plain are the glyphs that have a likeness in ASCII; others are named.
var plain = map[string]string{
	"−": "-", "·": "*", "×": "x", "÷": "/", "±": "+-", "∓": "-+", "∗": "*", "⋆": "*", "∘": "o", "•": "*", "…": "...", "⋯": "...", "⋮": ":", "⋱": "...",
	"≤": "<=", "≥": ">=", "⩽": "<=", "⩾": ">=", "≠": "!=", "≡": "==", "≈": "~~", "∼": "~", "≅": "~=", "≪": "<<", "≫": ">>",
	"→": "->", "⟶": "-->", "←": "<-", "⟵": "<--", "↔": "<->", "⟷": "<-->", "⇒": "=>", "⟹": "==>", "⇐": "<=", "⟸": "<==",
	"⇔": "<=>", "⟺": "<==>", "↦": "|->", "⟼": "|-->", "↑": "^", "↓": "v", "∣": "|", "∤": "!|", "∥": "||", "‖": "||",
	"⌊": "floor(", "⌋": ")", "⌈": "ceil(", "⌉": ")", "⟨": "<", "⟩": ">", "∞": "oo", "′": "'", "‵": "`", "°": "deg", "∅": "{}", "∖": "\\", "∈": "in",
	"∪": "U", "≔": ":=", "ℕ": "NN", "ℤ": "ZZ", "ℚ": "QQ", "ℝ": "RR", "ℂ": "CC", "¬": "not ", "∎": "QED", "ℓ": "l",
}

// glyph is what a symbol is drawn as.
func (w writer) glyph(s formula.Symbol) string {
	if w.set == Unicode {
		return s.Glyph
	}
	if g, ok := plain[s.Glyph]; ok {
		return g
	}
	if ascii(s.Glyph) || s.Name == "" {
		return s.Glyph
	}
	return s.Name
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}
