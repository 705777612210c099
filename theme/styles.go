// Package theme turns a palette of named roles into the styles that screens use.
//
//	palette, err := theme.Choose("auto", os.Getenv, nil)
//	styles := theme.New(theme.Renderer(os.Stdout, palette), palette)
//
// A [Palette] is what a person writes: a JSON file with one colour for each role, such
// as accent, warn or the high end of a graph. Those in palettes are part of the program;
// [Own] lists a person's, and [FindIn] reads one by its name. [Choose] takes the one
// that is named, else mono where NO_COLOR is set, else night or paper by the terminal's
// background. [New] makes [Styles] of it, grouped by what they dress: text, panes, bars,
// lists, graphs.
//
// Screens use styles by their purpose and never name a colour. A plain palette has no
// colours and tells things apart by weight alone. The background of a palette is what
// contrast is measured against, and is never painted.
package theme

import "github.com/charmbracelet/lipgloss"

// Styles is every style in the program, grouped by the part it dresses. Screens
// use styles by purpose and never name a colour.
type Styles struct {
	Text  TextStyles
	Pane  PaneStyles
	Bar   BarStyles
	List  ListStyles
	Graph GraphStyles
}

// TextStyles dress running text. Code is that of a program, with its keywords,
// quoted texts, numerals and comments apart; Trace is where an error came from.
type TextStyles struct {
	Body, Strong, Faint, Accent, Good, Warn, Bad, Thinking lipgloss.Style

	Code, Keyword, Quoted, Numeral, Comment, Trace lipgloss.Style
}

// PaneStyles dress boxes. Frame and Focused colour the border only.
type PaneStyles struct {
	Frame, Focused, Title, FocusedTitle lipgloss.Style
}

// BarStyles dress the header with its tabs and the status bar.
type BarStyles struct {
	Brand, Tab, TabOn, Status, Key, Notice lipgloss.Style
}

// ListStyles dress rows to choose from.
type ListStyles struct {
	Row, Selected, Match, Column lipgloss.Style
}

// GraphStyles dress sparklines and vote bars by how high they stand.
type GraphStyles struct {
	Low, Mid, High, Track lipgloss.Style
}
