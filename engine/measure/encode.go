package measure

import (
	"encoding/binary"
	"errors"
)

// maxEncodedBytes bounds what Decode takes: every bucket, each with the longest count.
const maxEncodedBytes = (maxBucket - minBucket + 1) * 2 * binary.MaxVarintLen64

// Encode writes the buckets; Count, Sum, Min and Max are left to the caller. It is nil
// of values that were only counted.
func (f *Figures) Encode() []byte {
	var out []byte
	last := int64(0)
	for _, b := range f.sorted() {
		out = binary.AppendVarint(out, int64(b)-last)
		out = binary.AppendUvarint(out, f.buckets[b])
		last = int64(b)
	}
	return out
}

var errEncoded = errors.New("what was kept of a series cannot be read")

// Decode reads what Encode wrote into f.
func (f *Figures) Decode(in []byte) error {
	f.buckets = nil
	if len(in) == 0 {
		return nil
	}
	if len(in) > maxEncodedBytes {
		return errEncoded
	}
	buckets, at, all := map[int]uint64{}, int64(0), uint64(0)
	for len(in) > 0 {
		step, n := binary.Varint(in)
		if n <= 0 {
			return errEncoded
		}
		count, m := binary.Uvarint(in[n:])
		if at += step; m <= 0 || at < minBucket || at > maxBucket || count > f.Count {
			return errEncoded
		}
		buckets[int(at)] += count
		all += count
		in = in[n+m:]
	}
	if all != f.Count {
		return errEncoded
	}
	f.buckets = buckets
	return nil
}
