package tex

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// fold writes s in ASCII as far as it has a meaning there: digits of every
// script, full-width and mathematical letters, superscripts, signs and Greek.
// Marks that only direct or hide text go. Letters of other scripts stay.
func fold(s string) (string, error) {
	if clean(s) {
		return s, nil
	}
	var b strings.Builder
	b.Grow(2 * len(s))
	open := "" // the ^{ or _{ that has not been closed
	for i, r := range s {
		if r == utf8.RuneError {
			return "", ErrNotMath
		}
		script, as := scripted(r)
		if script != open {
			if open != "" {
				b.WriteByte('}')
			}
			b.WriteString(script)
			open = script
		}
		if script != "" {
			b.WriteByte(as)
			continue
		}
		if r < ' ' && i+1 < len(s) && letter(s[i+1]) && b.Len() > 0 {
			unescape(&b, s[:i], r)
		}
		spell(&b, r)
	}
	if open != "" {
		b.WriteByte('}')
	}
	return b.String(), nil
}

// unescape writes the backslash and the letter of a command such as \frac that
// a program took for the escape of the control character r.
func unescape(b *strings.Builder, before string, r rune) {
	at := strings.IndexRune("\a\b\f\v", r)
	if at < 0 {
		return
	}
	if !strings.HasSuffix(before, `\`) {
		b.WriteByte('\\')
	}
	b.WriteByte("abfv"[at])
}

// clean tells whether s is plain ASCII without control characters.
func clean(s string) bool {
	for i := range len(s) {
		if b := s[i]; b >= utf8.RuneSelf || b == 0x7f || b < ' ' && b != '\n' && b != '\t' && b != '\r' {
			return false
		}
	}
	return true
}

// spell writes one character.
func spell(b *strings.Builder, r rune) {
	switch {
	case r < ' ' && r != '\n' && r != '\t' && r != '\r', r == 0x7f:
		return
	case r < utf8.RuneSelf:
		b.WriteRune(r)
		return
	case r >= '！' && r <= '～': // full width
		b.WriteRune(r - '！' + '!')
		return
	case r >= 0x1D400 && r <= 0x1D6A3: // mathematical letters
		r = (r - 0x1D400) % 52
		if r < 26 {
			b.WriteRune('A' + r)
		} else {
			b.WriteRune('a' + r - 26)
		}
		return
	}
	if as, ok := signs[r]; ok {
		b.WriteString(as)
		return
	}
	switch {
	case unicode.Is(unicode.Nd, r):
		b.WriteByte('0' + decimal(r))
	case unicode.Is(unicode.Cf, r), unicode.Is(unicode.Cc, r), unicode.Is(unicode.Mn, r) && r >= 0xFE00:
	case unicode.IsSpace(r):
		b.WriteByte(' ')
	default:
		b.WriteRune(r)
	}
}

// decimal is the value of a digit of any script: Unicode has them in runs of
// ten that begin with zero.
func decimal(r rune) byte {
	for _, span := range unicode.Nd.R16 {
		if r <= rune(span.Hi) {
			return byte((r - rune(span.Lo)) % 10)
		}
	}
	for _, span := range unicode.Nd.R32 {
		if r <= rune(span.Hi) {
			return byte((r - rune(span.Lo)) % 10)
		}
	}
	return 0
}

// scripted is how a superscript or subscript character begins, and which it is.
func scripted(r rune) (string, byte) {
	switch {
	case r == '²' || r == '³':
		return "^{", byte('2' + r - '²')
	case r == '¹':
		return "^{", '1'
	case r == '⁰', r >= '⁴' && r <= '⁹':
		return "^{", byte('0' + r - '⁰')
	case r >= '₀' && r <= '₉':
		return "_{", byte('0' + r - '₀')
	case r >= '⁰' && r <= 'ⁿ', r == 'ˣ', r == 'ᵏ', r == 'ᵐ':
		return "^{", raised[r]
	case r >= '₊' && r <= 'ₜ', r == 'ᵢ', r == 'ⱼ':
		if as, ok := lowered[r]; ok {
			return "_{", as
		}
	}
	return "", 0
}

// raised and lowered are the superscripts and subscripts that are no digits.
var (
	raised  = map[rune]byte{'ⁱ': 'i', '⁺': '+', '⁻': '-', '⁼': '=', '⁽': '(', '⁾': ')', 'ⁿ': 'n', 'ˣ': 'x', 'ᵏ': 'k', 'ᵐ': 'm'}
	lowered = map[rune]byte{'₊': '+', '₋': '-', '₌': '=', '₍': '(', '₎': ')', 'ₐ': 'a', 'ₑ': 'e', 'ₒ': 'o', 'ₓ': 'x', 'ₕ': 'h', 'ₖ': 'k', 'ₗ': 'l', 'ₘ': 'm', 'ₙ': 'n', 'ₚ': 'p', 'ₛ': 's', 'ₜ': 't', 'ᵢ': 'i', 'ⱼ': 'j'}
)

// signs are the other characters that TeX has a command for.
var signs = map[rune]string{
	'√': `\surd `, '∛': `\sqrt[3]`, '∜': `\sqrt[4]`, '∞': `\infty `, '∑': `\sum `, '∏': `\prod `, '∫': `\int `, '∂': `\partial `, '∇': `\nabla `,
	'½': `\frac{1}{2}`, '⅓': `\frac{1}{3}`, '⅔': `\frac{2}{3}`, '¼': `\frac{1}{4}`, '¾': `\frac{3}{4}`, '⅕': `\frac{1}{5}`, '⅖': `\frac{2}{5}`, '⅗': `\frac{3}{5}`, '⅘': `\frac{4}{5}`,
	'⅙': `\frac{1}{6}`, '⅚': `\frac{5}{6}`, '⅛': `\frac{1}{8}`, '⅜': `\frac{3}{8}`, '⅝': `\frac{5}{8}`, '⅞': `\frac{7}{8}`, '⅐': `\frac{1}{7}`, '⅑': `\frac{1}{9}`, '⅒': `\frac{1}{10}`,
	'−': "-", '–': "-", '—': "-", '‐': "-", '‑': "-", '﹣': "-", '×': `\times `, '✕': `\times `, '✖': `\times `, '·': `\cdot `, '⋅': `\cdot `, '∙': `\cdot `, '•': `\cdot `, '∗': `*`,
	'⁎': `*`, '÷': `\div `, '⁄': "/", '∕': "/", '±': `\pm `, '∓': `\mp `, '°': `\degree `, 'º': `\degree `, '∘': `\circ `, '′': "'", '″': "''", '‴': "'''", '’': "'", '‘': "'", '´': "'",
	'“': `"`, '”': `"`, '„': `"`, '«': `"`, '»': `"`, '…': `\ldots `, '⋯': `\cdots `, '⋮': `\vdots `, '、': ",", '،': ",", '。': ".", '٫': ".", '٬': ",", '٪': "%", '‰': "@",
	'≤': `\le `, '⩽': `\le `, '≦': `\le `, '≥': `\ge `, '⩾': `\ge `, '≧': `\ge `, '≠': `\ne `, '≈': `\approx `, '≃': `\approx `, '≅': `\cong `, '≡': `\equiv `, '∼': `\sim `, '∝': `\propto `,
	'∈': `\in `, '∉': `\notin `, '∋': `\ni `, '⊂': `\subset `, '⊆': `\subseteq `, '⊃': `\supset `, '⊇': `\supseteq `, '∪': `\cup `, '∩': `\cap `, '∖': `\setminus `, '⧵': `\setminus `,
	'∅': `\emptyset `, '⌀': `\emptyset `, 'ø': `\emptyset `, 'Ø': `\emptyset `, '∣': "|", '│': "|", '∥': `\|`, '‖': `\|`, '∤': `\nmid `, '∧': `\land `, '∨': `\lor `, '¬': `\neg `, '∀': `\forall `, '∃': `\exists `,
	'→': `\to `, '⟶': `\to `, '↦': `\mapsto `, '⇒': `\Rightarrow `, '⇔': `\Leftrightarrow `, '⌊': `\lfloor `, '⌋': `\rfloor `, '⌈': `\lceil `, '⌉': `\rceil `, '⟨': `\langle `, '⟩': `\rangle `,
	'〈': `\langle `, '〉': `\rangle `, '【': "[", '】': "]", 'ℝ': `\mathbb{R}`, 'ℤ': `\mathbb{Z}`, 'ℕ': `\mathbb{N}`, 'ℚ': `\mathbb{Q}`, 'ℂ': `\mathbb{C}`, 'ℓ': `\ell `, 'ℏ': `\hbar `, 'ℎ': "h",
	'€': `\euro `, '₹': `\rupee `, '£': `\pounds `, '¥': `\yen `, 'µ': `\mu `, '∠': `\angle `, '△': `\triangle `, '⊥': `\perp `, 'ⅈ': "i", 'ⅇ': "e", '≪': `\ll `, '≫': `\gg `, '∶': ":", '⊙': `\odot `, 'ı': "i",
	'α': `\alpha `, 'β': `\beta `, 'γ': `\gamma `, 'δ': `\delta `, 'ε': `\epsilon `, 'ϵ': `\epsilon `, 'ζ': `\zeta `, 'η': `\eta `, 'θ': `\theta `, 'ϑ': `\theta `, 'ι': `\iota `, 'κ': `\kappa `,
	'λ': `\lambda `, 'μ': `\mu `, 'ν': `\nu `, 'ξ': `\xi `, 'π': `\pi `, 'ρ': `\rho `, 'ϱ': `\rho `, 'σ': `\sigma `, 'ς': `\sigma `, 'τ': `\tau `, 'υ': `\upsilon `, 'φ': `\phi `, 'ϕ': `\phi `,
	'χ': `\chi `, 'ψ': `\psi `, 'ω': `\omega `, 'Γ': `\Gamma `, 'Δ': `\Delta `, 'Θ': `\Theta `, 'Λ': `\Lambda `, 'Ξ': `\Xi `, 'Π': `\Pi `, 'Σ': `\Sigma `, 'Υ': `\Upsilon `, 'Φ': `\Phi `, 'Ψ': `\Psi `, 'Ω': `\Omega `,
}
