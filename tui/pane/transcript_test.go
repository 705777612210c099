package pane

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

func transcript(t testing.TB, w, h int) *Transcript {
	tr := NewTranscript(styles(t).Text)
	tr.Resize(w, h)
	return tr
}

// seen is the view as text.
func seen(tr *Transcript) string { return ansi.Strip(tr.View()) }

func numbered(n int) string {
	var out strings.Builder
	for i := range n {
		fmt.Fprintf(&out, "line %d\n", i)
	}
	return out.String()
}

func TestTranscriptFollowsUntilScrolled(t *testing.T) {
	tr := transcript(t, 20, 2)
	check := func(when, want string, following bool, below int) {
		t.Helper()
		if got := seen(tr); got != want || tr.parked == following || tr.Below() != below {
			t.Errorf("%s: got %q, following %t, %d below; want %q, %t, %d", when, got, !tr.parked, tr.Below(), want, following, below)
		}
	}
	tr.Append(Reply, "", numbered(10))
	check("at first", "line 8\nline 9", true, 0)
	tr.Scroll(-3)
	check("scrolled up", "line 5\nline 6", false, 3)
	tr.Append(Reply, "", "line 10")
	check("text came", "line 5\nline 6", false, 4)
	tr.Scroll(100)
	check("scrolled past the end", "line 9\nline 10", true, 0)
	tr.Append(Reply, "", "\nline 11")
	check("following again", "line 10\nline 11", true, 0)
	tr.Top()
	check("top", "line 0\nline 1", false, 10)
	tr.Page(2)
	check("paged", "line 2\nline 3", false, 8)
	tr.End()
	check("end", "line 10\nline 11", true, 0)
	tr.Top()
	tr.Reset()
	tr.Append(Reply, "", "anew")
	check("reset", "anew", true, 0)
}

func TestTranscriptFoldsThinking(t *testing.T) {
	tr := transcript(t, 40, 20)
	tr.Append(Thinking, "", strings.Repeat("hmm\n", 1000))
	tr.Append(Reply, "", "\n\nThe answer is 4.")
	if got := seen(tr); !strings.HasSuffix(got, "hmm\n\nThe answer is 4.") {
		t.Errorf("open: got %q", got)
	}
	tr.Fold(true)
	if got, want := seen(tr), "▸ Thinking (≈1,000 tokens)\n\nThe answer is 4."; got != want {
		t.Errorf("folded: got %q, want %q", got, want)
	}
	tr.Tokens(2804, false)
	if got, want := seen(tr), "▸ Thinking (≈2,804 tokens)"; !strings.HasPrefix(got, want) {
		t.Errorf("told: got %q, want %q", got, want)
	}
	tr.Tokens(2805, true)
	if got, want := seen(tr), "▸ Thinking (2,805 tokens)"; !strings.HasPrefix(got, want) {
		t.Errorf("counted: got %q, want %q", got, want)
	}
	tr.Fold(false)
	tr.Top()
	if got, want := seen(tr), "▾ Thinking\nhmm\n"; !strings.HasPrefix(got, want) {
		t.Errorf("opened again: got %q, want %q", got, want)
	}
}

// A transcript fed in pieces of any size looks like one fed the whole, at every
// width and after any change of width, drawn or as its source.
func TestTranscriptIsTheSameHoweverItCame(t *testing.T) {
	text := "So we count: ∑ᵢ k² ≤ 答え答え and\tso on.\n\n  indented wordwithoutanyspaceinit 👩‍👩‍👧‍👦 e\u0301\n\n$$\\frac{a}{b}$$\nand **$x^2$**\n\n\nlast \x1b[31mline"
	for _, source := range []bool{false, true} {
		for width := 2; width < 30; width += 3 {
			whole := transcript(t, width, 100)
			whole.Source(source)
			whole.Append(Thinking, "", text)
			whole.Append(Reply, "", text)
			whole.Settle()
			want := seen(whole)
			for size := 1; size < 9; size += 2 {
				pieces := transcript(t, 31-width, 100)
				for _, v := range []Voice{Thinking, Reply} {
					for i := 0; i < len(text); i += size {
						pieces.Append(v, "", text[i:min(i+size, len(text))])
						pieces.View()
					}
				}
				pieces.Settle()
				pieces.View()
				pieces.Source(source)
				pieces.View()
				pieces.Resize(width, 100)
				if got := seen(pieces); got != want {
					t.Fatalf("width %d, source %t, pieces of %d:\n%s\nwant\n%s", width, source, size, got, want)
				}
			}
		}
	}
}

