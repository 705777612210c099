package repaint

import "strings"

// ink is what styles do.
type ink struct {
	colour bool // they set the colour of a character
	weight bool // they make it bold, faint or italic
	more   bool // they do anything else, which may show where there is no character
}

// inkOf is what the sequences of a style do.
func inkOf(style string) (i ink) {
	for style != "" {
		n := styleLen(style)
		if n == 0 {
			return ink{more: true}
		}
		i.take(strings.Split(style[len("\x1b["):n-1], ";"))
		style = style[n:]
	}
	return i
}

// take adds what the parameters of a sequence do.
func (i *ink) take(params []string) {
	for len(params) > 0 {
		n := 1
		switch p := params[0]; {
		case p == "1", p == "2", p == "3":
			i.weight = true
		case len(p) == 2 && (p[0] == '3' || p[0] == '9') && '0' <= p[1] && p[1] <= '7':
			i.colour = true
		case p == "38" && len(params) >= 3 && params[1] == "5":
			i.colour, n = true, 3
		case p == "38" && len(params) >= 5 && params[1] == "2":
			i.colour, n = true, 5
		default:
			i.more = true
		}
		params = params[n:]
	}
}

// dress sets the styles that what follows is in.
func (w *Writer) dress(style string) {
	if style == w.pen {
		return
	}
	next := inkOf(style)
	if w.pen != "" && (w.ink.weight || w.ink.more || !next.colour) {
		w.put("\x1b[m") // else the one colour replaces the other
	}
	w.put(style)
	w.pen, w.ink = style, next
}

// undress sees to it that what is erased, and blanks, look so.
func (w *Writer) undress() {
	if w.ink.more {
		w.dress("")
	}
}
