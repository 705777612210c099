package starlark

import (
	"errors"
	"fmt"
	"math/big"
	"slices"

	sl "go.starlark.net/starlark"
	"go.starlark.net/syntax"

	"github.com/aimo3/aimo3/engine/compute/starlark/exact"
)

// matrix is an exact matrix in Starlark.
type matrix struct{ *exact.Matrix }

// Type is Matrix.
func (m *matrix) Type() string { return "Matrix" }

// Freeze does nothing: it is never changed.
func (m *matrix) Freeze() {}

// Truth holds if there are cells.
func (m *matrix) Truth() sl.Bool { return m.Rows()*m.Cols() > 0 }

// Hash agrees with equality.
func (m *matrix) Hash() (uint32, error) { return sl.String(m.String()).Hash() }

// CompareSameType knows equality only.
func (m *matrix) CompareSameType(op syntax.Token, y sl.Value, _ int) (bool, error) {
	o, ok := y.(*matrix)
	switch {
	case ok && op == syntax.EQL:
		return m.Equal(o.Matrix), nil
	case ok && op == syntax.NEQ:
		return !m.Equal(o.Matrix), nil
	}
	return false, errors.New("matrices have no order")
}

func matrixOr(m *exact.Matrix, err error) (sl.Value, error) {
	if err != nil {
		return nil, err
	}
	return &matrix{m}, nil
}

// newMatrix takes rows, a list for a column, or the sizes and the cells in one list.
func newMatrix(c *call) (sl.Value, error) {
	var rows [][]sl.Value
	if c.has(2) {
		cols := int(c.small(1, 0))
		cells := c.list(2)
		if c.err == nil && (cols <= 0 || len(cells)%cols != 0 || len(cells)/cols != int(c.small(0, 0))) {
			return nil, errors.New("the number of cells is not rows times columns")
		}
		rows = slices.Collect(slices.Chunk(cells, max(cols, 1)))
	} else {
		if m, ok := c.args[0].(*matrix); ok {
			return m, nil
		}
		for _, row := range c.list(0) {
			if sl.Iterate(row) == nil {
				rows = append(rows, []sl.Value{row})
				continue
			}
			rows = append(rows, c.items(row))
		}
	}
	cols := 0
	var cells []*big.Rat
	for i, row := range rows {
		if i > 0 && len(row) != cols {
			return nil, errors.New("the rows have different lengths")
		}
		cols = len(row)
		for _, v := range row {
			cells = append(cells, c.toRat(v))
		}
	}
	return matrixOr(exact.NewMatrix(len(rows), cols, cells))
}

// Unary is -m.
func (m *matrix) Unary(op syntax.Token) (sl.Value, error) {
	if op == syntax.MINUS {
		return &matrix{m.Scale(big.NewRat(-1, 1))}, nil
	}
	return nil, nil
}

// Binary adds and multiplies, with matrices and numbers.
func (m *matrix) Binary(op syntax.Token, y sl.Value, side sl.Side) (sl.Value, error) {
	if o, ok := y.(*matrix); ok {
		a, b := m.Matrix, o.Matrix
		if side == sl.Right {
			a, b = b, a
		}
		switch op {
		case syntax.PLUS:
			return matrixOr(a.Add(b, big.NewRat(1, 1)))
		case syntax.MINUS:
			return matrixOr(a.Add(b, big.NewRat(-1, 1)))
		case syntax.STAR:
			ctx, end := limited()
			defer end()
			return matrixOr(a.Mul(ctx, b))
		default:
			return nil, nil
		}
	}
	k, ok := asRat(y)
	switch {
	case ok && op == syntax.STAR:
		return &matrix{m.Scale(k)}, nil
	case ok && op == syntax.SLASH && side == sl.Left && k.Sign() != 0:
		return &matrix{m.Scale(new(big.Rat).Inv(k))}, nil
	}
	return nil, nil
}

