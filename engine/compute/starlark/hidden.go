package starlark

import (
	"errors"
	"fmt"
	"math/big"
	"strconv"
	"strings"

	sl "go.starlark.net/starlark"
	"go.starlark.net/syntax"

	"github.com/aimo3/aimo3/engine/compute/starlark/exact"
)

func iterated(c *call) (sl.Value, error) {
	switch v := c.args[0].(type) {
	case sl.String:
		return sl.NewList(characters(v)), nil
	case *sl.Set: // Python forbids changes in the loop as well; a list is quicker
		return v, nil
	}
	return c.args[0], nil
}

func splat(c *call) (sl.Value, error) {
	var out []sl.Value
	for i := range c.args {
		out = append(out, c.list(i)...)
	}
	return sl.NewList(out), nil
}

func merge(c *call) (sl.Value, error) {
	out := sl.NewDict(0)
	for _, v := range c.args {
		m, ok := v.(sl.IterableMapping)
		if !ok {
			c.wrong("a dict", v)
			return out, nil
		}
		for _, kv := range m.Items() {
			if err := out.SetKey(kv[0], kv[1]); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

func unpack(c *call) (sl.Value, error) {
	before, after := int(c.small(0, 0)), int(c.small(1, 0))
	items := c.list(2)
	if len(items) < before+after {
		return nil, fmt.Errorf("not enough values: got %d, want at least %d", len(items), before+after)
	}
	end := len(items) - after
	out := append(sl.Tuple{}, items[:before]...)
	out = append(out, sl.NewList(items[before:end:end]))
	return append(out, items[end:]...), nil
}

func remove(c *call) (sl.Value, error) {
	pop, err := attr(c.args[0], "pop")
	if err != nil {
		return nil, err
	}
	_, err = sl.Call(c.thread, pop, sl.Tuple{c.args[1]}, nil)
	return sl.None, err
}

func attr(v sl.Value, name string) (sl.Value, error) {
	if h, ok := v.(sl.HasAttrs); ok {
		a, err := h.Attr(name)
		if a != nil || err != nil {
			return a, err
		}
	}
	return nil, fmt.Errorf("a value of type %s has no .%s", v.Type(), name)
}

func shifted(c *call) (sl.Value, error) {
	if _, ok := c.args[0].(*sl.Set); ok {
		return sl.Binary(syntax.LTLT, c.args[0], c.args[1])
	}
	x, n := c.integer(0), c.small(1, 0)
	if c.err == nil && n < 0 {
		return nil, errors.New("negative shift count")
	}
	if n > exact.MaxBits-int64(x.BitLen()) {
		return nil, fmt.Errorf("%w: %d bits", exact.ErrTooLarge, n)
	}
	return integer(new(big.Int).Lsh(x, uint(n))), nil
}

// compared is a comparison in which a Rational may take part.
func compared(c *call) (sl.Value, error) {
	op := map[string]syntax.Token{
		"<": syntax.LT, ">": syntax.GT, "<=": syntax.LE, ">=": syntax.GE, "==": syntax.EQL, "!=": syntax.NEQ,
	}[word(c.args[0])]
	x, y := c.args[1], c.args[2]
	if isRational(x) != isRational(y) {
		a, okA := asRat(x)
		b, okB := asRat(y)
		if okA && okB {
			x, y = sl.MakeInt(a.Cmp(b)), sl.MakeInt(0)
		}
	}
	is, err := sl.Compare(op, x, y)
	return sl.Bool(is), err
}

// fill is text.format(values…); another value's own format method is called.
func fill(thread *sl.Thread, _ *sl.Builtin, args sl.Tuple, kwargs []sl.Tuple) (sl.Value, error) {
	c := &call{guard: guardOf(thread), thread: thread, name: "format"}
	text, ok := sl.AsString(args[0])
	if !ok {
		f, err := attr(args[0], "format")
		if err != nil {
			return nil, err
		}
		return sl.Call(thread, f, args[1:], kwargs)
	}
	f := filler{call: c, args: args[1:], kwargs: kwargs}
	out, err := f.fill(text, 0)
	if c.err != nil {
		err = c.err
	}
	return sl.String(out), err
}

type filler struct {
	*call

	args   sl.Tuple
	kwargs []sl.Tuple
	next   int
}

func (f *filler) fill(text string, depth int) (string, error) {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		ch := text[i]
		switch {
		case (ch == '{' || ch == '}') && i+1 < len(text) && text[i+1] == ch && depth == 0:
			b.WriteByte(ch)
			i++
		case ch == '{':
			n := closing(text[i+1:])
			if n < 0 || depth > 2 {
				return "", errors.New("a { has no } in the format")
			}
			written, err := f.one(text[i+1:i+1+n], depth)
			if err != nil {
				return "", err
			}
			b.WriteString(written)
			i += n + 1
		default:
			b.WriteByte(ch)
		}
	}
	return b.String(), nil
}

func closing(s string) int {
	depth := 0
	for i, r := range s {
		switch r {
		case '{':
			depth++
		case '}':
			if depth--; depth < 0 {
				return i
			}
		}
	}
	return -1
}

func (f *filler) one(field string, depth int) (string, error) {
	name, spec, _ := strings.Cut(field, ":")
	name, conversion, _ := strings.Cut(name, "!")
	v, err := f.value(name)
	if err != nil {
		return "", err
	}
	if spec, err = f.fill(spec, depth+1); err != nil {
		return "", err
	}
	return f.field(v, conversion, spec)
}

func (f *filler) value(name string) (sl.Value, error) {
	if name == "" {
		name = strconv.Itoa(f.next)
		f.next++
	}
	if i, err := strconv.Atoi(name); err == nil {
		if i < 0 || i >= len(f.args) {
			return nil, fmt.Errorf("the format has no value for {%s}", name)
		}
		return f.args[i], nil
	}
	for _, kv := range f.kwargs {
		if kv[0] == sl.String(name) {
			return kv[1], nil
		}
	}
	return nil, fmt.Errorf("the format has no value for {%s}", clip(name))
}

func word(v sl.Value) string {
	s, _ := sl.AsString(v)
	return s
}
