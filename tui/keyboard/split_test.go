package keyboard

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// field is a program that notes what it is told and what a text field would hold
// then, and ends with ctrl+\.
type field struct {
	heard []string
	typed []rune
}

func (f *field) Init() tea.Cmd { return nil }
func (f *field) View() string  { return "" }

func (f *field) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch m := msg.(type) {
	case tea.KeyMsg:
		if m.Type == tea.KeyCtrlBackslash {
			return f, tea.Quit
		}
		f.heard, f.typed = append(f.heard, m.String()), append(f.typed, m.Runes...)
	case tea.MouseMsg, tea.FocusMsg, tea.BlurMsg:
		f.heard = append(f.heard, fmt.Sprintf("%T %v", m, m))
	}
	return f, nil
}

// reads is a source whose every Read gives the next of them.
type reads [][]byte

func (r *reads) Read(p []byte) (int, error) {
	if len(*r) == 0 {
		return 0, io.EOF
	}
	n := copy(p, (*r)[0])
	*r = (*r)[1:]
	return n, nil
}

// hear runs a program on what the splitter made, and says what it was told and
// what its field holds.
func hear(t *testing.T, s *splitter) (heard []string, typed string) {
	t.Helper()
	var all reads
	for key := s.next(256); len(key) > 0; key = s.next(256) {
		all = append(all, key)
	}
	f := &field{}
	in := append(all, []byte("\x1c"))
	if _, err := tea.NewProgram(f, tea.WithInput(&in), tea.WithOutput(io.Discard), tea.WithoutRenderer(), tea.WithoutSignalHandler()).Run(); err != nil {
		t.Fatal(err)
	}
	return f.heard, string(f.typed)
}

// arrive feeds pieces with the same time between them, and after the last until
// nothing is waited for.
func arrive(pieces []string, gap time.Duration) *splitter {
	s := &splitter{}
	quiet := time.Hour
	for _, p := range pieces {
		s.feed([]byte(p), quiet)
		quiet = gap
		pass(s, gap)
	}
	pass(s, time.Hour)
	return s
}

// pass lets time go by.
func pass(s *splitter, d time.Duration) {
	for wait := s.wait(); wait > 0 && wait <= d; wait = s.wait() {
		d -= wait
		s.expire()
	}
}

// sequences are what terminals send, and what a program is to hear of each; what
// it is to type is in quotes alone.
var sequences = []struct{ in, heard, typed string }{
	{"\x1b[A", "up", ""},
	{"\x1b[D", "left", ""},
	{"\x1b[3~", "delete", ""},
	{"\x1b[1;5D", "ctrl+left", ""},
	{"\x1b[1;2P", "f13", ""},
	{"\x1b[15;2~", "f17", ""},
	{"\x1b[Z", "shift+tab", ""},
	{"\x1b[7$", "shift+home", ""},
	{"\x1b[3$", "", ""},
	{"\x1b[8^", "ctrl+end", ""},
	{"\x1b[[A", "f1", ""},
	{"\x1b[Oa", "alt+ctrl+up", ""},
	{"\x1b\x1b[A", "alt+up", ""},
	{"\x1b\x1b[3~", "alt+delete", ""},
	{"\x1b\x1bOB", "alt+down", ""},
	{"\x1b\x1b[1;9Q", "", ""},
	{"\x1b\x1b[?62;c", "", ""},
	{"\x1bOA", "up", ""},
	{"\x1bOP", "f1", ""},
	{"\x1bOH", "home", ""},
	{"\x1bOF", "end", ""},
	{"\x1bOd", "ctrl+left", ""},
	{"\x1bOj", "", ""},
	{"\x1bO5A", "", ""},
	{"\x1bb", "alt+b", "b"},
	{"\x1b\r", "alt+enter", ""},
	{"\x1b\x7f", "alt+backspace", ""},
	{"\x1b", "esc", ""},
	{"\x1b[<64;23;10M", "tea.MouseMsg wheel up", ""},
	{"\x1b[<0;1;1m", "tea.MouseMsg left release", ""},
	{"\x1b[<35M", "", ""},
	{"\x1b[32;23;10M", "", ""},
	{"\x1b[M !!", "tea.MouseMsg left press", ""},
	{"\x1b[M`\x1b[", "tea.MouseMsg", ""},
	{"\x1b[I", "tea.FocusMsg", ""},
	{"\x1b[O", "tea.BlurMsg", ""},
	{"\x1b[?62;c", "", ""},
	{"\x1b[>1;10;0c", "", ""},
	{"\x1b[12;40R", "", ""},
	{"\x1b[0n", "", ""},
	{"\x1b[?1u", "", ""},
	{"\x1b[97;5u", "", ""},
	{"\x1b[?2026;2$y", "", ""},
	{"\x1b[4;2$y", "", ""},
	{"\x1b[4;600;800t", "", ""},
	{"\x1b[" + strings.Repeat("1;", 200) + "A", "", ""},
	{"\x1b]11;rgb:0000/0000/0000\x1b\\", "", ""},
	{"\x1b]11;rgb:0000/0000/0000\a", "", ""},
	{"\x1b]52;c;MzM2\a", "", ""},
	{"\x1b]4;1;rgb:cdcd/0000/0000\x1b\\", "", ""},
	{"\x1b]ltitle “of” it\x1b\\", "", ""},
	{"\x1bP>|xterm(390)\x1b\\", "", ""},
	{"\x1bP1$r0m\x1b\\", "", ""},
	{"\x1bP1+r544e=787465726d\x1b\\", "", ""},
	{"\x1bP!|00000000\x1b\\", "", ""},
	{"\x1b_Gi=1;OK\x1b\\", "", ""},
	{"\x1b^private\x1b\\", "", ""},
	{"\x1bXa string\x1b\\", "", ""},
	{"\x1b[200~1+1\x1b[201~", "[1+1]", "1+1"},
	{"\x1b[200~a\x1b[Ab\x1b[20\x1bé\t\x1b[201~", "[a\x1b[Ab\x1b[20\x1bé\t]", "a\x1b[Ab\x1b[20\x1bé\t"},
	{"\x1b[200~\x1b\x1b[201~", "[\x1b]", "\x1b"},
	{"\x1b[200~x\ny\x1b[201~", "[x\ny]", "x\ny"},
	{"\x1b[201~", "", ""},
	{"é", "é", "é"},
	{"答𝔸", "", "答𝔸"},
	{"\x1bé", "alt+é", "é"},
	{"\x03\x13\t", "ctrl+c ctrl+s tab", ""},
	{"[1, 2]", "", "[1, 2]"},
}

