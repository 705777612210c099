package starlark

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"sync"

	"github.com/aimo3/aimo3/engine/compute"
	"github.com/aimo3/aimo3/engine/compute/launcher"
)

// process is a worker and the pipes to it. One goroutine reads its replies
// until it ends; replies is closed then.
type process struct {
	limits  compute.Limits
	child   *launcher.Child
	in      *os.File
	replies chan reply
	id      int
	close   sync.Once
}

func start(limits compute.Limits, level launcher.Level) (compute.Worker, error) {
	told, err := json.Marshal(settings{Output: limits.Output, Memory: limits.Memory})
	if err != nil {
		return nil, fmt.Errorf("write the settings: %w", err)
	}
	memory := limits.Memory
	if runtime.GOOS == "linux" {
		memory += reserved
	}
	cage := launcher.Cage{Memory: memory, Level: level, Env: []string{"LC_ALL=C.UTF-8", "GOMAXPROCS=2", "GOTRACEBACK=none"}}
	child, in, out, err := launcher.Talk(func(files ...*os.File) (*launcher.Child, error) {
		return cage.StartPart(Part, []string{string(told)}, files...)
	})
	if err != nil {
		return nil, err
	}
	w := &process{limits: limits, child: child, in: in, replies: make(chan reply, 1)}
	go w.read(out, 7*limits.Output+1<<20)
	return w, nil
}

// reserved is address space that Go's runtime sets aside and never fills; what
// the worker can write to is bounded by itself.
const reserved = 16 << 30

// read passes replies on. A worker that writes what is none, or too much, ends.
func (w *process) read(out *os.File, most int) {
	defer func() {
		_ = out.Close()
		w.child.Kill()
		close(w.replies)
	}()
	lines := bufio.NewReaderSize(out, 64<<10)
	var line []byte
	for len(line) <= most {
		part, err := lines.ReadSlice('\n')
		if line = append(line, part...); errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		var r reply
		if err != nil || json.Unmarshal(line, &r) != nil {
			return
		}
		w.replies <- r
		line = line[:0]
	}
}

// send hands over a cell. Its reply carries the number in w.id.
func (w *process) send(number int, code string) error {
	w.id = number
	line, err := json.Marshal(request{ID: w.id, Code: code})
	if err != nil {
		return fmt.Errorf("write to the interpreter: %w", err)
	}
	if _, err := w.in.Write(append(line, '\n')); err != nil {
		return fmt.Errorf("write to the interpreter: %w", err)
	}
	return nil
}

// Ready implements compute.Worker: what is written to it waits until it is.
func (w *process) Ready(context.Context) error { return nil }

// End implements compute.Worker.
func (w *process) End() {
	w.child.Kill()
	for range w.replies { // until read is gone
		continue
	}
	w.close.Do(func() { _ = w.in.Close() })
}

// why says in a line how the worker ended. It waits for the end.
func (w *process) why() string {
	w.End()
	err := w.child.Err()
	if err == nil {
		return "it left by itself"
	}
	// What Go's runtime says of its end is longer than what is kept of it.
	var left *exec.ExitError
	if errors.As(err, &left) && left.ExitCode() == 2 {
		return "most likely a value was too large for its memory"
	}
	line, _, _ := strings.Cut(err.Error(), "\n")
	return line
}
