package mathtext_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"gopkg.in/yaml.v3"

	"github.com/aimo3/aimo3/engine/formula"
	"github.com/aimo3/aimo3/tui/mathtext"
)

// suite reads a file of somebody else's tests, from the folder that AIMO3_SUITES names.
// They are no part of this repository.
func suite(t *testing.T, name string) string {
	t.Helper()
	dir := os.Getenv("AIMO3_SUITES")
	if dir == "" {
		t.Skipf("NOT TESTED against %s: AIMO3_SUITES names no folder that it is in", name)
	}
	text, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// foreign is a formula of somebody else's tests, and how they draw it.
type foreign struct{ name, source, drawing string }

// TestKaTeX draws the formulas that KaTeX has pictures of. docs/drawing.md says which
// are shown as their source, and why.
func TestKaTeX(t *testing.T) {
	var rows map[string]any
	if err := yaml.Unmarshal([]byte(suite(t, "KaTeX/test/screenshotter/ss_data.yaml")), &rows); err != nil {
		t.Fatal(err)
	}
	var odd []string
	for name, row := range rows {
		var macros strings.Builder
		source, _ := row.(string)
		if fields, ok := row.(map[string]any); ok {
			source, _ = fields["tex"].(string)
			if defined, ok := fields["macros"].(map[string]any); ok {
				for command, body := range defined {
					fmt.Fprintf(&macros, "\\newcommand{%s}{%s}", command, body)
				}
			}
		}
		source = macros.String() + strings.TrimSpace(source)
		checkDrawn(t, source)
		if !formula.Parse(source, nil).Whole {
			odd = append(odd, name+": "+strings.Join(undrawn(source), " "))
		}
	}
	slices.Sort(odd)
	t.Logf("KaTeX: %d formulas, %d with a part as source:\n%s", len(rows), len(odd), strings.Join(odd, "\n"))
	if len(rows) < 120 || len(odd) > 34 {
		t.Errorf("%d of %d formulas have a part as source", len(odd), len(rows))
	}
}

// undrawn are the parts of a drawing that are LaTeX.
func undrawn(source string) []string {
	return regexp.MustCompile(`⟪[^⟫]*⟫`).FindAllString(mathtext.Inline(formula.Parse(source, nil), mathtext.Unicode), -1)
}

// TestKaTeXErrors counts the formulas that KaTeX refuses and that are drawn here.
func TestKaTeXErrors(t *testing.T) {
	all := regexp.MustCompile("expect`([^`]*)`\\s*\\.toFail").FindAllStringSubmatch(suite(t, "KaTeX/test/errors-spec.ts"), -1)
	var drawn []string
	for _, row := range all {
		checkDrawn(t, row[1])
		if f := formula.Parse(row[1], nil); f.Whole {
			drawn = append(drawn, fmt.Sprintf("%s is drawn as %s", row[1], mathtext.Inline(f, mathtext.Unicode)))
		}
	}
	t.Logf("KaTeX refuses %d formulas, %d of which are drawn here:\n%s", len(all), len(drawn), strings.Join(drawn, "\n"))
	if len(all) < 50 || len(drawn) > 14 {
		t.Errorf("%d of %d formulas that are not well formed are drawn", len(drawn), len(all))
	}
}

// TestNabla compares with the drawings of nabla.nvim.
func TestNabla(t *testing.T) {
	suite(t, "nabla.nvim/test/cases/sum.txt")
	files, err := filepath.Glob(filepath.Join(os.Getenv("AIMO3_SUITES"), "nabla.nvim/test/cases/*.txt"))
	if err != nil {
		t.Fatal(err)
	}
	var rows []foreign
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		source, drawing, _ := strings.Cut(string(text), "---\n")
		rows = append(rows, foreign{strings.TrimSuffix(filepath.Base(name), ".txt"), strings.TrimSpace(source), drawing})
	}
	compare(t, "nabla.nvim", rows, 33, 0)
}

// TestLibtexprintf compares with the drawings of libtexprintf.
func TestLibtexprintf(t *testing.T) {
	var rows []foreign
	for _, file := range []string{"testsuite.txt", "testeqs.txt"} {
		text := strings.ReplaceAll(suite(t, "libtexprintf/test/"+file), "\r", "")
		for _, block := range strings.Split(text, "\n<input>")[1:] {
			block, _, _ = strings.Cut(block, "\n<end>")
			name, rest, _ := strings.Cut(block, "\n")
			parts := strings.Split(rest, "\n<ref>")
			if len(parts) < 2 || strings.TrimSpace(name) == "example" {
				continue
			}
			_, drawing, _ := strings.Cut(parts[1], "\n")
			rows = append(rows, foreign{strings.TrimSpace(name), strings.TrimSpace(parts[0]), drawing})
		}
	}
	compare(t, "libtexprintf", rows, 115, 46)
}

