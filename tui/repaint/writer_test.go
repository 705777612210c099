package repaint_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/aimo3/aimo3/tui/repaint"
	"github.com/aimo3/aimo3/tui/tuitest"
)

const width, height = 24, 8

// frames writes frames as Bubble Tea does: the lines that changed, whole.
type frames struct{ last []string }

func (f *frames) next(lines []string) string {
	var b strings.Builder
	b.WriteString("\x1b[H")
	for i, l := range lines {
		if i >= len(f.last) || f.last[i] != l {
			b.WriteString(l)
			if cells(l) < width {
				b.WriteString("\x1b[K")
			}
			if i < len(lines)-1 {
				b.WriteByte('\r')
			}
		}
		if i < len(lines)-1 {
			b.WriteByte('\n')
		}
	}
	if len(f.last) > len(lines) {
		b.WriteString("\x1b[J")
	}
	fmt.Fprintf(&b, "\x1b[%d;H", len(lines))
	f.last = slices.Clone(lines)
	return b.String()
}

// cells is how many cells a styled line takes.
func cells(l string) int {
	t := tuitest.NewTerminal(200, 1)
	_, _ = t.Write([]byte(l + "\x1b[mX"))
	return strings.LastIndex(cellsText(t), "X")
}

func cellsText(t *tuitest.Terminal) string {
	var b strings.Builder
	for _, c := range t.Cells()[0] {
		b.WriteByte(" X"[strings.Count(c.Text, "X")])
	}
	return b.String()
}

// characters are what lines are made of: of one cell, of two, disputed ones, and colours.
var characters = []string{"a", "b", " ", " ", "é", "答", "👩🏽", "☺\ufe0f", "क्षि", "\x1b[1m", "\x1b[31m", "\x1b[m", "\x1b[48;2;1;2;3m"}

func drawLine(t *rapid.T) string {
	var b strings.Builder
	n := 0
	for range rapid.IntRange(0, 30).Draw(t, "length") {
		c := rapid.SampledFrom(characters).Draw(t, "character")
		if w := cells("\x1b[m" + c); c[0] == '\x1b' || n+w <= width {
			b.WriteString(c)
			if c[0] != '\x1b' {
				n += w
			}
		}
	}
	return b.String() + "\x1b[m"
}

// TestShowsTheSame: whatever frames are written, the terminal shows what it would if each
// had been written whole, and is sent nothing strange.
func TestShowsTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		whole, less := tuitest.NewTerminal(width, height), tuitest.NewTerminal(width, height)
		w := repaint.New(less)
		var f frames
		var lines []string
		for n := range rapid.IntRange(1, 6).Draw(t, "frames") {
			switch how := rapid.IntRange(0, 5).Draw(t, "how"); {
			case n == 0 || how == 0:
				lines = rapid.SliceOfN(rapid.Custom(drawLine), 1, height).Draw(t, "lines")
			case how == 1:
				w.Forget()
				f.last = nil
				fallthrough
			case how < 4: // rows move up
				by := rapid.IntRange(0, len(lines)-1).Draw(t, "by")
				lines = append(slices.Clone(lines[by:]), rapid.SliceOfN(rapid.Custom(drawLine), by, by).Draw(t, "new")...)
			default:
				lines = slices.Clone(lines)
				lines[rapid.IntRange(0, len(lines)-1).Draw(t, "row")] = drawLine(t)
			}
			p := []byte(f.next(lines))
			_, _ = whole.Write(p)
			if n, err := w.Write(p); n != len(p) || err != nil {
				t.Fatalf("wrote %d of %d, %v", n, len(p), err)
			}
			for y := range whole.Cells() {
				for x, c := range whole.Cells()[y] {
					if got := less.Cells()[y][x]; got != c {
						t.Fatalf("frame %d, row %d, column %d: %q, want %q\n%s\nwant\n%s", n, y, x, got, c, less.Text(), whole.Text())
					}
				}
			}
			if len(less.Strange) > 0 {
				t.Fatalf("strange: %q", less.Strange)
			}
		}
	})
}

type counter struct{ bytes int }

func (c *counter) Write(p []byte) (int, error) { c.bytes += len(p); return len(p), nil }

// TestWritesLittle: bytes of what changed, of rows that moved, and of nothing.
func TestWritesLittle(t *testing.T) {
	lines := make([]string, height)
	for i := range lines {
		lines[i] = "\x1b[38;2;9;9;9m" + strings.Repeat(string(rune('a'+i)), 20) + "\x1b[m"
	}
	out, f := &counter{}, frames{}
	w := repaint.New(out)
	write := func(name string, most int) {
		t.Helper()
		out.bytes = 0
		_, _ = w.Write([]byte(f.next(lines)))
		if out.bytes > most {
			t.Errorf("%s: %d bytes, want at most %d", name, out.bytes, most)
		}
	}
	write("the first frame", 500)
	write("the same frame", 0)
	lines[3] = "\x1b[38;2;9;9;9mddddddddddddddddXXdd\x1b[m"
	write("two letters", 30)
	lines = append(slices.Clone(lines[1:]), "\x1b[38;2;9;9;9mthe next line\x1b[m")
	write("a row scrolled", 60)
}

// TestTellsTheColumn: after a character that terminals do not agree about, a border and what
// stands behind a gap are put where they belong, and words flow on, in one row.
func TestTellsTheColumn(t *testing.T) {
	for text, column := range map[string]string{
		"👩🏽 x│": "👩🏽 x\x1b[5G│\x1b[K\x1b[?7h", "☺\ufe0f  x": "☺\ufe0f  \x1b[5Gx", "नि a b  c │": "नि a b  \x1b[8Gc │", "é答│": "答│",
	} {
		var out strings.Builder
		_, _ = repaint.New(&out).Write([]byte("\x1b[H" + text + "\x1b[K\x1b[1;H"))
		if !strings.Contains(out.String(), column) {
			t.Errorf("%s: wrote %q, want %q in it", text, out.String(), column)
		}
	}
}
