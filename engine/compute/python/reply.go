package python

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/aimo3/aimo3/engine/compute"
)

// reply is what a worker says of a cell. Code that a model wrote runs in the
// same process and can find the nonce, so a reply that carries it may still be
// forged: nothing in it is believed beyond what a cell could have done anyway.
type reply struct {
	out, err string // valid UTF-8
	dropped  int64  // bytes
	peak     int64  // KB
	broken   string // why the session can run no further cell; "" if it can
}

// parse reads the line of a reply to what was asked: a JSON array of the nonce,
// the number and the fields of a reply, each of them a string.
func parse(line []byte, want request) (reply, bool) {
	const fields = 7
	var f [fields + 1]*string // one more, to see that there are no more
	if want.nonce == "" || json.Unmarshal(line, &f) != nil || f[fields] != nil {
		return reply{}, false
	}
	for _, text := range f[:fields] {
		if text == nil {
			return reply{}, false
		}
	}
	dropped, noDropped := count(*f[4])
	peak, noPeak := count(*f[5])
	if *f[0] != want.nonce || *f[1] != strconv.Itoa(want.id) || noDropped || noPeak {
		return reply{}, false
	}
	return reply{out: *f[2], err: *f[3], dropped: dropped, peak: peak, broken: *f[6]}, true
}

// maxCount bounds what a worker counts: no cell writes a petabyte.
const maxCount = 1 << 50

// count reads a number from nought to maxCount, as a worker writes it.
func count(text string) (n int64, bad bool) {
	n, err := strconv.ParseInt(text, 10, 64)
	return n, err != nil || n < 0 || n > maxCount || strconv.FormatInt(n, 10) != text
}

// Bounds of what comes back beside an output.
const (
	maxErrorBytes  = 32 << 10
	maxBrokenBytes = 500
	maxMarkBytes   = 64 // of the words that stand for what was dropped
)

// bounded is a reply within the limits. A worker keeps them itself; one whose
// cell put together a reply of its own, or printed bytes that are not text, does not.
func (r reply) bounded(l compute.Limits) reply {
	var cut int
	r.out, cut = ends(r.out, l.Output+maxMarkBytes)
	r.dropped += int64(cut)
	r.err, _ = ends(r.err, maxErrorBytes)
	r.broken, _ = ends(strings.Join(strings.Fields(r.broken), " "), maxBrokenBytes)
	r.peak = min(r.peak, l.Memory>>10)
	return r
}

// ends is text without its middle if it has more than so many bytes, and how
// many bytes were dropped.
func ends(text string, maxBytes int) (string, int) {
	if len(text) <= maxBytes {
		return text, 0
	}
	half := max(0, maxBytes-maxMarkBytes) / 2
	head, tail := half, len(text)-half
	for head > 0 && !utf8.RuneStart(text[head]) {
		head--
	}
	for tail < len(text) && !utf8.RuneStart(text[tail]) {
		tail++
	}
	return text[:head] + mark(int64(tail-head)) + text[tail:], tail - head
}

// mark stands for what was dropped.
func mark(dropped int64) string { return fmt.Sprintf("\n[… %d bytes dropped …]\n", dropped) }
