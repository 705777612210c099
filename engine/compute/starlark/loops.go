package starlark

import (
	"errors"
	"slices"
	"strings"

	sl "go.starlark.net/starlark"
)

func reversed(c *call) (sl.Value, error) {
	items := slices.Clone(c.list(0))
	slices.Reverse(items)
	return sl.NewList(items), nil
}

func mapped(c *call) (sl.Value, error) {
	if len(c.args) < 2 {
		return nil, errors.New("map() takes a function and a list")
	}
	rows := make([][]sl.Value, len(c.args)-1)
	shortest := -1
	for i := range rows {
		if rows[i] = c.list(i + 1); shortest < 0 || len(rows[i]) < shortest {
			shortest = len(rows[i])
		}
	}
	out := make([]sl.Value, 0, max(shortest, 0))
	for i := 0; c.err == nil && i < shortest; i++ {
		args := make(sl.Tuple, len(rows))
		for j := range rows {
			args[j] = rows[j][i]
		}
		v, err := sl.Call(c.thread, c.args[0], args, nil)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return sl.NewList(out), nil
}

func filtered(c *call) (sl.Value, error) {
	var out []sl.Value
	for _, v := range c.list(1) {
		keep := v.Truth()
		if c.has(0) {
			answer, err := sl.Call(c.thread, c.args[0], sl.Tuple{v}, nil)
			if err != nil {
				return nil, err
			}
			keep = answer.Truth()
		}
		if keep {
			out = append(out, v)
		}
	}
	return sl.NewList(out), nil
}

// zipped ends with the shortest, so that one may be without end.
func zipped(c *call) (sl.Value, error) {
	its := make([]sl.Iterator, 0, len(c.args))
	defer func() {
		for _, it := range its {
			it.Done()
		}
	}()
	for _, v := range c.args {
		if s, ok := v.(sl.String); ok {
			v = sl.NewList(characters(s))
		}
		it := sl.Iterate(v)
		if it == nil {
			c.wrong("a list", v)
			return sl.None, nil
		}
		its = append(its, it)
	}
	var out []sl.Value
	for len(its) > 0 {
		row := make(sl.Tuple, len(its))
		for i, it := range its {
			if !it.Next(&row[i]) {
				return sl.NewList(out), nil
			}
		}
		out = append(out, row)
		if err := c.tick(len(out)); err != nil {
			return nil, err
		}
	}
	return sl.NewList(out), nil
}

func enumerated(c *call) (sl.Value, error) {
	start := c.small(1, 0)
	items := c.list(0)
	out := make([]sl.Value, len(items))
	for i, v := range items {
		out[i] = sl.Tuple{sl.MakeInt64(start + int64(i)), v}
	}
	return sl.NewList(out), nil
}

func reduced(c *call) (sl.Value, error) {
	items := c.list(1)
	var v sl.Value
	switch {
	case c.has(2):
		v = c.args[2]
	case len(items) > 0:
		v, items = items[0], items[1:]
	case c.err == nil:
		return nil, errors.New("reduce() of nothing")
	}
	for _, x := range items {
		var err error
		if v, err = sl.Call(c.thread, c.args[0], sl.Tuple{v, x}, nil); err != nil {
			return nil, err
		}
	}
	return v, nil
}

func printed(thread *sl.Thread, _ *sl.Builtin, args sl.Tuple, kwargs []sl.Tuple) (sl.Value, error) {
	in, ok := thread.Local(sessionKey).(*interpreter)
	if !ok {
		return sl.None, nil
	}
	between, end := " ", "\n"
	for _, kv := range kwargs {
		text, _ := sl.AsString(kv[1])
		switch name, _ := sl.AsString(kv[0]); name {
		case "sep":
			between = text
		case "end":
			end = text
		}
	}
	g := guardOf(thread)
	parts := make([]string, len(args))
	for i, v := range args {
		text, err := display(g, v)
		if err != nil {
			return nil, err
		}
		parts[i] = text
	}
	in.output.write(strings.Join(parts, between) + end)
	return sl.None, nil
}
