package repaint_test

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"github.com/aimo3/aimo3/tui/repaint"
	"github.com/aimo3/aimo3/tui/terminaltest"
)

const width, height = 24, 8

// teaFrame is a frame as Bubble Tea writes it to an empty terminal.
func teaFrame(lines []string, width int) []byte {
	var b bytes.Buffer
	b.WriteString("\x1b[H")
	for i, l := range lines {
		l = ansi.Truncate(l, width, "")
		b.WriteString(l)
		if ansi.StringWidth(l) < width {
			b.WriteString("\x1b[K")
		}
		if i < len(lines)-1 {
			b.WriteString("\r\n")
		}
	}
	fmt.Fprintf(&b, "\x1b[%d;H", len(lines))
	return b.Bytes()
}

// pieces are what lines are made of: characters of one cell and of two, doubtful ones,
// borders, gaps and styles.
var pieces = []string{
	"a", "b", "9", " ", "  ", "é", "∑", "𝐯", "答", "え", "│", "─",
	"👩🏽", "☺\ufe0f", "क्षि", "⌚", "🚀", "e\u0301", "\u0301", "�", "ﷺ",
	"\x1b[1m", "\x1b[31m", "\x1b[m", "\x1b[48;2;1;2;3m", "\x1b[7m",
}

func drawLine(width int) *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		line := ""
		for _, p := range rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 40).Draw(t, "pieces") {
			if ansi.StringWidth(line+p) <= width {
				line += p
			}
		}
		return line + "\x1b[m"
	})
}

// widths are how terminals count the cells of characters that they do not agree about.
var widths = map[string]func(text string, counted int) int{
	"as we do": nil, "one": func(string, int) int { return 1 }, "two": func(string, int) int { return 2 }, "three": func(string, int) int { return 3 },
	"each part by itself": func(text string, _ int) (n int) {
		for _, r := range text {
			n += ansi.StringWidth(string(r))
		}
		return n
	},
}

// stage is a terminal that frames are written to by what changed.
type stage struct {
	*rapid.T
	shown  *terminaltest.Terminal
	writer *repaint.Writer
	width  func(string, int) int
	w, h   int
	lines  []string
}

func newStage(t *rapid.T) *stage {
	name := rapid.SampledFrom([]string{"as we do", "one", "two", "three", "each part by itself"}).Draw(t, "terminal")
	s := &stage{T: t, w: width, h: height}
	if odd := widths[name]; odd != nil {
		s.width = func(text string, counted int) int {
			if repaint.Agreed(text) || counted == 0 {
				return counted
			}
			return odd(text, counted)
		}
	}
	s.shown = s.terminal()
	s.writer = repaint.New(s.shown)
	return s
}

func (s *stage) terminal() *terminaltest.Terminal {
	t := terminaltest.New(s.w, s.h)
	t.Width = s.width
	return t
}

// next makes another frame's lines of the last one's, or has the terminal change.
func (s *stage) next() {
	fresh := func(n int) []string { return rapid.SliceOfN(drawLine(s.w), n, n).Draw(s.T, "lines") }
	by := rapid.IntRange(0, max(len(s.lines)-1, 0)).Draw(s.T, "row")
	what := rapid.SampledFrom([]string{"scroll", "a line", "all", "scroll a column", "shrink", "foreign", "garbage", "resize"}).Draw(s.T, "what")
	if s.lines == nil {
		what = "all"
	}
	lines := slices.Clone(s.lines)
	switch what {
	case "all":
		lines = fresh(rapid.IntRange(1, s.h).Draw(s.T, "rows"))
	case "a line":
		lines[by] = fresh(1)[0]
	case "scroll":
		lines = append(lines[by:], fresh(by)...)
	case "scroll a column":
		for y := range lines {
			right := ansi.Cut(lines[y], 8, s.w)
			below := lines[min(y+by, len(lines)-1)]
			lines[y] = ansi.Truncate(below, 8, "") + "\x1b[m" + strings.Repeat(" ", max(0, 8-ansi.StringWidth(ansi.Truncate(below, 8, "")))) + right + "\x1b[m"
		}
	case "shrink":
		lines = lines[:by+1]
	case "foreign":
		_, _ = s.writer.Write([]byte("\x1b[?25l"))
	case "garbage": // of another program, after which the app is told
		_, _ = s.shown.Write([]byte("\x1b[2;3H\x1b[41m" + strings.Repeat("x", 50) + "\x1b[m\r\n\n\n\n\n"))
		s.writer.Forget()
	case "resize":
		known, high := s.w, s.h
		s.w, s.h = rapid.IntRange(10, 40).Draw(s.T, "w"), rapid.IntRange(1, 10).Draw(s.T, "h")
		s.shown.Resize(s.w, s.h)
		lines[by] = fresh(1)[0]
		_ = s.writer.Show(strings.Join(lines, "\n"), known, high) // before the app knows
		lines = fresh(rapid.IntRange(1, s.h).Draw(s.T, "rows"))
		s.writer.Forget()
	}
	s.lines = lines
}

