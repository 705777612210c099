package starlark

import (
	"errors"
	"slices"

	sl "go.starlark.net/starlark"
	"go.starlark.net/syntax"
)

// sequences are the functions over lists and whatever can be looped over.
var sequences = map[string]function{
	"sum":       {"items start?", sum},
	"prod":      {"items start?", prod},
	"any":       {"items", func(c *call) (sl.Value, error) { return c.decide(true) }},
	"all":       {"items", func(c *call) (sl.Value, error) { return c.decide(false) }},
	"next":      {"items default?", first},
	"iter":      {"items", func(c *call) (sl.Value, error) { return sl.NewList(c.list(0)), nil }},
	"sorted":    {"items key? reverse?", func(c *call) (sl.Value, error) { return c.sorted(c.list(0), 1, 2) }},
	"reversed":  {"items", reversed},
	"map":       {"f *", mapped},
	"filter":    {"f items", filtered},
	"zip":       {"*", zipped},
	"enumerate": {"items start?", enumerated},
	"reduce":    {"f items start?", reduced},
}

var keyed = map[string]func(*sl.Thread, *sl.Builtin, sl.Tuple, []sl.Tuple) (sl.Value, error){
	"print": printed, "min": extreme, "max": extreme, "product": product,
}

func sum(c *call) (sl.Value, error) {
	return c.fold(syntax.PLUS, sl.MakeInt(0))
}

func prod(c *call) (sl.Value, error) {
	return c.fold(syntax.STAR, sl.MakeInt(1))
}

func (c *call) fold(op syntax.Token, start sl.Value) (sl.Value, error) {
	if c.has(1) {
		start = c.args[1]
	}
	it := sl.Iterate(c.args[0])
	if it == nil {
		c.wrong("a list", c.args[0])
		return start, nil
	}
	defer it.Done()
	var x sl.Value
	for i := 0; it.Next(&x); i++ {
		if b, ok := x.(sl.Bool); ok {
			x = integer(c.toInt(b))
		}
		var err error
		if start, err = sl.Binary(op, start, x); err != nil {
			return nil, err
		}
		if err := c.tick(i); err != nil {
			return nil, err
		}
	}
	return start, nil
}

// decide looks for the first item whose truth is what.
func (c *call) decide(what sl.Bool) (sl.Value, error) {
	for _, v := range c.list(0) {
		if v.Truth() == what {
			return what, nil
		}
	}
	return !what, nil
}

func first(c *call) (sl.Value, error) {
	it := sl.Iterate(c.args[0])
	if it == nil {
		c.wrong("a list", c.args[0])
		return sl.None, nil
	}
	defer it.Done()
	var x sl.Value
	if it.Next(&x) {
		return x, nil
	}
	if len(c.args) > 1 && c.args[1] != nil {
		return c.args[1], nil
	}
	return nil, errors.New("there is no next item")
}

// search is any, all or next over a loop, which ends as soon as it is decided.
func search(c *call) (sl.Value, error) {
	what, _ := sl.AsString(c.args[0])
	spread, keep, value := c.args[2] == sl.True, c.args[3], c.args[4]
	it := sl.Iterate(c.args[1])
	if it == nil {
		c.wrong("a list", c.args[1])
		return sl.None, nil
	}
	defer it.Done()
	var x sl.Value
	for i := 0; it.Next(&x); i++ {
		if err := c.tick(i); err != nil {
			return nil, err
		}
		args := sl.Tuple{x}
		if spread {
			args = c.items(x)
		}
		kept, err := c.keeps(keep, args)
		if err != nil {
			return nil, err
		}
		if !kept {
			continue
		}
		v, err := sl.Call(c.thread, value, args, nil)
		if err != nil || what == "next" {
			return v, err
		}
		if v.Truth() == (what == "any") {
			return v.Truth(), nil
		}
	}
	switch {
	case what != "next":
		return sl.Bool(what == "all"), nil
	case len(c.args) > 5 && c.args[5] != nil:
		return c.args[5], nil
	}
	return nil, errors.New("there is no such item")
}

// keeps asks a condition, if there is one.
func (c *call) keeps(test sl.Value, args sl.Tuple) (bool, error) {
	if test == sl.None {
		return true, nil
	}
	v, err := sl.Call(c.thread, test, args, nil)
	return err == nil && bool(v.Truth()), err
}

// order compares two values of any number types, or two of one type.
func order(x, y sl.Value) (int, error) {
	a, okA := asRat(x)
	b, okB := asRat(y)
	if okA && okB && (isRational(x) || isRational(y)) {
		return a.Cmp(b), nil
	}
	less, err := sl.Compare(syntax.LT, x, y)
	if err != nil || less {
		return -1, err
	}
	more, err := sl.Compare(syntax.GT, x, y)
	if more {
		return 1, err
	}
	return 0, err
}

// sorted orders items by the key in argument key, reversed if so in reverse.
func (c *call) sorted(items []sl.Value, key, reverse int) (sl.Value, error) {
	type pair struct{ key, item sl.Value }
	pairs := make([]pair, len(items))
	for i, v := range items {
		pairs[i] = pair{v, v}
		if c.has(key) {
			k, err := sl.Call(c.thread, c.args[key], sl.Tuple{v}, nil)
			if err != nil {
				return nil, err
			}
			pairs[i].key = k
		}
	}
	back := c.has(reverse) && bool(c.args[reverse].Truth())
	var failed error
	turns := 0
	slices.SortStableFunc(pairs, func(a, b pair) int {
		if turns++; failed != nil {
			return 0
		}
		o, err := order(a.key, b.key)
		if failed = err; err == nil {
			failed = c.tick(turns)
		}
		if back {
			return -o
		}
		return o
	})
	out := make([]sl.Value, len(pairs))
	for i, p := range pairs {
		out[i] = p.item
	}
	return sl.NewList(out), failed
}
