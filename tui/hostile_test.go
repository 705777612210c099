package tui

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/live"
	"github.com/aimo3/aimo3/tui/repaint"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/terminaltest"
	"github.com/aimo3/aimo3/tui/termsafe"
	"github.com/aimo3/aimo3/tui/tuitest"
)

// attacker shows what a model, a problem and a program wrote, in a terminal.
type attacker struct {
	env    screen.Env
	header string
	ours   map[string]bool // styles that texts without anything to obey are shown in
}

func newAttacker(t testing.TB) attacker {
	env := tuitest.Env(t, tuitest.Palette(t))
	at := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	env.Now = func() time.Time { return at }
	a := attacker{env: env, ours: map[string]bool{}}
	for _, text := range append(calm, weapons...) {
		shown := a.shown(termsafe.Clean(text))
		for _, row := range shown.Cells() {
			for _, c := range row {
				a.ours[c.Style] = true
			}
		}
		a.header, _, _ = strings.Cut(shown.Text(), "\n")
	}
	return a
}

// shown is a terminal after a text came from everywhere a text may come from.
func (a attacker) shown(text string) *terminaltest.Terminal {
	const w, h = 80, 40
	t := terminaltest.New(w, h)
	frames := repaint.New(whole{t})
	problem := engine.Problem{Source: "typed", Statement: text}
	app := newApp(a.env, NewFeed(), polls{}, nil)
	s := live.New(a.env, "a1", problem)
	app.open = append(app.open, s)
	app.width, app.height = w, h
	s.Resize(app.room())
	seq := uint64(0)
	for _, f := range []engine.Fact{
		engine.AttemptStarted{Problem: problem, Plan: engine.Plan{Model: text, Samples: 2}.WithDefaults()},
		engine.SampleStarted{},
		engine.Delta{Channel: engine.Thinking, Text: text, Frames: 1},
		engine.Delta{Channel: engine.Writing, Text: text, Frames: 1},
		engine.CodeStarted{Number: 1, Code: text},
		engine.CodeFinished{Number: 1, Cell: engine.Cell{Output: text, Err: text, Kept: true}},
		engine.Delta{Channel: engine.Reply, Text: text + "\n\n" + text, Frames: 1},
		engine.SampleFinished{Answer: engine.Answer(text)},
		engine.SampleStarted{Sample: 1},
		engine.SampleFailed{Sample: 1, Cause: text, Todo: text},
	} {
		seq++
		s.Update(screen.Arrived{Events: []engine.Event{{Attempt: "a1", Seq: seq, At: a.env.Now(), Fact: f}}})
		if seq != 6 && seq != 10 { // a frame of code and its output, and one of all
			continue
		}
		app.drawn = ""
		view := app.View()
		t.Strange = append(t.Strange, obeyed(view)...)
		lines := strings.Split(view, "\n")
		for y, l := range lines {
			if ansi.StringWidth(l) < w {
				lines[y] += "\x1b[K"
			}
		}
		_, _ = frames.Write([]byte("\x1b[H" + strings.Join(lines, "\r\n") + "\x1b[" + strconv.Itoa(h) + ";H"))
	}
	return t
}

// whole is a terminal that frames must reach as what changed in them: none holds anything
// that the repainter cannot tell.
type whole struct{ *terminaltest.Terminal }

func (t whole) Write(p []byte) (int, error) {
	if !bytes.HasPrefix(p, []byte("\x1b[?2026h")) {
		t.Strange = append(t.Strange, string(p))
	}
	return t.Terminal.Write(p)
}

// ours matches all that a frame may hold besides what is shown: styles.
var ours = regexp.MustCompile(`\x1b\[[0-9;:]*m`)

// obeyed is what in a frame a terminal does something else with than show it.
func obeyed(view string) (all []string) {
	for _, r := range ours.ReplaceAllString(view, "") {
		if unicode.IsControl(r) && r != '\n' {
			all = append(all, string(r))
		}
	}
	return all
}

// harmed says what a text did to the terminal; "" if it did nothing: no sequence of its
// own, no style that is not ours, and all that is around it where it belongs.
func (a attacker) harmed(text string) string {
	got := a.shown(text)
	if len(got.Strange) > 0 {
		return fmt.Sprintf("the terminal was sent %q", got.Strange)
	}
	if !strings.HasPrefix(got.Text(), a.header+"\n") {
		return "the header is another:\n" + got.Text()
	}
	for y, row := range got.Cells() {
		for x, c := range row {
			if !a.ours[c.Style] {
				return fmt.Sprintf("row %d, column %d is %q, in a style that is not ours", y, x, c)
			}
		}
		if first, last := row[0].Text, row[len(row)-1].Text; !strings.Contains(" ╭│╰", first) || !strings.Contains(" ╮│╯", last) {
			return fmt.Sprintf("row %d begins with %q and ends with %q:\n%s", y, first, last, got.Text())
		}
	}
	return ""
}

// calm are texts that show every style of ours.
var calm = []string{
	"", "a **b** *c* `d` $\\q$", "# e **f** *g* `h` $\\q$", "**i *j* `k` $\\q$**", "|a **b**|*c*|\n|-|-|\n|`d`|$\\q$|", "> l\n\n***\n\n- m",
	"$$\\q$$", "<b>\n", "for f in range(1): # n\n    'o' + None + f'p' + 0x1f", "```python\nfor f in range(1): # n\n    'o' + None\n```", "```\nq\n```",
}

