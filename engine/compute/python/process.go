package python

import (
	"bufio"
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/aimo3/aimo3/engine/compute"
	"github.com/aimo3/aimo3/engine/compute/launcher"
)

// process is a worker and the pipes to it. One goroutine reads its replies
// until it ends.
type process struct {
	limits compute.Limits
	child  *launcher.Child
	in     *os.File
	out    *os.File
	begun  chan struct{} // closed when it is ready for cells
	lost   chan struct{} // closed when no reply can come any more

	asked   chan request // the cell whose reply is awaited
	maxLine int          // bytes of a line that are read
}

// request is a cell whose reply is to carry its nonce and number.
type request struct {
	nonce string
	id    int
	reply chan reply // nil for the worker's word that it is ready
}

// bootstrap gives the program names and builtins of its own, which no cell has,
// and a file's name by which it knows its calls from those of cells.
const bootstrap = "import builtins, sys; own = {'__name__': 'aimo3', '__file__': '<aimo3>', '__builtins__': dict(vars(builtins))}; " +
	"exec(compile(sys.argv[1], '<aimo3>', 'exec'), own)"

// start starts a worker; its libraries load while the caller goes on.
func (h Host) start(limits compute.Limits, level launcher.Level, among *launcher.Children) (compute.Worker, error) {
	child, in, out, err := launcher.Talk(func(files ...*os.File) (*launcher.Child, error) {
		return h.sandbox(limits, level, among).Start(h.Path, append([]string{"-s", "-S", "-c", bootstrap}, program()...), files...)
	})
	if err != nil {
		return nil, err
	}
	w := &process{
		limits: limits, child: child, in: in, out: out, begun: make(chan struct{}), lost: make(chan struct{}),
		asked: make(chan request, 1), maxLine: 7*limits.Output + 1<<20,
	}
	first, preload, contained := rand.Text(), "", ""
	if h.SymPy != "" {
		preload = "sympy"
	}
	if child.Contained() {
		contained = "yes"
	}
	go w.read(first)
	if err := w.write(append([]string{first, strconv.Itoa(limits.Output), contained, preload}, h.Modules...)...); err != nil {
		w.End()
		return nil, fault("python cannot be started: "+w.why(), "check that it runs by itself, or choose another engine with `--tools`", nil)
	}
	return w, nil
}

// Ready implements compute.Worker.
func (w *process) Ready(ctx context.Context) error {
	slow := time.NewTimer(workerTimeout)
	defer slow.Stop()
	select {
	case <-w.begun:
		return nil
	case <-w.lost:
		select {
		case <-w.begun: // it has ended since, which the cell says
			return nil
		default:
		}
		return fault("python cannot be started: "+w.why(), "check that it runs by itself, or choose another engine with `--tools`", nil)
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-slow.C:
		return fault("python was not ready after "+workerTimeout.String(), "check what else this machine is doing", nil)
	}
}

// send hands over a cell. Its reply comes on the channel, or lost is closed.
func (w *process) send(number int, code string) (<-chan reply, error) {
	r := request{nonce: rand.Text(), id: number, reply: make(chan reply, 1)}
	w.asked <- r
	if err := w.write(r.nonce, strconv.Itoa(r.id), code); err != nil {
		return nil, err
	}
	return r.reply, nil
}

// write sends a line of texts.
func (w *process) write(texts ...string) error {
	line, err := json.Marshal(texts)
	if err != nil {
		return fmt.Errorf("write to python: %w", err)
	}
	if err := w.in.SetWriteDeadline(time.Now().Add(workerTimeout)); err != nil {
		return fmt.Errorf("write to python: %w", err)
	}
	if _, err := w.in.Write(append(line, '\n')); err != nil {
		return fmt.Errorf("write to python: %w", err)
	}
	return nil
}

// read passes replies on. What does not carry the nonce of the cell that runs
// was written by a cell, and is dropped; more of it than a reply can hold ends
// the worker.
func (w *process) read(nonce string) {
	defer func() {
		_ = w.out.Close()
		w.child.Kill()
		close(w.lost)
	}()
	lines := bufio.NewReaderSize(w.out, 64<<10)
	want := request{nonce: nonce}
	for dropped := 0; dropped <= w.maxLine; {
		line, err := longLine(lines, w.maxLine)
		if err != nil {
			return
		}
		if want.nonce == "" {
			select {
			case want = <-w.asked:
				dropped = 0
			default:
			}
		}
		r, ok := parse(line, want)
		if !ok {
			dropped += len(line) + 1
			continue
		}
		if want.reply == nil {
			close(w.begun)
		} else {
			want.reply <- r
		}
		want = request{}
	}
}

var errLong = errors.New("a line without end")

// longLine reads one line of at most so many bytes.
func longLine(r *bufio.Reader, maxBytes int) ([]byte, error) {
	var line []byte
	for {
		part, err := r.ReadSlice('\n')
		line = append(line, part...)
		switch {
		case err == nil:
			return bytes.TrimSpace(line), nil
		case !errors.Is(err, bufio.ErrBufferFull):
			return nil, io.ErrUnexpectedEOF
		case len(line) > maxBytes:
			return nil, errLong
		}
	}
}

// End implements compute.Worker.
func (w *process) End() {
	w.child.Kill()
	_ = w.out.SetReadDeadline(time.Now()) // what it started, where nothing contains it, may hold the other end
	<-w.lost
	_ = w.in.Close()
}

// why says in a line how the worker ended. It waits for the end.
func (w *process) why() string {
	<-w.lost
	err := w.child.Err()
	if err == nil {
		return "it left by itself"
	}
	lines := nonEmpty(err.Error())
	if len(lines) == 0 {
		return "for no known reason"
	}
	return lines[len(lines)-1]
}

func nonEmpty(text string) []string {
	var out []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}
