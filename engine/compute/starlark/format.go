package starlark

import (
	"fmt"
	"math/big"
	"regexp"
	"strconv"
	"strings"

	sl "go.starlark.net/starlark"
)

// formatted is an f-string: texts, and lists of value, conversion and spec.
func formatted(c *call) (sl.Value, error) {
	var b strings.Builder
	for _, part := range c.args {
		field, ok := part.(*sl.List)
		if !ok {
			text, _ := sl.AsString(part)
			b.WriteString(text)
			continue
		}
		conversion, _ := sl.AsString(field.Index(1))
		spec, _ := sl.AsString(field.Index(2))
		text, err := c.field(field.Index(0), conversion, spec)
		if err != nil {
			return nil, err
		}
		b.WriteString(text)
	}
	return sl.String(b.String()), nil
}

func (c *call) field(v sl.Value, conversion, spec string) (string, error) {
	switch conversion {
	case "r", "a":
		text, err := repr(c.guard, v)
		if err != nil {
			return "", err
		}
		v = sl.String(text)
	case "s":
		text, err := display(c.guard, v)
		if err != nil {
			return "", err
		}
		v = sl.String(text)
	}
	if spec == "" {
		return display(c.guard, v)
	}
	return c.styled(v, spec)
}

var specPattern = regexp.MustCompile(`^(?:(.)?([<>=^]))?([-+ ])?(#)?(0)?(\d{1,4})?([,_])?(?:\.(\d{1,4}))?([a-zA-Z%])?$`)

// styled is format(v, spec).
func (c *call) styled(v sl.Value, spec string) (string, error) {
	m := specPattern.FindStringSubmatch(spec)
	if m == nil {
		return "", fmt.Errorf("the format %q is not known", spec)
	}
	fill, align, sign, alternate, zero, group, precision, kind := m[1], m[2], m[3], m[4], m[5], m[7], m[8], m[9]
	width, _ := strconv.Atoi(m[6])
	text, numeric, err := c.plain(v, precision, kind, alternate != "")
	if err != nil {
		return "", err
	}
	if numeric {
		negative := strings.HasPrefix(text, "-")
		text = strings.TrimPrefix(text, "-")
		if group != "" {
			text = grouped(text, group)
		}
		switch {
		case negative:
			sign = "-"
		case sign == "-":
			sign = ""
		}
		if zero != "" && align == "" {
			fill, align = "0", "="
		}
		if align == "=" {
			return sign + padded(text, width-len(sign), fill, ">"), nil
		}
		text = sign + text
		if align == "" {
			align = ">"
		}
	}
	return padded(text, width, fill, align), nil
}

func padded(text string, width int, fill, align string) string {
	missing := width - len([]rune(text))
	if missing <= 0 {
		return text
	}
	if fill == "" {
		fill = " "
	}
	left := 0
	switch align {
	case ">":
		left = missing
	case "^":
		left = missing / 2
	}
	return strings.Repeat(fill, left) + text + strings.Repeat(fill, missing-left)
}

// plain is the value without padding, and whether it is a number.
func (c *call) plain(v sl.Value, precision, kind string, alternate bool) (text string, numeric bool, err error) {
	places := 6
	if precision != "" {
		places, _ = strconv.Atoi(precision)
	}
	q, isNumber := asRat(v)
	_, isFloat := v.(sl.Float)
	if isFloat && !isNumber { // inf, nan
		return v.String(), true, nil
	}
	switch {
	case !isNumber || kind == "s":
		text, err := display(c.guard, v)
		if r := []rune(text); precision != "" && len(r) > places {
			text = string(r[:places])
		}
		return text, false, err
	case (kind == "f" || kind == "F") && isFloat:
		f, _ := q.Float64()
		return strconv.FormatFloat(f, 'f', places, 64), true, nil
	case kind == "f" || kind == "F":
		return q.FloatString(places), true, nil
	case kind == "%":
		return new(big.Rat).Mul(q, big.NewRat(100, 1)).FloatString(places) + "%", true, nil
	case strings.Contains("eEgG", kind) && kind != "" || kind == "" && isFloat && precision != "":
		f, _ := q.Float64()
		return general(f, kind, places), true, nil
	case strings.Contains("dbxXoc", kind) && kind != "":
		if !q.IsInt() || isFloat {
			return "", false, fmt.Errorf("the format %s is for whole numbers", kind)
		}
		return inBase(q.Num(), kind, alternate), true, nil
	}
	text, err = repr(c.guard, v)
	return text, true, err
}

func general(f float64, kind string, places int) string {
	verb := byte('g')
	if kind != "" {
		verb = kind[0]
	}
	if verb == 'g' || verb == 'G' {
		places = max(places, 1)
	}
	return strconv.FormatFloat(f, verb, places, 64)
}

func inBase(n *big.Int, kind string, alternate bool) string {
	switch kind {
	case "d":
		return n.String()
	case "c":
		return string(rune(n.Int64()))
	}
	base := map[string]int{"b": 2, "o": 8, "x": 16, "X": 16}[kind]
	text := new(big.Int).Abs(n).Text(base)
	if kind == "X" {
		text = strings.ToUpper(text)
	}
	if alternate {
		text = "0" + kind + text
	}
	if n.Sign() < 0 {
		text = "-" + text
	}
	return text
}

// grouped sets a mark between thousands.
func grouped(text, mark string) string {
	whole, rest, point := strings.Cut(text, ".")
	var b strings.Builder
	for i, r := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteString(mark)
		}
		b.WriteRune(r)
	}
	if point {
		b.WriteString("." + rest)
	}
	return b.String()
}
