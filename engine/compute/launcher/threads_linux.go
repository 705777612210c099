package launcher

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
	"time"
)

// watch ends the child when it has too many threads. The kernel's own bound
// counts all processes of a user, and not for root, so the count is looked at:
// there is no event to wait for.
func watch(k *Child, c Cage) {
	if c.Level == None {
		return
	}
	go func() {
		tick := time.NewTicker(100 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-k.ended:
				return
			case <-tick.C:
				if threads(k.pid) > 1+maxThreads {
					k.crowded.Store(true)
					k.Kill()
					return
				}
			}
		}
	}()
}

// threads counts those of a process; none if it has ended.
func threads(pid int) int {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0
	}
	const field = 17 // num_threads, counted from the state, which follows the name
	fields := bytes.Fields(stat[bytes.LastIndexByte(stat, ')')+1:])
	if len(fields) <= field {
		return 0
	}
	n, _ := strconv.Atoi(string(fields[field]))
	return n
}