// TestSequencesAreTheSameHoweverTheyAreCut is of every sequence and every cut. An
// Esc that stands alone for longer than a key may be heard as well, no more.
func TestSequencesAreTheSameHoweverTheyAreCut(t *testing.T) {
	for _, row := range sequences {
		t.Run(fmt.Sprintf("%.30q", row.in), func(t *testing.T) {
			t.Parallel()
			whole, typed := hear(t, arrive([]string{row.in}, 0))
			if got := strings.Join(whole, " "); typed != row.typed || row.heard != "" && !strings.HasPrefix(got, row.heard) || row.heard == "" && row.typed == "" && got != "" {
				t.Errorf("whole: heard %q and typed %q, want %q and %q", got, typed, row.heard, row.typed)
			}
			for cut := 1; cut < len(row.in); cut++ {
				for _, gap := range []time.Duration{10, 99, 100, 200} {
					pieces := []string{row.in[:cut], row.in[cut:]}
					heard, typed := hear(t, arrive(pieces, gap*time.Millisecond))
					if esc := strings.HasPrefix(row.in, "\x1b"); esc && cut <= 2 && gap >= escapeAfter/time.Millisecond {
						heard = withoutEsc(heard)
					}
					if typed != row.typed || !same(heard, whole) {
						t.Errorf("%q after %d ms: heard %q and typed %q, want %q and %q", pieces, gap, heard, typed, whole, row.typed)
					}
				}
			}
		})
	}
}

// withoutEsc leaves out what an early Esc makes of the keys.
func withoutEsc(heard []string) []string {
	return slices.DeleteFunc(slices.Clone(heard), func(s string) bool { return s == "esc" || s == "alt+esc" })
}

// same compares what was heard, characters in whichever portions they came.
func same(a, b []string) bool {
	join := func(keys []string) string { return strings.Join(keys, "") }
	alt := strings.NewReplacer("alt+", "", "esc", "")
	return join(a) == join(b) || alt.Replace(join(a)) == alt.Replace(join(b)) && len(a) <= len(b)
}

func TestSequencesArriveByteByByte(t *testing.T) {
	for _, row := range sequences {
		longest := 200
		if strings.HasPrefix(row.in, "\x1bX") || slices.Contains([]string{"\x1bOj", "\x1bOd", "\x1bO5A"}, row.in) {
			longest = 99 // these are more likely words after an Esc, unless they come at once
		}
		for _, gap := range []int{10, 99, longest} {
			var pieces []string
			for i := range len(row.in) {
				pieces = append(pieces, row.in[i:i+1])
			}
			if _, typed := hear(t, arrive(pieces, time.Duration(gap)*time.Millisecond)); typed != row.typed {
				t.Errorf("%.30q a byte each %d ms: typed %q, want %q", row.in, gap, typed, row.typed)
			}
		}
	}
}

