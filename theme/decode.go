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

// maxTold is how many wrong roles an error names: it is one line.
const maxTold = 3

// decode reads a palette file. Every role must be there and none besides; the
// error names the first that are wrong, and counts the others.
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
		return Palette{}, misread(text, err)
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
	var wrong, names []string
	for _, r := range p.roles() {
		names = append(names, r.name)
		colour, given := colours[r.name]
		switch {
		case !given:
			wrong = append(wrong, fmt.Sprintf("role %q is missing", r.name))
		case !isHex(colour):
			wrong = append(wrong, fmt.Sprintf("role %q: %q is not a colour such as #a1b2c3", r.name, colour))
		}
		*r.colour = lipgloss.Color(colour)
	}
	for _, name := range slices.Sorted(maps.Keys(colours)) {
		if slices.Contains(names, name) {
			continue
		}
		wrong = append(wrong, fmt.Sprintf("unknown role %q: there are %s", name, strings.Join(names, ", ")))
	}
	if more := len(wrong) - maxTold; more > 0 {
		wrong = append(wrong[:maxTold], fmt.Sprintf("%d more are wrong", more))
	}
	if len(wrong) == 0 {
		return nil
	}
	return errors.New(strings.Join(wrong, "; "))
}

// misread says in which line of a text its JSON is wrong, as far as the reader knows.
func misread(text []byte, err error) error {
	line := func(at int64) int { return 1 + bytes.Count(text[:min(at, int64(len(text)))], []byte("\n")) }
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch said := strings.TrimPrefix(err.Error(), "json: "); {
	case errors.As(err, &syntax):
		return fmt.Errorf("line %d is no JSON: %s", line(syntax.Offset), said)
	case errors.As(err, &kind):
		return fmt.Errorf("line %d: %s cannot be a %s", line(kind.Offset), kind.Field, kind.Value)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return errors.New("the JSON ends too soon")
	default:
		return fmt.Errorf("%s: there are name, about, dark, plain and roles", said)
	}
}

func isHex(colour string) bool {
	digits, ok := strings.CutPrefix(colour, "#")
	return ok && len(digits) == 6 && strings.Trim(digits, "0123456789abcdefABCDEF") == ""
}
