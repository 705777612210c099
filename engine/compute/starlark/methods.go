package starlark

import (
	"errors"
	"math/big"
	"slices"
	"strings"

	sl "go.starlark.net/starlark"
)

// extraMethods are the names that the lowerer sends to [attribute].
var extraMethods = []string{
	"sort", "reverse", "copy", "count", "popleft", "appendleft", "most_common", "elements", "isdisjoint", "zfill", "ljust", "rjust",
	"center", "index", "bit_length", "bit_count", "is_integer", "numerator", "denominator", "p", "q", "total", "swapcase", "isnumeric", "isdecimal",
	"from_iterable", "shape", "T",
}

// methods are those that Starlark's own types lack, by type and name. The value
// is the first argument.
var methods = map[string]map[string]function{
	"list": {
		"sort": {"self key? reverse?", sortList}, "reverse": {"self", reverseList}, "copy": {"self", kinds["list"].do},
		"count": {"self x", occurrences}, "popleft": {"self", popLeft}, "appendleft": {"self x", appendLeft},
	},
	"tuple": {"count": {"self x", occurrences}, "index": {"self x", whereIs}},
	"dict": {
		"copy": {"self", copyDict}, "most_common": {"self n?", mostCommon},
		"elements": {"self", elements}, "total": {"self", func(c *call) (sl.Value, error) {
			d, err := c.dict()
			if err != nil {
				return nil, err
			}
			c.args = []sl.Value{sl.NewList(valuesOf(d))}
			return sum(c)
		}},
	},
	"set": {
		"copy": {"self", toSet},
		"isdisjoint": {"self other", func(c *call) (sl.Value, error) {
			set, ok := c.args[0].(*sl.Set)
			for _, v := range c.list(1) {
				if has, err := set.Has(v); err != nil || has || !ok {
					return sl.False, err
				}
			}
			return sl.True, nil
		}},
	},
	"string": {
		"zfill":     {"self width", func(c *call) (sl.Value, error) { return c.adjust(">", "0") }},
		"ljust":     {"self width fill?", func(c *call) (sl.Value, error) { return c.adjust("<", "") }},
		"rjust":     {"self width fill?", func(c *call) (sl.Value, error) { return c.adjust(">", "") }},
		"center":    {"self width fill?", func(c *call) (sl.Value, error) { return c.adjust("^", "") }},
		"isnumeric": {"self", allDigits}, "isdecimal": {"self", allDigits},
		"swapcase": {"self", func(c *call) (sl.Value, error) {
			return sl.String(strings.Map(func(r rune) rune {
				if up := []rune(strings.ToUpper(string(r))); len(up) == 1 && up[0] != r {
					return up[0]
				}
				return []rune(strings.ToLower(string(r)))[0]
			}, word(c.args[0]))), nil
		}},
	},
	"int": {
		"bit_length": {"self", func(c *call) (sl.Value, error) { return sl.MakeInt(c.integer(0).BitLen()), nil }},
		"bit_count": {"self", func(c *call) (sl.Value, error) {
			return sl.MakeInt(strings.Count(new(big.Int).Abs(c.integer(0)).Text(2), "1")), nil
		}},
		"is_integer": {"self", func(*call) (sl.Value, error) { return sl.True, nil }},
	},
	"float":    {"is_integer": {"self", func(c *call) (sl.Value, error) { return sl.Bool(c.rational(0).IsInt()), nil }}},
	"Rational": {"is_integer": {"self", func(*call) (sl.Value, error) { return sl.False, nil }}},
}

// attribute is x.name where Starlark's types may lack it.
func attribute(c *call) (sl.Value, error) {
	x, name := c.args[0], word(c.args[1])
	if f, ok := methods[x.Type()][name]; ok {
		return sl.NewBuiltin(name, func(thread *sl.Thread, _ *sl.Builtin, args sl.Tuple, kwargs []sl.Tuple) (sl.Value, error) {
			return sl.Call(thread, bind(name, f.params, f.do), append(sl.Tuple{x}, args...), kwargs)
		}), nil
	}
	if _, isInt := x.(sl.Int); isInt {
		switch name {
		case "numerator", "p":
			return x, nil
		case "denominator", "q":
			return sl.MakeInt(1), nil
		}
	}
	if b, ok := x.(*sl.Builtin); ok && b.Name() == "chain" && name == "from_iterable" {
		return bind(name, "items", flattened), nil
	}
	return attr(x, name)
}

func flattened(c *call) (sl.Value, error) {
	c.args = c.list(0)
	return splat(c)
}

func (c *call) own() *sl.List {
	l, ok := c.args[0].(*sl.List)
	if !ok {
		c.wrong("a list", c.args[0])
		return sl.NewList(nil)
	}
	return l
}

// replace puts items in place of what the list holds.
func replace(l *sl.List, items []sl.Value) (sl.Value, error) {
	if err := l.Clear(); err != nil {
		return nil, err
	}
	for _, v := range items {
		if err := l.Append(v); err != nil {
			return nil, err
		}
	}
	return sl.None, nil
}

func sortList(c *call) (sl.Value, error) {
	out, err := c.sorted(c.list(0), 1, 2)
	if err != nil {
		return nil, err
	}
	return replace(c.own(), c.items(out))
}

func reverseList(c *call) (sl.Value, error) {
	items := slices.Clone(c.list(0))
	slices.Reverse(items)
	return replace(c.own(), items)
}

func popLeft(c *call) (sl.Value, error) {
	pop, err := c.own().Attr("pop")
	if err != nil {
		return nil, err
	}
	return sl.Call(c.thread, pop, sl.Tuple{sl.MakeInt(0)}, nil)
}

func appendLeft(c *call) (sl.Value, error) {
	insert, err := c.own().Attr("insert")
	if err != nil {
		return nil, err
	}
	return sl.Call(c.thread, insert, sl.Tuple{sl.MakeInt(0), c.args[1]}, nil)
}

func occurrences(c *call) (sl.Value, error) {
	n := 0
	for _, v := range c.list(0) {
		same, err := sl.Equal(v, c.args[1])
		if err != nil {
			return nil, err
		}
		if same {
			n++
		}
	}
	return sl.MakeInt(n), nil
}

func whereIs(c *call) (sl.Value, error) {
	for i, v := range c.list(0) {
		if same, err := sl.Equal(v, c.args[1]); err != nil || same {
			return sl.MakeInt(i), err
		}
	}
	return nil, errors.New("value not found")
}

func (c *call) adjust(align, mark string) (sl.Value, error) {
	text, width := word(c.args[0]), c.small(1, 0)
	if c.has(2) {
		mark = word(c.args[2])
	}
	if width > mostText {
		return nil, errMemory
	}
	sign := ""
	if mark == "0" && strings.HasPrefix(text, "-") {
		sign, text = "-", text[1:]
	}
	return sl.String(sign + padded(text, int(width)-len(sign), mark, align)), nil
}

func allDigits(c *call) (sl.Value, error) {
	text := word(c.args[0])
	return sl.Bool(text != "" && strings.Trim(text, "0123456789") == ""), nil
}
