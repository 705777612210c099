package pane

import (
	"slices"
	"testing"
)

func TestDivide(t *testing.T) {
	for _, row := range []struct {
		name   string
		total  int
		shares []Share
		want   []int
	}{
		{"by weight", 120, []Share{{3, 20}, {1, 20}}, []int{90, 30}},
		{"by weight down to the minimum", 60, []Share{{3, 20}, {1, 20}}, []int{40, 20}},
		{"fixed ends", 36, []Share{{0, 1}, {1, 5}, {0, 1}}, []int{1, 34, 1}},
		{"too little: the last give way", 25, []Share{{1, 20}, {1, 20}, {1, 20}}, []int{20, 5, 0}},
		{"odd cells are given too", 10, []Share{{1, 0}, {1, 0}, {1, 0}}, []int{3, 3, 4}},
		{"nobody wants more", 10, []Share{{0, 2}, {0, 3}}, []int{2, 8}},
		{"less than nothing", -5, []Share{{1, 2}, {0, 3}}, []int{0, 0}},
		{"nobody", 10, nil, []int{}},
	} {
		if got := divide(row.total, row.shares); !slices.Equal(got, row.want) {
			t.Errorf("%s: got %v, want %v", row.name, got, row.want)
		}
	}
}

func TestSplitsTile(t *testing.T) {
	splits := [][]Share{
		{{1, 0}}, {{3, 20}, {1, 20}}, {{0, 1}, {1, 8}, {0, 1}}, {{2, 10}, {2, 10}, {1, 30}, {5, 0}}, {{0, 3}, {0, 4}},
	}
	for w := 20; w <= 300; w++ {
		for h := 5; h <= 100; h++ {
			for _, shares := range splits {
				whole := Rect{3, 7, w, h}
				x, y := whole.X, whole.Y
				for _, r := range whole.SplitH(shares...) {
					if r.X != x || r.Y != whole.Y || r.H != h || r.W < 0 {
						t.Fatalf("%v by columns %v: %v does not begin at %d", whole, shares, r, x)
					}
					x += r.W
				}
				for _, r := range whole.SplitV(shares...) {
					if r.Y != y || r.X != whole.X || r.W != w || r.H < 0 {
						t.Fatalf("%v by rows %v: %v does not begin at %d", whole, shares, r, y)
					}
					y += r.H
				}
				if x != whole.X+w || y != whole.Y+h {
					t.Fatalf("%v by %v ends at %d, %d", whole, shares, x, y)
				}
			}
		}
	}
}