// Get implements sl.Mapping: m[i, j] is a cell, m[i] a row.
func (m *matrix) Get(k sl.Value) (sl.Value, bool, error) {
	if at, ok := k.(sl.Tuple); ok && len(at) == 2 {
		row, err := position2(at[0], m.Rows())
		if err != nil {
			return nil, false, err
		}
		col, err := position2(at[1], m.Cols())
		if err != nil {
			return nil, false, err
		}
		return number(m.At(row, col)), true, nil
	}
	row, err := position2(k, m.Rows())
	if err != nil {
		return nil, false, err
	}
	return m.row(row), true, nil
}

func position2(v sl.Value, size int) (int, error) {
	i, err := sl.AsInt32(v)
	if err != nil {
		return 0, err
	}
	if i < 0 {
		i += size
	}
	if i < 0 || i >= size {
		return 0, fmt.Errorf("index %s is out of range: there are %d", v, size)
	}
	return i, nil
}

func (m *matrix) row(i int) sl.Value {
	out := make([]sl.Value, m.Cols())
	for j := range out {
		out[j] = number(m.At(i, j))
	}
	return sl.NewList(out)
}

func (m *matrix) list() sl.Value {
	out := make([]sl.Value, m.Rows())
	for i := range out {
		out[i] = m.row(i)
	}
	return sl.NewList(out)
}

// Attr gives methods and sizes.
func (m *matrix) Attr(name string) (sl.Value, error) {
	switch name {
	case "T":
		return &matrix{m.Transpose()}, nil
	case "rows":
		return sl.MakeInt(m.Rows()), nil
	case "cols":
		return sl.MakeInt(m.Cols()), nil
	case "shape":
		return sl.Tuple{sl.MakeInt(m.Rows()), sl.MakeInt(m.Cols())}, nil
	}
	return method(matrixMethods, name, m)
}

// AttrNames lists them.
func (m *matrix) AttrNames() []string {
	return append(methodNames(matrixMethods), "T", "cols", "rows", "shape")
}

func (c *call) matrix(i int) *exact.Matrix {
	if m, ok := c.args[i].(*matrix); ok {
		return m.Matrix
	}
	c.wrong("a Matrix", c.args[i])
	m, _ := exact.Identity(0)
	return m
}

var matrixMethods = map[string]function{
	"det": {"self", func(c *call) (sl.Value, error) { return numberOr(c.matrix(0).Det(c.ctx)) }},
	"inv": {"self", func(c *call) (sl.Value, error) { return matrixOr(c.matrix(0).Inverse(c.ctx)) }},
	"rank": {"self", func(c *call) (sl.Value, error) {
		r, err := c.matrix(0).Rank(c.ctx)
		return sl.MakeInt(r), err
	}},
	"rref": {"self", func(c *call) (sl.Value, error) {
		m, pivots, err := c.matrix(0).RREF(c.ctx)
		if err != nil {
			return nil, err
		}
		at := make(sl.Tuple, len(pivots))
		for i, p := range pivots {
			at[i] = sl.MakeInt(p)
		}
		return sl.Tuple{&matrix{m}, at}, nil
	}},
	"solve": {"self b", func(c *call) (sl.Value, error) {
		b := c.args[1]
		if _, ok := b.(*matrix); !ok {
			made, err := newMatrix(&call{guard: c.guard, thread: c.thread, name: c.name, args: []sl.Value{b}})
			if err != nil {
				return nil, err
			}
			c.args[1] = made
		}
		return matrixOr(c.matrix(0).Solve(c.ctx, c.matrix(1)))
	}},
	"transpose": {"self", func(c *call) (sl.Value, error) { return &matrix{c.matrix(0).Transpose()}, nil }},
	"trace":     {"self", func(c *call) (sl.Value, error) { return number(c.matrix(0).Trace()), nil }},
	"tolist": {"self", func(c *call) (sl.Value, error) {
		return (&matrix{c.matrix(0)}).list(), nil
	}},
}

func numberOr(q *big.Rat, err error) (sl.Value, error) {
	if err != nil {
		return nil, err
	}
	return number(q), nil
}
