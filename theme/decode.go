package theme

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/charmbracelet/lipgloss"
)

// decode reads a palette file. Every role must be there and none besides; the
// error names all that are wrong.
func decode(text []byte) (Palette, error) {
	var file struct {
		Name  string            `json:"name"`
		About string            `json:"about"`
		Dark  bool              `json:"dark"`
		Plain bool              `json:"plain"`
		Roles map[string]string `json:"roles"`
	}
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&file); err != nil {
		return Palette{}, err
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return Palette{}, errors.New("text after the palette")
	}
	if file.Name == "" {
		return Palette{}, errors.New("no name")
	}
	p := Palette{Name: file.Name, About: file.About, Dark: file.Dark, Plain: file.Plain}
	if p.Plain {
		if len(file.Roles) > 0 {
			return Palette{}, errors.New("a plain palette has no roles")
		}
		return p, nil
	}
	return p, p.fill(file.Roles)
}

// fill sets every role from colours by name.
func (p *Palette) fill(colours map[string]string) error {
	var wrong []error
	var names []string
	for _, r := range p.roles() {
		names = append(names, r.name)
		colour, given := colours[r.name]
		switch {
		case !given:
			wrong = append(wrong, fmt.Errorf("role %q is missing", r.name))
		case !isHex(colour):
			wrong = append(wrong, fmt.Errorf("role %q: %q is not a colour such as #a1b2c3", r.name, colour))
		}
		*r.colour = lipgloss.Color(colour)
	}
	for _, name := range slices.Sorted(maps.Keys(colours)) {
		if slices.Contains(names, name) {
			continue
		}
		wrong = append(wrong, fmt.Errorf("unknown role %q: there are %s", name, strings.Join(names, ", ")))
	}
	return errors.Join(wrong...)
}

func isHex(colour string) bool {
	digits, ok := strings.CutPrefix(colour, "#")
	return ok && len(digits) == 6 && strings.Trim(digits, "0123456789abcdefABCDEF") == ""
}
