package answer

import (
	"slices"
	"strconv"
	"strings"

	"github.com/aimo3/aimo3/engine/answer/tex"
	"github.com/aimo3/aimo3/engine/answer/value"
)

// clock is an answer, or a part of one, that may be a time of day. What is
// written as clocks show times, an hour of one or two digits, a colon and two
// digits, may be a ratio as well: two of that shape are compared as times, and
// 10:30 is never 20:60. 2:3 and 16:9 are ratios, also beside such a one, and so is
// 10:24:26, since times are given with their seconds less often than triples.
type clock struct {
	shown   bool // as clocks show times, though perhaps none, as 20:60
	seconds int  // since midnight, plus one; 0 if it is none
	half    byte // 'a' or 'p' where a.m. or p.m. is said
	sure    bool // no ratio is written so: 09:30, 12:00, 3:15 p.m.
	padded  bool // the hour has a leading zero, so that hours go up to 24
}

const (
	maxClock = len("at 12:00:00 o'clock in the afternoon") + 8
	noon     = 12 * 60 * 60
)

//nolint:gochecknoglobals // never written
var colons = strings.NewReplacer(`\colon`, ":", "：", ":", "∶", ":", "'", "", "’", "")

// timely is false at once for nearly all that is no time: there is a colon in one,
// or a.m., p.m., noon, o'clock, the morning, the evening or the night.
func timely(s string) bool {
	return strings.ContainsAny(s, ":：∶mMkKgGh") || strings.Contains(s, "oon") || strings.Contains(s, "OON") || strings.Contains(s, `\colon`)
}

// readClock reads 3:45, 3:45 p.m., 15:45:00, 3 o'clock and noon.
func readClock(s string) clock {
	if len(s) > 4*maxClock || !timely(s) {
		return clock{}
	}
	s = colons.Replace(bareText(s))
	if s = strings.ToLower(strings.ReplaceAll(s, " ", "")); len(s) > maxClock {
		return clock{}
	}
	s = strings.TrimPrefix(s, "at")
	if hour, minute, found := strings.Cut(s, "h"); found && len(minute) == 2 && len(hour) < 3 && strings.Trim(hour+minute, "0123456789") == "" {
		s = hour + ":" + minute // 14h30
	}
	for i, hour := range [...]string{"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"} {
		if strings.HasPrefix(s, hour+"oclock") {
			s = strconv.Itoa(i+1) + s[len(hour):]
		}
	}
	figures := len(s) - len(strings.TrimLeft(s, "0123456789:"))
	said := strings.ReplaceAll(s[figures:], ".", "")
	switch {
	case figures == 0 && (said == "noon" || said == "midnight"):
		s, figures = "12", 2
	case figures == 0, figures < 3 && len(said) < 2, strings.HasPrefix(s[figures:], ".") && said == "":
		return clock{}
	}
	c, h := showing(strings.Split(s[:figures], ":"))
	return c.saying(said, h)
}

// showing reads the hour, the minute and the second of a clock, of which the
// last two may be missing.
func showing(parts []string) (c clock, hour int) {
	var at [3]int
	if len(parts) > len(at) {
		return clock{}, 0
	}
	for i, part := range parts {
		n, err := strconv.ParseUint(part, 10, 8)
		if err != nil || len(part) > 2 || i > 0 && len(part) < 2 {
			return clock{}, 0
		}
		at[i] = int(n)
		c.sure = c.sure || part[0] == '0'
	}
	c.shown = len(parts) == 2 || len(parts) == 3 && c.sure
	c.padded = parts[0][0] == '0' && len(parts[0]) == 2
	if at[0] == 24 && at[1] == 0 && at[2] == 0 {
		at[0], c.padded = 0, true
	}
	if at[0] < 24 && at[1] < 60 && at[2] < 60 {
		c.seconds = (at[0]*60+at[1])*60 + at[2] + 1
	}
	return c, at[0]
}