// following is of keys that a person presses among what a terminal sends; "+200" is
// a time in milliseconds that passes.
var following = []struct{ name, in, heard string }{
	{"Esc alone", "\x1b", "esc"},
	{"Esc twice", "\x1b|\x1b", "esc esc"},
	{"Esc twice, slowly", "\x1b|+150|\x1b|+150", "esc esc"},
	{"both in one read", "\x1b\x1b", "alt+esc"},
	{"Esc, then a word", "\x1b|+150|x", "esc x"},
	{"Esc, then an interval", "\x1b|+120|[|+90|1|+90|,|+90|2|+90|]", "esc [1, 2 ]"},
	{"Esc, then a bracket alone", "\x1b|+150|[|+900|x", "esc [ x"},
	{"Esc, then a closing bracket", "\x1b|+150|]|+150|x", "esc ]x"},
	{"Esc, then a probability", "\x1b|+150|P|+150|(|+150|A", "esc P( A"},
	{"Esc, then X", "\x1b|+150|X|+150| ", "esc X  "},
	{"Esc, then Of", "\x1b|+150|O|+150|f", "esc Of"},
	{"an arrow in three slow bytes", "\x1b|+600|[|+600|D", "esc left"},
	{"Esc, then an interval, slowly", "\x1b|+600|[|+600|1|+600|,|+600|2|+600|]", "esc [1, 2 ]"},
	{"an 8-bit arrow", "\x9bD", "left"},
	{"an 8-bit arrow in UTF-8", "\u009b1;5D", "ctrl+left"},
	{"an 8-bit arrow in parts", "\xc2|+200|\x9b|+200|3|+200|~x", "delete x"},
	{"an 8-bit SS3", "\x8fPx", "f1 x"},
	{"8-bit answers", "\x9d11;rgb:0/0/0\x9cx\x90>term\x1b\\y\u009fGi=1\u009cz\x9ea\x9c\u0098b\u009c", "xyz"},
	{"an 8-bit answer with characters", "\u009dl“title” é\u009cx", "x"},
	{"other 8-bit controls", "a\u0085b\x84c\x9cd", "abcd"},
	{"Esc, then an 8-bit arrow", "\x1b\x9bDx", "esc left x"},
	{"Esc, then an 8-bit arrow, in UTF-8", "\x1b\u009bDx", "esc left x"},
	{"a control within a sequence", "\x1b[1\n;5Dx", "ctrl+j ctrl+left x"},
	{"a sequence that is cancelled", "\x1b[1\x182D", "ctrl+x 2D"},
	{"Esc, much later an arrow's tail", "\x1b|+900|[|D", "esc [ D"},
	{"an answer without end, then keys", "\x1b]11;rgb:00|+1000|x|y", "x y"},
	{"the same, then its rest", "\x1b]11;rgb:00|+3000|00/0000/0000\a|x", "x"},
	{"the same, then only its end", "\x1b]11;rgb:00|+3000|\x1b\\|x", "x"},
	{"the same, then ctrl+c", "\x1bP1$r|\x03", "ctrl+c"},
	{"the same, then an arrow", "\x1b_G|\x1b[A", "up"},
	{"the same, then cancelled", "\x1bPq|\x18|x", "ctrl+x x"},
	{"an answer that is cancelled", "\x1bPqabc\x18x", "x"},
	{"a bell in a DCS", "\x1bPa\ab\x1b\\x", "x"},
	{"an answer's end alone", "\x1b\\x", "x"},
	{"answers back to back", "\x1b]10;a\x1b\\\x1b]11;b\a\x1b[?62;c\x1b[1;1Rx", "x"},
	{"an answer amid typing", "1+|\x1b]11;rgb:0/0/0\x1b|\\|1", "1+ 1"},
	{"alt and a bracket, and nothing", "\x1b[|+2000|x", "x"},
	{"an unfinished key, then another", "\x1b[1;|\x1b[A", "up"},
	{"an unfinished key, then enter", "\x1b[1;5|\r", "enter"},
	{"an unfinished key, much later a key", "\x1b[1;5|+1000|x", "x"},
	{"a malformed sequence", "\x1b[1 !5qx", "x"},
	{"a sequence without end", "\x1b[" + strings.Repeat("9", 10_000) + "|99|Ax", "x"},
	{"half a character, then a key", "\xe7\xad|x", "x"},
	{"no character at all", "\xff\x9b\x80x", "x"},
	{"half a mouse report, later keys", "\x1b[M |+1000|x", "x"},
	{"forty mouse reports", strings.Repeat("\x1b[<64;23;10M", 40), strings.TrimSpace(strings.Repeat("tea.MouseMsg wheel up ", 40))},
	{"a paste without end", "\x1b[200~1+1|+1000|x|\x03", "[1+1] x ctrl+c"},
	{"the same, then an arrow", "\x1b[200~1+1|+1000|\x1b[D", "[1+1] left"},
	{"the same, then Esc and a key", "\x1b[200~1+1|+1000|\x1b|+2000|x", "[1+1] x"},
	{"a paste that stalls", "\x1b[200~1+1|+2000|+2\x1b[201~x", "[1+1] [+2] x"},
	{"a paste whose end is late", "\x1b[200~1+1\x1b[20|+2000|1~x", "[1+1] x"},
	{"a paste in a paste", "\x1b[200~a\x1b[200~b\x1b[201~", "[a\x1b[200~b]"},
	{"a paste at once after an Esc", "\x1b|+200|[200~a|b\x1b[201~", "esc [ab]"},
	{"an empty paste", "\x1b[200~\x1b[201~x", "[] x"},
	{"a paste of answers", "\x1b[200~\x1b]0;x\a\x1b[201~", "[\x1b]0;x\a]"},
	{"300 characters", strings.Repeat("a", 300), strings.Repeat("a", 250) + " " + strings.Repeat("a", 50)},
}

