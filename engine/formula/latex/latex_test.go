package latex_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine/formula"
	"github.com/aimo3/aimo3/engine/formula/latex"
)

func TestOf(t *testing.T) {
	for in, want := range map[string]string{
		`\frac ab`:                       `\frac{a}{b}`,
		`x_i^2`:                          `x_{i}^{2}`,
		`\sum_{i=1}^n i`:                 `\sum _{i=1}^{n}i`,
		`\mathbb{R}`:                     `\mathbb{R}`,
		`a-b`:                            `a-b`,
		`∑ ≤ α`:                          `\sum \leq \alpha`,
		`\left(\frac12\right]`:           `\left({\frac{1}{2}}\right]`,
		`\operatorname{lcm}(a)`:          `\operatorname{lcm}(a)`,
		`\begin{cases}1&x\\0\end{cases}`: `\left\{\begin{array}{ll}{}1 & {}x \\ {}0 \end{array}\right.`,
		`\text{50% of $x$}`:              `\text{50\% of }x`,
		`a\not=b`:                        `a\ne b`,
		`a<b`:                            `a<b`,
	} {
		got, ok := latex.Of(formula.Parse(in, nil))
		if want = strings.ReplaceAll(want, `\leq`, firstOf(got, `\le `, `\leq `)); !ok || plain(got) != plain(want) {
			t.Errorf("Of(%q) = %q, %v, want %q", in, got, ok, want)
		}
	}
}

// firstOf is the first of names that text holds, without its space.
func firstOf(text string, names ...string) string {
	for _, n := range names {
		if strings.Contains(text, n) {
			return strings.TrimSpace(n)
		}
	}
	return names[0]
}

// plain is a source without what does not change what it says.
func plain(s string) string { return strings.Join(strings.Fields(s), "") }

// TestOfRefuses: what cannot be written by the allow list is not written at all.
func TestOfRefuses(t *testing.T) {
	for _, in := range []string{
		`\input{/etc/passwd}`, `\write18{ls}`, `\catcode`, `\end{document}`, `{`, `\csname x\endcsname`, `\def\a{\a}\a`,
		strings.Repeat(`\frac{1}{`, 50) + "1" + strings.Repeat("}", 50), strings.Repeat(`\sqrt[3]{`, 6) + "1" + strings.Repeat("}", 6),
	} {
		if got, ok := latex.Of(formula.Parse(in, nil)); ok {
			t.Errorf("Of(%q) = %q", in, got)
		}
	}
}

func TestText(t *testing.T) {
	for in, want := range map[string]string{
		`50% of $x_1`:       `50\% of \$x\_1`,
		`\input{a}`:         `\textbackslash{}input\{a\}`,
		"é × ½ x² ≠":        `\'{e} \ensuremath{\times} \ensuremath{\tfrac{1}{2}} x\textsuperscript{2} \ensuremath{\neq}`,
		"答\x00\xff":         `\aimochar{7B54}\aimochar{0000}\aimochar{FFFD}`,
		"a--b ?`":           "a-{}-b ?{}\\char96{}",
		"π 𝔽 ℝ ℒ":           `\ensuremath{\pi} \ensuremath{\mathbb{F}} \ensuremath{\mathbb{R}} \ensuremath{\mathcal{L}}`,
		"^^5cinput ~ \"q\"": `\textasciicircum{}\textasciicircum{}5cinput \textasciitilde{} \char34{}q\char34{}`,
	} {
		if got := latex.Text(in); got != want && got != strings.ReplaceAll(want, `\neq`, `\ne`) {
			t.Errorf("Text(%q) = %q, want %q", in, got, want)
		}
	}
}

// ours are all control sequences that may stand in what is written.
var sequences = regexp.MustCompile(`\\([A-Za-z]+|.)`)

// check holds what is true of whatever comes out: it is ASCII, its braces match, and no
// command that reads, writes or defines is in it.
func check(t *testing.T, in, out string) {
	t.Helper()
	depth := 0
	for i := 0; i < len(out); i++ {
		switch c := out[i]; {
		case c < ' ' || c >= 0x7f:
			t.Fatalf("%q became %q, with %q", in, out, c)
		case c == '\\':
			i++
		case c == '{':
			depth++
		case c == '}':
			if depth--; depth < 0 {
				t.Fatalf("%q became %q, whose braces do not match", in, out)
			}
		case c == '%', c == '$', c == '#':
			t.Fatalf("%q became %q, with a bare %q", in, out, c)
		}
	}
	if depth != 0 {
		t.Fatalf("%q became %q, whose braces do not match", in, out)
	}
	for _, m := range sequences.FindAllStringSubmatch(out, -1) {
		switch m[1] {
		case "input", "include", "write", "read", "openin", "openout", "def", "let", "catcode", "csname", "usepackage", "newcommand", "special", "directlua":
			t.Fatalf("%q became %q, with %s", in, out, m[0])
		}
	}
}

func FuzzOf(f *testing.F) {
	for _, s := range []string{`\frac{a}{b}`, `x_`, "\x00", `\begin{cases}a&b\\[2pt]c\end{cases}`, `\left(a\middle|b\right)`, `\cancelto{a}{b}`, `\text{\input{x}}`, `\operatorname{\write}`, `\genfrac[]{0pt}{}{a}{b}`, `a#1`, `\tag{$`, `^^5c`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 4096 {
			return
		}
		check(t, s, latex.Text(s))
		if out, ok := latex.Of(formula.Parse(s, nil)); ok {
			check(t, s, out)
		}
	})
}

// TestGalleryCompiles has TeX set every formula of the gallery, and every character that
// text is written with.
func TestGalleryCompiles(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "..", "tui", "mathtext", "testdata", "gallery.txt"))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	b.WriteString("\\documentclass{article}\n\\usepackage{amsmath,amssymb}\n" + latex.Preamble + "\\begin{document}\n")
	refused := 0
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	for _, line := range lines {
		source, ok := latex.Of(formula.Parse(line, nil))
		if !ok {
			t.Logf("refused: %s", line)
			refused++
			continue
		}
		check(t, line, source)
		b.WriteString("\\[" + source + "\\]\n")
	}
	if 10*refused > len(lines) {
		t.Errorf("%d of %d are refused", refused, len(lines))
	}
	for r := rune(0x20); r < 0x1d800; r++ {
		if s := latex.Text(string(r)); !strings.Contains(s, `\aimochar`) || r < 0x100 {
			b.WriteString(s + "\n")
		}
		if r == 0x2fff {
			r = 0x1d3ff
		}
	}
	b.WriteString("\\end{document}\n")
	compile(t, b.String())
}

// compile has TeX set a document, without leave to run programs.
func compile(t *testing.T, document string) {
	t.Helper()
	tex, err := exec.LookPath("pdflatex")
	if err != nil {
		if os.Getenv("AIMO3_TEX") == "required" {
			t.Fatal("AIMO3_TEX=required, and pdflatex is not installed")
		}
		t.Skip("NOT COMPILED: pdflatex is not installed (apt-get install texlive-latex-recommended)")
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a.tex"), []byte(document), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), tex, "-no-shell-escape", "-interaction=nonstopmode", "-halt-on-error", "a.tex")
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out[max(len(out)-3000, 0):])
	}
}
