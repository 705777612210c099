package starlark

import (
	"math"

	sl "go.starlark.net/starlark"

	"github.com/aimo3/aimo3/engine/compute/starlark/rewrite"
)

// hidden are the functions that rewritten and lowered code calls.
var hidden = map[string]function{
	rewrite.Pow:    {"x y", power},
	rewrite.Format: {"*", formatted},
	rewrite.Import: {"module name?", imported},
	rewrite.Splat:  {"*", splat},
	rewrite.Merge:  {"*", merge},
	rewrite.Unpack: {"before after value", unpack},
	rewrite.Delete: {"container key", remove},
	fnIter:         {"x", iterated},
	fnShift:        {"x n", shifted},
	fnPercent:      {"text values", percent},
	fnAttr:         {"x name", attribute},
	fnCompare:      {"op x y", compared},
	fnSearch:       {"what items spread keep value default?", search},
}

// constants are the names that are no functions.
var constants = map[string]sl.Value{
	"pi": sl.Float(math.Pi), "e": sl.Float(math.E), "tau": sl.Float(2 * math.Pi), "inf": sl.Float(math.Inf(1)), "nan": sl.Float(math.NaN()),
}

// public is every function that a cell can call by name.
func public() []map[string]function {
	return []map[string]function{numberTheory, arithmetic, kinds, sequences, choices, floats, collections}
}

// kept are the functions of Starlark itself that do as Python's do.
var kept = []string{"None", "True", "False", "bool", "dict", "chr", "ord", "hash", "range", "type", "getattr", "hasattr", "dir", "fail"}

// predeclared is every name that a session begins with.
func predeclared() sl.StringDict {
	names := sl.StringDict{"__name__": sl.String("__main__"), fnSync: sl.NewBuiltin(fnSync, publish), fnFill: sl.NewBuiltin(fnFill, fill)}
	for _, name := range kept {
		names[name] = sl.Universe[name]
	}
	for name, v := range constants {
		names[name] = v
	}
	for _, table := range append(public(), hidden) {
		for name, f := range table {
			names[name] = bind(name, f.params, f.do)
		}
	}
	for name, f := range keyed {
		names[name] = sl.NewBuiltin(name, f)
	}
	return names
}
