package latex

import (
	"fmt"
	"strings"
	"sync"
	"unicode/utf8"
)

// Text writes plain text so that TeX shows it as it stands: no character of it is a
// command, and none forms a ligature with its neighbour. Line breaks are spaces. A
// character that LaTeX has no sign for is \aimochar with its code point.
func Text(s string) string {
	var b strings.Builder
	for i, r := range s {
		switch {
		case r == '\n' || r == '\t' || r == '\r':
			b.WriteByte(' ')
		case strings.ContainsRune("-,!?", r):
			b.WriteRune(r)
			if next := s[i+1:]; next != "" && strings.ContainsRune("-,'`", rune(next[0])) {
				b.WriteString("{}")
			}
		case r >= ' ' && r < 0x7f && !strings.ContainsRune(active, r):
			b.WriteRune(r)
		default:
			b.WriteString(one(r))
		}
	}
	return b.String()
}

// active are the characters of ASCII that TeX reads as something else.
const active = "\\{}$%&#_^~<>|\"'`"

// one writes one character that is not written as it is.
func one(r rune) string {
	if tex, ok := texts()[r]; ok {
		return tex
	}
	if tex, ok := glyphs()[string(r)]; ok {
		return `\ensuremath{` + strings.TrimSpace(tex) + "}"
	}
	if tex := alphanumeric(r); tex != "" {
		return `\ensuremath{` + tex + "}"
	}
	if r == utf8.RuneError {
		r = 0xfffd
	}
	return fmt.Sprintf(`\aimochar{%04X}`, r)
}

// texts are the characters that are text, and those that stand above or below the line.
var texts = sync.OnceValue(func() map[rune]string { //nolint:gochecknoglobals // never written
	all := map[rune]string{
		'\\': `\textbackslash{}`, '{': `\{`, '}': `\}`, '$': `\$`, '%': `\%`, '&': `\&`, '#': `\#`, '_': `\_`,
		'^': `\textasciicircum{}`, '~': `\textasciitilde{}`, '<': `\textless{}`, '>': `\textgreater{}`, '|': `\textbar{}`,
		'"': `\char34{}`, '\'': `\char39{}`, '`': `\char96{}`,
		'\u00a0': `~`, '\u2009': `\,`, '\u200a': `\,`, '\u202f': `\,`, '\u2002': ` `, '\u2003': `\quad{}`, '\u2011': `-{}`,
		'\u2010': `-{}`, '–': `\textendash{}`, '—': `\textemdash{}`, '‘': `\textquoteleft{}`, '’': `\textquoteright{}`,
		'“': `\textquotedblleft{}`, '”': `\textquotedblright{}`, '…': `\ldots{}`, '•': `\textbullet{}`, '§': `\S{}`, '¶': `\P{}`,
		'©': `\copyright{}`, '™': `\texttrademark{}`, '£': `\pounds{}`, 'ß': `\ss{}`, 'æ': `\ae{}`,
		'Æ': `\AE{}`, 'œ': `\oe{}`, 'Œ': `\OE{}`, 'ø': `\o{}`, 'Ø': `\O{}`, 'å': `\aa{}`, 'Å': `\AA{}`, 'ł': `\l{}`, 'Ł': `\L{}`,
		'ı': `\i{}`, '½': `\ensuremath{\tfrac{1}{2}}`, '¼': `\ensuremath{\tfrac{1}{4}}`, '¾': `\ensuremath{\tfrac{3}{4}}`,
		'⅓': `\ensuremath{\tfrac{1}{3}}`, '⅔': `\ensuremath{\tfrac{2}{3}}`,
	}
	for command, pairs := range marked {
		letters := []rune(pairs)
		for i := 0; i+1 < len(letters); i += 2 {
			base := string(letters[i+1])
			if base == "i" {
				base = `\i`
			}
			all[letters[i]] = `\` + command + "{" + base + "}"
		}
	}
	for command, pairs := range small {
		letters := []rune(pairs)
		for i := 0; i+1 < len(letters); i += 2 {
			base := string(letters[i+1])
			if base == "-" {
				base = `\ensuremath{-}`
			}
			all[letters[i]] = `\` + command + "{" + base + "}"
		}
	}
	return all
})

// marked are letters with the mark that a command puts on a base, which follows each.
var marked = map[string]string{
	"`": "ÀAÈEÌIÒOÙUàaèeìiòoùu", "'": "ÁAÉEÍIÓOÚUÝYáaéeíióoúuýyĆCćcŃNńnŚSśsŹZźz", "^": "ÂAÊEÎIÔOÛUâaêeîiôoûuĉcĝgĥhŝs",
	`"`: "ÄAËEÏIÖOÜUäaëeïiöoüuÿy", "~": "ÃAÑNÕOãañnõo", "c": "ÇCçcŞSşsŢTţt", "v": "ČCčcĎDďdĚEěeŇNňnŘRřrŠSšsŤTťtŽZžz",
	"H": "ŐOőoŰUűu", "r": "ŮUůu", "u": "ĂAăaĞGğg", ".": "İIżzŻZċcėe", "=": "ĀAāaĒEēeĪIīiŌOōoŪUūu",
}

// small are characters that stand for another one above or below the line.
var small = map[string]string{
	"textsuperscript": "⁰0¹1²2³3⁴4⁵5⁶6⁷7⁸8⁹9⁺+⁻-⁼=⁽(⁾)ⁿnⁱiᵃaᵇbᶜcᵈdᵉeᶠfᵍgʰhʲjᵏkˡlᵐmᵒoᵖpʳrˢsᵗtᵘuᵛvʷwˣxʸyᶻzªaºoᵀTᴺN",
	"textsubscript":   "₀0₁1₂2₃3₄4₅5₆6₇7₈8₉9₊+₋-₌=₍(₎)ₐaₑeₕhᵢiⱼjₖkₗlₘmₙnₒoₚpᵣrₛsₜtᵤuᵥvₓx",
}

// alphanumeric writes a letter or digit of the alphabets of mathematics in Unicode.
func alphanumeric(r rune) string {
	if i := strings.IndexRune("ℍHℙPℬBℰEℱFℋHℐIℒLℳMℛRℜRℑI", r); i >= 0 {
		letter := "ℍHℙPℬBℰEℱFℋHℐIℒLℳMℛRℜRℑI"[i+utf8.RuneLen(r) : i+utf8.RuneLen(r)+1]
		if r == 'ℍ' || r == 'ℙ' {
			return `\mathbb{` + letter + "}"
		}
		return `\mathcal{` + letter + "}"
	}
	for _, a := range alphabets {
		if r < a.from || r >= a.from+a.letters {
			continue
		}
		n, letter := int(r-a.from), ""
		switch {
		case a.letters == 10:
			letter = string(rune('0' + n))
		case n < 26:
			letter = string(rune('A' + n))
		default:
			letter = string(rune('a' + n - 26))
		}
		command := a.command
		if command != "mathit" && command != "mathbf" && command != "mathfrak" && n >= 26 {
			command = "mathbf"
		}
		return `\` + command + "{" + letter + "}"
	}
	return ""
}

var alphabets = []struct {
	from, letters rune
	command       string
}{
	{0x1d400, 52, "mathbf"},
	{0x1d434, 52, "mathit"},
	{0x1d468, 52, "mathbf"},
	{0x1d49c, 52, "mathcal"},
	{0x1d4d0, 52, "mathcal"},
	{0x1d504, 52, "mathfrak"},
	{0x1d538, 52, "mathbb"},
	{0x1d56c, 52, "mathfrak"},
	{0x1d7ce, 10, "mathbf"},
	{0x1d7d8, 10, "mathbf"},
}
