package repaint_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/tui/repaint"
)

// sent is what a terminal was sent, a text for each write.
type sent struct {
	writes []string
	err    error
}

func (s *sent) Write(p []byte) (int, error) {
	s.writes = append(s.writes, string(p))
	return len(p), s.err
}

// take is all that was sent since it was taken before.
func (s *sent) take() string {
	all := strings.Join(s.writes, "")
	s.writes = nil
	return all
}

// framed is a frame as the terminal is sent it.
func framed(text string) string { return "\x1b[?2026h" + text + "\x1b[?2026l" }

// show has w show a frame on a terminal of the tests' size.
func show(t *testing.T, w *repaint.Writer, frame string) {
	t.Helper()
	if err := w.Show(frame, width, height); err != nil {
		t.Error(err)
	}
}

// TestWhatIsSent: each frame follows the ones above it.
func TestWhatIsSent(t *testing.T) {
	out := &sent{}
	w := repaint.New(out)
	for _, c := range []struct{ name, frame, want string }{
		{"the first frame erases what is below, and is whole", "ab\ncd", "\x1b[m\x1b[2H\x1b[J\x1b[1H\x1b[2Kab\x1b[2Hcd"},
		{"the same", "ab\ncd", ""},
		{"a letter", "ab\ncx", "\x1b[2;2Hx"},
		{"nothing that shows", "ab\ncx   ", ""},
		{"a style", "a\x1b[1mb\x1b[m\ncx", "\x1b[1;2H\x1b[1mb\x1b[m"},
		{"a style that goes on behind the end", "a\x1b[1mb\ncx", ""},
		{"what was longer", "\ncx", "\x1b[1H\x1b[K"},
		{"two rows", "0123456789012345\n答え", "\x1b[1H0123456789012345\x1b[2H答え"},
		{"two places of a row, and a short gap", "01x345x7890123x5\n答え", "\x1b[1;3Hx345x\x1b[15Gx"},
		{"half of a wide character", "01x345x7890123x5\nab答", "\x1b[2Hab答"},
		{"one colour after another, and blanks between", "\x1b[31mred\x1b[m \x1b[1;38;2;1;2;3mblue\x1b[m \x1b[32mx\x1b[m\nab答", "\x1b[1H\x1b[31mred \x1b[1;38;2;1;2;3mblue \x1b[m\x1b[32mx\x1b[K\x1b[m"},
		{"blanks that show", "\x1b[31mred\x1b[m\x1b[7m \x1b[m \x1b[4m \x1b[m\nab答", "\x1b[1;4H\x1b[7m \x1b[m \x1b[4m \x1b[m\x1b[K"},
		{"long blanks", "01345678901234x67890123x5\nab答", "\x1b[1H01345678901234x67890123x"},
		{"long blanks in it", "0        01234x        x5\nab答", "\x1b[1;2H\x1b[8X\x1b[16G\x1b[8X"},
		{"up to the edge", "0        01234x       9x5\nab答", "\x1b[1;23H9"},
		{"fewer rows", "01x", "\x1b[1H\x1b[J\x1b[1G01x"},
		{"more rows than there are", strings.Repeat("y\n", height) + "z", "\x1b[1Hy\x1b[K\x1b[2H\x1b[2Ky\x1b[3H\x1b[2Ky\x1b[4H\x1b[2Ky\x1b[5H\x1b[2Ky\x1b[6H\x1b[2Ky\x1b[7H\x1b[2Ky\x1b[8H\x1b[2Kz"},
	} {
		show(t, w, c.frame)
		if got, want := out.take(), framed(c.want); got != want && got+c.want != "" {
			t.Errorf("%s: %q is sent as %q, want %q", c.name, c.frame, got, want)
		}
	}
}

// TestDoubtfulRows: a row with a character that terminals do not agree about is written as a
// whole, without wrapping; a border, and what stands behind a gap, are put where they belong,
// and words flow on.
func TestDoubtfulRows(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"👩🏽 x│", "👩🏽 x\x1b[5G│"},
		{"☺\ufe0f  x", "☺\ufe0f  \x1b[5Gx"},
		{"नि a b  c │", "नि a b  \x1b[8Gc │"},
		{"e\u0301│", "e\u0301\x1b[2G│"},
		{"a\x1b[1m\u0301\x1b[mb", "a\u0301b"},
		{"⌚│", "⌚\x1b[3G│"},
		{"🚀a", "🚀a"},
	} {
		out := &sent{}
		w := repaint.New(out)
		show(t, w, "\n")
		for _, text := range []string{c.text, "x" + c.text, c.text} {
			out.take()
			show(t, w, text+"\n")
		}
		if got, want := out.take(), framed("\x1b[1H\x1b[2K\x1b[?7l"+c.want+"\x1b[?7h"); got != want {
			t.Errorf("%q is sent as %q, want %q", c.text, got, want)
		}
		show(t, w, "ab\n")
		if got, want := out.take(), framed("\x1b[1H\x1b[2Kab"); got != want {
			t.Errorf("the row after %q is sent as %q, want %q", c.text, got, want)
		}
	}
}

