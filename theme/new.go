package theme

import (
	"io"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"
)

// Renderer draws p on w, with as many colours as the terminal has. It never
// asks the terminal anything, and it is p that decides about colour and not
// NO_COLOR, which Choose has honoured.
func Renderer(w io.Writer, p Palette) *lipgloss.Renderer {
	r := lipgloss.NewRenderer(w)
	profile := termenv.NewOutput(w).ColorProfile()
	if p.Plain && profile != termenv.Ascii {
		profile = termenv.ANSI // the least that still has bold and reverse
	}
	r.SetColorProfile(profile)
	r.SetHasDarkBackground(p.Dark)
	return r
}

// New builds the styles of p for the terminal that r draws on.
func New(r *lipgloss.Renderer, p Palette) Styles {
	base := r.NewStyle()
	if p.Plain {
		return plain(base)
	}
	ink := func(c lipgloss.Color) lipgloss.Style { return base.Foreground(c) }
	return Styles{
		Text: TextStyles{
			Body: ink(p.Text), Strong: ink(p.Strong).Bold(true), Faint: ink(p.Faint),
			Accent: ink(p.Accent), Good: ink(p.Good),
			Warn: ink(p.Warn).Bold(true), Bad: ink(p.Bad).Bold(true),
			Thinking: ink(p.Thinking), Code: ink(p.Code), Keyword: ink(p.Accent), Quoted: ink(p.Good),
			Numeral: ink(p.Strong), Comment: ink(p.Faint), Trace: ink(p.Bad),
		},
		Pane: PaneStyles{
			Frame: ink(p.Line), Focused: ink(p.Accent),
			Title: ink(p.Text), FocusedTitle: ink(p.Accent).Bold(true),
		},
		Bar: BarStyles{
			Brand: ink(p.Background).Background(p.Accent).Bold(true),
			Tab:   ink(p.Faint), TabOn: ink(p.Accent).Bold(true).Underline(true),
			Status: ink(p.Faint), Key: ink(p.Text).Bold(true), Notice: ink(p.Accent).Bold(true),
		},
		List: ListStyles{
			Row: ink(p.Text), Selected: ink(p.Strong).Background(p.Selection).Bold(true),
			Match: ink(p.Accent).Underline(true), Column: ink(p.Faint).Bold(true),
		},
		Graph: GraphStyles{Low: ink(p.Low), Mid: ink(p.Mid), High: ink(p.High), Track: ink(p.Line)},
	}
}

// plain tells apart by weight what the others tell apart by colour too.
func plain(base lipgloss.Style) Styles {
	bold, faint, line := base.Bold(true), base.Faint(true), base.Underline(true)
	return Styles{
		Text: TextStyles{
			Body: base, Strong: bold, Faint: faint, Accent: bold, Good: bold,
			Warn: line.Bold(true), Bad: bold.Reverse(true), Thinking: faint, Code: base,
			Keyword: bold, Quoted: base, Numeral: base, Comment: faint, Trace: base,
		},
		Pane: PaneStyles{Frame: faint, Focused: bold, Title: base, FocusedTitle: bold},
		Bar: BarStyles{
			Brand: bold.Reverse(true), Tab: base, TabOn: line.Bold(true),
			Status: faint, Key: bold, Notice: bold,
		},
		List:  ListStyles{Row: base, Selected: base.Reverse(true), Match: line, Column: line},
		Graph: GraphStyles{Low: base, Mid: base, High: bold, Track: faint},
	}
}
