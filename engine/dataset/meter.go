package dataset

import (
	"context"
	"errors"
	"io"
)

var (
	errLongRecord = errors.New("a record of more than 1 MB: is a quote or a bracket not closed?")
	errLongSource = errors.New("more than 8 GB once unpacked: it is no set of problems")
)

// meter counts what is read of a source, by lines, and bounds each record and the whole.
// It ends when its context does.
type meter struct {
	ctx  context.Context
	from io.Reader
	read int64
	mark int64   // where the record begins
	line int     // lines that have ended before mark
	last int64   // where the line of mark begins
	ends []int64 // line ends after mark
}

// Read implements io.Reader. Readers behind it look ahead: that is not of the record yet.
func (m *meter) Read(p []byte) (int, error) {
	const ahead = 64 << 10
	switch {
	case m.ctx.Err() != nil:
		return 0, m.ctx.Err()
	case m.read-m.mark > MaxRecordBytes+ahead:
		return 0, errLongRecord
	case m.read > MaxSourceBytes:
		return 0, errLongSource
	}
	n, err := m.from.Read(p[:min(len(p), ahead)])
	for i, b := range p[:n] {
		if b == '\n' {
			m.ends = append(m.ends, m.read+int64(i))
		}
	}
	m.read += int64(n)
	return n, err
}

// next says that a record begins at an offset.
func (m *meter) next(offset int64) {
	m.mark = offset
	n := 0
	for n < len(m.ends) && m.ends[n] < offset {
		n++
	}
	if n > 0 {
		m.line += n
		m.last = m.ends[n-1] + 1
		m.ends = m.ends[n:]
	}
}

// at is the position of an offset that is not before the record.
func (m *meter) at(offset int64) position {
	line, last := m.line, m.last
	for _, end := range m.ends {
		if end >= offset {
			break
		}
		line, last = line+1, end+1
	}
	return position{line + 1, int(offset-last) + 1}
}
