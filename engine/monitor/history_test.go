package monitor

import (
	"math/rand/v2"
	"slices"
	"testing"
)

func TestHistoryKeepsTheNewest(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	var h History
	var all []Value
	for i := range 3 * HistoryLen {
		v := Value{N: float64(i)}
		if rnd.IntN(4) == 0 {
			v = Value{Missing: Measuring}
		}
		h.Add(v)
		all = append(all, v)
		if want := min(i+1, HistoryLen); h.Len() != want {
			t.Fatalf("after %d: Len() = %d, want %d", i+1, h.Len(), want)
		}
		n := rnd.IntN(HistoryLen + 10)
		want := all[len(all)-min(n, h.Len()):]
		if got := h.Last(n); !slices.Equal(got, want) {
			t.Fatalf("after %d: Last(%d) = %v, want %v", i+1, n, got, want)
		}
	}
}

func TestHistoryPeak(t *testing.T) {
	hole := Value{N: 99, Missing: "off"}
	for _, c := range []struct {
		name string
		add  []Value
		want float64
		ok   bool
	}{
		{"empty", nil, 0, false},
		{"holes only", []Value{hole, hole}, 0, false},
		{"below zero", []Value{{N: -3}, hole, {N: -7}}, -3, true},
		{"in the middle", []Value{{N: 1}, {N: 8}, {N: 2}}, 8, true},
	} {
		var h History
		for _, v := range c.add {
			h.Add(v)
		}
		if got, ok := h.Peak(); got != c.want || ok != c.ok {
			t.Errorf("%s: Peak() = %v, %v, want %v, %v", c.name, got, ok, c.want, c.ok)
		}
	}
	var h History
	if got := h.Last(-1); len(got) != 0 {
		t.Errorf("Last(-1) of nothing = %v", got)
	}
}
