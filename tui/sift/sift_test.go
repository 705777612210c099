package sift

import (
	"fmt"
	"slices"
	"testing"
)

func TestFind(t *testing.T) {
	lines := New([]string{"stop all", "solve again", "Stop", "next boxed answer", "full outputs", "größer", "whole problem", "a\xffb"})
	for _, row := range []struct {
		typed string
		want  []int
	}{
		{"", []int{0, 1, 2, 3, 4, 5, 6, 7}},
		{"  ", []int{0, 1, 2, 3, 4, 5, 6, 7}},
		{"st", []int{0, 2}},
		{"STOP", []int{0, 2}},
		{"s a", []int{0, 1, 3}}, // of the last, only within words
		{"a", []int{7, 0, 1, 3}},
		{"ou", []int{4}},
		{"oul", nil},
		{"nba", []int{3}}, // the letters in order
		{"xa", nil},       // not from the beginning of a word
		{"gß", []int{5}},
		{"öß", []int{5}},
		{"again solve", []int{1}},
		{"stop zz", nil},
	} {
		if got := lines.Find(row.typed); !slices.Equal(got, row.want) {
			t.Errorf("%q: %v, want %v", row.typed, got, row.want)
		}
	}
}

func FuzzFind(f *testing.F) {
	f.Add("stop all", "s a")
	f.Add("\xff\xfe", "\xffa")
	f.Fuzz(func(t *testing.T, line, typed string) {
		l := New([]string{line})
		l.Find(typed)
		if got := l.Find(""); len(got) != 1 {
			t.Errorf("nothing typed finds %v", got)
		}
	})
}

func BenchmarkFindOf1000(b *testing.B) {
	lines := make([]string, 1000)
	for i := range lines {
		lines[i] = fmt.Sprintf("Find the number %d of pairs of integers a and b so that a+b divides ab and both are below one thousand", i)
	}
	l := New(lines)
	for b.Loop() {
		l.Find("prs intgr 99")
	}
}
