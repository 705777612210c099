package pane

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

func TestCellFromWritingToOutcome(t *testing.T) {
	tr := transcript(t, 40, 20)
	check := func(when, want string) {
		t.Helper()
		if got := seen(tr); got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", when, got, want)
		}
	}
	tr.Append(Reply, "", "So:")
	tr.Append(Code, "In [1]", "x =")
	tr.Append(Code, "In [1]", " 1 \n")
	check("being written", "So:\n\nIn [1]: x = 1")
	tr.Run(1, "x = 1\nx")
	check("begun", "So:\n\nIn [1]: x = 1\n        x\n        ◉ running")
	tr.Elapsed("3 s")
	check("later", "So:\n\nIn [1]: x = 1\n        x\n        ◉ running · 3 s")
	tr.Ran(Outcome{Output: "one\n1\n", Error: "Trace\n\nNameError: y\n", Alerts: []string{"names are gone"}, Note: "3.0 s"})
	const whole = "So:\n\nIn [1]: x = 1\n        x\nOut[1]: one\n        1\nErr[1]: Trace\n        NameError: y\n        ▲ names are gone\n        3.0 s"
	check("ended", whole)
	tr.Elapsed("4 s")
	tr.Ran(Outcome{Output: "again"})
	check("ended twice", whole)
	tr.Append(Reply, "", "Good.")
	check("what follows", whole+"\n\nGood.")
	tr.Append(Code, "In [2]", "y = ")
	tr.Settle()
	check("never whole", whole+"\n\nGood.\n\nIn [2]: y =")
}

func TestCellsOfLittle(t *testing.T) {
	for name, row := range map[string]struct {
		code    string
		outcome Outcome
		want    string
	}{
		"nothing at all":  {"", Outcome{}, "In [1]: (no code)"},
		"no output":       {"x = 1", Outcome{Note: "no output"}, "In [1]: x = 1\n        no output"},
		"an error alone":  {"1/0", Outcome{Error: "E: zero"}, "In [1]: 1/0\nErr[1]: E: zero"},
		"blank lines end": {"x\n\n", Outcome{Output: "1\n\n\n"}, "In [1]: x\nOut[1]: 1"},
	} {
		tr := transcript(t, 40, 20)
		tr.Run(1, row.code)
		tr.Ran(row.outcome)
		if got := seen(tr); got != row.want {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, row.want)
		}
	}
	tr := transcript(t, 16, 20) // titles have lines of their own
	tr.Run(1, "x")
	tr.Ran(Outcome{Output: "1", Note: "2.0 s"})
	if got, want := seen(tr), "In [1]\nx\nOut[1]\n1\n2.0 s"; got != want {
		t.Errorf("narrow: got\n%s\nwant\n%s", got, want)
	}
}

func TestLongOutputIsLeftOutAndShown(t *testing.T) {
	tr := transcript(t, 60, 400)
	tr.More = "o shows all"
	tr.Run(1, "f()")
	tr.Ran(Outcome{Output: numbered(200)})
	tr.Append(Reply, "", "after")
	want := "In [1]: f()\nOut[1]: line 0"
	for n := 1; n < 8; n++ {
		want += fmt.Sprintf("\n        line %d", n)
	}
	want += "\n        … 186 lines · o shows all …"
	for n := 194; n < 200; n++ {
		want += fmt.Sprintf("\n        line %d", n)
	}
	want += "\n\nafter"
	for range 2 {
		if got := seen(tr); got != want {
			t.Fatalf("got\n%s\nwant\n%s", got, want)
		}
		tr.Unfold(true)
		if got := seen(tr); strings.Count(got, "line ") != 200 || !tr.Unfolded() {
			t.Fatalf("unfolded: got\n%s", got)
		}
		tr.Unfold(false)
	}
}

// TestUnfoldingKeepsTheReadersPlace: what stands at the top of the view stays
// there, also if it is far below outputs that grow.
func TestUnfoldingKeepsTheReadersPlace(t *testing.T) {
	tr := transcript(t, 60, 6)
	for n := range 5 {
		tr.Run(n+1, "f()")
		tr.Ran(Outcome{Output: numbered(200)})
		tr.Append(Reply, "", fmt.Sprintf("after %d\nand on\nand on", n+1))
	}
	for strings.Split(seen(tr), "\n")[0] != "after 3" {
		tr.Scroll(-1)
	}
	for _, all := range []bool{true, false} {
		tr.Unfold(all)
		if got := strings.Split(seen(tr), "\n")[0]; got != "after 3" {
			t.Errorf("unfolded %t: the top line is %q", all, got)
		}
	}
}

