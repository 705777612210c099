package starlark

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
)

// Part is the name of this engine's worker among the parts of the launcher.
const Part = "starlark"

// request is a cell on its way to the worker.
type request struct {
	ID   int    `json:"id"`
	Code string `json:"code"`
}

// reply is what came of it.
type reply struct {
	ID      int    `json:"id"`
	Out     string `json:"out"`
	Err     string `json:"err"`
	Dropped int64  `json:"dropped"`
	Stopped bool   `json:"stopped"` // it was interrupted
	Peak    int64  `json:"peak"`    // bytes
}

// settings are what the parent tells a worker at its start.
type settings struct {
	Output int   `json:"output"`
	Memory int64 `json:"memory"`
}

const (
	requestsFD = 3
	repliesFD  = 4
	deepest    = 20_000 // calls in calls
	mostSteps  = 1 << 36
)

// Worker runs the cells of one session until its input ends; it is a part for
// [launcher.Main].
func Worker(args []string) int {
	var s settings
	if len(args) != 1 || json.Unmarshal([]byte(args[0]), &s) != nil {
		return 2
	}
	if err := holdTo(s.Memory); err != nil {
		return 3
	}
	// The collector works harder before the limit of the process is met.
	debug.SetMemoryLimit(s.Memory / 4 * 3)
	debug.SetMaxStack(int(s.Memory / 4))
	interrupts := make(chan os.Signal, 1)
	signal.Notify(interrupts, syscall.SIGINT)
	in := newInterpreter(s.Output, guardLimits{memory: uint64(s.Memory) / 2, depth: deepest, steps: mostSteps})
	requests, replies := os.NewFile(requestsFD, "requests"), os.NewFile(repliesFD, "replies")
	if err := serve(in, requests, replies, interrupts); err != nil {
		return 1
	}
	return 0
}

// serve answers each line of r with a line in w.
func serve(in *interpreter, r io.Reader, w io.Writer, interrupts <-chan os.Signal) error {
	lines, out := bufio.NewReaderSize(r, 64<<10), json.NewEncoder(w)
	if err := out.Encode(reply{}); err != nil { // ready
		return err
	}
	decoder := json.NewDecoder(lines)
	for {
		var q request
		if err := decoder.Decode(&q); err != nil {
			if err == io.EOF { //nolint:errorlint // a decoder gives it bare
				return nil
			}
			return err
		}
		if err := out.Encode(in.answer(q, interrupts)); err != nil {
			return err
		}
	}
}

func (in *interpreter) answer(q request, interrupts <-chan os.Signal) reply {
	ctx, cancel := context.WithCancel(context.Background())
	watching := make(chan struct{})
	stopped := false
	select {
	case <-interrupts: // meant for the cell before
	default:
	}
	go func() {
		defer close(watching)
		select {
		case <-interrupts:
			stopped = true
			cancel()
		case <-ctx.Done():
		}
	}()
	failed := in.run(ctx, q.Code)
	cancel()
	<-watching
	text, dropped := in.output.all()
	return reply{ID: q.ID, Out: text, Err: failed, Dropped: dropped, Stopped: stopped && failed != "", Peak: peak()}
}
