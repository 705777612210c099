package starlark

import (
	"fmt"
	"slices"

	sl "go.starlark.net/starlark"
)

func (c *call) dict() (*sl.Dict, error) {
	switch d := c.args[0].(type) {
	case *sl.Dict:
		return d, nil
	case *defaults:
		return d.Dict, nil
	}
	return nil, fmt.Errorf("got %s, want a dict", c.args[0].Type())
}

func copyDict(c *call) (sl.Value, error) {
	c.args = c.args[:1]
	if d, ok := c.args[0].(*defaults); ok {
		copied, err := merge(c)
		if inner, isDict := copied.(*sl.Dict); isDict {
			return &defaults{Dict: inner, make: d.make, zero: d.zero}, err
		}
	}
	return merge(c)
}

func mostCommon(c *call) (sl.Value, error) {
	d, err := c.dict()
	if err != nil {
		return nil, err
	}
	items := d.Items()
	var failed error
	slices.SortStableFunc(items, func(a, b sl.Tuple) int {
		o, err := order(b[1], a[1])
		if err != nil {
			failed = err
		}
		return o
	})
	out := make([]sl.Value, 0, len(items))
	for _, kv := range items[:min(len(items), int(max(c.small(1, int64(len(items))), 0)))] {
		out = append(out, kv)
	}
	return sl.NewList(out), failed
}

func elements(c *call) (sl.Value, error) {
	d, err := c.dict()
	if err != nil {
		return nil, err
	}
	var out []sl.Value
	for _, kv := range d.Items() {
		for range c.toInt(kv[1]).Int64() {
			out = append(out, kv[0])
			if err := c.tick(len(out)); err != nil {
				return nil, err
			}
		}
	}
	return sl.NewList(out), nil
}

func valuesOf(d *sl.Dict) []sl.Value {
	var out []sl.Value
	for _, kv := range d.Items() {
		out = append(out, kv[1])
	}
	return out
}
