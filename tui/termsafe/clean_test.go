package termsafe

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

const family = "👩‍👩‍👧‍👦"

func TestClean(t *testing.T) {
	for _, row := range []struct{ name, in, want string }{
		{"plain", "x = 2\n\ty ~ 3", "x = 2\n\ty ~ 3"},
		{"mathematics", "∑ᵢ₌₁ⁿ ⌊1/j⌋ ≤ 答え é", "∑ᵢ₌₁ⁿ ⌊1/j⌋ ≤ 答え é"},
		{"colour", "\x1b[31mred\x1b[0m", "␛[31mred␛[0m"},
		{"clipboard", "\x1b]52;c;ZXZpbA==\x07", "␛]52;c;ZXZpbA==␇"},
		{"unterminated OSC", "\x1b]0;title and all the rest", "␛]0;title and all the rest"},
		{"C1 CSI and OSC", "\u009b2J\u009d0;x\u009c", "⟨U+009B⟩2J⟨U+009D⟩0;x⟨U+009C⟩"},
		{"overwriting", "safe\revil\b\b", "safe␍evil␈␈"},
		{"NUL and DEL", "a\x00b\x7fc", "a␀b␡c"},
		{"turned around", "a\u202eb\u2066c\u2069", "a⟨U+202E⟩b⟨U+2066⟩c⟨U+2069⟩"},
		{"zero width", "a\u200bb\u200cc\u200ed\u2060e\ufefff\u00adg", "a⟨U+200B⟩b⟨U+200C⟩c⟨U+200E⟩d⟨U+2060⟩e⟨U+FEFF⟩f⟨U+00AD⟩g"},
		{"tags", "a\U000e0041\U000e007f", "a⟨U+E0041⟩⟨U+E007F⟩"},
		{"blank letters", "\u115f\u3164\uffa0", "⟨U+115F⟩⟨U+3164⟩⟨U+FFA0⟩"},
		{"line separators", "a\u2028b\u2029", "a⟨U+2028⟩b⟨U+2029⟩"},
		{"interlinear", "\ufff9a\ufffab\ufffb", "⟨U+FFF9⟩a⟨U+FFFA⟩b⟨U+FFFB⟩"},
		{"no characters", "\ufdd0a\ufffe\U0001ffff\u2065\ufff0", "⟨U+FDD0⟩a⟨U+FFFE⟩⟨U+1FFFF⟩⟨U+2065⟩⟨U+FFF0⟩"},
		{"not UTF-8", "a\xffb\xc3(\xe2\x82", "a\ufffdb\ufffd(\ufffd\ufffd"},
		{"a half surrogate", "\xed\xa0\x80", "\ufffd\ufffd\ufffd"},
		{"joined emoji", family, family},
		{"joined with sign", "🏳️‍🌈 🙂‍↔️", "🏳️‍🌈 🙂‍↔️"},
		{"joiner between letters", "a\u200db", "a⟨U+200D⟩b"},
		{"joiner at the end", "👩\u200d", "👩⟨U+200D⟩"},
		{"joiner twice", "👩\u200d\u200d👧", "👩⟨U+200D⟩⟨U+200D⟩👧"},
		{"five joined", family + "\u200d👦", family + "⟨U+200D⟩👦"},
		{"two families", family + family, family + family},
		{"eight marks", "a" + marks(8) + "b", "a" + marks(8) + "b"},
		{"ten marks", "a" + marks(10), "a" + marks(8) + "◌" + marks(2)},
		{"mark with nothing before", "\u0301\n\u0301\t\u0301", "◌\u0301\n◌\u0301\t◌\u0301"},
		{"a picture of escape", "␛[31m", "␛[31m"},
	} {
		got := Clean(row.in)
		if got != row.want {
			t.Errorf("%s: Clean(%q)\n got %q\nwant %q", row.name, row.in, got, row.want)
		}
		checkLaws(t, row.in)
	}
}

func marks(n int) string { return strings.Repeat("\u0301", n) }

func TestStyledKeepsOurColoursOnly(t *testing.T) {
	for _, row := range []struct{ name, in, want string }{
		{"plain", "abc", "abc"},
		{"dressed", "\x1b[1;38:2::1:2:3mabc\x1b[m d", "\x1b[1;38:2::1:2:3mabc\x1b[m d"},
		{"cursor", "\x1b[31mab\x1b[2Jc\x1b[0m", "\x1b[31mab␛[2Jc\x1b[0m"},
		{"private m", "\x1b[>4;2ma", "␛[>4;2ma"},
		{"cut sequence", "a\x1b[31", "a␛[31"},
		{"two escapes", "\x1b\x1b[31mx", "␛\x1b[31mx"},
		{"OSC and CR", "\x1b]0;t\x07\r", "␛]0;t␇␍"},
		{"dirt on both sides", "\r\x1b[1m\r\x1b[0m\r", "␍\x1b[1m␍\x1b[0m␍"},
	} {
		if got := Styled(row.in); got != row.want {
			t.Errorf("%s: Styled(%q)\n got %q\nwant %q", row.name, row.in, got, row.want)
		}
	}
}

