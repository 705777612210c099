package starlark

import (
	"time"

	sl "go.starlark.net/starlark"
	"go.starlark.net/syntax"
)

// odd are functions that are there only through their module.
var odd = map[string]function{
	"operator.mul":               {"a b", func(c *call) (sl.Value, error) { return sl.Binary(syntax.STAR, c.args[0], c.args[1]) }},
	"operator.add":               {"a b", func(c *call) (sl.Value, error) { return sl.Binary(syntax.PLUS, c.args[0], c.args[1]) }},
	"operator.xor":               {"a b", func(c *call) (sl.Value, error) { return sl.Binary(syntax.CIRCUMFLEX, c.args[0], c.args[1]) }},
	"operator.or_":               {"a b", func(c *call) (sl.Value, error) { return sl.Binary(syntax.PIPE, c.args[0], c.args[1]) }},
	"operator.and_":              {"a b", func(c *call) (sl.Value, error) { return sl.Binary(syntax.AMP, c.args[0], c.args[1]) }},
	"sys.setrecursionlimit":      {"n", nothing},
	"sys.set_int_max_str_digits": {"n", nothing},
	"time.time":                  {"", clock},
	"time.perf_counter":          {"", clock},
}

func nothing(*call) (sl.Value, error) { return sl.None, nil }

func clock(*call) (sl.Value, error) {
	return sl.Float(float64(time.Now().UnixNano()) / float64(time.Second)), nil
}
