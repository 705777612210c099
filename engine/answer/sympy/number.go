package sympy

import (
	"math/big"
	"strconv"
	"strings"

	"github.com/aimo3/aimo3/engine/answer/tex"
)

// maxDigits is more than the parser lets through.
const maxDigits = 1300

// number writes a numeral as an exact number.
func (w *writer) number(n *tex.Node) {
	var q *big.Rat
	switch n.Op {
	case tex.Num:
		q = decimal(n.Text)
	case tex.Repeating:
		q = repeating(n.Text)
	default:
		q = based(n)
	}
	switch {
	case q == nil:
		w.failed = true
	case q.IsInt():
		w.out.WriteString("Integer(" + q.Num().String() + ")")
	default:
		w.out.WriteString("Rational(" + q.Num().String() + ", " + q.Denom().String() + ")")
	}
}

// decimal is the value of a numeral as 12, 0.5 or .5; nil if it is none.
func decimal(s string) *big.Rat {
	whole, fraction, _ := strings.Cut(s, ".")
	n := digits(whole+fraction, 10)
	if n == nil {
		return nil
	}
	return new(big.Rat).SetFrac(n, power10(len(fraction)))
}

// repeating is the value of a numeral as 0.1(6). Its period is that many nines'
// share of the last place before it.
func repeating(s string) *big.Rat {
	head, period, ok := strings.Cut(strings.TrimSuffix(s, ")"), "(")
	p := digits(period, 10)
	if _, fraction, _ := strings.Cut(head, "."); ok && p != nil {
		if q := decimal("0" + head); q != nil {
			nines := new(big.Int).Sub(power10(len(period)), big.NewInt(1))
			return q.Add(q, new(big.Rat).SetFrac(p, nines.Mul(nines, power10(len(fraction)))))
		}
	}
	return nil
}

// based is the value of a numeral in another base.
func based(n *tex.Node) *big.Rat {
	if len(n.Args) != 1 || n.Args[0].Op != tex.Num {
		return nil
	}
	base, err := strconv.Atoi(n.Args[0].Text)
	if err != nil || base < 2 || base > 36 {
		return nil
	}
	if v := digits(n.Text, base); v != nil {
		return new(big.Rat).SetInt(v)
	}
	return nil
}

// digits is the number that s is, if it holds nothing but digits of the base.
func digits(s string, base int) *big.Int {
	if len(s) == 0 || len(s) > maxDigits || strings.Trim(strings.ToLower(s), "0123456789abcdefghijklmnopqrstuvwxyz"[:base]) != "" {
		return nil
	}
	v, ok := new(big.Int).SetString(s, base)
	if !ok {
		return nil
	}
	return v
}

func power10(n int) *big.Int { return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil) }
