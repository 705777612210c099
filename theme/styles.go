// Package theme turns a palette of named roles into the styles that screens use.
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
