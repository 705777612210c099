package pane

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"
)

func TestFrameLive(t *testing.T) {
	s := styles(t)
	tr := NewTranscript(s.Text)
	tr.Fold(true)
	box := Box{Styles: s.Pane, Title: "Sample 3 of 8 · reasoning", Right: "48 tok/s", Focused: true}
	g := Graph{Styles: s.Graph}
	whole := Rect{W: 80, H: 20}
	rows := whole.SplitV(Share{Min: 1}, Share{Weight: 1}, Share{Min: 1})
	sides := rows[1].SplitH(Share{Weight: 2, Min: 30}, Share{Weight: 1, Min: 28})
	tr.Resize(Inner(sides[0].W, sides[0].H))
	tr.Append(Thinking, "", strings.Repeat("We look at small cases first. ", 374))
	tr.Append(Reply, "", "The sum telescopes, so only the powers of 5 that divide n + 1 are left to be counted.\n")
	tr.Append(Code, "In [2]", "x = pow(2, 18, 5**7)\nx % 5")
	tr.Append(Output, "Out[2]", "4")
	right := sides[1].SplitV(Share{Weight: 1}, Share{Weight: 1})
	w, _ := Inner(right[0].W, right[0].H)
	machine := g.Gauges(s.Text, []Gauge{
		{"CPU", []float64{20, 30, 50, 70, 60, 50, 41}, 100, "41%"},
		{"MEM", []float64{55, 55, 56, 56, 57, 57, 58}, 100, "11.2 GB"},
		{"GPU", nil, 0, "no nvidia-smi on PATH"},
	}, w)
	votes := "32951 " + g.Bar(0.75, 12) + " 3\n1024  " + g.Bar(0.25, 12) + " 1"
	plain := Box{Styles: s.Pane, Title: "Machine"}.Render(machine, right[0].W, right[0].H) + "\n" +
		Box{Styles: s.Pane, Title: "Votes"}.Render(votes, right[1].W, right[1].H)
	left := strings.Split(box.Render(tr.View(), sides[0].W, sides[0].H), "\n")
	for i, line := range strings.Split(plain, "\n") {
		left[i] += line
	}
	frame(t, Tabs(s.Bar, "aimo3", []string{"Ask", "Live", "History"}, 1, "qwen3:8b · 4.9 GB", 80)+"\n"+
		strings.Join(left, "\n")+"\n"+
		StatusBar(s.Bar, s.Text.Good.Render("● ollama up")+" · breaker closed · 3/8 in flight · 4:12 of 15:00",
			KeyHints(s.Bar, []key.Binding{bind("t", "thinking"), bind("?", "help")}, 30), 80))
}

func TestFrameHelp(t *testing.T) {
	h := NewHelp(styles(t))
	h.Resize(70, 12)
	h.Show(
		HelpGroup{"Everywhere", []HelpLine{{"?", "help", false}, {"ctrl+c", "quit", false}, {"esc", "back", false}, {"x", "not now", true}}},
		HelpGroup{"Screens", []HelpLine{{"ctrl+n", "ask", false}, {"ctrl+g", "live", false}, {"ctrl+r", "history", false}}},
		HelpGroup{"Moving", []HelpLine{{"↑/k", "up", false}, {"↓/j", "down", false}, {"pgup", "page up", false}, {"pgdn", "page down", false}}},
		HelpGroup{"Nothing", nil},
	)
	h.Move(1)
	h.Move(5)
	frame(t, h.View())
}

func TestFrameHelpScrolled(t *testing.T) {
	h := NewHelp(styles(t))
	h.Resize(30, 4)
	h.Show(HelpGroup{"Moving", []HelpLine{{"↑/k", "up", false}, {"↓/j", "down", false}, {"g", "first", false}, {"G", "last", false}, {"enter", "open", false}}})
	h.Scroll(100)
	frame(t, h.View())
}

// TestHelpLines: the line that is drawn at a cell is the one that a click there is on, and
// the selected one is always in view.
func TestHelpLines(t *testing.T) {
	h := NewHelp(styles(t))
	if h.Move(1); h.Selected() != -1 {
		t.Errorf("of none, %d is selected", h.Selected())
	}
	var a, b []HelpLine
	for i := range 9 {
		a, b = append(a, HelpLine{fmt.Sprint("a", i), "does", false}), append(b, HelpLine{fmt.Sprint("b", i), "does", i%2 == 0})
	}
	h.Show(HelpGroup{"A", a}, HelpGroup{"B", b})
	for _, size := range [][2]int{{70, 30}, {70, 5}, {20, 5}, {20, 1}} {
		h.Resize(size[0], size[1])
		h.Select(-1)
		for i := range 18 {
			if h.Selected() != i {
				t.Fatalf("%v: %d is selected, not %d", size, h.Selected(), i)
			}
			found := false
			for y, line := range strings.Split(ansi.Strip(h.View()), "\n") {
				x := strings.Index(line, mark)
				if x < 0 {
					continue
				}
				x = ansi.StringWidth(line[:x])
				if found = true; h.At(x, y) != i || h.At(x+4, y) != i {
					t.Errorf("%v: line %d is drawn where %d stands", size, i, h.At(x, y))
				}
			}
			if !found {
				t.Errorf("%v: line %d is selected and not in view:\n%s", size, i, ansi.Strip(h.View()))
			}
			h.Move(1)
		}
	}
	h.Resize(20, 5)
	h.Top()
	h.Select(9)     // on the last row
	h.Resize(20, 3) // as when something is to be said of the line
	if view := ansi.Strip(h.View()); !strings.Contains(view, mark) {
		t.Errorf("in less room the selected line is not in view:\n%s", view)
	}
	if h.At(500, 0) != -1 || h.At(0, 99) != -1 || h.At(0, -1) != -1 || h.At(-1, 0) != -1 {
		t.Error("there is a line beside the lines")
	}
}

func TestFrameConfirm(t *testing.T) {
	frame(t, Confirm(styles(t), "3 samples are running. Quit and keep what is stored? y / n", 50, 7))
}

func TestFrameTable(t *testing.T) {
	s := styles(t)
	table := Columns{{"When", 5, 0, false}, {"Problem", 10, 1, false}, {"Answer", 8, 0, true}}
	rows := [][]string{
		{"06:01", "Let f(n) = ∑ᵢ₌₁ⁿ j¹⁰²⁴ ⌊1/j + (n−i)/n⌋ and so on", "32951"},
		{"05:58", "答えは何ですか", "4"},
		{"05:40", "three\nlines\tof\x1b[2J it", ""},
	}
	l := NewList(s.List, func(i, width int) string { return table.Line(width, rows[i]...) })
	l.Resize(48, 6)
	l.SetHeader(table.Header(s.List, 46))
	l.SetLen(len(rows))
	l.Move(1)
	frame(t, l.View())
}

func TestFrameTabsNarrow(t *testing.T) {
	s := styles(t)
	var lines []string
	for _, w := range []int{70, 50, 40, 30, 12, 4} {
		lines = append(lines, Tabs(s.Bar, "aimo3", []string{"Ask", "Live", "History"}, 2, "qwen3:8b · 4.9 GB · 100% GPU", w))
	}
	frame(t, strings.Join(lines, "\n"))
}

func frame(t *testing.T, view string) {
	t.Helper()
	golden.RequireEqual(t, []byte(ansi.Strip(view)+"\n"))
}
