package pane

import (
	"fmt"
	"math"
	"strconv"
	"time"
)

// missing stands for a figure that there is none of.
const missing = "–"

// Count is 12345 as "12,345".
func Count(n int) string {
	digits := strconv.Itoa(n)
	first := 0
	if n < 0 {
		first = 1
	}
	for i := len(digits) - 3; i > first; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// Window is a number of tokens as people name it: "32k" for 32,768.
func Window(tokens int) string {
	if tokens >= 1024 && tokens%1024 == 0 {
		return strconv.Itoa(tokens/1024) + "k"
	}
	return Count(tokens)
}

// Bytes is a size in decimal units, 1 GB being 10⁹ bytes, as Ollama shows them.
func Bytes(n int64) string {
	if n < 0 {
		return missing
	}
	size, unit := float64(n), 0
	units := [...]string{"B", "KB", "MB", "GB", "TB", "PB", "EB"}
	for size >= 999.5 && unit < len(units)-1 {
		size /= 1000
		unit++
	}
	if unit == 0 || size >= 99.95 {
		return fmt.Sprintf("%.0f %s", size, units[unit])
	}
	return fmt.Sprintf("%.1f %s", size, units[unit])
}

// Duration is "4:12", or "1:04:12"; parts of a second are left out.
func Duration(d time.Duration) string {
	s := int64(max(d, 0) / time.Second)
	if s >= 3600 {
		return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
	}
	return fmt.Sprintf("%d:%02d", s/60, s%60)
}

// Percent is a number of percent, 0 to 100, as "41%"; "–" if it is no number.
func Percent(p float64) string {
	if math.IsNaN(p) || math.IsInf(p, 0) {
		return missing
	}
	return fmt.Sprintf("%.0f%%", p)
}

// OnGPU is how much of a model in memory is on GPUs, of its bytes in all.
func OnGPU(vram, size int64) string {
	switch {
	case vram <= 0 || size <= 0:
		return "CPU only"
	case vram >= size:
		return "100% GPU"
	}
	return fmt.Sprintf("%d%% GPU", 100*vram/size)
}

// Expiry is how long a server holds a model yet if nobody asks it, which it says by a time.
func Expiry(at, now time.Time) string {
	const forEver = 10 * 365 * 24 * time.Hour // what the server says of a model that it never gives up
	switch left := at.Sub(now); {
	case at.IsZero():
		return missing
	case left > forEver:
		return "never"
	case left <= 0:
		return "now"
	default:
		return Duration(left)
	}
}
