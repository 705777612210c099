package pane

import (
	"fmt"
	"io"
	"math"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"
	"github.com/muesli/termenv"

	"github.com/aimo3/aimo3/theme"
)

// hostile is text that would break a frame, or a terminal, if it could.
const hostile = "a\x1b[2J\x1b]0;t\x07\r\b\x00b\u009b5;5H\u202ec\u200b\xff\xe2\x82 答え👩‍👩‍👧‍👦🇩🇪 e\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\tf\n\n\x1b[31mred 1️⃣ ✈️ \U000e0041 **\x1b[2J** `\u009b` $\\text{\x1b[31m\u202e}\\frac{\x07}{\\sqrt{x}}$ <b\x1b]8;;http://a\x07> $$\\foo{\x1b[H}$$ wordwithoutanyspaceinit答答答答答答答答"

// styles are those of a terminal with all colours.
func styles(t testing.TB) theme.Styles {
	t.Helper()
	p, err := theme.Find("night")
	if err != nil {
		t.Fatal(err)
	}
	r := lipgloss.NewRenderer(io.Discard)
	r.SetColorProfile(termenv.TrueColor)
	return theme.New(r, p)
}

// widgets are all that draw a block, each with hostile text in every place.
func widgets(t testing.TB) map[string]func(w, h int) string {
	s := styles(t)
	return map[string]func(w, h int) string{
		"box": func(w, h int) string {
			return Box{Styles: s.Pane, Title: hostile, Right: "右 43%", Focused: true}.Render(hostile, w, h)
		},
		"confirm": func(w, h int) string { return Confirm(s, hostile, w, h) },
		"center":  func(w, h int) string { return Center(hostile, w, h) },
		"help": func(w, h int) string {
			help := NewHelp(s)
			help.Resize(w, h)
			lines := []HelpLine{{hostile, hostile, false}, {"ctrl+答", hostile, true}, {"x", "does x", false}}
			help.Show(HelpGroup{hostile, lines}, HelpGroup{"Nothing", nil}, HelpGroup{"Here", lines})
			help.Move(3)
			help.Scroll(2)
			return help.View()
		},
		"transcript": func(w, h int) string {
			tr := NewTranscript(s.Text)
			tr.Resize(w, h)
			for _, v := range []Voice{Thinking, Reply, Code, Output, Reply} {
				tr.Append(v, "", hostile)
				tr.Append(v, hostile, hostile+"\n\n"+hostile)
			}
			tr.Run(1, hostile)
			tr.Elapsed(hostile)
			tr.Ran(Outcome{Output: strings.Repeat(hostile, 30), Error: hostile + "\n" + hostile, Alerts: []string{hostile}, Note: hostile})
			tr.Run(2, hostile)
			return tr.View()
		},
		"list": func(w, h int) string {
			l := NewList(s.List, func(i, width int) string {
				return Columns{{"a", 4, 1, true}, {"b", 0, 3, false}}.Line(width, hostile, fmt.Sprint(i)) + s.List.Match.Render("m") + "\n\r"
			})
			l.SetHeader(hostile)
			l.Resize(w, h)
			l.SetLen(100)
			l.Move(3)
			return l.View()
		},
		"gauges": func(w, h int) string {
			g := Graph{Styles: s.Graph}
			rows := []Gauge{{"CPU", []float64{1, math.NaN(), math.Inf(1), -1}, 0, hostile}, {hostile, nil, 0, hostile}}
			return strings.Join(strings.Split(g.Gauges(s.Text, rows, w), "\n")[:min(2, h)], "\n")
		},
	}
}

// exact are the widgets that fill the size they are given.
var exact = map[string]bool{"box": true, "confirm": true, "center": true, "help": true}

func TestNothingDrawsOutsideItsSize(t *testing.T) {
	for name, draw := range widgets(t) {
		for _, w := range []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 13, 18, 26, 34} {
			for h := range 11 {
				checkFrame(t, fmt.Sprintf("%s %dx%d", name, w, h), draw(w, h), w, h, exact[name])
			}
		}
		checkFrame(t, name+" 200x60", draw(200, 60), 200, 60, exact[name])
	}
}

func TestLinesAreExactlyAsWideAsAsked(t *testing.T) {
	s := styles(t)
	keys := []key.Binding{bind("tab", "next"), bind("?", "help")}
	table := Columns{{"when", 5, 0, false}, {"problem", 10, 1, false}, {"n", 3, 0, true}}
	for name, draw := range map[string]func(w int) string{
		"status": func(w int) string {
			return StatusBar(s.Bar, s.Text.Good.Render("● up")+hostile, KeyHints(s.Bar, keys, w/2), w)
		},
		"tabs":   func(w int) string { return Tabs(s.Bar, "aimo3", []string{"Ask", "Live", "答"}, 1, hostile, w) },
		"fit":    func(w int) string { return Fit(hostile, w) },
		"row":    func(w int) string { return table.Line(w, hostile, hostile, hostile) },
		"titles": func(w int) string { return table.Header(s.List, w) },
		"bar":    func(w int) string { return Graph{Styles: s.Graph}.Bar(0.37, w) },
		"spark":  func(w int) string { return Graph{Styles: s.Graph}.Sparkline([]float64{1, 2, math.NaN(), 4}, 0, w) },
	} {
		for w := range 120 {
			checkFrame(t, fmt.Sprintf("%s of %d", name, w), draw(w), w, 1, true)
		}
	}
}

func bind(name, does string) key.Binding {
	return key.NewBinding(key.WithKeys(name), key.WithHelp(name, does))
}

// checkFrame checks a frame's size, and that a terminal would only print it.
func checkFrame(t *testing.T, name, frame string, w, h int, exact bool) {
	t.Helper()
	lines := strings.Split(frame, "\n")
	if frame == "" && (w == 0 || h == 0 || !exact) {
		lines = nil
	}
	if len(lines) > h || exact && w > 0 && len(lines) != h {
		t.Errorf("%s: %d lines", name, len(lines))
	}
	for i, line := range lines {
		if n := ansi.StringWidth(line); n > w || exact && n != w {
			t.Errorf("%s: line %d is %d wide: %q", name, i, n, line)
		}
		if text := ansi.Strip(line); !utf8.ValidString(line) || strings.ContainsAny(text, "\x1b\r\b\t\a\x00\u009b\u202e\u200b") {
			t.Errorf("%s: line %d is not clean: %q", name, i, line)
		}
	}
}
