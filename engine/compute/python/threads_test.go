package python_test

import (
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine/compute"
	"github.com/aimo3/aimo3/engine/compute/computetest"
)

// TestThreads: 64 threads run at once; who starts thousands loses the session
// and is told why.
func TestThreads(t *testing.T) {
	const together = `import concurrent.futures as f, threading
held = threading.Barrier(64)
with f.ThreadPoolExecutor(64) as pool: print(sum(x.result() for x in [pool.submit(held.wait) for _ in range(64)]))`
	const bomb = `import threading, time
threading.stack_size(65536)
for _ in range(3000): threading.Thread(target=time.sleep, args=(600,), daemon=True).start()
time.sleep(600)`
	for _, level := range computetest.Levels(t) {
		t.Run(string(level), func(t *testing.T) {
			e := full()
			e.Level = level
			s := openOf(t, e, compute.Limits{})
			for _, c := range []struct {
				code, want string
				kept       bool
			}{
				{together, "2016\n", true},
				{bomb, "more than 64 threads at once", false},
				{"6*7", "42\n", true},
			} {
				cell, err := s.Run(t.Context(), c.code)
				if err != nil || !strings.Contains(cell.Text(), c.want) || cell.Kept != c.kept {
					t.Errorf("%s: %+v, %v, want %q", c.code, cell, err, c.want)
				}
			}
		})
	}
}

// TestRefused: a model is told which call the sandbox refused, and what it
// cannot have.
func TestRefused(t *testing.T) {
	const why = " was refused: code here reaches no network, starts no process"
	for _, level := range computetest.Levels(t) {
		e := quick(level)
		s := openOf(t, e, compute.Limits{})
		for _, c := range []struct{ code, want string }{
			{"import os\nos.fork()", "[SANDBOX] `os.fork()`" + why},
			{"import os\nos.system('ls')", "PermissionError: [Errno 1] Operation not permitted\n[SANDBOX] `os.system('ls')`" + why},
			{"import socket\nsocket.create_connection(('127.0.0.1', 1))", "__init__(self, family, type, proto, fileno)`" + why},
			{"import os\nos.mkdir('/x')", "[SANDBOX] `os.mkdir('/x')`" + why},
			{"import socket\nsocket.getaddrinfo('example.com', 80)", why},
		} {
			cell, err := s.Run(t.Context(), c.code)
			if err != nil || !strings.Contains(cell.Err, c.want) {
				t.Errorf("%s: %s: %+v, %v, want %q", level, c.code, cell, err, c.want)
			}
		}
		if cell, err := s.Run(t.Context(), "open('/usr/nothing')"); err != nil || strings.Contains(cell.Err, "SANDBOX") {
			t.Errorf("%s: a file that is not there: %+v, %v", level, cell, err)
		}
	}
}
