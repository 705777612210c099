package eventlog

import (
	"fmt"
	"log/slog"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/pane"
	"github.com/aimo3/aimo3/tui/phrase"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// How many lines what the selected line says besides has at most: where there is room,
// and where there is little.
const (
	maxDetail = 6
	minDetail = 4
)

// sign is that of a level, since colour alone tells nobody who sees none.
func sign(l slog.Level) string {
	switch {
	case l >= slog.LevelError:
		return "▲"
	case l >= slog.LevelWarn:
		return "◐"
	}
	return "·"
}

func (s *Screen) row(i, width int) string {
	l := s.all[s.shown[i]]
	at := l.At.In(s.env.Now().Location())
	stamp := at.Format("15:04:05")
	if day := at.Format("2006-01-02"); day != s.env.Now().Format("2006-01-02") {
		stamp = at.Format("01-02 15:04")
	}
	text := termsafe.Line(l.What)
	for _, f := range phrase.Fields(l.More) {
		if ansi.StringWidth(text) > width { // the rest would not be seen
			break
		}
		text += "  " + termsafe.Line(f.Name+"="+f.Value)
	}
	row := fmt.Sprintf("%-11s %s %s", stamp, sign(l.Level), text)
	st := s.env.Styles.Text
	switch {
	case l.Level >= slog.LevelError:
		return st.Bad.Render(pane.Fit(row, width))
	case l.Level >= slog.LevelWarn:
		return st.Warn.Render(pane.Fit(row, width))
	}
	return row
}

// detail are the lines of what the selected line says besides.
func (s *Screen) detail(width int) []string {
	l := s.selected()
	if l == nil {
		return nil
	}
	st := s.env.Styles.Text
	lines := []string{st.Strong.Render(termsafe.Line(l.What)) + st.Faint.Render(fmt.Sprintf("  %s · %s · process %d", l.At.In(s.env.Now().Location()).Format("2006-01-02 15:04:05"), strings.ToLower(l.Level.String()), l.PID))}
	fields, longest := phrase.Fields(l.More), 0
	for _, f := range fields {
		longest = max(longest, min(ansi.StringWidth(termsafe.Line(f.Name)), width/3))
	}
	for _, f := range fields {
		for i, part := range strings.Split(ansi.Wrap(termsafe.Line(f.Value), max(width-longest-2, 1), ""), "\n") {
			head := strings.Repeat(" ", longest+2)
			if i == 0 {
				head = st.Faint.Render(pane.Fit(termsafe.Line(f.Name), longest)) + "  "
			}
			lines = append(lines, head+st.Body.Render(part))
		}
	}
	if room := s.detailHeight() - 2; len(lines) > room {
		lines = append(lines[:max(room-1, 0)], st.Faint.Render("…"))
	}
	return lines
}

// detailHeight is how many rows the box below takes: none where there is little room.
func (s *Screen) detailHeight() int {
	switch {
	case s.tall < 10:
		return 0
	case s.tall < 20:
		return minDetail + 2
	}
	return maxDetail + 2
}

// Resize sets the room.
func (s *Screen) Resize(width, height int) {
	s.width, s.tall = width, height
	w, h := pane.Inner(width, height-1-s.detailHeight())
	s.list.Resize(w, h)
	s.filter.Width = max(width-6, 1)
}

// View draws the screen.
func (s *Screen) View() string {
	if s.width <= 0 || s.tall <= 0 {
		return ""
	}
	var parts []string
	below := s.detailHeight()
	if s.tall > 1 {
		parts = append(parts, s.box().Render(s.body(), s.width, s.tall-1-below))
	}
	if below > 0 {
		w, _ := pane.Inner(s.width, below)
		parts = append(parts, pane.Box{Styles: s.env.Styles.Pane, Title: "Line"}.Render(strings.Join(s.detail(w), "\n"), s.width, below))
	}
	return strings.Join(append(parts, s.lastLine()), "\n")
}

// lastLine is the filter, else what may be pressed.
func (s *Screen) lastLine() string {
	if s.Typing() || s.filter.Value() != "" {
		return pane.Fit(" "+termsafe.Styled(s.filter.View()), s.width)
	}
	return pane.HintLine(s.env.Styles.Bar, s.Keys(), s.width)
}

func (s *Screen) box() pane.Box {
	right := fmt.Sprintf("%d lines", len(s.shown))
	if len(s.shown) == 1 {
		right = "1 line"
	}
	if level := levels()[s.level]; level > slog.LevelInfo {
		right += " · " + strings.ToLower(level.String()) + " and above"
	}
	if len(s.shown) > 0 && s.list.Selected() == len(s.shown)-1 {
		right += " · following"
	}
	return pane.Box{Styles: s.env.Styles.Pane, Title: "Log", Right: right, Focused: !s.Typing()}
}

func (s *Screen) body() string {
	if len(s.shown) > 0 {
		return s.list.View()
	}
	w, _ := pane.Inner(s.width, s.tall-1)
	return s.env.Styles.Text.Faint.Render(ansi.Wrap(termsafe.Line(s.hint()), max(w, 1), ""))
}

// hint is why there is nothing to show.
func (s *Screen) hint() string {
	switch {
	case s.env.Log == nil:
		return s.env.WhyNone("aimo3 log")
	case s.fault != nil:
		return engine.Hint(s.fault)
	case !s.read:
		return "reading…"
	case len(s.all) > 0:
		return "no line has these words at this level"
	}
	return "nothing happened yet"
}
