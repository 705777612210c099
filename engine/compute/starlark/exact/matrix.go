package exact

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"strings"
)

// MaxCells bounds a matrix.
const MaxCells = 250_000

// A Matrix holds rationals in rows. It is never changed once made.
type Matrix struct {
	rows, cols int
	cells      []*big.Rat
}

// NewMatrix takes its cells row by row.
func NewMatrix(rows, cols int, cells []*big.Rat) (*Matrix, error) {
	if rows < 0 || cols < 0 || rows*cols != len(cells) {
		return nil, fmt.Errorf("a matrix of %d rows and %d columns does not have %d cells", rows, cols, len(cells))
	}
	if len(cells) > MaxCells {
		return nil, fmt.Errorf("%w: a matrix has at most %d cells", ErrTooLarge, MaxCells)
	}
	return &Matrix{rows, cols, cells}, nil
}

// Identity is the unit matrix of size n.
func Identity(n int) (*Matrix, error) {
	if n < 0 || n > 500 {
		return nil, fmt.Errorf("%w: an identity matrix of size %d", ErrTooLarge, n)
	}
	m := blank(n, n)
	for i := range n {
		m.At(i, i).SetInt64(1)
	}
	return m, nil
}

func blank(rows, cols int) *Matrix {
	m := &Matrix{rows, cols, make([]*big.Rat, rows*cols)}
	for i := range m.cells {
		m.cells[i] = new(big.Rat)
	}
	return m
}

// Rows says how many there are.
func (m *Matrix) Rows() int { return m.rows }

// Cols says how many there are.
func (m *Matrix) Cols() int { return m.cols }

// At is the cell itself: callers do not write to it.
func (m *Matrix) At(row, col int) *big.Rat { return m.cells[row*m.cols+col] }

func (m *Matrix) copied() *Matrix {
	c := blank(m.rows, m.cols)
	for i, v := range m.cells {
		c.cells[i].Set(v)
	}
	return c
}

// Equal holds for the same shape and cells.
func (m *Matrix) Equal(o *Matrix) bool {
	if m.rows != o.rows || m.cols != o.cols {
		return false
	}
	for i, v := range m.cells {
		if v.Cmp(o.cells[i]) != 0 {
			return false
		}
	}
	return true
}

// Add is m plus k times o.
func (m *Matrix) Add(o *Matrix, k *big.Rat) (*Matrix, error) {
	if m.rows != o.rows || m.cols != o.cols {
		return nil, fmt.Errorf("matrices of %dx%d and %dx%d do not add", m.rows, m.cols, o.rows, o.cols)
	}
	sum := o.Scale(k)
	for i, v := range sum.cells {
		v.Add(m.cells[i], v)
	}
	return sum, nil
}

// Scale multiplies every cell.
func (m *Matrix) Scale(k *big.Rat) *Matrix {
	c := blank(m.rows, m.cols)
	for i, v := range m.cells {
		c.cells[i].Mul(v, k)
	}
	return c
}

// Mul is the product of matrices.
func (m *Matrix) Mul(ctx context.Context, o *Matrix) (*Matrix, error) {
	if m.cols != o.rows {
		return nil, fmt.Errorf("matrices of %dx%d and %dx%d do not multiply", m.rows, m.cols, o.rows, o.cols)
	}
	product, term := blank(m.rows, o.cols), new(big.Rat)
	for i := range m.rows {
		for j := range o.cols {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			cell := product.At(i, j)
			for k := range m.cols {
				cell.Add(cell, term.Mul(m.At(i, k), o.At(k, j)))
			}
			if cell.Num().BitLen()+cell.Denom().BitLen() > MaxBits/64 {
				return nil, tooLarge("a cell of the product", cell.Num().BitLen())
			}
		}
	}
	return product, nil
}

// Power multiplies m with itself; a negative n takes the inverse.
func (m *Matrix) Power(ctx context.Context, n *big.Int) (*Matrix, error) {
	if m.rows != m.cols {
		return nil, errors.New("only a square matrix has powers")
	}
	base, err := m, error(nil)
	if n.Sign() < 0 {
		if base, err = m.Inverse(ctx); err != nil {
			return nil, err
		}
	}
	power, err := Identity(m.rows)
	for i := n.BitLen() - 1; i >= 0 && err == nil; i-- {
		if power, err = power.Mul(ctx, power); err != nil {
			return nil, err
		}
		if new(big.Int).Abs(n).Bit(i) == 1 {
			power, err = power.Mul(ctx, base)
		}
	}
	return power, err
}

// Transpose mirrors rows and columns.
func (m *Matrix) Transpose() *Matrix {
	t := blank(m.cols, m.rows)
	for i := range m.rows {
		for j := range m.cols {
			t.At(j, i).Set(m.At(i, j))
		}
	}
	return t
}

// Trace sums the diagonal.
func (m *Matrix) Trace() *big.Rat {
	sum := new(big.Rat)
	for i := range min(m.rows, m.cols) {
		sum.Add(sum, m.At(i, i))
	}
	return sum
}

func (m *Matrix) String() string {
	var b strings.Builder
	b.WriteString("Matrix([")
	for i := range m.rows {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteByte('[')
		for j := range m.cols {
			if j > 0 {
				b.WriteString(", ")
			}
			b.WriteString(m.At(i, j).RatString())
		}
		b.WriteByte(']')
	}
	b.WriteString("])")
	return b.String()
}
