package pane

import (
	"strings"
	"testing"
)

func TestJumps(t *testing.T) {
	tr := transcript(t, 40, 6)
	tr.Append(Thinking, "", "maybe \\boxed{1}\n\n"+numbered(20))
	tr.Run(1, "print(1)")
	tr.Ran(Outcome{Output: "1"})
	tr.Append(Reply, "", numbered(20))
	tr.Run(2, "1/0")
	tr.Ran(Outcome{Error: "Traceback\n  line 1\nZeroDivisionError: division by zero"})
	tr.Append(Reply, "", numbered(20)+"\nSo $$\\boxed{42}$$")
	tr.Run(3, "while True: pass")
	tr.Ran(Outcome{Alerts: []string{"timed out"}})
	tr.Append(Reply, "", numbered(3))
	tr.Top()
	tr.match, tr.current = paint{"[", "]"}, paint{"<", ">"}
	for _, row := range []struct {
		name   string
		to     Landmark
		by     int
		at, of int
		want   string
	}{
		{"the first cell", Cells, 1, 1, 3, "<In [1]: >print(1)"},
		{"the next", Cells, 1, 2, 3, "<In [2]: >1/0"},
		{"the last", Cells, 1, 3, 3, "<In [3]: >while True: pass"},
		{"after the last", Cells, 1, 1, 3, "<In [1]: >print(1)"},
		{"before the first", Cells, -1, 3, 3, "<In [3]: >while True: pass"},
		{"an error before it", Errors, -1, 1, 2, "<Traceback>"},
		{"the next", Errors, 1, 2, 2, "<▲ timed out>"},
		{"a box before it", Boxes, -1, 2, 2, "42"},
		{"the one before that", Boxes, -1, 1, 2, "maybe <"},
	} {
		at, of := tr.Jump(row.to, row.by)
		if got := seen(tr); at != row.at || of != row.of || !strings.Contains(got, row.want) {
			t.Errorf("%s: %d of %d, want %d of %d and %q in\n%s", row.name, at, of, row.at, row.of, row.want, got)
		}
	}
	tr.Fold(true)
	if tr.Jump(Boxes, 1); tr.Folded() == true && strings.Contains(seen(tr), "maybe") {
		t.Errorf("a box in what is folded:\n%s", seen(tr))
	}
	tr.Source(true)
	if at, of := tr.Jump(Boxes, -1); of != 2 || !strings.Contains(seen(tr), "<\\boxed>") {
		t.Errorf("the source: %d of %d in\n%s", at, of, seen(tr))
	}
	if at, of := transcript(t, 40, 6).Jump(Cells, 1); at != 0 || of != 0 {
		t.Errorf("of an empty one: %d of %d", at, of)
	}
}

// While the end is followed, the one before is the last there is.
func TestJumpFromTheEnd(t *testing.T) {
	tr := transcript(t, 40, 6)
	for n := 1; n < 4; n++ {
		tr.Run(n, "1/0")
		tr.Ran(Outcome{Error: "ZeroDivisionError"})
		tr.Append(Reply, "", numbered(20))
	}
	if at, of := tr.Jump(Errors, -1); at != 3 || of != 3 {
		t.Errorf("got %d of %d", at, of)
	}
	tr.End()
	if at, _ := tr.Jump(Errors, 1); at != 1 {
		t.Errorf("from the end on comes the first, not %d", at)
	}
}

func TestPosition(t *testing.T) {
	tr := transcript(t, 20, 4)
	for _, row := range []struct {
		name     string
		do       func()
		line, of int
	}{
		{"empty", func() {}, 0, 0},
		{"short", func() { tr.Append(Reply, "", "a\n\nb") }, 3, 3},
		{"at the end", func() { tr.Append(Reply, "", "\n\n"+numbered(10)) }, 14, 14},
		{"at the top", tr.Top, 4, 14},
		{"a line down", func() { tr.Scroll(1) }, 5, 14},
	} {
		row.do()
		if line, of := tr.Position(); line != row.line || of != row.of {
			t.Errorf("%s: %d of %d, want %d of %d", row.name, line, of, row.line, row.of)
		}
	}
}
