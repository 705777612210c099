package monitor

// HistoryLen is how many values a History holds.
const HistoryLen = 120

// History holds the last HistoryLen values of one figure, for a sparkline; the
// missing ones keep their place, as holes. The zero value is empty and ready.
type History struct {
	ring  [HistoryLen]Value
	count int // values held
	next  int // where the next one goes
}

// Add appends v; the oldest value makes room if need be.
func (h *History) Add(v Value) {
	h.ring[h.next] = v
	h.next = (h.next + 1) % HistoryLen
	h.count = min(h.count+1, HistoryLen)
}

// Len is how many values there are.
func (h *History) Len() int { return h.count }

// Last returns the newest n values, or as many as there are, oldest first. The
// slice is the caller's own.
func (h *History) Last(n int) []Value {
	n = max(0, min(n, h.count))
	last := make([]Value, n)
	for i := range last {
		last[i] = h.ring[(h.next-n+i+HistoryLen)%HistoryLen]
	}
	return last
}

// Peak is the highest value that is not missing; ok is false if there is none.
func (h *History) Peak() (n float64, ok bool) {
	for _, v := range h.Last(h.count) {
		if v.Missing == "" && (!ok || v.N > n) {
			n, ok = v.N, true
		}
	}
	return n, ok
}
