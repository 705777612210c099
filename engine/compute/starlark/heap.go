package starlark

import (
	"errors"

	sl "go.starlark.net/starlark"
)

func (c *call) heap() *sl.List {
	l, ok := c.args[0].(*sl.List)
	if !ok {
		c.wrong("a list", c.args[0])
		return sl.NewList(nil)
	}
	return l
}

func heapified(c *call) (sl.Value, error) {
	l := c.heap()
	for i := l.Len()/2 - 1; i >= 0; i-- {
		if err := sink(l, i); err != nil {
			return nil, err
		}
	}
	return sl.None, nil
}

func pushed(c *call) (sl.Value, error) {
	l := c.heap()
	if err := l.Append(c.args[1]); err != nil {
		return nil, err
	}
	for i := l.Len() - 1; i > 0; {
		up := (i - 1) / 2
		o, err := order(l.Index(i), l.Index(up))
		if err != nil || o >= 0 {
			return sl.None, err
		}
		if err := swap(l, i, up); err != nil {
			return nil, err
		}
		i = up
	}
	return sl.None, nil
}

func popped(c *call) (sl.Value, error) {
	l := c.heap()
	n := l.Len()
	if n == 0 {
		return nil, errors.New("the heap is empty")
	}
	top := l.Index(0)
	if err := swap(l, 0, n-1); err != nil {
		return nil, err
	}
	pop, err := l.Attr("pop")
	if err != nil {
		return nil, err
	}
	if _, err := sl.Call(c.thread, pop, nil, nil); err != nil {
		return nil, err
	}
	return top, sink(l, 0)
}

func swap(l *sl.List, i, j int) error {
	a, b := l.Index(i), l.Index(j)
	if err := l.SetIndex(i, b); err != nil {
		return err
	}
	return l.SetIndex(j, a)
}

func sink(l *sl.List, i int) error {
	for {
		least := i
		for _, k := range []int{2*i + 1, 2*i + 2} {
			if k >= l.Len() {
				continue
			}
			o, err := order(l.Index(k), l.Index(least))
			if err != nil {
				return err
			}
			if o < 0 {
				least = k
			}
		}
		if least == i {
			return nil
		}
		if err := swap(l, i, least); err != nil {
			return err
		}
		i = least
	}
}
