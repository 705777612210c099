package answer

import (
	"strconv"
	"strings"

	"github.com/aimo3/aimo3/engine/answer/value"
)

// clock is an answer that may be a time of day.
type clock struct {
	minutes int  // since midnight, plus one; 0 if it is none
	half    byte // 'a' or 'p' where a.m. or p.m. is said
}

// readClock reads 3:45, 3:45 p.m. and 15:45.
func readClock(s string) clock {
	s = strings.ToLower(strings.TrimSpace(bareText(s)))
	hours, rest, found := strings.Cut(s, ":")
	if n := strings.TrimRight(s, "apm. "); !found && len(n) <= 2 && len(n) < len(s) {
		hours, rest = n, "00"+s[len(n):] // 8 a.m.
	}
	if len(hours) == 0 || len(hours) > 2 || len(rest) < 2 {
		return clock{}
	}
	h, errH := strconv.ParseUint(hours, 10, 8)
	m, errM := strconv.ParseUint(rest[:2], 10, 8)
	if errH != nil || errM != nil || h > 23 || m > 59 {
		return clock{}
	}
	c := clock{minutes: int(h*60+m) + 1}
	switch strings.NewReplacer(".", "", " ", "").Replace(rest[2:]) {
	case "":
		return c
	case "am", "a":
		c.half = 'a'
	case "pm", "p":
		c.half = 'p'
	default:
		return clock{}
	}
	c.minutes = int(h%12*60+m) + 1
	if c.half == 'p' {
		c.minutes += 12 * 60
	}
	return c
}

// clocks compares two times of day of which at least one says which half of the
// day it means.
func clocks(x, y clock) (value.Judgement, bool) {
	switch {
	case x.minutes == 0 || y.minutes == 0 || x.half == 0 && y.half == 0:
		return value.Judgement{}, false
	case x.minutes == y.minutes:
		return equal(value.Shape, "the same time"), true
	case (x.half == 0 || y.half == 0) && (x.minutes-y.minutes)%(12*60) == 0 && unmarked(x, y) < 13*60+1:
		return equal(value.Shape, "lenient: a.m. or p.m. left out on one side"), true
	}
	return different("other times"), true
}

// unmarked is the time of the two that says no half of the day.
func unmarked(x, y clock) int {
	if x.half == 0 {
		return x.minutes
	}
	return y.minutes
}
