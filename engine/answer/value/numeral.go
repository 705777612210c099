package value

import (
	"math/big"
	"strings"
)

// smallInt is e if it is a whole number of few digits.
func smallInt(e *expr) (int, bool) {
	if e.op != number || !e.rat.IsInt() || e.rat.Num().BitLen() > 30 {
		return 0, false
	}
	return int(e.rat.Num().Int64()), true
}

func plainDigits(s string, radix int) bool {
	for _, r := range s {
		v := int(r - '0')
		if r >= 'a' {
			v = int(r-'a') + 10
		} else if r >= 'A' {
			v = int(r-'A') + 10
		}
		if v < 0 || v >= radix {
			return false
		}
	}
	return len(s) > 0 && len(s) <= 1000
}

// numeral is the value of a decimal numeral without sign.
func numeral(s string) (*big.Rat, bool) {
	whole, fraction, _ := strings.Cut(s, ".")
	if len(s) > 1300 || !plainDigits(whole+fraction, 10) {
		return nil, false
	}
	n, ok := new(big.Int).SetString(whole+fraction, 10)
	if !ok {
		return nil, false
	}
	if fraction == "" {
		return new(big.Rat).SetInt(n), true
	}
	return new(big.Rat).SetFrac(n, tenTo(len(fraction))), true
}

func tenTo(n int) *big.Int { return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil) }

// repeating is the value of a decimal as "0.1(6)".
func repeating(s string) (*big.Rat, bool) {
	head, tail, ok := strings.Cut(s, "(")
	tail, closed := strings.CutSuffix(tail, ")")
	if !ok || !closed || !plainDigits(tail, 10) {
		return nil, false
	}
	if head == "" || strings.HasSuffix(head, ".") {
		head += "0"
		if !strings.Contains(head, ".") {
			head += ".0"
		}
	}
	q, ok := numeral(head)
	if !ok {
		return nil, false
	}
	_, fraction, _ := strings.Cut(strings.SplitN(s, "(", 2)[0], ".")
	period, _ := new(big.Int).SetString(tail, 10)
	nines := new(big.Int).Sub(tenTo(len(tail)), big.NewInt(1))
	return q.Add(q, new(big.Rat).SetFrac(period, nines.Mul(nines, tenTo(len(fraction))))), true
}
