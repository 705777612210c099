package value

import (
	"math/big"
	"slices"
)

// rationalRoots are the candidates for roots that small enough ends allow, which
// are roots.
func rationalRoots(p []*big.Int) []*big.Rat {
	const maxCoefficient = 2000
	var roots []*big.Rat
	low := slices.IndexFunc(p, func(n *big.Int) bool { return n.Sign() != 0 })
	if low > 0 {
		roots = append(roots, new(big.Rat))
	}
	first, lead := new(big.Int).Abs(p[low]), new(big.Int).Abs(p[len(p)-1])
	if !first.IsInt64() || !lead.IsInt64() || first.Int64() > maxCoefficient || lead.Int64() > maxCoefficient {
		return roots
	}
	tries := 0
	for above := int64(1); above <= first.Int64(); above++ {
		if first.Int64()%above != 0 {
			continue
		}
		for below := int64(1); below <= lead.Int64() && tries < 400; below++ {
			if lead.Int64()%below != 0 {
				continue
			}
			for _, n := range [...]int64{above, -above} {
				tries++
				root := big.NewRat(n, below)
				if !slices.ContainsFunc(roots, func(r *big.Rat) bool { return r.Cmp(root) == 0 }) && isRoot(p, root) {
					roots = append(roots, root)
				}
			}
		}
	}
	return roots
}

func isRoot(p []*big.Int, root *big.Rat) bool {
	v := new(big.Rat)
	for i := len(p) - 1; i >= 0; i-- {
		v.Mul(v, root).Add(v, new(big.Rat).SetInt(p[i]))
	}
	return v.Sign() == 0
}

// solved finds the factors of the parts of above/below, from as many points.
func solved(parts []fractionPart, above, below coefficients) ([]fractionPart, bool) {
	rows := make([][]*big.Rat, 0, len(parts))
	for n := int64(10_007); len(rows) < len(parts); n++ {
		q := below.at(n)
		if q.Sign() == 0 {
			continue
		}
		row := make([]*big.Rat, len(parts)+1)
		for i, p := range parts {
			row[i] = big.NewRat(1, 1)
			by := new(big.Rat).Add(big.NewRat(n, 1), p.at)
			for range p.power {
				row[i].Quo(row[i], by)
			}
		}
		row[len(parts)] = new(big.Rat).Quo(above.at(n), q)
		rows = append(rows, row)
	}
	for i := range rows {
		pivot := slices.IndexFunc(rows[i:], func(row []*big.Rat) bool { return row[i].Sign() != 0 })
		if pivot < 0 {
			return nil, false
		}
		rows[i], rows[i+pivot] = rows[i+pivot], rows[i]
		for k, row := range rows {
			if k != i {
				cancel(row, rows[i], i)
			}
		}
	}
	for i := range parts {
		parts[i].factor = new(big.Rat).Quo(rows[i][len(parts)], rows[i][i])
	}
	return parts, true
}

// cancel makes the entry i of a row 0 by taking a multiple of another row away.
func cancel(row, by []*big.Rat, i int) {
	factor := new(big.Rat).Quo(row[i], by[i])
	for j := i; j < len(row); j++ {
		row[j] = new(big.Rat).Sub(row[j], new(big.Rat).Mul(factor, by[j]))
	}
}
