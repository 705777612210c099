package ask_test

import (
	"strings"
	"testing"

	"github.com/aimo3/aimo3/tui/ask"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

// TestPasteBecomesPlainText: what no problem holds is left out and counted, and refuses
// nothing; every end of a line or a page is a line's end.
func TestPasteBecomesPlainText(t *testing.T) {
	for _, row := range []struct{ name, pasted, want, note string }{
		{"lines of other systems", "Find\r\n\tx.\rAnd y.", "Find\n    x.\nAnd y.", ""},
		{"a page ends", "Find x.\fAnd\vy.\u2028z\u0085w", "Find x.\nAnd\ny.\nz\nw", ""},
		{"one control character", "Find x\x00 now", "Find x now", "1 control character was left out"},
		{"colours and a title", "\x1b[1;31mFind\x1b[0m x\x1b]0;owned\x07 now", "Find x now", "3 control characters were left out"},
		{"a sequence that never ends", "Find x\x1b]0;and y now", "Find x]0;and y now", "1 control character was left out"},
		{"controls of one byte", "Find \u009b31mx", "Find 31mx", "1 control character was left out"},
		{"nothing else", "\x07\x07", "", "2 control characters were left out"},
	} {
		t.Run(row.name, func(t *testing.T) {
			d, calls := start(t, nil)
			d.Send(screen.ServerSeen{Server: tuitest.Up("qwen3:8b")})
			d.Paste(row.pasted)
			if got := strings.Contains(d.Frame(), "left out"); got != (row.note != "") || !strings.Contains(d.Frame(), row.note) {
				t.Errorf("the note %q is not what is shown:\n%s", row.note, d.Frame())
			}
			if row.want == "" {
				return
			}
			d.Press("enter")
			tuitest.UntilSent[screen.Open](d)
			if got := <-calls; got.problem.Statement != row.want {
				t.Errorf("the statement is %q, want %q", got.problem.Statement, row.want)
			}
			if strings.Contains(d.Frame(), "left out") {
				t.Error("the note outlives the next key")
			}
		})
	}
}

// TestCursorStaysInView: whatever is put in, the place where the next character goes is
// seen, and that character too.
func TestCursorStaysInView(t *testing.T) {
	long := strings.Repeat("Let n be a positive integer. ", 18) + "End"
	for _, row := range []struct {
		name string
		put  func(*tuitest.Driver)
	}{
		{"528 characters pasted", func(d *tuitest.Driver) { d.Paste(long + strings.Repeat(".", 528-len(long))) }},
		{"forty lines pasted", func(d *tuitest.Driver) { d.Paste(strings.Repeat("line\n", 40)) }},
		{"typed until it wraps", func(d *tuitest.Driver) { d.Type(long) }},
		{"pasted, and the room got small", func(d *tuitest.Driver) {
			d.Screen.Resize(120, 40)
			d.Paste(long)
			d.Screen.Resize(60, 14)
		}},
	} {
		t.Run(row.name, func(t *testing.T) {
			d := tuitest.Drive(t, ask.New(tuitest.Env(t, tuitest.Palette(t))), 60, 14)
			d.Send(screen.ServerSeen{Server: tuitest.Down()})
			row.put(d)
			const reversed = "\x1b[7;"
			if !strings.Contains(d.Screen.View(), reversed) {
				t.Errorf("the cursor is out of sight:\n%s", d.Frame())
			}
			d.Type("Ω")
			if !strings.Contains(d.Frame(), "Ω") {
				t.Errorf("what is typed is out of sight:\n%s", d.Frame())
			}
		})
	}
}

// TestAHugePasteIsRefusedWhole: what the keyboard hands on at most neither gets into the
// editor nor costs a reading of its text.
func TestAHugePasteIsRefusedWhole(t *testing.T) {
	d, _ := start(t, nil)
	d.Type("kept")
	for _, huge := range []string{strings.Repeat("x", 1<<20), strings.Repeat("\x1b]", 1<<19), strings.Repeat("\n", 1<<20)} {
		d.Paste(huge)
		d.UntilShown("at most 20000 · paste less")
		if !strings.Contains(d.Frame(), "kept") || !strings.Contains(d.Frame(), "4 / 20,000") {
			t.Errorf("the draft has changed:\n%s", d.Frame())
		}
	}
}

// TestWhatToDoIsNotCut: of an error that is too long for its line, the middle goes.
func TestWhatToDoIsNotCut(t *testing.T) {
	d, _ := start(t, nil)
	d.Screen.Resize(80, 14)
	d.Press("ctrl+o")
	d.Type("/no/such/place/" + strings.Repeat("deep/", 12) + "imo-20.tex")
	d.Press("enter")
	d.UntilShown("no such file or directory · check the path")
	tuitest.CheckFrame(t, d.Screen.View(), 80, 14)
}
