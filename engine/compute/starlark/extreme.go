package starlark

import (
	"fmt"

	sl "go.starlark.net/starlark"
)

// extreme is min or max.
func extreme(thread *sl.Thread, b *sl.Builtin, args sl.Tuple, kwargs []sl.Tuple) (sl.Value, error) {
	c := &call{guard: guardOf(thread), thread: thread, name: b.Name()}
	key, otherwise := sl.Value(sl.None), sl.Value(nil)
	for _, kv := range kwargs {
		switch name, _ := sl.AsString(kv[0]); name {
		case "key":
			key = kv[1]
		case "default":
			otherwise = kv[1]
		default:
			return nil, fmt.Errorf("%s() does not take %s=", b.Name(), name)
		}
	}
	items := []sl.Value(args)
	if len(args) == 1 {
		items = c.items(args[0])
	}
	switch {
	case c.err != nil:
		return nil, c.err
	case len(items) > 0:
		return c.best(items, key, b.Name() == "max")
	case otherwise != nil:
		return otherwise, nil
	}
	return nil, fmt.Errorf("%s() of nothing", b.Name())
}

// best is the first of the smallest or largest items.
func (c *call) best(items []sl.Value, key sl.Value, largest bool) (sl.Value, error) {
	var best, bestKey sl.Value
	for i, v := range items {
		k := v
		if key != sl.None {
			var err error
			if k, err = sl.Call(c.thread, key, sl.Tuple{v}, nil); err != nil {
				return nil, err
			}
		}
		if best == nil {
			best, bestKey = v, k
			continue
		}
		o, err := order(k, bestKey)
		if err != nil {
			return nil, err
		}
		if largest && o > 0 || !largest && o < 0 {
			best, bestKey = v, k
		}
		if err := c.tick(i); err != nil {
			return nil, err
		}
	}
	return best, nil
}
