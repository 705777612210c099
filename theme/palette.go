package theme

import (
	"embed"
	"fmt"
	"strings"

	"github.com/charmbracelet/lipgloss"
)

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

//go:embed palettes/*.json
var files embed.FS

// Palettes are the themes on offer, by name. They are part of the program, so
// one that does not read is a mistake of ours.
func Palettes() []Palette {
	entries, err := files.ReadDir("palettes")
	if err != nil {
		panic(err)
	}
	all := make([]Palette, len(entries))
	for i, e := range entries {
		text, err := files.ReadFile("palettes/" + e.Name())
		if err == nil {
			all[i], err = decode(text)
		}
		if err != nil {
			panic(fmt.Sprintf("palette %s: %v", e.Name(), err))
		}
	}
	return all
}

// Find is the palette of that name, in any case; the error names near ones.
func Find(name string) (Palette, error) {
	var names []string
	for _, p := range Palettes() {
		if strings.EqualFold(p.Name, name) {
			return p, nil
		}
		names = append(names, p.Name)
	}
	return Palette{}, fmt.Errorf("no theme %q: there are %s", name, strings.Join(names, ", "))
}

// role is one place of a palette, under the name it has in a file.
type role struct {
	name   string
	colour *lipgloss.Color
}

func (p *Palette) roles() []role {
	return []role{
		{"background", &p.Background},
		{"text", &p.Text},
		{"strong", &p.Strong},
		{"faint", &p.Faint},
		{"thinking", &p.Thinking},
		{"code", &p.Code},
		{"accent", &p.Accent},
		{"good", &p.Good},
		{"warn", &p.Warn},
		{"bad", &p.Bad},
		{"line", &p.Line},
		{"selection", &p.Selection},
		{"low", &p.Low},
		{"mid", &p.Mid},
		{"high", &p.High},
	}
}