func TestTranscriptDrawsWhatIsSaid(t *testing.T) {
	tr := transcript(t, 40, 20)
	tr.Append(Reply, "", "one **$x^2$**\n\n$$\\frac{a}{b")
	if got, want := seen(tr), "one x²\n\n    a\n    ─\n    b"; got != want {
		t.Errorf("unfinished: got %q, want %q", got, want)
	}
	tr.Append(Code, "In [1]", "f('$x^2$')\n\n1**2")
	if got, want := seen(tr), "one x²\n\n$$\\frac{a}{b\n\nIn [1]: f('$x^2$')\n\n        1**2"; got != want {
		t.Errorf("section closed: got %q, want %q", got, want)
	}
	tr.Source(true)
	if got, want := seen(tr), "one **$x^2$**\n\n$$\\frac{a}{b\n\nIn [1]: f('$x^2$')\n\n        1**2"; got != want {
		t.Errorf("as source: got %q, want %q", got, want)
	}
}

// What is wider than the view is moved sideways, and stays within it.
func TestTranscriptMovesSideways(t *testing.T) {
	tr := transcript(t, 12, 4)
	tr.Append(Reply, "", "short\n\n```\nabcdefghijklmnop\n```\n")
	if got, want := seen(tr), "short\n\n    abcdefg…"; got != want || tr.Wide() != 20 {
		t.Errorf("at first: got %q, %d wide; want %q", got, tr.Wide(), want)
	}
	tr.Sideways(4)
	if got, want := seen(tr), "short\n\n…bcdefghijk…"; got != want {
		t.Errorf("moved: got %q, want %q", got, want)
	}
	tr.Sideways(100)
	if got, want := seen(tr), "short\n\n…fghijklmnop"; got != want {
		t.Errorf("at the end: got %q, want %q", got, want)
	}
	tr.Sideways(-100)
	if got, want := seen(tr), "short\n\n    abcdefg…"; got != want {
		t.Errorf("back: got %q, want %q", got, want)
	}
}

func TestTranscriptStaysAboutThereWhenResized(t *testing.T) {
	tr := transcript(t, 20, 5)
	tr.Append(Reply, "", strings.Repeat("word word word word\n", 100))
	tr.Scroll(-50)
	tr.View()
	tr.Resize(10, 5)
	tr.View()
	if got := tr.Below(); got < 80 || got > 120 {
		t.Errorf("half way from the end at half the width: %d lines below, want about 100", got)
	}
}

// What is finished is laid out once: a frame costs the same after a long text as after
// a short one.
func TestTranscriptLooksAtTheNewOnly(t *testing.T) {
	tr := transcript(t, 60, 10)
	allocations := func() float64 {
		tr.Append(Reply, "", "\n\n")
		return testing.AllocsPerRun(50, func() {
			tr.Append(Reply, "", "a few $x^2$ ")
			tr.View()
		})
	}
	before := allocations()
	for range 1000 {
		tr.Append(Reply, "", "one\n\n")
		tr.View()
	}
	if after := allocations(); after > before+10 {
		t.Errorf("a frame took %v allocations at first and %v after many blocks", before, after)
	}
}

func BenchmarkTranscript400KB(b *testing.B) {
	tr := transcript(b, 100, 40)
	tr.Append(Thinking, "", strings.Repeat("So we count the pairs (a, b) with a + b ≡ 17 (mod 5⁷) and find that none is left.\n", 4500))
	tr.View()
	b.ReportAllocs()
	for b.Loop() {
		tr.Append(Thinking, "", " 17 is")
		tr.View()
	}
}

func BenchmarkTranscriptRewrap400KB(b *testing.B) {
	tr := transcript(b, 100, 40)
	tr.Append(Thinking, "", strings.Repeat("So we count the pairs (a, b) with a + b ≡ 17 (mod 5⁷) and find that none is left.\n", 4500))
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		tr.Resize(80+i%2, 40)
		tr.View()
	}
}

func BenchmarkBox(b *testing.B) {
	tr := transcript(b, 96, 38)
	tr.Append(Reply, "", numbered(100))
	box := Box{Styles: styles(b).Pane, Title: "Sample 3 of 8 · reasoning", Focused: true}
	b.ReportAllocs()
	for b.Loop() {
		box.Render(tr.View(), 100, 40)
	}
}

// TestGrowingTextLeaps: in a high view a text that grows stands still for a line, its last
// one in view at any time; once it has ended its end is at the bottom.
func TestGrowingTextLeaps(t *testing.T) {
	tr := transcript(t, 20, 12)
	moves, first := 0, ""
	for i := range 40 {
		tr.Append(Reply, "", fmt.Sprintf("    line %d\n", i))
		view := seen(tr)
		if !strings.Contains(view, fmt.Sprintf("line %d", i)) || tr.Below() != 0 {
			t.Fatalf("line %d is out of view, %d lines below:\n%s", i, tr.Below(), view)
		}
		if top, _, _ := strings.Cut(view, "\n"); top != first {
			moves, first = moves+1, top
		}
	}
	if moves > 16 { // 29 lines have left the view
		t.Errorf("the text moved %d times", moves)
	}
	tr.Settle()
	if lines := strings.Split(seen(tr), "\n"); len(lines) != 12 || !strings.Contains(lines[11], "line 39") {
		t.Errorf("ended, it shows %q", lines)
	}
}
