package starlark

import (
	"math/big"

	sl "go.starlark.net/starlark"
)

func counted(c *call) (sl.Value, error) {
	start, step := new(big.Int), big.NewInt(1)
	if c.has(0) {
		start = c.integer(0)
	}
	if c.has(1) {
		step = c.integer(1)
	}
	return &lazy{"count", func() func() (sl.Value, bool) {
		n := new(big.Int).Sub(start, step)
		return func() (sl.Value, bool) {
			n = new(big.Int).Add(n, step)
			return sl.MakeBigInt(n), true
		}
	}}, nil
}

func repeated(c *call) (sl.Value, error) {
	x, times := c.args[0], c.small(1, 1<<62)
	return &lazy{"repeat", func() func() (sl.Value, bool) {
		left := times
		return func() (sl.Value, bool) {
			left--
			return x, left >= 0
		}
	}}, nil
}
