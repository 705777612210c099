package asked

import (
	"math/big"
	"strings"
	"unicode/utf8"

	"github.com/aimo3/aimo3/engine/answer/thousands"
)

// maxBits bounds a modulus.
const maxBits = 4096

// number reads the integer that s begins with: digits in any grouping, powers,
// products and sums of them, or a word. It returns nil for anything with a
// letter in it, and how many bytes it took.
func number(s string) (value *big.Int, n int) {
	i := opening(s)
	if m, n := spelled(s[i:]); m != nil {
		return m, i + n
	}
	r := reader{s: s, at: i}
	value = r.sum()
	if value == nil || value.Sign() <= 0 || r.bad || r.goesOn() {
		return nil, 0
	}
	return value, r.at
}

// opening is the length of what may stand before a modulus: the marks of a
// formula, and words that say that it is a number.
func opening(s string) int {
	i := 0
	for {
		n := len(s[i:]) - len(strings.TrimLeft(s[i:], " \t\n${("))
		for _, mark := range [...]string{`\(`, "the ", "a ", "prime ", "number ", "integer ", "modulus "} {
			if strings.HasPrefix(s[i+n:], mark) {
				n += len(mark)
				break
			}
		}
		if n == 0 {
			return i
		}
		i += n
	}
}

// spelled reads a round number in words.
func spelled(s string) (m *big.Int, n int) {
	for _, w := range [...]struct {
		text  string
		value int64
	}{
		{"one hundred thousand", 100_000},
		{"hundred thousand", 100_000},
		{"ten thousand", 10_000},
		{"one thousand", 1000},
		{"thousand", 1000},
		{"one million", 1_000_000},
		{"million", 1_000_000},
		{"one hundred", 100},
		{"hundred", 100},
		{"two", 2},
		{"three", 3},
		{"four", 4},
		{"five", 5},
		{"six", 6},
		{"seven", 7},
		{"eight", 8},
		{"nine", 9},
		{"ten", 10},
		{"eleven", 11},
		{"twelve", 12},
		{"thirteen", 13},
	} {
		if rest, ok := strings.CutPrefix(s, w.text); ok && (rest == "" || !letter(rest[0])) {
			return big.NewInt(w.value), len(w.text)
		}
	}
	return nil, 0
}

// reader reads an expression of integers from left to right.
type reader struct {
	s   string
	at  int
	bad bool // it is an expression, but too large a one
}

func (r *reader) rest() string { return r.s[r.at:] }

// take goes past one of some texts, spaces before it included.
func (r *reader) take(texts ...string) string {
	rest := strings.TrimLeft(r.rest(), " ")
	for _, t := range texts {
		if strings.HasPrefix(rest, t) {
			r.at = len(r.s) - len(rest) + len(t)
			return t
		}
	}
	return ""
}

func (r *reader) sum() *big.Int {
	value := r.product()
	for value != nil {
		before := r.at
		sign := r.take("+", "-", "−")
		if sign == "" {
			break
		}
		next := r.product()
		if next == nil {
			r.at = before
			r.bad = true
			break
		}
		if sign != "+" {
			next.Neg(next)
		}
		value = new(big.Int).Add(value, next)
	}
	return value
}

func (r *reader) product() *big.Int {
	value := r.power()
	for value != nil {
		if strings.HasPrefix(strings.TrimLeft(r.rest(), " "), "**") || r.take(`\cdot`, `\times`, "·", "×", "*") == "" {
			break
		}
		next := r.power()
		if next == nil || value.BitLen()+next.BitLen() > maxBits {
			r.bad = true
			break
		}
		value = new(big.Int).Mul(value, next)
	}
	return value
}

func (r *reader) power() *big.Int {
	base := r.digits()
	if base == nil {
		return nil
	}
	exponent := r.superscript()
	if exponent == nil && r.take("^", "**") != "" {
		braced := r.take("{", "(") != ""
		exponent = r.digits()
		if exponent == nil || braced && r.take("}", ")") == "" {
			r.bad = true
			return base
		}
	}
	if exponent == nil {
		return base
	}
	if !exponent.IsInt64() || exponent.Int64() > maxBits/int64(max(base.BitLen(), 1)) { // no product, which may overflow
		r.bad = true
		return base
	}
	return new(big.Int).Exp(base, exponent, nil)
}

// digits reads a number as it is written down: 99991, 99 991, 99,991, 99{,}991.
func (r *reader) digits() *big.Int {
	s := strings.TrimLeft(r.rest(), " ")
	digits, n := thousands.Read(s[:min(len(s), 4*maxDigits)], thousands.Open)
	if n == 0 || len(digits) >= maxDigits {
		return nil
	}
	r.at = len(r.s) - len(s) + n
	value, _ := new(big.Int).SetString(digits, 10)
	return value
}

// superscript reads an exponent that is written raised.
func (r *reader) superscript() *big.Int {
	raised := []rune("⁰¹²³⁴⁵⁶⁷⁸⁹")
	written := ""
	for r.at < len(r.s) && len(written) < 8 {
		c, n := utf8.DecodeRuneInString(r.rest())
		k := strings.IndexRune(string(raised), c)
		if k < 0 {
			break
		}
		written += string(rune('0' + utf8.RuneCountInString(string(raised)[:k])))
		r.at += n
	}
	value, ok := new(big.Int).SetString(written, 10)
	if !ok {
		return nil
	}
	return value
}

// goesOn tells whether what was read is only the beginning of a larger
// expression, or of one with names.
func (r *reader) goesOn() bool {
	rest := r.rest()
	if rest == "" {
		return false
	}
	if letter(rest[0]) || strings.IndexByte("^_!/", rest[0]) >= 0 {
		return true
	}
	if rest[0] == '.' && len(rest) > 1 && digit(rest[1]) {
		return true
	}
	rest = strings.TrimLeft(rest, " ")
	return strings.HasPrefix(rest, `\`) && !strings.HasPrefix(rest, `\)`) && !strings.HasPrefix(rest, `\]`) && !strings.HasPrefix(rest, `\\`) && !strings.HasPrefix(rest, `\ `)
}
