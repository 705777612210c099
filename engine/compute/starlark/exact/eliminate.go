package exact

import (
	"context"
	"errors"
	"fmt"
	"math/big"
)

// reduce gives the reduced row echelon form and its pivot columns. Only the
// first limit columns are searched for pivots.
func (m *Matrix) reduce(ctx context.Context, limit int) (*Matrix, []int, error) {
	r, pivots, term := m.copied(), []int(nil), new(big.Rat)
	for col := 0; col < limit && len(pivots) < r.rows; col++ {
		row := len(pivots)
		if !r.raise(row, col) {
			continue
		}
		scale := new(big.Rat).Inv(r.At(row, col))
		for j := col; j < r.cols; j++ {
			r.At(row, j).Mul(r.At(row, j), scale)
		}
		for i := range r.rows {
			if err := ctx.Err(); err != nil {
				return nil, nil, err
			}
			if i == row || r.At(i, col).Sign() == 0 {
				continue
			}
			factor := new(big.Rat).Set(r.At(i, col))
			for j := col; j < r.cols; j++ {
				cell := r.At(i, j)
				cell.Sub(cell, term.Mul(factor, r.At(row, j)))
			}
		}
		pivots = append(pivots, col)
	}
	return r, pivots, nil
}

// raise swaps a row with something in col to place row; false if none is left.
func (m *Matrix) raise(row, col int) bool {
	for i := row; i < m.rows; i++ {
		if m.At(i, col).Sign() == 0 {
			continue
		}
		for j := range m.cols {
			a, b := i*m.cols+j, row*m.cols+j
			m.cells[a], m.cells[b] = m.cells[b], m.cells[a]
		}
		return true
	}
	return false
}

// RREF gives the reduced row echelon form and its pivot columns.
func (m *Matrix) RREF(ctx context.Context) (*Matrix, []int, error) { return m.reduce(ctx, m.cols) }

// Rank counts the independent rows.
func (m *Matrix) Rank(ctx context.Context) (int, error) {
	_, pivots, err := m.RREF(ctx)
	return len(pivots), err
}

// beside sets o to the right of m.
func (m *Matrix) beside(o *Matrix) *Matrix {
	wide := &Matrix{rows: m.rows, cols: m.cols + o.cols}
	for i := range m.rows {
		wide.cells = append(wide.cells, m.cells[i*m.cols:(i+1)*m.cols]...)
		wide.cells = append(wide.cells, o.cells[i*o.cols:(i+1)*o.cols]...)
	}
	return wide
}

func (m *Matrix) right(from int) *Matrix {
	part := &Matrix{rows: m.rows, cols: m.cols - from}
	for i := range m.rows {
		part.cells = append(part.cells, m.cells[i*m.cols+from:(i+1)*m.cols]...)
	}
	return part
}

// Inverse is an error where the determinant is 0.
func (m *Matrix) Inverse(ctx context.Context) (*Matrix, error) {
	if m.rows != m.cols {
		return nil, errors.New("only a square matrix has an inverse")
	}
	unit, err := Identity(m.rows)
	if err != nil {
		return nil, err
	}
	return m.Solve(ctx, unit)
}

// Solve gives the one x with m*x = b, an error where there is none or more
// than one.
func (m *Matrix) Solve(ctx context.Context, b *Matrix) (*Matrix, error) {
	if m.rows != b.rows {
		return nil, fmt.Errorf("%d equations have %d right sides", m.rows, b.rows)
	}
	reduced, pivots, err := m.beside(b).reduce(ctx, m.cols)
	if err != nil {
		return nil, err
	}
	if len(pivots) < m.cols {
		return nil, fmt.Errorf("one solution %w: the matrix has rank %d of %d", ErrNone, len(pivots), m.cols)
	}
	x := reduced.right(m.cols)
	for _, v := range x.cells[m.cols*x.cols:] {
		if v.Sign() != 0 {
			return nil, fmt.Errorf("solution %w: the equations contradict each other", ErrNone)
		}
	}
	return &Matrix{m.cols, x.cols, x.cells[:m.cols*x.cols]}, nil
}

// Det is the determinant, by Bareiss: every division is exact.
func (m *Matrix) Det(ctx context.Context) (*big.Rat, error) {
	if m.rows != m.cols {
		return nil, errors.New("only a square matrix has a determinant")
	}
	scale, a := m.integers()
	sign, previous, t := int64(1), one(), new(big.Int)
	for k := range m.rows {
		swap := k
		for swap < m.rows && a[swap][k].Sign() == 0 {
			swap++
		}
		if swap == m.rows {
			return new(big.Rat), nil
		}
		if swap != k {
			a[swap], a[k], sign = a[k], a[swap], -sign
		}
		for i := k + 1; i < m.rows; i++ {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			for j := k + 1; j < m.cols; j++ {
				t.Mul(a[i][k], a[k][j])
				a[i][j].Mul(a[i][j], a[k][k]).Sub(a[i][j], t).Quo(a[i][j], previous)
			}
		}
		previous = a[k][k]
	}
	return new(big.Rat).SetFrac(previous.Mul(previous, num(sign)), scale), nil
}

// integers clears the denominators of each row; scale is what the determinant
// grew by.
func (m *Matrix) integers() (scale *big.Int, a [][]*big.Int) {
	scale = one()
	a = make([][]*big.Int, m.rows)
	for i := range a {
		common := one()
		for j := range m.cols {
			d := m.At(i, j).Denom()
			g := new(big.Int).GCD(nil, nil, common, d)
			common.Mul(common, g.Quo(d, g))
		}
		scale.Mul(scale, common)
		a[i] = make([]*big.Int, m.cols)
		for j := range a[i] {
			v := m.At(i, j)
			a[i][j] = new(big.Int).Mul(v.Num(), new(big.Int).Quo(common, v.Denom()))
		}
	}
	return scale, a
}
