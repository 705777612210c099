package theme

import (
	"io"
	"math"
	"strconv"
	"testing"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"
)

func coloured(t *testing.T, each func(*testing.T, Palette)) {
	for _, p := range Palettes() {
		if !p.Plain {
			t.Run(p.Name, func(t *testing.T) { each(t, p) })
		}
	}
}

func TestContrast(t *testing.T) {
	coloured(t, func(t *testing.T, p Palette) {
		text := map[string]bool{
			"text": true, "strong": true, "faint": true, "thinking": true, "code": true,
			"accent": true, "good": true, "warn": true, "bad": true,
		}
		for _, r := range p.roles() {
			want := 3.0
			if text[r.name] {
				want = 4.5
			}
			switch r.name {
			case "background", "selection": // stand behind text, below
				continue
			}
			if got := contrast(*r.colour, p.Background); got < want {
				t.Errorf("%s on the background: contrast %.2f, want %.1f", r.name, got, want)
			}
		}
		if got := contrast(p.Strong, p.Selection); got < 4.5 {
			t.Errorf("the selected row: contrast %.2f, want 4.5", got)
		}
		if got := contrast(p.Background, p.Accent); got < 4.5 {
			t.Errorf("the brand: contrast %.2f, want 4.5", got)
		}
		if dark := luminance(p.Background) < 0.2; dark != p.Dark {
			t.Errorf("declared dark: %t, but the background %s", p.Dark, p.Background)
		}
	})
}

// Good, warn and bad must differ for those who do not see all colours too.
// Matrices: Machado, Oliveira and Fernandes 2009, full severity.
func TestStatesDifferForTheColourBlind(t *testing.T) {
	eyes := map[string][9]float64{
		"all colours": {1, 0, 0, 0, 1, 0, 0, 0, 1},
		"no red":      {0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998},
		"no green":    {0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881},
		"no blue":     {1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900},
	}
	coloured(t, func(t *testing.T, p Palette) {
		for eye, m := range eyes {
			good, warn, bad := lab(m, p.Good), lab(m, p.Warn), lab(m, p.Bad)
			for pair, d := range map[string]float64{
				"good and warn": apart(good, warn), "warn and bad": apart(warn, bad), "good and bad": apart(good, bad),
			} {
				if d < 20 {
					t.Errorf("%s: %s are %.1f apart, want 20", eye, pair, d)
				}
			}
		}
	})
}

// What colour says must also be said by weight, in every palette.
func TestStateIsNeverColourAlone(t *testing.T) {
	for _, p := range Palettes() {
		s := New(lipgloss.NewRenderer(io.Discard), p)
		for name, pair := range map[string][2]lipgloss.Style{
			"open tab":     {s.Bar.Tab, s.Bar.TabOn},
			"selected row": {s.List.Row, s.List.Selected},
			"focused pane": {s.Pane.Title, s.Pane.FocusedTitle},
			"match":        {s.List.Row, s.List.Match},
			"warn":         {s.Text.Body, s.Text.Warn},
			"bad":          {s.Text.Body, s.Text.Bad},
			"key":          {s.Bar.Status, s.Bar.Key},
		} {
			if weight(pair[0]) == weight(pair[1]) {
				t.Errorf("%s: %s differs by colour alone", p.Name, name)
			}
		}
	}
}

func TestPlainHasNoColour(t *testing.T) {
	r := lipgloss.NewRenderer(io.Discard)
	r.SetColorProfile(termenv.TrueColor)
	mono, err := Find("mono")
	if err != nil {
		t.Fatal(err)
	}
	s := New(r, mono)
	for name, row := range map[string]struct {
		style lipgloss.Style
		want  string
	}{
		"bad":    {s.Text.Bad, "\x1b[1;7mx\x1b[0m"},
		"faint":  {s.Text.Faint, "\x1b[2mx\x1b[0m"},
		"body":   {s.Text.Body, "x"},
		"select": {s.List.Selected, "\x1b[7mx\x1b[0m"},
	} {
		if got := row.style.Render("x"); got != row.want {
			t.Errorf("%s: got %q, want %q", name, got, row.want)
		}
	}
}

func TestRendererOffTerminalIsPlainText(t *testing.T) {
	for _, p := range Palettes() {
		r := Renderer(io.Discard, p)
		if got := New(r, p).Text.Bad.Render("x"); got != "x" {
			t.Errorf("%s: got %q on no terminal, want no sequences", p.Name, got)
		}
		if r.HasDarkBackground() != p.Dark {
			t.Errorf("%s: the renderer thinks the background dark: %t", p.Name, !p.Dark)
		}
	}
}

func weight(s lipgloss.Style) [5]bool {
	return [5]bool{s.GetBold(), s.GetFaint(), s.GetUnderline(), s.GetReverse(), s.GetItalic()}
}

// contrast is that of WCAG 2: 1 to 21.
func contrast(a, b lipgloss.Color) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func luminance(c lipgloss.Color) float64 {
	rgb := linear(c)
	return 0.2126*rgb[0] + 0.7152*rgb[1] + 0.0722*rgb[2]
}

func linear(c lipgloss.Color) (rgb [3]float64) {
	for i := range rgb {
		n, err := strconv.ParseUint(string(c[1+2*i:3+2*i]), 16, 8)
		if err != nil {
			panic(err)
		}
		v := float64(n) / 255
		if rgb[i] = v / 12.92; v > 0.04045 {
			rgb[i] = math.Pow((v+0.055)/1.055, 2.4)
		}
	}
	return rgb
}

// lab is a colour in CIE L*a*b* (D65) as seen through m.
func lab(m [9]float64, c lipgloss.Color) [3]float64 {
	times := func(m [9]float64, v [3]float64) (u [3]float64) {
		for i := range u {
			u[i] = m[3*i]*v[0] + m[3*i+1]*v[1] + m[3*i+2]*v[2]
		}
		return u
	}
	seen := times(m, linear(c))
	for i := range seen {
		seen[i] = min(max(seen[i], 0), 1)
	}
	xyz := times([9]float64{
		0.4124 / 0.95047, 0.3576 / 0.95047, 0.1805 / 0.95047,
		0.2126, 0.7152, 0.0722,
		0.0193 / 1.08883, 0.1192 / 1.08883, 0.9505 / 1.08883,
	}, seen)
	for i, v := range xyz {
		if xyz[i] = v/0.128418 + 4.0/29; v > 0.008856 {
			xyz[i] = math.Cbrt(v)
		}
	}
	return [3]float64{116*xyz[1] - 16, 500 * (xyz[0] - xyz[1]), 200 * (xyz[1] - xyz[2])}
}

func apart(a, b [3]float64) float64 {
	return math.Sqrt((a[0]-b[0])*(a[0]-b[0]) + (a[1]-b[1])*(a[1]-b[1]) + (a[2]-b[2])*(a[2]-b[2]))
}
