package starlark

import (
	"fmt"

	sl "go.starlark.net/starlark"
	"go.starlark.net/syntax"
)

// collections are the functions of collections, functools, heapq and bisect.
var collections = map[string]function{
	"Counter":      {"items?", tally},
	"defaultdict":  {"factory", func(c *call) (sl.Value, error) { return &defaults{Dict: sl.NewDict(0), make: c.args[0]}, nil }},
	"deque":        {"items?", kinds["list"].do},
	"heapify":      {"heap", heapified},
	"heappush":     {"heap item", pushed},
	"heappop":      {"heap", popped},
	"bisect_left":  {"items x", func(c *call) (sl.Value, error) { return c.place(false) }},
	"bisect_right": {"items x", func(c *call) (sl.Value, error) { return c.place(true) }},
	"lru_cache":    {"maxsize?", cached},
	"cache":        {"f", cached},
}

func tally(c *call) (sl.Value, error) {
	d := &defaults{Dict: sl.NewDict(0), zero: true}
	if !c.has(0) {
		return d, nil
	}
	for i, v := range c.list(0) {
		n, _, err := d.Get(v)
		if err != nil {
			return nil, err
		}
		if n, err = sl.Binary(syntax.PLUS, n, sl.MakeInt(1)); err != nil {
			return nil, err
		}
		if err := d.SetKey(v, n); err != nil {
			return nil, err
		}
		if err := c.tick(i); err != nil {
			return nil, err
		}
	}
	return d, nil
}

// defaults is a dict that has a value for every key.
type defaults struct {
	*sl.Dict

	make sl.Value // called for a missing key, whose value it then is
	zero bool     // else a missing key counts 0 and stays missing
}

// Get implements sl.Mapping.
func (d *defaults) Get(k sl.Value) (sl.Value, bool, error) {
	v, found, err := d.Dict.Get(k)
	if found || err != nil {
		return v, found, err
	}
	if d.zero {
		return sl.MakeInt(0), true, nil
	}
	thread := &sl.Thread{Name: "default"}
	thread.SetMaxExecutionSteps(1_000_000)
	if v, err = sl.Call(thread, d.make, nil, nil); err != nil {
		return nil, false, err
	}
	return v, true, d.SetKey(k, v)
}

// cached keeps the values of a function. Called with anything but a function it
// is a decorator with settings.
func cached(c *call) (sl.Value, error) {
	var f sl.Callable
	if c.has(0) {
		f, _ = c.args[0].(sl.Callable)
	}
	if f == nil {
		return bind("lru_cache", "f", cached), nil
	}
	seen := sl.NewDict(0)
	return sl.NewBuiltin(f.Name(), func(thread *sl.Thread, _ *sl.Builtin, args sl.Tuple, kwargs []sl.Tuple) (sl.Value, error) {
		if len(kwargs) > 0 {
			return sl.Call(thread, f, args, kwargs)
		}
		if v, found, err := seen.Get(args); found || err != nil {
			return v, err
		}
		v, err := sl.Call(thread, f, args, nil)
		if err != nil {
			return nil, err
		}
		return v, seen.SetKey(args, v)
	}), nil
}

// place is where x belongs in an ordered list.
func (c *call) place(right bool) (sl.Value, error) {
	items := c.list(0)
	lo, hi := 0, len(items)
	for lo < hi {
		middle := (lo + hi) / 2
		o, err := order(items[middle], c.args[1])
		if err != nil {
			return nil, err
		}
		if o < 0 || right && o == 0 {
			lo = middle + 1
		} else {
			hi = middle
		}
	}
	return sl.MakeInt(lo), nil
}

func accumulated(c *call) (sl.Value, error) {
	var out []sl.Value
	if c.has(2) {
		out = append(out, c.args[2])
	}
	for _, v := range c.list(0) {
		if len(out) > 0 {
			last := out[len(out)-1]
			var err error
			if c.has(1) {
				v, err = sl.Call(c.thread, c.args[1], sl.Tuple{last, v}, nil)
			} else {
				v, err = sl.Binary(syntax.PLUS, last, v)
			}
			if err != nil {
				return nil, err
			}
		}
		out = append(out, v)
	}
	return sl.NewList(out), nil
}

// sliced takes part of a row that may have no end.
func sliced(c *call) (sl.Value, error) {
	start, stop, step := int64(0), c.small(1, 0), c.small(3, 1)
	if len(c.args) > 2 && c.args[2] != nil {
		start, stop = c.small(1, 0), c.small(2, 1<<62)
	}
	it := sl.Iterate(c.args[0])
	if it == nil || step < 1 || start < 0 {
		return nil, fmt.Errorf("a row, start >= 0 and step >= 1 are needed, not %s, %d, %d", c.args[0].Type(), start, step)
	}
	defer it.Done()
	var out []sl.Value
	var x sl.Value
	for i := int64(0); i < stop && it.Next(&x); i++ {
		if i >= start && (i-start)%step == 0 {
			out = append(out, x)
		}
		if err := c.tick(int(i)); err != nil {
			return nil, err
		}
	}
	return sl.NewList(out), nil
}
