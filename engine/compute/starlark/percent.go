package starlark

import (
	"errors"
	"regexp"
	"strings"

	sl "go.starlark.net/starlark"
)

// percent is text % values.
func percent(c *call) (sl.Value, error) {
	text, _ := sl.AsString(c.args[0])
	values, ok := c.args[1].(sl.Tuple)
	if !ok {
		values = sl.Tuple{c.args[1]}
	}
	var failed error
	used := 0
	out := percentField.ReplaceAllStringFunc(text, func(field string) string {
		if field == "%%" {
			return "%"
		}
		if used == len(values) {
			failed = errors.New("not enough values for the format")
			return ""
		}
		m := percentField.FindStringSubmatch(field)
		v := values[used]
		used++
		written, err := c.percentValue(v, m[1], m[2], m[3], m[4])
		if err != nil {
			failed = err
		}
		return written
	})
	if failed == nil && used < len(values) {
		failed = errors.New("not all values were used by the format")
	}
	return sl.String(out), failed
}

var percentField = regexp.MustCompile(`%(?:%|([-+0 #]*)(\d{0,4})(\.\d{1,4})?([a-zA-Z]))`)

func (c *call) percentValue(v sl.Value, flags, width, precision, kind string) (string, error) {
	if kind == "r" {
		return c.field(v, "r", "")
	}
	if f, ok := v.(sl.Float); ok && (kind == "d" || kind == "i") {
		n, err := sl.NumberToInt(f)
		if err != nil {
			return "", err
		}
		v = n
	}
	if kind == "i" {
		kind = "d"
	}
	spec := ""
	switch {
	case strings.Contains(flags, "-"):
		spec = "<"
	case kind == "s" && width != "":
		spec = ">"
	}
	if strings.Contains(flags, "+") {
		spec += "+"
	}
	if strings.Contains(flags, "0") && !strings.Contains(flags, "-") {
		spec += "0"
	}
	return c.field(v, "", spec+width+precision+kind)
}
