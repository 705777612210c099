// Package thousands reads whole numbers whose digits are written in groups, as
// countries, programs and TeX do it: 1,234,567, 1{,}234{,}567, 1\,234\,567,
// 1 234 567, 1.234.567, 1'234'567, 1_234_567 and 12{,}34{,}567 are one number.
// Whoever reads a number asks here, so that it is one everywhere.
//
// What may as well be a list, or a decimal, is no such number: 1,2,3 and 1, 234
// are lists, 1.234 is a decimal. 12,34,567 is India's number or three numbers;
// Indian says so, and who asks decides.
package thousands

import "strings"

// Place is what the number stands in.
type Place uint8

// maxBytes is the longest number whose beginning is looked for.
const maxBytes = 512

// The places.
const (
	Open     Place = iota
	Brackets       // where a bare comma separates numbers, as in (1,234)
)

// Read reads the number that s begins with: its digits without separators, and
// how many bytes of s they take with them. A number that is not written in
// groups is its digits alone. n is 0 if s begins with no digit.
func Read(s string, in Place) (digits string, n int) {
	n = figures(s)
	if n == 0 || n > 3 || s[0] == '0' || n == len(s) || letter(s[n]) {
		return s[:n], n
	}
	first, ok := markOf(s[n:])
	if !ok || first.sort == comma && in == Brackets {
		return s[:n], n
	}
	if end := groups(s, n, first.sort); end > n {
		return bare(s[:end]), end
	}
	return s[:n], n
}

// Last is where the number begins whose last digit s ends with.
func Last(s string) (from int) {
	from = len(s) - trailing(s)
	start, first := from, sort(0)
	for size := len(s) - from; len(s)-start < maxBytes && size == 3; {
		end, of := before(s, start)
		if start == from {
			first = of
		}
		if size = trailing(s[:end]); size == 0 || size > 3 || of != first {
			break
		}
		start = end - size
		if size == 2 && of == tightComma { // of India
			size = 3
		}
	}
	if _, n := Read(s[start:], Open); start+n == len(s) {
		return start
	}
	return from
}

// before is where the separator begins that stands before start, and which it
// is; 0 if there is none.
func before(s string, start int) (int, sort) {
	for size := 1; size <= maxMark && size < start; size++ {
		end := start - size
		if !digit(s[end-1]) {
			continue
		}
		if m, ok := markOf(s[end:start]); ok && m.size == size {
			return end, m.sort
		}
	}
	return 0, 0
}

// groups is where the groups end that follow the first digits of s, which end
// at n; it is n if they make no number.
func groups(s string, n int, of sort) int {
	end, threes, twos := n, 0, 0
	for end < len(s) {
		m, ok := markOf(s[end:])
		if !ok {
			break
		}
		size := figures(s[end+m.size:])
		switch {
		case m.sort != of:
			if of == comma && m.sort == tightComma && size == 3 { // 1,234{,}567 is two numbers
				return n
			}
			return ended(s, n, end, of, threes, twos)
		case size == 3:
			threes++
		case size == 2 && of == tightComma && n <= 2 && threes == 0:
			twos++ // of India
		case size > 3, size > 0 && of != space: // 1,234,56
			return n
		default:
			return ended(s, n, end, of, threes, twos)
		}
		end += m.size + size
	}
	return ended(s, n, end, of, threes, twos)
}

// ended is end if the groups up to it make a number, and n if they do not.
func ended(s string, n, end int, of sort, threes, twos int) int {
	switch {
	case threes == 0, twos > 0 && threes != 1:
		return n
	case of == point && threes < 2: // 1.234
		return n
	case of == space && strings.HasPrefix(s[end:], "/"): // 1 234/567
		return n
	case of == underscore && end < len(s) && (letter(s[end]) || s[end] == '_'):
		return n
	}
	return end
}

// Indian tells numbers side by side that India writes as one: 12,34,567 is
// twelve lakh thirty-four thousand five hundred and sixty-seven.
func Indian(parts []string) bool {
	last := len(parts) - 1
	if last < 2 || len(parts[0]) > 2 || parts[0] == "" || parts[0][0] == '0' || len(parts[last]) != 3 {
		return false
	}
	for _, part := range parts[1:last] {
		if len(part) != 2 {
			return false
		}
	}
	return true
}

// bare is the digits of s.
func bare(s string) string {
	digits := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if !digit(s[i]) {
			m, _ := markOf(s[i:])
			i += max(m.size, 1) - 1
			continue
		}
		digits = append(digits, s[i])
	}
	return string(digits)
}

// trailing is how many digits s ends with.
func trailing(s string) int {
	n := 0
	for n < len(s) && digit(s[len(s)-1-n]) {
		n++
	}
	return n
}

// figures is how many digits s begins with.
func figures(s string) int {
	n := 0
	for n < len(s) && digit(s[n]) {
		n++
	}
	return n
}

func digit(c byte) bool  { return c-'0' < 10 }
func letter(c byte) bool { return c|0x20-'a' < 26 }
