package grade

import (
	"bufio"
	"errors"
	"io"
	"slices"
	"time"
)

// MaxLine bounds a line.
const MaxLine = 4 << 20

// ErrLong is a line that is longer than MaxLine; the next can be read.
var ErrLong = errors.New("the line is longer than 4 MB")

// Lines reads a stream line by line.
type Lines struct {
	from *bufio.Reader
	line []byte
}

// NewLines returns the lines of r.
func NewLines(r io.Reader) *Lines { return &Lines{from: bufio.NewReaderSize(r, 64<<10)} }

// Next returns the next line, which the one after it overwrites, or io.EOF.
func (l *Lines) Next() ([]byte, error) {
	l.line = l.line[:0]
	long := false
	for {
		part, more, err := l.from.ReadLine()
		if err != nil {
			return nil, err
		}
		if long = long || len(l.line)+len(part) > MaxLine; !long {
			l.line = append(l.line, part...)
		}
		if !more {
			break
		}
	}
	if long {
		return nil, ErrLong
	}
	return l.line, nil
}

// spread is the median, the 99th percentile and the largest of some times.
func spread(times []time.Duration) (median, high, most time.Duration) {
	sorted := slices.Sorted(slices.Values(times))
	n := len(sorted)
	return sorted[n/2], sorted[min(n-1, n*99/100)], sorted[n-1]
}
