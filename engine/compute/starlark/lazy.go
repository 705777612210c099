package starlark

import (
	"errors"
	"fmt"
	"slices"

	sl "go.starlark.net/starlark"
)

// lazy is a row of values made one at a time, as often as it is looped over.
type lazy struct {
	name  string
	start func() func() (sl.Value, bool)
}

// String names what makes the row.
func (l *lazy) String() string { return "<" + l.name + ", list(...) shows it>" }

// Type is the function that made it.
func (l *lazy) Type() string { return l.name }

// Freeze does nothing: it is never changed.
func (l *lazy) Freeze() {}

// Truth holds, as of any iterator.
func (l *lazy) Truth() sl.Bool { return true }

// Hash is an error.
func (l *lazy) Hash() (uint32, error) { return 0, errors.New("unhashable: " + l.name) }

// Iterate begins anew.
func (l *lazy) Iterate() sl.Iterator { return &steps{l.start()} }

type steps struct{ next func() (sl.Value, bool) }

// Next implements sl.Iterator.
func (s *steps) Next(p *sl.Value) bool {
	v, ok := s.next()
	if ok {
		*p = v
	}
	return ok
}

// Done implements sl.Iterator.
func (s *steps) Done() {}

// choices are the rows of itertools.
var choices = map[string]function{
	"permutations": {"items r?", func(c *call) (sl.Value, error) {
		return c.chosen(func(_, r int) []int { return firstIndices(r) }, nextPermutation)
	}},
	"combinations": {"items r", func(c *call) (sl.Value, error) {
		return c.chosen(func(_, r int) []int { return firstIndices(r) }, nextCombination)
	}},
	"combinations_with_replacement": {"items r", func(c *call) (sl.Value, error) {
		return c.chosen(func(n, r int) []int {
			if n == 0 && r > 0 {
				return nil
			}
			return make([]int, r)
		}, nextMultiset)
	}},
	"accumulate": {"items f? initial?", accumulated},
	"chain": {"*", func(c *call) (sl.Value, error) {
		var out []sl.Value
		for i := range c.args {
			out = append(out, c.list(i)...)
		}
		return sl.NewList(out), nil
	}},
	"count":    {"start? step?", counted},
	"islice":   {"items start stop? step?", sliced},
	"repeat":   {"x times?", repeated},
	"pairwise": {"items", func(c *call) (sl.Value, error) { return pairs(c.list(0)), nil }},
}

func pairs(items []sl.Value) sl.Value {
	var out []sl.Value
	for i := 1; i < len(items); i++ {
		out = append(out, sl.Tuple{items[i-1], items[i]})
	}
	return sl.NewList(out)
}

func firstIndices(r int) []int {
	at := make([]int, r)
	for i := range at {
		at[i] = i
	}
	return at
}

// chosen is the row of all choices of r items: the first by indices, each other
// by next; nil indices mean there is none.
func (c *call) chosen(first func(n, r int) []int, next func(at []int, n int) bool) (sl.Value, error) {
	items := c.list(0)
	r := int(c.small(1, int64(len(items))))
	if r < 0 || r > 100_000 {
		return nil, errors.New("the number of items to choose must be from 0 to 100000")
	}
	multi := c.name == "combinations_with_replacement"
	return &lazy{c.name, func() func() (sl.Value, bool) {
		var at []int
		begun := false
		return func() (sl.Value, bool) {
			if !begun {
				begun = true
				if at = first(len(items), r); at == nil || !multi && r > len(items) {
					at = nil
					return nil, false
				}
			} else if at == nil || !next(at, len(items)) {
				at = nil
				return nil, false
			}
			row := make(sl.Tuple, r)
			for i, k := range at {
				row[i] = items[k]
			}
			return row, true
		}
	}}, nil
}

func nextCombination(at []int, n int) bool {
	for i := len(at) - 1; i >= 0; i-- {
		if at[i] < n-len(at)+i {
			at[i]++
			for j := i + 1; j < len(at); j++ {
				at[j] = at[j-1] + 1
			}
			return true
		}
	}
	return false
}

func nextMultiset(at []int, n int) bool {
	for i := len(at) - 1; i >= 0; i-- {
		if at[i] < n-1 {
			k := at[i] + 1
			for j := i; j < len(at); j++ {
				at[j] = k
			}
			return true
		}
	}
	return false
}

// nextPermutation raises the last index that can take a larger free one.
func nextPermutation(at []int, n int) bool {
	used := make([]bool, n)
	for _, k := range at {
		used[k] = true
	}
	for i := len(at) - 1; i >= 0; i-- {
		used[at[i]] = false
		k := slices.Index(used[at[i]+1:], false)
		if k < 0 {
			continue
		}
		at[i] += k + 1
		used[at[i]] = true
		for j, free := i+1, 0; j < len(at); j++ {
			for used[free] {
				free++
			}
			at[j], used[free] = free, true
		}
		return true
	}
	return false
}

// product is the row of all tuples with one item of each list.
func product(thread *sl.Thread, b *sl.Builtin, args sl.Tuple, kwargs []sl.Tuple) (sl.Value, error) {
	c := &call{guard: guardOf(thread), thread: thread, name: b.Name()}
	times := 1
	for _, kv := range kwargs {
		if name, _ := sl.AsString(kv[0]); name != "repeat" {
			return nil, fmt.Errorf("product() does not take %s=", name)
		}
		n, err := sl.AsInt32(kv[1])
		if err != nil || n < 0 || n > 10_000 {
			return nil, errors.New("product() repeat must be a number from 0 to 10000")
		}
		times = n
	}
	var lists [][]sl.Value
	for range times {
		for _, v := range args {
			lists = append(lists, c.items(v))
		}
	}
	if c.err != nil {
		return nil, c.err
	}
	return &lazy{"product", func() func() (sl.Value, bool) {
		at, done := make([]int, len(lists)), slices.ContainsFunc(lists, func(l []sl.Value) bool { return len(l) == 0 })
		return func() (sl.Value, bool) {
			if done {
				return nil, false
			}
			row := make(sl.Tuple, len(lists))
			for i, k := range at {
				row[i] = lists[i][k]
			}
			done = !nextProduct(at, lists)
			return row, true
		}
	}}, nil
}

func nextProduct(at []int, lists [][]sl.Value) bool {
	for i := len(at) - 1; i >= 0; i-- {
		if at[i]++; at[i] < len(lists[i]) {
			return true
		}
		at[i] = 0
	}
	return false
}