func TestExcerpt(t *testing.T) {
	wide := "a" + strings.Repeat("答", 4000)
	for name, row := range map[string]struct{ text, hidden string }{
		"twenty lines":       {strings.TrimSuffix(numbered(20), "\n"), ""},
		"twenty-one":         {strings.TrimSuffix(numbered(21), "\n"), "7 lines"},
		"one long line":      {strings.Repeat("x", 1_000_000), "998,400 characters"},
		"wide characters":    {wide, "3,468 characters"},
		"a long one at last": {numbered(3) + strings.Repeat("x", 5000), "4,300 characters"},
		"marks":              {strings.Repeat("e\u0301", 3000), "4,934 characters"},
		"not text":           {strings.Repeat("\xff\x80", 3000), "4,400 characters"},
	} {
		head, hidden, tail := excerpt(row.text)
		if hidden != row.hidden {
			t.Errorf("%s: %q is left out, want %q", name, hidden, row.hidden)
		}
		if !strings.HasPrefix(row.text, head) || !strings.HasSuffix(row.text, tail) || len(head)+len(tail) > longBytes {
			t.Errorf("%s: it is not the ends that are shown: %d and %d bytes", name, len(head), len(tail))
		}
		if utf8.ValidString(row.text) && (!utf8.ValidString(head) || !utf8.ValidString(tail)) {
			t.Errorf("%s: a character was cut", name)
		}
	}
}

func TestPythonColours(t *testing.T) {
	k := inks{plain: paint{"", ""}, keyword: paint{"K<", ">"}, quoted: paint{"Q<", ">"}, numeral: paint{"N<", ">"}, comment: paint{"C<", ">"}}
	for name, row := range map[string]struct{ code, want string }{ // | is where a line was wrapped
		"keywords":        {"for x in iffy: return None", "K<for> x K<in> iffy: K<return> K<None>"},
		"numerals":        {"x1 = 2.5e3 + 0xff", "x1 = N<2.5e3> + N<0xff>"},
		"comment":         {"x # if 1\nif", "x C<# if 1>\nK<if>"},
		"wrapped comment": {"x # if|1 don't\nif", "x C<# if>\nC<1 don't>\nK<if>"},
		"quotes":          {`f('a#b', "it's", '\'')`, `f(Q<'a#b'>, Q<"it's">, Q<'\''>)`},
		"wrapped quotes":  {"'if|1' + 1", "Q<'if>\nQ<1'> + N<1>"},
		"open quote":      {"'abc\nif 1", "Q<'abc>\nK<if> N<1>"},
		"three quotes":    {"\"\"\"if\n'1' \"\"\"+1", "Q<\"\"\"if>\nQ<'1' \"\"\">+N<1>"},
		"a last escape":   {`'\`, `Q<'\>`},
		"other alphabets": {"∑x = 'é'", "∑x = Q<'é'>"},
		"empty":           {"\n", "\n"},
	} {
		var lines []string
		var ends []int
		for paragraph := range strings.SplitSeq(row.code, "\n") {
			lines = append(lines, strings.Split(paragraph, "|")...)
			ends = append(ends, len(lines))
		}
		if got := strings.Join(k.python(lines, ends), "\n"); got != row.want {
			t.Errorf("%s: got %s, want %s", name, got, row.want)
		}
	}
}

// TestWrappedCodeIsColoured: what a comment says is in its colour on every line
// that it takes, also after a change of width.
func TestWrappedCodeIsColoured(t *testing.T) {
	tr := transcript(t, 80, 20)
	tr.Run(1, "x = 1  # it is only for the reader to see that this is long\nif x: pass")
	for _, w := range []int{80, 30, 50} {
		tr.Resize(w, 20)
		for line := range strings.SplitSeq(tr.View(), "\n") {
			if strings.Contains(line, "for") && strings.Contains(line, tr.inks.keyword.over("for")) {
				t.Errorf("at %d a word of a comment is taken for code: %q", w, line)
			}
		}
		if !strings.Contains(tr.View(), tr.inks.keyword.over("if")) {
			t.Errorf("at %d the code after the comment is not coloured", w)
		}
	}
}

func FuzzPythonColours(f *testing.F) {
	f.Add("def f(x):\n  '''a\n b''' # c\n  return 1.5")
	k := newInks(styles(f).Text)
	f.Fuzz(func(t *testing.T, code string) {
		if strings.ContainsAny(code, "\x1b\u009b") || !utf8.ValidString(code) {
			return // the lines it is given are clean
		}
		if got := ansi.Strip(strings.Join(k.python(strings.Split(code, "\n"), nil), "\n")); got != ansi.Strip(code) {
			t.Errorf("coloured, %q is %q", code, got)
		}
	})
}

// BenchmarkNotebook draws a frame of a transcript of 128 cells with long
// outputs while the next one is written.
func BenchmarkNotebook(b *testing.B) {
	tr := transcript(b, 100, 40)
	for n := range 128 {
		tr.Append(Thinking, "", "So we count the pairs.")
		tr.Run(n+1, "from sympy import *\nfor n in range(100):\n    print(n, factorint(n))")
		tr.Ran(Outcome{Output: numbered(1000)})
	}
	b.ReportAllocs()
	for b.Loop() {
		tr.Append(Code, "In [129]", "x = 1\n")
		tr.View()
	}
}
