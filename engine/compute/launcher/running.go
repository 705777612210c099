package launcher

import "sync"

// children are those that run. They are kept by number of process, since of bwrap's two
// each uses memory and time.
var children = struct {
	sync.Mutex
	all map[*Child]bool
}{all: map[*Child]bool{}}

// Running are the numbers of the processes that this program runs in cages now, in no
// order: what they use counts as used by this program. Any goroutine may call it.
func Running() []int {
	children.Lock()
	defer children.Unlock()
	var pids []int
	for k := range children.all {
		pids = append(pids, k.Pid())
		if k.pid != k.Pid() {
			pids = append(pids, k.pid)
		}
	}
	return pids
}

// remember has a child counted until it is forgotten; one that has ended already is not.
func remember(k *Child) {
	children.Lock()
	defer children.Unlock()
	select {
	case <-k.ended:
	default:
		children.all[k] = true
	}
}

// forget is called once a child has ended.
func forget(k *Child) {
	children.Lock()
	defer children.Unlock()
	delete(children.all, k)
}
