package monitor

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"time"

	"github.com/aimo3/aimo3/engine"
)

var (
	errSilent = errors.New("it says nothing")
	errEnded  = errors.New("it ended")
)

// child is a program that is read line by line for as long as it lives.
type child struct {
	program string
	args    []string
	silence time.Duration
}

// follow runs the child and hands on every line it prints, until it ends, or is
// ended because ctx ends, line gives an error, or silence passes with no line. It
// has been waited for when follow returns. The error is never nil.
func (c child) follow(ctx context.Context, line func(string) error) error {
	ctx, end := context.WithCancelCause(ctx)
	defer end(nil)
	watch := time.AfterFunc(c.silence, func() { end(errSilent) })
	defer watch.Stop()

	warning := ""
	warnings := &lines{each: func(s string) { warning = s }}
	said := &lines{each: func(s string) {
		watch.Reset(c.silence)
		if err := line(s); err != nil {
			end(err)
		}
	}}
	cmd := exec.CommandContext(ctx, c.program, c.args...)
	cmd.Stdout, cmd.Stderr = said, warnings
	err := runTethered(cmd)
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	said.flush() // the last line may lack its end
	warnings.flush()
	switch {
	case warning != "":
		return errors.New(warning)
	case err != nil:
		return fmt.Errorf("%w: %w", errEnded, err)
	}
	return errEnded
}

// runTethered runs cmd so that it ends with ctx, and with this program however
// that ends.
func runTethered(cmd *exec.Cmd) error {
	// Linux ends a tethered child with the thread that started it.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	tether(cmd)
	cmd.Env = engine.ForOthers(os.Environ())
	cmd.WaitDelay = time.Second // for what the child started and left behind
	return cmd.Run()
}

// lines cuts what is written to it into lines and hands on those that are not
// blank. A line is kept up to maxLineBytes.
type lines struct {
	each func(string)
	part []byte
}

const maxLineBytes = 4 << 10

func (l *lines) Write(p []byte) (int, error) {
	n := len(p)
	for len(p) > 0 {
		head, rest, whole := bytes.Cut(p, []byte("\n"))
		l.part = append(l.part, head[:min(len(head), maxLineBytes-len(l.part))]...)
		p = rest
		if whole {
			l.flush()
		}
	}
	return n, nil
}

func (l *lines) flush() {
	if line := bytes.TrimSpace(l.part); len(line) > 0 {
		l.each(string(line))
	}
	l.part = l.part[:0]
}
