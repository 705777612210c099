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

// TestWhatIsSent: each frame follows the ones above it.
func TestWhatIsSent(t *testing.T) {
	out := &sent{}
	w := repaint.New(out)
	for _, c := range []struct{ name, frame, want string }{
		{"the first frame erases what is below, and is whole", "\x1b[Hab\x1b[K\r\ncd\x1b[K\x1b[2;H", "\x1b[m\x1b[2H\x1b[J\x1b[1H\x1b[2Kab\x1b[2Hcd"},
		{"the same", "\x1b[H\n\x1b[2;H", ""},
		{"a letter", "\x1b[H\ncx\x1b[K\x1b[2;H", "\x1b[2;2Hx"},
		{"nothing that shows", "\x1b[H\ncx   \x1b[K\x1b[2;H", ""},
		{"a style", "\x1b[Ha\x1b[1mb\x1b[m\x1b[K\r\n\x1b[2;H", "\x1b[1;2H\x1b[1mb\x1b[m"},
		{"what was longer", "\x1b[H\x1b[K\r\n\x1b[2;H", "\x1b[1H\x1b[K"},
		{"two rows", "\x1b[H0123456789012345\x1b[K\r\n答え\x1b[K\x1b[2;H", "\x1b[1H0123456789012345\x1b[2H答え"},
		{"two places of a row, and a short gap", "\x1b[H01x345x7890123x5\x1b[K\r\n\x1b[2;H", "\x1b[1;3Hx345x\x1b[15Gx"},
		{"half of a wide character", "\x1b[H\nab答\x1b[K\x1b[2;H", "\x1b[2Hab答"},
		{"one colour after another, and blanks between", "\x1b[H\x1b[31mred\x1b[m \x1b[1;38;2;1;2;3mblue\x1b[m \x1b[32mx\x1b[m\x1b[K\r\n\x1b[2;H", "\x1b[1H\x1b[31mred \x1b[1;38;2;1;2;3mblue \x1b[m\x1b[32mx\x1b[K\x1b[m"},
		{"blanks that show", "\x1b[H\x1b[31mred\x1b[m\x1b[7m \x1b[m \x1b[4m \x1b[m\x1b[K\r\n\x1b[2;H", "\x1b[1;4H\x1b[7m \x1b[m \x1b[4m \x1b[m\x1b[K"},
		{"long blanks", "\x1b[H01345678901234x67890123x5\x1b[K\r\n\x1b[2;H", "\x1b[1H01345678901234x67890123x5"},
		{"long blanks in it", "\x1b[H0        01234x        x5\x1b[K\r\n\x1b[2;H", "\x1b[1;2H\x1b[8X\x1b[16G\x1b[8X"},
		{"fewer rows", "\x1b[H\r01x\x1b[K\x1b[J\x1b[1;H", "\x1b[1H\x1b[J\x1b[1G01x"},
	} {
		n, err := w.Write([]byte(c.frame))
		if got, want := out.take(), framed(c.want); n != len(c.frame) || err != nil || got != want && got+c.want != "" {
			t.Errorf("%s: %q is sent as %q, want %q; %d, %v", c.name, c.frame, got, want, n, err)
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
		_, _ = w.Write([]byte("\x1b[H\x1b[K\r\n\x1b[K\x1b[2;H"))
		for _, text := range []string{c.text, "x" + c.text, c.text} {
			out.take()
			_, _ = w.Write([]byte("\x1b[H" + text + "\x1b[K\r\n\x1b[2;H"))
		}
		if got, want := out.take(), framed("\x1b[1H\x1b[2K\x1b[?7l"+c.want+"\x1b[?7h"); got != want {
			t.Errorf("%q is sent as %q, want %q", c.text, got, want)
		}
		_, _ = w.Write([]byte("\x1b[Hab\x1b[K\r\n\x1b[2;H"))
		if got, want := out.take(), framed("\x1b[1H\x1b[2Kab"); got != want {
			t.Errorf("the row after %q is sent as %q, want %q", c.text, got, want)
		}
	}
}

// TestWhatIsNoFrame: it is passed on as it is, and the next frame is written as a whole then.
func TestWhatIsNoFrame(t *testing.T) {
	const first, again = "\x1b[Hab\x1b[K\r\ncd\x1b[K\x1b[2;H", "\x1b[H\ncx\x1b[K\x1b[2;H"
	const whole = "\x1b[m\x1b[2H\x1b[J\x1b[1H\x1b[2Kab\x1b[2Hcx"
	for _, c := range []struct{ name, text, want string }{
		{"a mode", "\x1b[?25l", whole},
		{"the clipboard", "\x1b]52;c;YQ==\x07", whole},
		{"nothing", "", whole},
		{"a frame that another program is sent in", "\x1b[Ha\x07b\x1b[K\r\ncd\x1b[K\x1b[2;H", "\x1b[m\x1b[2H\x1b[2Kcx"},
		{"one that moves the cursor", "\x1b[Ha\x1b[3Cb\x1b[K\r\ncd\x1b[K\x1b[2;H", "\x1b[m\x1b[2H\x1b[2Kcx"},
		{"one that leaves a style", "\x1b[Hab\x1b[K\r\n\x1b[1mcd\x1b[K\x1b[2;H", "\x1b[m\x1b[2H\x1b[2Kcx"},
		{"a control of eight bits", "\x1b[Ha\u009b2Jb\x1b[K\r\ncd\x1b[K\x1b[2;H", "\x1b[m\x1b[2H\x1b[2Kcx"},
		{"half a character", "\x1b[Ha\xe7b\x1b[K\r\ncd\x1b[K\x1b[2;H", "\x1b[m\x1b[2H\x1b[2Kcx"},
	} {
		out := &sent{}
		w := repaint.New(out)
		_, _ = w.Write([]byte(first))
		out.take()
		n, err := w.Write([]byte(c.text))
		if got := out.take(); got != c.text || n != len(c.text) || err != nil {
			t.Errorf("%s: %q is sent as %q; %d, %v", c.name, c.text, got, n, err)
		}
		_, _ = w.Write([]byte(again))
		if got, want := out.take(), framed(c.want); got != want {
			t.Errorf("the frame after %s is sent as %q, want %q", c.name, got, want)
		}
	}
}

// TestAWriteThatFailed is told, and the next frame is written as a whole.
func TestAWriteThatFailed(t *testing.T) {
	out := &sent{err: errors.New("broken")}
	w := repaint.New(out)
	if n, err := w.Write([]byte("\x1b[Hab\x1b[K\x1b[1;H")); n != 0 || !errors.Is(err, out.err) {
		t.Errorf("%d, %v", n, err)
	}
	out.take()
	out.err = nil
	_, _ = w.Write([]byte("\x1b[Hax\x1b[K\x1b[1;H"))
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
	out, f := &sent{}, frames{}
	w := repaint.New(out)
	write := func(name string, bound int) {
		t.Helper()
		out.take()
		_, _ = w.Write([]byte(f.next(lines, width)))
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