func TestWhatFollowsWhat(t *testing.T) {
	for _, row := range following {
		s, quiet := &splitter{}, time.Hour
		for part := range strings.SplitSeq(row.in, "|") {
			if ms, isTime := strings.CutPrefix(part, "+"); isTime && ms != "" && strings.Trim(ms, "0123456789") == "" && len(ms) > 1 {
				n, _ := strconv.Atoi(ms)
				quiet = time.Duration(n) * time.Millisecond
				pass(s, quiet)
				continue
			}
			s.feed([]byte(part), quiet)
			quiet = 0
		}
		pass(s, time.Hour)
		if heard, _ := hear(t, s); strings.Join(heard, " ") != row.heard {
			t.Errorf("%s: heard %q, want %q", row.name, strings.Join(heard, " "), row.heard)
		}
	}
}

func TestNothingIsKeptOfWhatIsSwallowed(t *testing.T) {
	for _, begin := range []string{"\x1b]52;c;", "\x1bP", "\x1b_", "\x1b^", "\x1bX", "\x1b["} {
		s := &splitter{}
		s.feed([]byte(begin), 0)
		for range 1000 {
			s.feed(bytes.Repeat([]byte("0"), 4096), 0)
		}
		if n := len(s.keys); n > 0 || cap(s.held)+cap(s.run) > 2*maxHeldBytes {
			t.Errorf("%q and 4 MB: %d keys, %d bytes held", begin, n, cap(s.held)+cap(s.run))
		}
	}
	s := &splitter{}
	s.feed([]byte(pasteStart), 0)
	size := 0
	for range 1000 {
		s.feed(bytes.Repeat([]byte("0"), 4096), 0)
		for key := s.next(256); key != nil; key = s.next(256) {
			size += len(key)
		}
	}
	if size > maxPasteBytes+len(pasteStart) {
		t.Errorf("%d bytes of a paste without end were given, more than %d", size, maxPasteBytes)
	}
}

func FuzzSplitter(f *testing.F) {
	for _, row := range sequences {
		f.Add([]byte(row.in), uint16(1), uint16(50))
	}
	f.Fuzz(func(t *testing.T, in []byte, cut, gap uint16) {
		s := &splitter{}
		for piece := range slices.Chunk(in, int(cut%300)+1) {
			s.feed(piece, time.Duration(gap)*time.Millisecond)
			pass(s, time.Duration(gap)*time.Millisecond)
		}
		pass(s, time.Hour)
		if len(s.held) > maxHeldBytes || s.wait() > 0 {
			t.Errorf("%d bytes are held for %v", len(s.held), s.wait())
		}
		for key := s.next(256); key != nil; key = s.next(256) {
			if len(key) == 0 || len(key) > 255 {
				t.Errorf("a key of %d bytes", len(key))
			}
		}
	})
}
