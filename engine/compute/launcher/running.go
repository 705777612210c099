package launcher

import "sync"

// Children are the processes that run in the sandboxes that were given them, for who counts
// what they use. The zero value has none yet; a nil one takes none. Its methods may be
// called from many goroutines.
type Children struct {
	mu  sync.Mutex
	all map[*Child]bool
}

// PIDs are their numbers, in no order. Of bwrap's two processes each has one, since each
// uses memory and time.
func (c *Children) PIDs() []int {
	c.mu.Lock()
	defer c.mu.Unlock()
	var pids []int
	for k := range c.all {
		pids = append(pids, k.Pid())
		if k.pid != k.Pid() {
			pids = append(pids, k.pid)
		}
	}
	return pids
}

// add has a child counted until it ends; one that has ended already is not.
func (c *Children) add(k *Child) {
	if c == nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	select {
	case <-k.ended:
	default:
		if c.all == nil {
			c.all = map[*Child]bool{}
		}
		c.all[k] = true
	}
}

// drop is called once a child has ended.
func (c *Children) drop(k *Child) {
	if c == nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.all, k)
}
