package terminaltest

import (
	"strconv"
	"strings"
)

// escape obeys the sequence that s begins with.
func (t *Terminal) escape(s string) int {
	if len(s) < 2 {
		return 0
	}
	if s[1] == '[' {
		for i := 2; i < len(s); i++ {
			if s[i] >= 0x40 && s[i] <= 0x7e {
				t.control(s[:i+1])
				return i + 1
			}
		}
		return 0
	}
	end := strings.IndexAny(s, "\a")
	if st := strings.Index(s[1:], "\x1b\\"); st >= 0 && (end < 0 || st < end) {
		end = st + 2
	}
	if s[1] != ']' || end < 0 {
		end = 1
	}
	t.Strange = append(t.Strange, s[:end+1])
	return end + 1
}

// control obeys a CSI sequence.
func (t *Terminal) control(seq string) {
	args, final := seq[2:len(seq)-1], seq[len(seq)-1]
	number := func(i, otherwise int) int {
		parts := strings.Split(args, ";")
		if i < len(parts) {
			if n, err := strconv.Atoi(parts[i]); err == nil {
				return n
			}
		}
		return otherwise
	}
	switch {
	case final == 'm':
		t.pen.set(strings.Split(args, ";"))
	case final == 'H':
		t.y, t.x = min(number(0, 1), t.h)-1, min(number(1, 1), t.w)-1
	case final == 'G':
		t.x = min(number(0, 1), t.w) - 1
	case final == 'C':
		t.x = min(t.x+number(0, 1), t.w-1)
	case final == 'K', final == 'J':
		t.erase(final, number(0, 0))
	case final == 'X':
		to := min(t.x+number(0, 1), t.w)
		t.clear(t.x, to)
		copy(t.cells[t.y][t.x:to], t.blank())
	case final == 'r':
		t.top, t.bottom, t.x, t.y = number(0, 1)-1, min(number(1, t.h), t.h), 0, 0
	case final == 'M' && t.y == t.top:
		for range number(0, 1) {
			t.scroll()
		}
	case (final == 'h' || final == 'l') && strings.HasPrefix(args, "?"):
		t.mode(args, final == 'h')
	default:
		t.Strange = append(t.Strange, seq)
	}
}

// mode sets a mode, of which most show nothing.
func (t *Terminal) mode(name string, on bool) {
	switch {
	case name == "?7":
		t.fixed = !on
	case name == "?1049":
		t.erase('J', 2)
	case name == "?2026" && !on:
		t.frame = t.Text()
	}
}

func (t *Terminal) erase(what byte, how int) {
	from := min(t.x, t.w-1) // the cursor stays in the last column until more is written
	if how == 2 {
		from = 0
	}
	t.clear(from, t.w)
	copy(t.cells[t.y][from:], t.blank())
	for y := range t.cells {
		if what == 'J' && (how == 2 || y > t.y) {
			t.cells[y] = t.blank()
		}
	}
}
