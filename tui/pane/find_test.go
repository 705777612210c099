package pane

import (
	"fmt"
	"strings"
	"testing"
)

// bracketed is the view with what is marked in brackets, the current match in others.
func bracketed(tr *Transcript) string {
	tr.match, tr.current = paint{"[", "]"}, paint{"<", ">"}
	return seen(tr)
}

func TestFind(t *testing.T) {
	for _, row := range []struct {
		name, text, words, want string
		at, of                  int
	}{
		{"small letters and capitals", "One ONE öNE", "one", "<One> [ONE] öNE", 1, 2},
		{"beyond ASCII", "答えは ÖL, ΣΑΣ", "öl", "答えは <ÖL>, ΣΑΣ", 1, 1},
		{"wrapped words", "the sum of all cubes is even here", "cubes is", "the sum of all <cubes>\n<is> even here", 1, 1},
		{"not over a paragraph", "a\n\nb a b", "a b", "a\n\nb <a b>", 1, 1},
		{"in emphasis", "a **bc** d", "bc", "a <bc> d", 1, 1},
		{"half in it", "a **bc** d", "c d", "a b<c d>", 1, 1},
		{"in a drawn formula", "so $x^2+y$ x", "x²", "so <x²> + y x", 1, 1},
		{"its source", "so $x^{2}$ and $x^{3}$", "x^{3", "so x² and <x³>", 1, 1},
		{"what is shown of it before its source", "so $\\alpha+a$", "a", "so α + <a>", 1, 1},
		{"a formula on its own lines", "$$\\frac{a}{b}$$", "\\FRAC", "  <a>\n  <─>\n  <b>", 1, 1},
		{"in a list", "- $$\\frac{a}{b}$$\n- $\\frac{1}{2}$", "frac", "•   <a>\n    <─>\n    <b>\n• [1/2]", 1, 2},
		{"nothing", "abc", "x", "abc", 0, 0},
		{"blanks", "a b", "  ", "a b", 0, 0},
		{"overlapping", "aaaa", "aa", "<aa>[aa]", 1, 2},
	} {
		tr := transcript(t, 20, 9)
		tr.Append(Reply, "", row.text)
		tr.Settle()
		tr.Find(row.words)
		if got := bracketed(tr); got != row.want {
			t.Errorf("%s:\n%s\nwant\n%s", row.name, got, row.want)
		}
		if at, of, _ := tr.Found(); at != row.at || of != row.of {
			t.Errorf("%s: %d of %d, want %d of %d", row.name, at, of, row.at, row.of)
		}
	}
}

// What is found in text that comes piece by piece is what is found in the whole, and of a
// long text little is looked at again.
func TestFindWhileTextComes(t *testing.T) {
	unit := "Then $\\frac{a_{i}}{2}$ holds, and so\nthe FRAC of it is small; hence $$\\sum_{i=1}^n a_i$$\n\n```python\nfrac = 1\n```\n\n> - $$\\frac{1}{n}$$\n\n"
	for _, words := range []string{"frac", "a", "the frac of it is small; hence", "i=1", "\n"} {
		whole := transcript(t, 24, 5)
		whole.Append(Thinking, "", strings.Repeat(unit, 2))
		whole.Append(Reply, "", strings.Repeat(unit, 2))
		whole.Settle()
		whole.Find(words)
		_, want, _ := whole.Found()
		for _, piece := range []int{3, 50} {
			tr := transcript(t, 24, 5)
			tr.Find(words)
			for _, part := range []struct {
				voice Voice
				text  string
			}{{Thinking, strings.Repeat(unit, 2)}, {Reply, strings.Repeat(unit, 2)}} {
				for i := 0; i < len(part.text); i += piece {
					tr.Append(part.voice, "", part.text[i:min(i+piece, len(part.text))])
					tr.Found()
					tr.View()
				}
			}
			tr.Settle()
			if _, got, _ := tr.Found(); got != want {
				t.Errorf("%q in pieces of %d: %d found, want %d", words, piece, got, want)
			}
			tr.Resize(60, 5)
			tr.Source(true)
			tr.Source(false)
			tr.Resize(24, 5)
			if _, got, _ := tr.Found(); got != want {
				t.Errorf("%q after other widths: %d found, want %d", words, got, want)
			}
		}
	}
}

func TestFindIsBounded(t *testing.T) {
	tr := transcript(t, 60, 20)
	for i := 0; tr.total() < 6000; i++ {
		tr.Append(Reply, "", strings.Repeat(fmt.Sprintf("So $x_{%d}$ is even and its square is not, as was shown.\n\n", i), 50))
	}
	tr.Find("even")
	lines := tr.total()
	if tr.find.looked > lines {
		t.Errorf("at first %d of %d lines were looked at", tr.find.looked, lines)
	}
	const pieces = 200
	before := tr.find.looked
	for range pieces {
		tr.Append(Reply, "", "one more even\n\n")
		tr.Found()
		tr.View()
	}
	if each := (tr.find.looked - before) / pieces; each > 20 {
		t.Errorf("%d lines are looked at for each piece", each)
	}
	tr.Append(Output, "", strings.Repeat("even ", 100_000))
	if _, _, more := tr.Found(); !more {
		t.Error("nobody is told that there may be more than were counted")
	}
}

func TestGoingThroughWhatWasFound(t *testing.T) {
	tr := transcript(t, 20, 5)
	tr.Append(Thinking, "", "first x\n\n"+numbered(30))
	tr.Append(Reply, "", "then x\n\n"+numbered(30)+"\n\nand x")
	tr.Top()
	check := func(what string, at, of int, shown string) {
		t.Helper()
		gotAt, gotOf, _ := tr.Found()
		if got := bracketed(tr); gotAt != at || gotOf != of || !strings.Contains(got, shown) {
			t.Errorf("%s: %d of %d, want %d of %d and %q in\n%s", what, gotAt, gotOf, at, of, shown, got)
		}
	}
	tr.Find("x")
	check("the first from the top on", 1, 3, "first <x>")
	tr.FindNext(1)
	check("the next", 2, 3, "then <x>")
	tr.FindNext(1)
	check("the last", 3, 3, "and <x>")
	tr.FindNext(1)
	check("after the last", 1, 3, "first <x>")
	tr.FindNext(-1)
	check("before the first", 3, 3, "and <x>")
	tr.Append(Reply, "", " and x")
	check("text came", 3, 4, "and <x> and [x]")
	tr.FindNext(-2)
	check("two back", 1, 4, "first <x>")
	tr.Fold(true)
	tr.FindNext(1)
	check("then", 2, 4, "then <x>")
	tr.FindNext(-1)
	check("what is folded is opened", 1, 4, "first <x>")
	tr.Find("then X")
	check("longer words", 1, 1, "<then x>")
	tr.Find("")
	if got := bracketed(tr); strings.ContainsAny(got, "<[") || !strings.Contains(got, "then x") {
		t.Errorf("left:\n%s", got)
	}
	tr.End()
	tr.Find("first")
	check("from the end", 1, 1, "<first>")
}

// A match that is out of sight at the right is brought into view.
func TestFindGoesSideways(t *testing.T) {
	tr := transcript(t, 20, 3)
	tr.Append(Reply, "", "```\n"+strings.Repeat("x", 50)+" needle "+strings.Repeat("y", 50)+"\n```\n")
	tr.Settle()
	tr.Find("needle")
	if got := bracketed(tr); !strings.Contains(got, "<needle>") {
		t.Errorf("got %q", got)
	}
}
