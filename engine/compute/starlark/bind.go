package starlark

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	sl "go.starlark.net/starlark"

	"github.com/aimo3/aimo3/engine/compute/starlark/exact"
)

// call is one call of a native function, its arguments in the order of its
// parameters; nil where an optional one is missing. The first argument that
// does not fit is remembered in err.
type call struct {
	*guard

	thread *sl.Thread
	name   string
	args   []sl.Value
	err    error
}

// native is what a function does.
type native func(c *call) (sl.Value, error)

// bind makes a function of Starlark. Params names its parameters, those with ?
// optional, a last * any number; they can be given by name.
func bind(name, params string, f native) *sl.Builtin {
	list := strings.Fields(params)
	return sl.NewBuiltin(name, func(thread *sl.Thread, _ *sl.Builtin, args sl.Tuple, kwargs []sl.Tuple) (sl.Value, error) {
		values, err := arrange(name, list, args, kwargs)
		if err != nil {
			return nil, err
		}
		c := &call{guard: guardOf(thread), thread: thread, name: name, args: values}
		out, err := f(c)
		if c.err != nil {
			return nil, c.err
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", strings.TrimLeft(name, "_"), err)
		}
		return out, nil
	})
}

func arrange(name string, list []string, args sl.Tuple, kwargs []sl.Tuple) ([]sl.Value, error) {
	many := len(list) > 0 && list[len(list)-1] == "*"
	fixed := len(list)
	if many {
		fixed--
	}
	if len(args) > fixed && !many {
		return nil, fmt.Errorf("%s() takes %d arguments, not %d", name, fixed, len(args))
	}
	values := make([]sl.Value, max(fixed, len(args)))
	copy(values, args)
	for _, kv := range kwargs {
		key, _ := sl.AsString(kv[0])
		i := slices.IndexFunc(list, func(p string) bool { return strings.TrimSuffix(p, "?") == key })
		if i < 0 || values[i] != nil {
			return nil, fmt.Errorf("%s() does not take %s=", name, key)
		}
		values[i] = kv[1]
	}
	for i, p := range list[:fixed] {
		if values[i] == nil && !strings.HasSuffix(p, "?") {
			return nil, fmt.Errorf("%s() misses its argument %s", name, p)
		}
	}
	return values, nil
}

func (c *call) has(i int) bool { return i < len(c.args) && c.args[i] != nil && c.args[i] != sl.None }

func (c *call) wrong(what string, v sl.Value) {
	if c.err == nil {
		c.err = fmt.Errorf("%s: got %s, want %s", strings.TrimLeft(c.name, "_"), v.Type(), what)
	}
}

// integer is argument i as a whole number; the caller does not change it.
func (c *call) integer(i int) *big.Int { return c.toInt(c.args[i]) }

func (c *call) toInt(v sl.Value) *big.Int {
	switch v := v.(type) {
	case sl.Int:
		return v.BigInt()
	case sl.Bool:
		if v {
			return big.NewInt(1)
		}
		return new(big.Int)
	case rational:
		if v.IsInt() {
			return new(big.Int).Set(v.Num())
		}
	case sl.Float:
		if r := new(big.Rat); r.SetFloat64(float64(v)) != nil && r.IsInt() {
			return new(big.Int).Set(r.Num())
		}
	}
	c.wrong("int", v)
	return new(big.Int)
}

// small is argument i where an int of Go will do, otherwise if it is missing.
func (c *call) small(i int, otherwise int64) int64 {
	if !c.has(i) {
		return otherwise
	}
	n := c.integer(i)
	if !n.IsInt64() {
		c.err = fmt.Errorf("%s: %w: an argument beyond 2**63", c.name, exact.ErrTooLarge)
		return otherwise
	}
	return n.Int64()
}

// rational is argument i as an exact number.
func (c *call) rational(i int) *big.Rat { return c.toRat(c.args[i]) }

func (c *call) toRat(v sl.Value) *big.Rat {
	r, ok := asRat(v)
	if !ok {
		c.wrong("a number", v)
		return new(big.Rat)
	}
	return r
}

func asRat(v sl.Value) (*big.Rat, bool) {
	switch v := v.(type) {
	case sl.Int:
		return new(big.Rat).SetInt(v.BigInt()), true
	case sl.Bool:
		if v {
			return big.NewRat(1, 1), true
		}
		return new(big.Rat), true
	case rational:
		return v.Rat, true
	case sl.Float:
		r := new(big.Rat).SetFloat64(float64(v))
		return r, r != nil
	}
	return nil, false
}

// list is every item of argument i.
func (c *call) list(i int) []sl.Value { return c.items(c.args[i]) }

// items are those of a list, tuple, set, dict, range, string or lazy row.
func (c *call) items(v sl.Value) []sl.Value {
	if s, ok := v.(sl.String); ok {
		return characters(s)
	}
	it := sl.Iterate(v)
	if it == nil {
		c.wrong("a list", v)
		return nil
	}
	defer it.Done()
	var out []sl.Value
	if n := sl.Len(v); n >= 0 {
		if err := c.room(16 * int64(n)); err != nil {
			c.err = err
			return nil
		}
		out = make([]sl.Value, 0, n)
	}
	var x sl.Value
	for it.Next(&x) {
		out = append(out, x)
		if err := c.tick(len(out)); err != nil {
			c.err = err
			return nil
		}
	}
	return out
}

// integers is every item of argument i as a whole number.
func (c *call) integers(i int) []*big.Int {
	var out []*big.Int
	for _, v := range c.list(i) {
		out = append(out, c.toInt(v))
	}
	return out
}

func characters(s sl.String) []sl.Value {
	out := make([]sl.Value, 0, len(s))
	for _, r := range string(s) {
		out = append(out, sl.String(string(r)))
	}
	return out
}

func integer(n *big.Int) sl.Value { return sl.MakeBigInt(n) }

func integerOr(n *big.Int, err error) (sl.Value, error) {
	if err != nil {
		return nil, err
	}
	return sl.MakeBigInt(n), nil
}

func integerList(all []*big.Int, err error) (sl.Value, error) {
	if err != nil {
		return nil, err
	}
	out := make([]sl.Value, len(all))
	for i, n := range all {
		out[i] = sl.MakeBigInt(n)
	}
	return sl.NewList(out), nil
}

func intList(all []int64, err error) (sl.Value, error) {
	if err != nil {
		return nil, err
	}
	out := make([]sl.Value, len(all))
	for i, n := range all {
		out[i] = sl.MakeInt64(n)
	}
	return sl.NewList(out), nil
}
