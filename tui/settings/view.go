package settings

import (
	"cmp"
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/pane"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/termsafe"
)

const (
	aboutHeight = 5  // of the box below the list, with its frame
	minTall     = 12 // lines from which on there is room for it
	tallFrom    = 20 // lines from which on it is one line taller
)

// Resize sets the room.
func (s *Screen) Resize(width, height int) {
	s.width, s.height = width, height
	s.layout()
}

func (s *Screen) layout() {
	s.list.Resize(s.width, s.height-1-s.below())
	s.list.SetHeader(s.columns().Header(s.env.Styles.List, max(s.width-2, 0)))
	s.find.Width = max(s.width-4, 1)
	if s.edit != nil {
		s.edit.input.Width = max(s.width-6, 1)
	}
}

// below is the height of the box below the list; 0 if there is no room for one.
func (s *Screen) below() int {
	if s.height < minTall && s.edit == nil || s.env.Settings == nil {
		return 0
	}
	h := aboutHeight
	if s.height >= tallFrom {
		h++
	}
	return max(min(h, s.height-1), 0)
}

func (s *Screen) columns() pane.Columns {
	return pane.Columns{{Title: "Setting", Min: 15}, {Title: "Value", Min: 16, Weight: 2}, {Title: "From", Min: 15, Weight: 1}}
}

// row is a setting: those that something sets stand out.
func (s *Screen) row(i, width int) string {
	one := s.now.All[s.shown[i]]
	style := s.env.Styles.Text.Faint
	if one.From != "default" {
		style = s.env.Styles.Text.Body
	}
	return style.Render(s.columns().Line(width, one.Key, value(one), s.from(one)))
}

// value is what counts of a setting, in words where nothing is set.
func value(one engine.Setting) string {
	return cmp.Or(termsafe.Line(one.Value), termsafe.Line(one.Default), "–")
}

// from is where a value comes from, briefly: of the user's own file the line.
func (s *Screen) from(one engine.Setting) string {
	if rest, own := strings.CutPrefix(one.From, s.now.File+":"); own && one.Own {
		return "yours, line " + rest
	}
	return one.From
}

// match has the list show what matches the words, with a key selected if it is there.
func (s *Screen) match(selected string) {
	words := strings.Fields(strings.ToLower(s.find.Value()))
	s.shown = s.shown[:0]
	at := 0
	for i, one := range s.now.All {
		text := strings.ToLower(one.Key + " " + one.About + " " + one.Value + " " + one.From)
		if !containsAll(text, words) {
			continue
		}
		if one.Key == selected {
			at = len(s.shown)
		}
		s.shown = append(s.shown, i)
	}
	s.list.SetLen(len(s.shown))
	s.list.Select(at)
}

func containsAll(text string, words []string) bool {
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}

// Status says which file changes are kept in.
func (s *Screen) Status() []screen.Part {
	if s.now.File == "" {
		return nil
	}
	return []screen.Part{{Text: "kept in " + termsafe.Line(s.now.File), Rank: screen.Aside}}
}

// View draws the screen.
func (s *Screen) View() string {
	if s.width <= 0 || s.height <= 0 {
		return ""
	}
	st := s.env.Styles.Text
	h := s.height - 1 - s.below()
	var lines []string
	switch {
	case s.env.Settings == nil:
		lines = []string{st.Faint.Render(" settings are not shown here: `aimo3 config show` lists them")}
	case !s.seen && s.fault != "":
		lines = s.wrapped(st.Bad, "✗ "+s.fault, s.width-2, h)
	case !s.seen:
		lines = []string{st.Faint.Render(" reading…")}
	case len(s.shown) == 0:
		lines = []string{st.Faint.Render(" no setting matches: esc shows all")}
	default:
		lines = strings.Split(s.list.View(), "\n")
	}
	for len(lines) < h {
		lines = append(lines, "")
	}
	lines = lines[:max(h, 0)]
	if s.below() > 0 {
		lines = append(lines, strings.Split(s.about(), "\n")...)
	}
	lines = append(lines, s.foot())
	for i, l := range lines {
		lines[i] = pane.Fit(l, s.width)
	}
	return strings.Join(lines, "\n")
}

// foot names keys, or has the words that are looked for.
func (s *Screen) foot() string {
	if !s.typing {
		return pane.HintLine(s.env.Styles.Bar, s.Keys(), s.width)
	}
	return " " + s.find.View()
}

// about is the box below the list: what the selected setting is, or its value while that
// is typed.
func (s *Screen) about() string {
	st, one := s.env.Styles.Text, s.selected()
	w, h := pane.Inner(s.width, s.below())
	box := pane.Box{Styles: s.env.Styles.Pane, Title: one.Key}
	var lines []string
	switch e := s.edit; {
	case e != nil:
		box.Title, box.Right, box.Focused = e.setting.Key, when(e.setting), true
		lines = append(lines, e.input.View())
		if e.fault != "" {
			lines = append(lines, s.wrapped(st.Bad, "✗ "+e.fault, w, h-1)...)
		} else {
			lines = append(lines, s.wrapped(st.Faint, hints(e), w, h-1)...)
		}
	case s.fault != "":
		box.Title = "What is wrong now"
		lines = s.wrapped(st.Bad, "✗ "+s.fault, w, h)
	case one.Key == "":
	default:
		box.Right = when(one)
		lines = s.wrapped(st.Body, one.About, w, h-1)
		lines = append(lines, s.wrapped(st.Faint, s.origin(one), w, h-len(lines))...)
	}
	return box.Render(strings.Join(lines, "\n"), s.width, s.below())
}

// hints are what a setting is, and its values where they are few.
func hints(e *edit) string {
	about := e.setting.About
	if len(e.choices) > 0 {
		about += " · tab: " + strings.Join(e.choices, ", ")
	}
	return about
}

// origin says where a value comes from, in whole.
func (s *Screen) origin(one engine.Setting) string {
	said := "from " + one.From
	if one.Default != "" && one.From != "default" {
		said += " · default: " + one.Default
	}
	if one.Kept && !one.Own {
		said += " · wins over your file, which sets it too"
	}
	return said
}

// when says from when on a change counts.
func when(one engine.Setting) string {
	if one.Live {
		return "counts from the next attempt on"
	}
	return "counts from the next start on"
}

// wrapped are the lines of a text, at most n, in a style.
func (s *Screen) wrapped(style lipgloss.Style, text string, w, n int) []string {
	if n <= 0 {
		return nil
	}
	lines := strings.Split(ansi.Wrap(termsafe.Line(text), max(w, 1), ""), "\n")
	if len(lines) > n {
		lines = append(lines[:n-1], ansi.Truncate(strings.Join(lines[n-1:], " "), max(w, 1), "…"))
	}
	for i, l := range lines {
		lines[i] = style.Render(l)
	}
	return lines
}
