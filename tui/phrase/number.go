package phrase

import (
	"fmt"
	"strconv"
)

// Thousands is a number with its thousands parted by commas.
func Thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// Size is a number of bytes to read, in the decimal units that models are
// offered in.
func Size[N int64 | uint64](n N) string {
	switch x := float64(n); {
	case x >= 1e9:
		return fmt.Sprintf("%.1f GB", x/1e9)
	case x >= 1e6:
		return fmt.Sprintf("%.0f MB", x/1e6)
	default:
		return fmt.Sprintf("%.0f kB", x/1e3)
	}
}
