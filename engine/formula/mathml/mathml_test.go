package mathml_test

import (
	"encoding/xml"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/aimo3/aimo3/engine/formula"
	"github.com/aimo3/aimo3/engine/formula/mathml"
)

func TestOf(t *testing.T) {
	for in, want := range map[string]string{
		`\frac{a}{2}`:                     `<mfrac><mi>a</mi><mn>2</mn></mfrac>`,
		`12.5x`:                           `<mn>12.5</mn><mi>x</mi>`,
		`x_i^2`:                           `<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>`,
		`\sqrt[3]{x}`:                     `<mroot><mi>x</mi><mn>3</mn></mroot>`,
		`\binom nk`:                       `<mo fence="true" stretchy="true">(</mo><mfrac linethickness="0"><mi>n</mi><mi>k</mi></mfrac><mo fence="true" stretchy="true">)</mo>`,
		`\sum_{i}x`:                       `<munder><mo largeop="true" movablelimits="true">∑</mo><mi>i</mi></munder><mi>x</mi>`,
		`\vec v`:                          `<mover accent="true"><mi>v</mi><mo>→</mo></mover>`,
		`\mathbf{x}`:                      `<mi>𝐱</mi>`,
		`\mathbb{R}`:                      `<mi>ℝ</mi>`,
		`\text{if }x<1`:                   "<mtext>if\u00a0</mtext><mi>x</mi><mo>&lt;</mo><mn>1</mn>",
		`\begin{pmatrix}1&0\end{pmatrix}`: `<mtable><mtr><mtd style="text-align:center"><mn>1</mn></mtd><mtd style="text-align:center"><mn>0</mn></mtd></mtr></mtable>`,
		`\foo{<script>}`:                  `<mtext class="source">\foo{&lt;script&gt;}</mtext>`,
		"\\text{\x1b</math>}":             "<mtext>\ufffd&lt;/math&gt;</mtext>",
		`\underbrace{a}_{n}`:              `<munder><mrow><munder><mi>a</mi><mo>⏟</mo></munder></mrow><mi>n</mi></munder>`,
		`\begin{aligned}a&=b\tag{1}\end{aligned}`: `<mtd><mo>(</mo>`,
	} {
		if got := mathml.Of(formula.Parse(in, nil), false); !strings.Contains(got, want) {
			t.Errorf("Of(%q) =\n%s\nwhich is without\n%s", in, got, want)
		}
	}
}

// children are how many elements of a kind must have.
var children = map[string]int{"mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "msubsup": 3, "munder": 2, "mover": 2, "munderover": 3, "semantics": 2, "mtd": -1}

// element is an element of a document.
type element struct {
	XMLName xml.Name
	Text    string    `xml:",chardata"`
	Kids    []element `xml:",any"`
}

// check holds that a formula is well-formed, that every element has as many children as
// it must, and that the source is in it.
func check(t *testing.T, source string) {
	t.Helper()
	f := formula.Parse(source, nil)
	text := mathml.Of(f, true)
	var root element
	if err := xml.Unmarshal([]byte(text), &root); err != nil {
		t.Fatalf("Of(%q) =\n%s\n%v", source, text, err)
	}
	var walk func(e element)
	walk = func(e element) {
		if want := children[e.XMLName.Local]; want > 0 && len(e.Kids) != want {
			t.Errorf("Of(%q): %s has %d children, want %d:\n%s", source, e.XMLName.Local, len(e.Kids), want, text)
		}
		for _, k := range e.Kids {
			walk(k)
		}
	}
	walk(root)
	readable := strings.Map(func(r rune) rune {
		if r != '\n' && r != '\t' && unicode.IsControl(r) || r == unicode.ReplacementChar || r == 0xfffe || r == 0xffff {
			return -1
		}
		return r
	}, source)
	if readable != source || strings.ToValidUTF8(source, "") != source {
		return
	}
	if kids := root.Kids[0].Kids; kids[1].Text != source {
		t.Errorf("Of(%q): the annotation is %q", source, kids[1].Text)
	}
}

// TestGallery checks the formulas that are drawn as text too.
func TestGallery(t *testing.T) {
	f, err := os.Open(filepath.Join("..", "..", "..", "tui", "mathtext", "testdata", "gallery.txt"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	text, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.SplitSeq(strings.TrimSpace(string(text)), "\n") {
		check(t, line)
	}
}

func FuzzOf(f *testing.F) {
	for _, s := range []string{`\frac{a}{b}`, `x_`, "\x00", `\begin{cases}a&b\\c\end{cases}`, `\left(a\middle|b\right)`, `\overset{a}{b}_c`, "&<>\"'", `\cancelto{a}{b}`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) <= 4096 {
			check(t, s)
		}
	})
}
