package pane

import (
	"strings"
)

// BigHeight is how many lines Big draws.
const BigHeight = 3

// bigDigits are drawn as a digital clock shows them, three cells wide.
var bigDigits = map[rune][BigHeight]string{
	'0': {"┏━┓", "┃ ┃", "┗━┛"}, '1': {" ╻ ", " ┃ ", " ╹ "}, '2': {"╺━┓", "┏━┛", "┗━╸"}, '3': {"╺━┓", " ━┫", "╺━┛"},
	'4': {"╻ ╻", "┗━┫", "  ╹"}, '5': {"┏━╸", "┗━┓", "╺━┛"}, '6': {"┏━╸", "┣━┓", "┗━┛"}, '7': {"╺━┓", "  ┃", "  ╹"},
	'8': {"┏━┓", "┣━┫", "┗━┛"}, '9': {"┏━┓", "┗━┫", "╺━┛"}, '-': {"   ", "╺━╸", "   "},
}

// Big draws a whole number in large digits, within a width; false if it is something else,
// or too long.
func Big(number string, width int) ([]string, bool) {
	if number == "" || 4*len(number)-1 > width {
		return nil, false
	}
	rows := make([][]string, BigHeight)
	for _, r := range number {
		glyph, ok := bigDigits[r]
		if !ok {
			return nil, false
		}
		for i := range rows {
			rows[i] = append(rows[i], glyph[i])
		}
	}
	lines := make([]string, BigHeight)
	for i := range rows {
		lines[i] = strings.Join(rows[i], " ")
	}
	return lines, true
}
