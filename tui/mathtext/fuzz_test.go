package mathtext_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/engine/formula"
	"github.com/aimo3/aimo3/tui/mathtext"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// unseen is what LaTeX says to the layout, and is not drawn: names of commands and
// environments, and arguments that are lengths, colours or columns.
var unseen = regexp.MustCompile(`\\(begin|end)\s*\{[^{}]*\}(\s*\{[lcr|]*\})?|\\([A-Za-z]+\*?|.)`)

// special are sources of which it is not told here what is drawn.
var special = regexp.MustCompile(`newcommand|\\def|\\let|DeclareMath|providecommand|color|label|space|skip|kern|phantom|array|subarray|darray|tabular|genfrac|cline|multicolumn|alignat|alignedat|aligned|split|matrix|gathered|\\\\|tag|\\h?skip|limits|ref|cfrac|mbox|smash|lap|align|%|rule|begin|left|big|Big|middle|right`)

const (
	smalls = "⁰¹²³⁴⁵⁶⁷⁸⁹ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ₀₁₂₃₄₅₆₇₈₉ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓℂℍℕℙℚℝℤℬℰℱℋℐℒℳℛℯℊℴℭℌℑℜℨ"
	larges = "0123456789abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVW0123456789aehijklmnoprstuvxCHNPQRZBEFHILMRegoCHIRZ"
)

// characters counts the letters and digits of ASCII in s, in whatever alphabet.
func characters(s string) map[rune]int {
	small, large := []rune(smalls), []rune(larges)
	n := map[rune]int{}
	for _, r := range s {
		switch i := slices.Index(small, r); {
		case i >= 0:
			r = large[i]
		case 0x1d400 <= r && r < 0x1d6a4:
			if r = (r - 0x1d400) % 52; r < 26 {
				r += 'A'
			} else {
				r += 'a' - 26
			}
		case 0x1d7ce <= r && r < 0x1d800:
			r = '0' + (r-0x1d7ce)%10
		}
		if '0' <= r && r <= '9' || 'a' <= r|0x20 && r|0x20 <= 'z' && r < 0x80 {
			n[r]++
		}
	}
	return n
}

// checkDrawn holds what is true of every drawing: it is clean, of even width, within
// its bounds, and has every letter and digit of the source that it should draw.
func checkDrawn(t *testing.T, src string) {
	t.Helper()
	f := formula.Parse(src, nil)
	for _, set := range []mathtext.Charset{mathtext.Unicode, mathtext.ASCII} {
		line, box := mathtext.Inline(f, set), mathtext.Display(f, set)
		if strings.Contains(line, "\n") || termsafe.Clean(line) != line {
			t.Errorf("Inline(%q) = %q is no clean line", src, line)
		}
		for _, l := range box.Lines {
			if w := ansi.StringWidth(l); w != box.Width || termsafe.Clean(l) != l {
				t.Errorf("Display(%q): %q is %d wide, and the box %d", src, l, w, box.Width)
			}
		}
		if box.Baseline < 0 || box.Baseline >= max(len(box.Lines), 1) {
			t.Errorf("Display(%q): base %d of %d lines", src, box.Baseline, len(box.Lines))
		}
		if !utf8.ValidString(src) || special.MatchString(src) {
			continue
		}
		want := characters(unseen.ReplaceAllString(src, " "))
		for name, got := range map[string]map[rune]int{"Inline": characters(line), "Display": characters(textOf(box))} {
			for r, n := range want {
				if got[r] < n {
					t.Errorf("%s(%q) has %d of %d %q:\n%s\n%s", name, src, got[r], n, r, line, textOf(box))
				}
			}
		}
	}
}

func FuzzDraw(f *testing.F) {
	for _, g := range gallery {
		f.Add(g)
	}
	for _, s := range []string{`{{{{`, `\frac`, `x_`, `\sqrt[`, `\left(`, `\begin{cases}`, "\x1b[31m", `\foo{a}[b]`, `\text{$`, `a^b^c`, `\not`, `\over`, "é\u0301", `\hat{}`, `答^答`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) <= 4096 {
			checkDrawn(t, s)
		}
	})
}
