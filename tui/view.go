package tui

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// The smallest terminal that the screens are laid out for.
const minWidth, minHeight = 60, 16

// room is what a screen gets: all but the header line and the status line.
func (a *App) room() (width, height int) { return a.width, max(a.height-2, 0) }

// small says that no screen is drawn, since the terminal is known to be too small.
func (a *App) small() bool {
	return a.width > 0 && a.height > 0 && (a.width < minWidth || a.height < minHeight)
}

// View draws one frame.
func (a *App) View() string {
	switch {
	case a.width <= 0 || a.height <= 0: // not told the size yet
		return ""
	case a.small():
		return a.tooSmall()
	}
	if a.drawn == "" {
		a.drawn = a.draw()
	}
	return a.drawn
}

func (a *App) draw() string {
	w, h := a.room()
	body := ""
	if a.cover != nil {
		body = a.cover.view(a, w, h)
	} else {
		body = a.top().View()
	}
	return a.header() + "\n" + covered(exactly(body, h), a.longNotice()) + "\n" + a.status()
}

func (a *App) tooSmall() string {
	text := fmt.Sprintf("too small: needs %dx%d, is %dx%d", minWidth, minHeight, a.width, a.height)
	if a.running() > 0 {
		text += "; the attempt continues"
	}
	if _, asked := a.cover.(leaving); asked {
		text += "; ctrl+c again stops it and quits"
	}
	lines := strings.Split(ansi.Wrap(text, a.width, ""), "\n")
	return strings.Join(lines[:min(len(lines), a.height)], "\n")
}

// exactly fills or cuts a block to h lines, so that the status line stays put.
func exactly(block string, h int) string {
	lines := strings.Split(block, "\n")
	for len(lines) < h {
		lines = append(lines, "")
	}
	return strings.Join(lines[:h], "\n")
}