func TestLineAndExpand(t *testing.T) {
	if got, want := Line("a\tb\r\nc"), "a b␍ c"; got != want {
		t.Errorf("Line: got %q, want %q", got, want)
	}
	for in, want := range map[string]string{
		"a\tb": "a   b", "\t": "    ", "abcd\te": "abcd    e", "答\tb": "答  b", "ab\n\tc\t": "ab\n    c   ", "no tab": "no tab",
	} {
		if got := Expand(in, 4); got != want {
			t.Errorf("Expand(%q): got %q, want %q", in, got, want)
		}
	}
	if got := Expand("\t\t", 0); got != "  " {
		t.Errorf("Expand with no stops: got %q", got)
	}
}

func FuzzClean(f *testing.F) {
	for _, s := range []string{"", "a\x1b[31m", family, "a\u200d\u0301\xff", "\u202e\u0301\r\n", "👩\u200d", "\xf0\x9f\x91"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { checkLaws(t, s) })
}

// checkLaws checks what holds for the cleaning of every text.
func checkLaws(t *testing.T, s string) {
	t.Helper()
	clean := Clean(s)
	checkClean(t, s, clean)
	if again := Clean(clean); again != clean {
		t.Errorf("%q cleaned twice: %q, once: %q", s, again, clean)
	}
	if in, out := utf8.RuneCountInString(s), utf8.RuneCountInString(clean); out < in {
		t.Errorf("%q: %d characters became %d", s, in, out)
	}
	if ansi.Strip(clean) != clean {
		t.Errorf("%q: a sequence is left in %q", s, clean)
	}
	for i := range len(s) + 1 {
		var c Cleaner
		if got := c.Next(s[:i]) + c.Next(s[i:]) + c.End(); got != clean {
			t.Errorf("%q in pieces of %d and %d bytes: got %q, whole %q", s, i, len(s)-i, got, clean)
		}
		checkClean(t, s, Clean(s[:i])+Clean(s[i:]))
	}
	var c Cleaner
	var bytewise strings.Builder
	for i := range len(s) {
		bytewise.WriteString(c.Next(s[i : i+1]))
	}
	if got := bytewise.String() + c.End(); got != clean {
		t.Errorf("%q byte by byte: got %q, whole %q", s, got, clean)
	}
	checkClean(t, s, strings.ReplaceAll(Styled(s), "\x1b", ""))
}

func checkClean(t *testing.T, in, out string) {
	t.Helper()
	if !utf8.ValidString(out) {
		t.Errorf("%q became %q, which is not UTF-8", in, out)
	}
	pile := maxMarks
	for _, r := range out {
		if r < ' ' && r != '\n' && r != '\t' || r >= 0x7f && r <= 0x9f || r != joiner && hidden(r) {
			t.Errorf("%q became %q, with %U in it", in, out, r)
		}
		if pile++; !isMark(r) {
			pile = 0
		}
		if pile > maxMarks {
			t.Errorf("%q became %q, with too many marks", in, out)
			return
		}
		if r == '\n' || r == '\t' {
			pile = maxMarks
		}
	}
}

func TestCleanTextCostsNothing(t *testing.T) {
	for name, s := range map[string]string{
		"ASCII": strings.Repeat("so n = 2 * 3\n", 50), "mathematics": strings.Repeat("∑ᵢ k² ≤ 答\n", 50),
	} {
		if n := testing.AllocsPerRun(100, func() { Clean(s) }); n != 0 {
			t.Errorf("%s: %v allocations, want 0", name, n)
		}
	}
}

func benchmark(b *testing.B, text string, f func(string) string) {
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		f(text)
	}
}

func BenchmarkASCII(b *testing.B) {
	text := strings.Repeat("So we count the pairs (a, b) with a + b = 17. ", 1000)
	b.Run("Clean", func(b *testing.B) { benchmark(b, text, Clean) })
	b.Run("Strip", func(b *testing.B) { benchmark(b, text, ansi.Strip) })
}

func BenchmarkMathematics(b *testing.B) {
	text := strings.Repeat("∑ᵢ₌₁ⁿ ⌊n/i⌋ ≡ 3 (mod 7), so k² ≤ 答. ", 1000)
	b.Run("Clean", func(b *testing.B) { benchmark(b, text, Clean) })
	b.Run("Strip", func(b *testing.B) { benchmark(b, text, ansi.Strip) })
}

func BenchmarkHostile(b *testing.B) {
	benchmark(b, strings.Repeat("\x1b[31m\u202ea\r\xff", 1000), Clean)
}
