package theme

import (
	"strconv"
	"strings"
)

// Choose picks a palette: the one named, else plain if NO_COLOR is set, else by
// the background, which COLORFGBG tells or dark does.
// A name of "" or "auto" names none. dark is asked last, for it may have to
// wait for the terminal; if nil, the background is taken to be dark.
func Choose(name string, env func(string) string, dark func() bool) (Palette, error) {
	if name != "" && !strings.EqualFold(name, "auto") {
		return Find(name)
	}
	switch {
	case env("NO_COLOR") != "":
		return Find("mono")
	case onDark(env("COLORFGBG"), dark):
		return Find("night")
	}
	return Find("paper")
}

// onDark reads COLORFGBG, "15;0" or "15;default;0": the last part is the
// background among the sixteen colours, of which 7 and 9 to 15 are light.
func onDark(colorfgbg string, dark func() bool) bool {
	last := colorfgbg[strings.LastIndexByte(colorfgbg, ';')+1:]
	if n, err := strconv.Atoi(last); err == nil && 0 <= n && n <= 15 {
		return n < 7 || n == 8
	}
	return dark == nil || dark()
}