// TestWhatIsNoFrame: it is passed on as it is, and the next frame is written as a whole then.
func TestWhatIsNoFrame(t *testing.T) {
	for name, text := range map[string]string{"a mode": "\x1b[?25l", "a title and a mode": "\x1b]0;x\x07\x1b[?25l", "text": "x", "nothing": "", "home": "\x1b[H"} {
		out := &sent{}
		w := repaint.New(out)
		show(t, w, "ab\ncd")
		out.take()
		n, err := w.Write([]byte(text))
		if got := out.take(); got != text || n != len(text) || err != nil {
			t.Errorf("%s: %q is sent as %q; %d, %v", name, text, got, n, err)
		}
		show(t, w, "ab\ncx")
		if got, want := out.take(), framed("\x1b[m\x1b[2H\x1b[J\x1b[1H\x1b[2Kab\x1b[2Hcx"); got != want {
			t.Errorf("the frame after %s is sent as %q, want %q", name, got, want)
		}
	}
}

// TestAside: what shows nothing is passed on, and the next frame is written by what changed.
func TestAside(t *testing.T) {
	for name, text := range map[string]string{
		"a bell": "\a", "a title": "\x1b[22;0t\x1b]2;solving\x1b\\", "the clipboard": "\x1b]52;c;YQ==\a", "the clipboard by tmux": "\x1bPtmux;\x1b\x1b]52;c;YQ==\a\x1b\\",
	} {
		out := &sent{}
		w := repaint.New(out)
		show(t, w, "ab\ncd")
		out.take()
		_, _ = w.Write([]byte(text))
		show(t, w, "ab\ncx")
		if got, want := out.take(), text+framed("\x1b[2;2Hx"); got != want {
			t.Errorf("%s and a frame are sent as %q, want %q", name, got, want)
		}
	}
}

// TestOnlyTextAndStyles reach the terminal, whatever is in a frame.
func TestOnlyTextAndStyles(t *testing.T) {
	for name, c := range map[string]struct{ line, want string }{
		"a bell":                  {"a\ab", "a\ufffdb"},
		"a tabulator":             {"a\tb", "a\ufffdb"},
		"a moved cursor":          {"a\x1b[3Cb", "a\ufffd[3Cb"},
		"a title":                 {"a\x1b]0;x\ab", "a\ufffd]0;x\ufffdb"},
		"a control of eight bits": {"a\u009b2Jb", "a\ufffd2Jb"},
		"half a character":        {"a\xe7b", "a\ufffdb"},
	} {
		out := &sent{}
		w := repaint.New(out)
		show(t, w, "")
		out.take()
		show(t, w, c.line)
		if got, want := out.take(), framed("\x1b[1H\x1b[2K\x1b[?7l"+c.want+"\x1b[?7h"); got != want {
			t.Errorf("%s is sent as %q, want %q", name, got, want)
		}
	}
}

// TestAWriteThatFailed is told, and the next frame is written as a whole.
func TestAWriteThatFailed(t *testing.T) {
	out := &sent{err: errors.New("broken")}
	w := repaint.New(out)
	if err := w.Show("ab", width, height); !errors.Is(err, out.err) {
		t.Error(err)
	}
	out.take()
	out.err = nil
	show(t, w, "ax")
	if got, want := out.take(), framed("\x1b[m\x1b[1H\x1b[J\x1b[1Gax"); got != want {
		t.Errorf("sent %q, want %q", got, want)
	}
}

// TestWritesLittle: bytes of what changed, and of rows that moved.
func TestWritesLittle(t *testing.T) {
	lines := make([]string, height)
	for i := range lines {
		lines[i] = "\x1b[38;2;9;9;9m" + strings.Repeat(string(rune('a'+i)), 20) + "\x1b[m"
	}
	out := &sent{}
	w := repaint.New(out)
	write := func(name string, bound int) {
		t.Helper()
		out.take()
		show(t, w, strings.Join(lines, "\n"))
		if got := out.take(); len(got) > bound {
			t.Errorf("%s: %d bytes, want at most %d: %q", name, len(got), bound, got)
		}
	}
	write("the first frame", 500)
	write("the same frame", 0)
	lines[3] = "\x1b[38;2;9;9;9mddddddddddddddddXXdd\x1b[m"
	write("two letters", 50)
	lines = append(slices.Clone(lines[1:]), "\x1b[38;2;9;9;9mthe next line\x1b[m")
	write("a row scrolled", 80)
}
