package store

import (
	"encoding/binary"
	"io"
	"math"
)

// recordOf are the values of a record.
func recordOf(b []byte) (values []any, ok bool) {
	head, n := varint(b)
	if n == 0 || head < int64(n) || head > int64(len(b)) {
		return nil, false
	}
	types, body := b[n:head], b[head:]
	for len(types) > 0 {
		kind, n := varint(types)
		if n == 0 {
			return nil, false
		}
		types = types[n:]
		v, size, err := value(kind, body)
		if err != nil {
			return nil, false
		}
		values, body = append(values, v), body[size:]
	}
	return values, true
}

func value(kind int64, b []byte) (v any, size int, err error) {
	ints := map[int64]int{1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
	switch {
	case kind == 0:
		return nil, 0, nil
	case kind == 8, kind == 9:
		return kind - 8, 0, nil
	case kind >= 12 && (kind-12)/2 <= int64(len(b)):
		size = int((kind - 12) / 2)
		if kind%2 == 1 {
			return string(b[:size]), size, nil
		}
		return b[:size:size], size, nil
	case ints[kind] == 0 && kind != 7, kind != 7 && ints[kind] > len(b), kind == 7 && len(b) < 8:
		return nil, 0, io.ErrUnexpectedEOF
	case kind == 7:
		return math.Float64frombits(binary.BigEndian.Uint64(b)), 8, nil
	}
	size = ints[kind]
	n := int64(int8(b[0])) //nolint:gosec // its sign is wanted
	for _, c := range b[1:size] {
		n = n<<8 | int64(c)
	}
	return n, size, nil
}

// varint reads a number of one to nine bytes; n is 0 if it is not there whole.
func varint(b []byte) (v int64, n int) {
	for i, c := range b[:min(len(b), 9)] {
		if i == 8 {
			return v<<8 | int64(c), 9
		}
		v = v<<7 | int64(c&0x7f)
		if c < 0x80 {
			return v, i + 1
		}
	}
	return 0, 0
}