// weapons are what hostile texts are made of.
var weapons = []string{
	"\x1b[31m", "\x1b[2J", "\x1b[H", "\x1b[1;1H", "\x1b[?1049l", "\x1b[?25h", "\x1b[3S", "\x1b[1;3r", "\x1b[m", "\x1b[K", "\x1b[", "\x1b", "\x1bc", "\x1b(0",
	"\x1b]0;title\x07", "\x1b]52;c;ZXZpbA==\x1b\\", "\x1b]8;;http://evil\x07", "\x1bP+q544e\x1b\\", "\x1b_G\x1b\\", "\x1b[>c", "\x1b[6n", "\x1b[200~",
	"\u009b2J", "\u009d0;x\u009c", "\x9b31m", "\x9c", "\r", "\b", "\a", "\v", "\f", "\x00", "\x7f", "\x0e", "\x0f", "\x05", "\x02", "\x03", "\t", "\n", "\n\n",
	"\u202e", "\u2066", "\u200b", "\u200d", "\ufe0f", "\u0301", "\u2028", "\ufeff", "\xff", "\xc3", "\xed\xa0\x80", "👩🏽\u200d🚀", "क्षि", "答", "ﷺ",
	"$", "$$", `\(`, `\)`, `\[`, `\]`, `\frac{`, "}", `\begin{cases}`, `\end{cases}`, "&", `\\`, `\text{`, `\boxed{`, `\newcommand{\a}{`, `\a`, "^", "_",
	"```\n", "```python\n", "`", "*", "**", "> ", "- ", "1. ", "|", "|-|\n", "# ", "<b>", "<!--", "&#27;", "&#x1b;", "&#155;", "[x](y)", "![x](y)", `\x1b`, "a", " ", "7",
}

// TestNothingObeysAText: whatever is written by a model, only our own styling reaches
// the terminal.
func TestNothingObeysAText(t *testing.T) {
	a := newAttacker(t)
	for _, w := range weapons {
		for _, text := range []string{"a" + w + "b", "$" + w + "$\n\n|a|b|\n|-|-|\n|" + w + "|\n\n" + `\[` + w + "\\]\n\n```\n" + w + "\n```"} {
			if harm := a.harmed(text); harm != "" {
				t.Errorf("%q: %s", text, harm)
			}
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(weapons), 1, 25).Draw(t, "text"), "")
		if harm := a.harmed(text); harm != "" {
			t.Fatalf("%q: %s", text, harm)
		}
	})
}

func FuzzNothingObeysAText(f *testing.F) {
	for _, w := range weapons {
		f.Add(w)
	}
	a := newAttacker(f)
	f.Fuzz(func(t *testing.T, text string) {
		if harm := a.harmed(text); harm != "" {
			t.Errorf("%q: %s", text, harm)
		}
	})
}

// outside are files of tests that others wrote, in the folder that AIMO3_SUITES names.
func outside(t *testing.T, pattern string) []string {
	t.Helper()
	dir := os.Getenv("AIMO3_SUITES")
	if dir == "" {
		t.Skipf("NOT TESTED against %s: AIMO3_SUITES names no folder that it is in", pattern)
	}
	names, err := filepath.Glob(filepath.Join(dir, pattern))
	if err != nil || len(names) == 0 {
		t.Fatalf("AIMO3_SUITES: no %s in %s, %v", pattern, dir, err)
	}
	return names
}

// pushed matches the texts in Perl that libvterm's tests send to a terminal.
var pushed = regexp.MustCompile(`"((?:[^"\\]|\\.)*)"`)

// TestLibvterm: what libvterm's tests send to a terminal moves, erases and colours
// nothing here, each by itself and a file's all at once.
func TestLibvterm(t *testing.T) {
	a := newAttacker(t)
	files := outside(t, "libvterm/t/*.test")
	texts := 0
	for _, name := range files {
		file, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all := ""
		for l := range strings.Lines(string(file)) {
			if !strings.HasPrefix(l, "PUSH") && !strings.HasPrefix(l, "ENCIN") {
				continue
			}
			for _, m := range pushed.FindAllStringSubmatch(l, -1) {
				text, err := strconv.Unquote(`"` + strings.NewReplacer(`\e`, `\x1b`, `\x{`, `\x`, `}`, ``, `\$`, `$`, `\@`, `@`).Replace(m[1]) + `"`)
				if err != nil {
					t.Fatalf("%s: %s: %v", name, m[0], err)
				}
				texts++
				all += text
				if harm := a.harmed(text); harm != "" {
					t.Errorf("%s: %q: %s", filepath.Base(name), text, harm)
				}
			}
		}
		for _, text := range []string{all, string(file)} {
			if harm := a.harmed(text); harm != "" {
				t.Errorf("%s as a whole: %s", filepath.Base(name), harm)
			}
		}
	}
	t.Logf("libvterm: %d texts of %d files", texts, len(files))
	if len(files) < 42 || texts < 700 {
		t.Errorf("%d texts of %d files, want 700 of 42", texts, len(files))
	}
}

// TestNaughtyStrings: the big list of naughty strings harms no terminal.
func TestNaughtyStrings(t *testing.T) {
	a := newAttacker(t)
	file, err := os.ReadFile(outside(t, "big-list-of-naughty-strings/blns.json")[0])
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	if err := json.Unmarshal(file, &texts); err != nil {
		t.Fatal(err)
	}
	for _, text := range append(texts, strings.Join(texts, "\n")) {
		if harm := a.harmed(text); harm != "" {
			t.Errorf("%q: %s", text, harm)
		}
	}
	t.Logf("%d naughty strings", len(texts))
	if len(texts) < 500 {
		t.Errorf("%d strings, want 500", len(texts))
	}
}
