package cache

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"time"
)

// name is a key as tiers know it. Names of other versions are other names, so that
// programs of two versions share a tier and neither takes anything from the other.
func (c *Cached[K, V]) name(key K) string {
	return fmt.Sprintf("%s/%d/%s", c.with.Name, c.with.Version, c.with.Text(key))
}

// A value in a tier is a mark, its time in nanoseconds of Unix, a checksum, the text.
const (
	sealMark  = "ac1\n"
	sumBytes  = 8
	headBytes = len(sealMark) + 8 + sumBytes
)

// seal binds a text to its name and time.
func seal(name string, text []byte, until time.Time) []byte {
	out := make([]byte, headBytes, headBytes+len(text))
	copy(out, sealMark)
	binary.BigEndian.PutUint64(out[len(sealMark):], uint64(until.UnixNano())) //nolint:gosec // its bits
	copy(out[headBytes-sumBytes:], sumOf(name, out[:headBytes-sumBytes], text))
	return append(out, text...)
}

// unseal is the text that was sealed under name, if it is whole and not past its time.
func unseal(name string, sealed []byte, now time.Time) (text []byte, until time.Time, ok bool) {
	if len(sealed) < headBytes || !bytes.HasPrefix(sealed, []byte(sealMark)) {
		return nil, until, false
	}
	head, sum, text := sealed[:headBytes-sumBytes], sealed[headBytes-sumBytes:headBytes], sealed[headBytes:]
	until = time.Unix(0, int64(binary.BigEndian.Uint64(head[len(sealMark):]))) //nolint:gosec // its bits
	return text, until, bytes.Equal(sum, sumOf(name, head, text)) && now.Before(until)
}

func sumOf(name string, head, text []byte) []byte {
	h := sha256.New()
	_, _ = fmt.Fprintf(h, "%d %s", len(name), name)
	_, _ = h.Write(head)
	_, _ = h.Write(text)
	return h.Sum(nil)[:sumBytes]
}