// compare draws formulas and compares their structure with somebody else's drawings.
func compare(t *testing.T, name string, rows []foreign, minRows, maxOdd int) {
	t.Helper()
	var odd []string
	refused := 0
	for _, row := range rows {
		checkDrawn(t, row.source)
		f := formula.Parse(row.source, nil)
		if !f.Whole {
			refused++
			odd = append(odd, fmt.Sprintf("%s: source %s", row.name, strings.Join(undrawn(row.source), " ")))
			continue
		}
		if why := differs(textOf(mathtext.Display(f, mathtext.Unicode)), row.drawing); why != "" {
			odd = append(odd, row.name+": "+why)
			t.Logf("%s: %s\n%s\n%s\nthey draw\n%s", row.name, why, row.source, textOf(mathtext.Display(f, mathtext.Unicode)), row.drawing)
		}
	}
	t.Logf("%s: %d formulas, %d alike, %d as source, %d else:\n%s", name, len(rows), len(rows)-len(odd), refused, len(odd)-refused, strings.Join(odd, "\n"))
	if len(rows) < minRows || len(odd) > maxOdd {
		t.Errorf("%s: %d of %d formulas differ; at most %d do for known reasons", name, len(odd), len(rows), maxOdd)
	}
}

// glyph is a letter or a digit of a drawing and where it is; y is in half lines, so that
// a small one is half a line off.
type glyph struct{ x, y int }

// glyphs are the letters and digits of a drawing, whatever their alphabet.
func glyphs(drawing string) map[rune][]glyph {
	small, large := []rune(smalls), []rune(larges)
	all := map[rune][]glyph{}
	for y, line := range strings.Split(drawing, "\n") {
		x := 0
		for _, r := range line {
			at := glyph{x, 2 * y}
			if i := slices.Index(small, r); i >= 0 {
				if at.y--; strings.ContainsRune(smalls[strings.Index(smalls, "₀"):], r) {
					at.y += 2
				}
				r = large[i]
			}
			if n := ansiWidth(r); n > 0 {
				x += n
			}
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				r = plainOf(r)
				all[r] = append(all[r], at)
			}
		}
	}
	return all
}

// plainOf is a letter without its alphabet.
func plainOf(r rune) rune {
	for c := range characters(string(r)) {
		return c
	}
	switch {
	case 0x1d6a8 <= r && r < 0x1d7ca: // Greek
		return 'α' + (r-0x1d6a8)%58%32
	case r == 'ϕ':
		return 'φ'
	case r == 'ϵ':
		return 'ε'
	}
	return r
}

func ansiWidth(r rune) int { return mathtext.Width(string(r)) }

// differs says in what two drawings of one formula differ: in how often a letter or digit
// is there or, of those that are there once, in what stands left of what, or above it.
func differs(ours, theirs string) string {
	a, b := glyphs(ours), glyphs(theirs)
	var once []rune
	for _, r := range slices.Sorted(keysOf(b)) {
		if len(a[r]) != len(b[r]) {
			return fmt.Sprintf("%d of %q here, %d there", len(a[r]), r, len(b[r]))
		}
		if len(b[r]) == 1 {
			once = append(once, r)
		}
	}
	for i, p := range once {
		for _, q := range once[:i] {
			if opposite(a[p][0].x-a[q][0].x, b[p][0].x-b[q][0].x, 1) || opposite(a[p][0].y-a[q][0].y, b[p][0].y-b[q][0].y, 0) {
				return fmt.Sprintf("%q and %q stand otherwise to each other", p, q)
			}
		}
	}
	if w, v := widest(ours), widest(theirs); w > 2*v+8 {
		return fmt.Sprintf("%d cells wide here, %d there", w, v)
	}
	return ""
}

// opposite tells directions that are not the same; of less than more than slack both, it
// is not told.
func opposite(a, b, slack int) bool {
	return a > slack && b < -slack || a < -slack && b > slack
}

func widest(drawing string) int {
	n := 0
	for line := range strings.SplitSeq(drawing, "\n") {
		n = max(n, mathtext.Width(strings.TrimRight(line, " ")))
	}
	return n
}

func keysOf(m map[rune][]glyph) func(yield func(rune) bool) {
	return func(yield func(rune) bool) {
		for r := range m {
			if !yield(r) {
				return
			}
		}
	}
}