// TestShowsTheSame: whatever frames were written, and whatever else happened to the
// terminal, it shows what it would if the last frame had been written to an empty one, and
// is sent nothing strange. That is what Bubble Tea's own bytes show, in a terminal that
// counts cells as we do.
func TestShowsTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := newStage(t)
		for n := range rapid.IntRange(1, 8).Draw(t, "frames") {
			s.next()
			frame := strings.Join(s.lines, "\n")
			if err := s.writer.Show(frame, s.w, s.h); err != nil {
				t.Fatal(err)
			}
			fresh := s.terminal()
			_ = repaint.New(fresh).Show(frame, s.w, s.h)
			s.same(n, "as if written to an empty one", fresh)
			if s.width == nil {
				fresh = s.terminal()
				_, _ = fresh.Write(teaFrame(s.lines, s.w))
				s.same(n, "by Bubble Tea", fresh)
			}
		}
	})
}

// same holds what is shown to what another terminal shows.
func (s *stage) same(n int, how string, want *terminaltest.Terminal) {
	s.Helper()
	for y, row := range want.Cells() {
		for x, c := range row {
			if got := s.shown.Cells()[y][x]; got != c {
				s.Fatalf("frame %d, row %d, column %d: %q, want %q %s\n%s\nwant\n%s", n, y, x, got, c, how, s.shown.Text(), want.Text())
			}
		}
	}
	if len(s.shown.Strange) > 0 {
		s.Fatalf("strange: %q", s.shown.Strange)
	}
}

// TestBordersStandStraight: in every terminal, whatever is between them; and no row reaches
// into another.
func TestBordersStandStraight(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := newStage(t)
		for range rapid.IntRange(1, 4).Draw(t, "frames") {
			lines := make([]string, s.h)
			for y := range lines {
				text := strings.NewReplacer("│", "x", "─", "x").Replace(drawLine(s.w-12).Draw(t, "text"))
				lines[y] = fmt.Sprintf("│%s%s│%08d │", text, strings.Repeat(" ", s.w-12-ansi.StringWidth(text)), y)
			}
			_ = s.writer.Show(strings.Join(lines, "\n"), s.w, s.h)
			for y, row := range s.shown.Cells() {
				right := ""
				for _, c := range row[s.w-11:] {
					right += c.Text
				}
				if want := fmt.Sprintf("│%08d │", y); !strings.HasPrefix(row[0].Text, "│") || right != want {
					t.Fatalf("row %d begins with %q and ends with %q, want %q:\n%s", y, row[0].Text, right, want, s.shown.Text())
				}
			}
		}
	})
}

// counting is a program that shows how often it was sent a message, and in frames of Bubble Tea
// something else.
type counting struct {
	out     *repaint.Writer
	n, rows int
}

func (c counting) Init() tea.Cmd { return nil }

func (c counting) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if rows, ok := msg.(int); ok {
		c.n, c.rows = c.n+1, rows
	}
	return c, nil
}

func (c counting) View() string {
	_ = c.out.Show(fmt.Sprintf("count %d", c.n)+strings.Repeat("\n\x1b[1mline\x1b[m", c.rows), width, height)
	return fmt.Sprintf("wrong %d", c.n) + strings.Repeat("\nwrong", c.rows)
}

// listener keeps what a terminal is sent and shows; written is told of each write.
type listener struct {
	mu      sync.Mutex
	raw     []byte
	shown   *terminaltest.Terminal
	written chan struct{}
}

func (l *listener) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.raw = append(l.raw, p...)
	n, err := l.shown.Write(p)
	select {
	case l.written <- struct{}{}:
	default:
	}
	return n, err
}

func (l *listener) await(text string) {
	for {
		l.mu.Lock()
		shown := l.shown.Text()
		l.mu.Unlock()
		if shown == text {
			return
		}
		<-l.written
	}
}

// TestBubbleTea: of what Bubble Tea really writes no frame is passed on, and all else is.
func TestBubbleTea(t *testing.T) {
	out := &listener{shown: terminaltest.New(width, height), written: make(chan struct{}, 1)}
	keys, typed := io.Pipe()
	defer func() { _ = typed.Close() }()
	w := repaint.New(out)
	p := tea.NewProgram(counting{out: w}, tea.WithOutput(w), tea.WithInput(keys), tea.WithAltScreen(), tea.WithFPS(120), tea.WithoutSignalHandler())
	over := make(chan error, 1)
	go func() { _, err := p.Run(); over <- err }()
	p.Send(tea.WindowSizeMsg{Width: width, Height: height})
	for n, rows := range []int{0, 5, 6, 2, 2, 7, 0} {
		p.Send(rows)
		out.await(fmt.Sprintf("count %d", n+1) + strings.Repeat("\nline", rows) + strings.Repeat("\n", height-1-rows))
	}
	p.Quit() // which has it write a last frame
	if err := <-over; err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(out.raw, []byte("wrong")) {
		t.Errorf("a frame of Bubble Tea was passed on: %q", out.raw)
	}
	for _, mode := range []string{"\x1b[?1049h", "\x1b[?25l", "\x1b[?25h", "\x1b[2J\x1b[?1049l"} {
		if !bytes.Contains(out.raw, []byte(mode)) {
			t.Errorf("%q was not passed on", mode)
		}
	}
	if len(out.shown.Strange) > 0 {
		t.Errorf("strange: %q", out.shown.Strange)
	}
}
