package ask

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/pane"
	"github.com/aimo3/aimo3/tui/termsafe"
)

const (
	maxFootLines    = 3 // of why a wish was not granted
	minEditorHeight = 5 // of the editor, with its frame
	minLowerHeight  = 3 // of what is below it
	maxLowerHeight  = 12

	minPath = 12 // cells of a path that is cut: with less of it nobody knows it again
)

// Resize sets the room.
func (s *Screen) Resize(width, height int) {
	s.width, s.height = width, height
	s.layout()
}

// layout shares the height out between the editor and what is below it.
func (s *Screen) layout() {
	low := s.low()
	s.recent.resize(s.width, low)
	if s.picker != nil {
		s.picker.list.Resize(pane.Inner(s.width, low))
	}
	if s.file != nil {
		s.file.files.list.Resize(pane.Inner(s.width, low))
	}
	w, h := pane.Inner(s.width, s.height-s.footer()-low)
	s.draft.resize(max(w, 1), max(h, 1))
	if s.file != nil {
		s.file.input.Width = max(s.width-10, 1)
	}
}

// shares are the heights of what is below the editor: the layout is as they were last.
func (s *Screen) shares() [2]int { return [2]int{s.footer(), s.low()} }

// footer is the height of the line of what would run, and of the lines below everything.
func (s *Screen) footer() int { return 1 + max(len(s.refusal()), 1) }

// low is the height of the box below the editor; 0 if there is none. Recent problems give way
// to one that is being written, down to one of them.
func (s *Screen) low() int {
	room := s.height - s.footer() - minEditorHeight
	want := 0
	if c, ok := s.missing(); s.picker != nil {
		want = len(s.picker.models) + 2
	} else if s.file != nil {
		want = s.file.files.rows() + 2
	} else if ok {
		want = len(c.lines) + 2
	} else if n := len(s.recent.problems); n > 0 {
		want = n + 2
		if !s.recent.focused {
			w, h := pane.Inner(s.width, room+minEditorHeight)
			room = min(room, max(h-s.draft.rows(w, h), minLowerHeight))
		}
	}
	if want <= 2 || room < minLowerHeight {
		return 0
	}
	return min(want, maxLowerHeight, room)
}

// View draws the screen.
func (s *Screen) View() string {
	if len(s.cut) > 0 {
		return s.offerUnfinished()
	}
	if s.asking() {
		return s.question()
	}
	low := s.low()
	edit := s.height - s.footer() - low
	if edit < 3 || s.width < 12 { // no room for a frame
		return s.clip(s.draft.view(s.Typing()))
	}
	blocks := []string{s.editor(edit)}
	blocks = append(blocks, s.wouldRun())
	if low > 0 {
		blocks = append(blocks, s.below(low))
	}
	return s.clip(strings.Join(append(blocks, s.foot()...), "\n"))
}

func (s *Screen) editor(h int) string {
	count := pane.Count(s.draft.count()) + " / " + pane.Count(engine.MaxStatement)
	if s.draft.count() > engine.MaxStatement {
		count = "✗ too long: " + count
	}
	box := pane.Box{Styles: s.env.Styles.Pane, Title: "Problem", Right: count, Focused: s.Typing() && s.file == nil}
	return box.Render(s.draft.view(box.Focused), s.width, h)
}

func (s *Screen) below(h int) string {
	box := pane.Box{Styles: s.env.Styles.Pane}
	w, inner := pane.Inner(s.width, h)
	if s.picker != nil {
		box.Title, box.Focused = "Models", true
		return box.Render(s.picker.list.View(), s.width, h)
	}
	if s.file != nil {
		return s.files(w, h)
	}
	if c, ok := s.missing(); ok {
		box.Title = c.title
		lines := c.fit(inner)
		for i := range lines {
			lines[i] = pane.Fit(lines[i], w)
		}
		return box.Render(strings.Join(lines, "\n"), s.width, h)
	}
	box.Title, box.Focused = "Recent", s.recent.focused
	if !s.recent.focused {
		box.Right = s.keys.recent.Help().Key + " chooses"
	}
	return box.Render(s.recent.list.View(), s.width, h)
}

// wouldRun is the line under the editor: what enter begins.
func (s *Screen) wouldRun() string {
	st := s.env.Styles.Text
	if s.file != nil {
		return pane.Fit(" "+s.file.input.View(), s.width)
	}
	model := st.Accent.Render(termsafe.Line(s.setup.model.Name))
	switch {
	case s.setup.server == nil:
		model = st.Faint.Render("looking for a model")
	case s.setup.model.Name == "":
		model = st.Warn.Render("no model yet")
	}
	line := func(rule string) string {
		return " " + model + st.Faint.Render(" · "+strings.Join(append(s.setup.words(), rule), " · "))
	}
	stop := s.setup.chosen.Stop.Within(s.setup.chosen.Samples)
	if full := line(stop.Words()); ansi.StringWidth(full) <= s.width {
		return pane.Fit(full, s.width)
	}
	return pane.Fit(line("stop "+string(stop)), s.width)
}

// foot is why the latest wish was not granted, else what may be pressed.
func (s *Screen) foot() []string {
	bar := s.env.Styles.Bar
	if lines := s.refusal(); len(lines) > 0 {
		return lines
	}
	if s.note != "" {
		return []string{pane.Fit(" "+bar.Notice.Render(termsafe.Line(s.note)), s.width)}
	}
	return []string{pane.HintLine(bar, s.Keys(), s.width)}
}

// refusal is why the latest wish was not granted, on as many lines as that needs; no line if
// it was.
func (s *Screen) refusal() []string {
	hint := s.hint
	if s.file != nil {
		hint = s.file.fault
	}
	if hint == "" {
		return nil
	}
	hint = "✗ " + fitHint(termsafe.Line(hint), s.width-3)
	lines := strings.Split(ansi.Wrap(hint, max(s.width-1, 1), " "), "\n")
	for i, line := range lines {
		lines[i] = pane.Fit(" "+s.env.Styles.Text.Bad.Render(line), s.width)
	}
	return lines[:min(len(lines), max(s.height/6, 1), maxFootLines)]
}

// fitHint is a hint that fits the width, if the middle of a long path in it is all that
// must go: the name at its end, what is wrong and what to do say more.
func fitHint(hint string, width int) string {
	over := ansi.StringWidth(hint) - width
	if over <= 0 {
		return hint
	}
	words := strings.Split(hint, " ")
	for i, w := range words {
		cells := ansi.StringWidth(w)
		room := cells - over
		if !strings.ContainsRune(w, '/') || room < minPath {
			continue
		}
		head := ansi.Truncate(w, room/3, "…")
		words[i] = head + ansi.TruncateLeft(w, cells-(room-ansi.StringWidth(head)), "")
		return strings.Join(words, " ")
	}
	return hint
}

func (s *Screen) question() string {
	by := "by the model server"
	if s.setup.server != nil && s.setup.server.Host != "" {
		by = "by " + s.setup.server.Host
	}
	q := fmt.Sprintf("Pull %s? %s will be downloaded %s. y pull · n cancel", s.pull.model, pane.Bytes(s.pull.size), by)
	return pane.Confirm(s.env.Styles, q, s.width, s.height)
}

// clip keeps to the room when there is too little of it.
func (s *Screen) clip(view string) string {
	lines := strings.Split(view, "\n")
	lines = lines[:min(len(lines), max(s.height, 0))]
	for i, l := range lines {
		lines[i] = pane.Fit(l, s.width)
	}
	return strings.Join(lines, "\n")
}
