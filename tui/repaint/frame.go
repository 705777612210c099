package repaint

import (
	"bytes"
	"strings"
)

const (
	home       = "\x1b[H"
	eraseRight = "\x1b[K"
	eraseBelow = "\x1b[J"
	eraseRow   = "\x1b[2K"
	wrapOff    = "\x1b[?7l"
	wrapOn     = "\x1b[?7h"
	beginFrame = "\x1b[?2026h"
	endFrame   = "\x1b[?2026l"
)

// frame is what Bubble Tea writes at once in its alternate screen: from the top, a line for
// each row, those that are as they were left out.
type frame struct {
	lines []line
	below bool // what is below the lines is erased
}

type line struct {
	row
	skipped bool // it is as it was
}

// isFrame says whether p begins as a frame does.
func isFrame(p []byte) bool { return bytes.HasPrefix(p, []byte(home)) }

// parse reads a frame. It is not ok if p is none, or has anything in it that is neither text
// nor its style.
func parse(p []byte) (f frame, ok bool) {
	end := bytes.LastIndexByte(p, '\x1b') // where the cursor is left
	if !isFrame(p) || end < len(home) || !movesCursor(string(p[end:])) {
		return f, false
	}
	text := string(p[len(home):end])
	text, f.below = strings.CutSuffix(text, eraseBelow)
	lines := strings.Split(text, "\n")
	f.lines = make([]line, len(lines))
	for i, s := range lines {
		if s == "" {
			f.lines[i].skipped = true
			continue
		}
		s, erased := strings.CutSuffix(strings.Trim(s, "\r"), eraseRight)
		if f.lines[i].row, ok = parseRow(s); !ok {
			return f, false
		}
		f.lines[i].filled = !erased
	}
	return f, true
}

// movesCursor says whether s is a sequence that moves the cursor.
func movesCursor(s string) bool {
	args, ok := strings.CutPrefix(s, "\x1b[")
	return ok && strings.Trim(args, "0123456789;") == "H"
}

// over is what is shown when f is written over rows.
func (f frame) over(rows []row) []row {
	all := make([]row, len(f.lines))
	copy(all, rows)
	for y := range f.lines {
		if !f.lines[y].skipped {
			all[y] = f.lines[y].row
		}
	}
	return all
}