// saying is c with what is said behind it of the half of the day; it is none
// where other words stand there, or the wrong ones.
func (c clock) saying(said string, hour int) clock {
	switch {
	case said == "" && c.shown:
		return c
	case said == "":
		return clock{}
	}
	if c.shown {
		said = strings.TrimSuffix(said, "hours")
	}
	said = strings.TrimPrefix(said, "oclock")
	late := (c.seconds-1)%noon + noon + 1
	switch said {
	case "":
	case "am", "a", "inthemorning":
		c.half = 'a'
	case "pm", "p", "intheafternoon", "intheevening":
		c.half = 'p'
	case "atnight":
		c.half = 'a'
		if hour >= 6 {
			c.half = 'p'
		}
	case "noon", "midnight":
		if c.half = 'p'; said == "midnight" {
			c.half = 'a'
		}
		if late != noon+1 {
			return clock{}
		}
	default:
		return clock{}
	}
	switch {
	case c.seconds == 0, c.half == 'a' && hour > 12, c.half == 'p' && hour == 0:
		return clock{}
	}
	c.sure = true
	return c.inHalf(late)
}

// inHalf is c at late, a second of the afternoon, or twelve hours before, as is
// said.
func (c clock) inHalf(late int) clock {
	switch c.half {
	case 'a':
		c.seconds = late - noon
	case 'p':
		c.seconds = late
	}
	return c
}

// clockOf is the time that a ratio of plain numerals may be.
func clockOf(n *tex.Node) clock {
	if n.Op != tex.Ratio || len(n.Args) > 3 {
		return clock{}
	}
	parts := make([]string, len(n.Args))
	for i, arg := range n.Args {
		if arg.Op != tex.Num {
			return clock{}
		}
		parts[i] = arg.Text
	}
	c, _ := showing(parts)
	if !c.shown {
		return clock{}
	}
	return c
}

// clocks compares what look like two times, 10:30 and 12:00, as times and never as
// ratios. It is false unless both look so, and one at least is a time.
func clocks(x, y clock) (value.Judgement, bool) {
	switch {
	case x.seconds > 0 && y.seconds > 0:
		return times(x, y), true
	case !x.shown || !y.shown || x.seconds+y.seconds == 0:
		return value.Judgement{}, false
	}
	return different("a time, and no time"), true
}

// hourOf says whether a is the number of the hour that b is, 3 p.m.
func (c *comparison) hourOf(a, b Answer) bool {
	if b.clock.half == 0 || a.clock.shown || a.clock.seconds > 0 || a.Node == nil || a.Kind != Scalar || (b.clock.seconds-1)%3600 != 0 {
		return false
	}
	hour := (b.clock.seconds - 1) / 3600
	return slices.ContainsFunc([]int{hour, hour%12 + 12*(1-min(hour%12, 1))}, func(h int) bool {
		return c.nodes(a.Node, number(strconv.Itoa(h))).Verdict == value.Equal
	})
}

// spansTime says whether s is from one time of day to another: 6:00-8:00.
func spansTime(s string) bool {
	from, to, found := strings.Cut(strings.NewReplacer("–", "-", "--", "-", "to", "-").Replace(s), "-")
	return found && readClock(from).seconds > 0 && readClock(to).seconds > 0
}

// times compares two times of day.
func times(x, y clock) value.Judgement {
	if x.seconds == y.seconds {
		return equal(value.Shape, "the same time")
	}
	early, late := x, y
	if early.seconds > late.seconds {
		early, late = late, early
	}
	switch {
	case late.seconds-early.seconds != noon || x.half != 0 && y.half != 0:
		return different("other times")
	case x.half == 0 && y.half == 0:
		if early.padded {
			return different("other times")
		}
		return unknown("hours of half a day, or of a whole one")
	case early.half == 'a' && early.seconds <= 60*60:
		return unknown("half past twelve at night, or at noon")
	case early.half == 0 && early.seconds <= 60*60, late.half == 0 && late.seconds > noon+60*60:
		return different("other times")
	}
	return equal(value.Shape, "lenient: a.m. or p.m. left out on one side")
}
