package theme

import "github.com/charmbracelet/lipgloss"

// Palette is a theme as a person writes it: one colour for each role. A plain
// palette has none and tells things apart by weight alone.
type Palette struct {
	Name  string
	About string // one line for a list of themes
	Dark  bool   // made for a dark background
	Plain bool   // no colours at all

	Background lipgloss.Color // what contrast is measured against; never painted
	Text       lipgloss.Color
	Strong     lipgloss.Color
	Faint      lipgloss.Color
	Thinking   lipgloss.Color
	Code       lipgloss.Color
	Accent     lipgloss.Color
	Good       lipgloss.Color
	Warn       lipgloss.Color
	Bad        lipgloss.Color
	Line       lipgloss.Color // borders
	Selection  lipgloss.Color // behind the selected row
	Low        lipgloss.Color // graphs, by how high they stand
	Mid        lipgloss.Color
	High       lipgloss.Color
}

// Palettes are the themes on offer, by name.
func Palettes() []Palette { return nil }

// Find is the palette of that name; the error names near ones.
func Find(name string) (Palette, error) { return Palette{}, nil }

// Choose picks a palette: the one named, else AIMO3_THEME, else plain if
// NO_COLOR is set, else by the background, which COLORFGBG tells or dark does.
// A name of "" or "auto" names none; dark may be nil and is asked last.
func Choose(name string, env func(string) string, dark func() bool) (Palette, error) {
	return Palette{}, nil
}
