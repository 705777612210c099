package monitor

import (
	"context"
	"testing"
	"testing/synctest"
)

func TestLookSettles(t *testing.T) {
	load := func(context.Context) ([]Loaded, error) { return []Loaded{{Name: "m", Size: 7}}, nil }
	synctest.Test(t, func(t *testing.T) {
		r := Look(t.Context(), Options{DiskOf: t.TempDir(), Load: load, NvidiaSMI: "/nowhere"})
		if r.unsettled() || r.Memory.Total == 0 || r.Disk.Total == 0 || len(r.Loaded) != 1 {
			t.Errorf("got %+v", r)
		}
	})
}

func TestRoom(t *testing.T) {
	memory := Usage{Used: 6, Total: 16}
	for _, c := range []struct {
		name string
		r    Reading
		want uint64
	}{
		{"main memory", Reading{Memory: memory}, 10},
		{"GPUs", Reading{Memory: memory, GPUs: []GPU{{Memory: Usage{Used: 1, Total: 4}}, {Memory: Usage{Total: 4}}}}, 7},
		{"a GPU that does not say", Reading{Memory: memory, GPUs: []GPU{{Memory: Usage{Missing: "[N/A]"}}}}, 10},
		{"what is loaded", Reading{Memory: memory, Loaded: []Loaded{{Size: 5}}}, 15},
		{"a GPU that shares it", Reading{Memory: memory, GPUs: []GPU{{Shared: true, Memory: Usage{Used: 1, Total: 13}}}}, 12},
		{"one that shares less than is free", Reading{Memory: memory, GPUs: []GPU{{Shared: true, Memory: Usage{Used: 1, Total: 2}}}}, 10},
		{"one that shares, beside a card", Reading{Memory: memory, GPUs: []GPU{{Shared: true, Memory: Usage{Total: 13}}, {Memory: Usage{Total: 4}}}}, 4},
		{"GPUs that have not answered", Reading{Memory: memory, GPUsPending: true}, 0},
		{"elsewhere", Reading{Memory: memory, Remote: true}, 0},
		{"unknown", Reading{Memory: Usage{Missing: "?"}}, 0},
	} {
		if got := c.r.Room(); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
}
