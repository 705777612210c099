// Package keyboard stands between a terminal and Bubble Tea, which takes the end
// of a read for the end of a key: of a sequence that arrives in two reads it
// types the second half.
//
//	keys, err := keyboard.New(os.Stdin)
//	defer keys.Close()
//	tea.NewProgram(model, tea.WithInput(keys)).Run()
//
// Each Read gives one whole key, mouse report or part of a paste. A sequence that
// has begun waits for its end, however it was cut; a lone Esc waits a tenth of a
// second. What a terminal answers to a question (OSC, DCS, APC, PM, SOS) is no
// key, and is swallowed whenever it comes. Terminals that send one control byte for
// Esc and the byte after it are understood, in UTF-8 or not.
package keyboard

import (
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/muesli/cancelreader"
)

const (
	maxChunkBytes = 4 << 10
	maxWaiting    = 64          // chunks read ahead, so that the times of their arrival are true
	noFd          = ^uintptr(0) // the file descriptor of what is no file
)

// ErrGone is what Read gives when its source is a file and has ended: its terminal was
// closed, and no key will come.
var ErrGone = errors.New("the terminal is gone")

// Reader reads a terminal for one Bubble Tea program. It has the file descriptor
// of its source, by which Bubble Tea sets the terminal up, and no name, without
// which Bubble Tea leaves it to Close to end a Read.
type Reader struct {
	source  cancelreader.CancelReader
	fd      uintptr
	begin   sync.Once
	chunks  chan chunk
	closed  chan struct{}
	reading sync.WaitGroup
	failure error // why chunks was closed

	// Of Read alone.
	split splitter
	last  chunk
	taken time.Time // when last was received
}

// chunk is what one read of the source gave, and when.
type chunk struct {
	bytes []byte
	at    time.Time
}

// New prepares to read source, and reads nothing before the first Read. A source
// that is a file is left open by Close; any other is read once more than is asked
// for, since such a read cannot be called off.
func New(source io.Reader) (*Reader, error) {
	cancellable, err := cancelreader.NewReader(source)
	if err != nil {
		return nil, fmt.Errorf("prepare to read the keyboard: %w", err)
	}
	r := &Reader{
		source: cancellable, fd: noFd,
		chunks: make(chan chunk, maxWaiting), closed: make(chan struct{}),
	}
	if f, ok := source.(interface{ Fd() uintptr }); ok {
		r.fd = f.Fd()
	}
	return r, nil
}

// Read gives one key, or a part of a paste. It is to be called by one goroutine.
// After Close it gives io.EOF, as it does where a source that is no file has ended.
func (r *Reader) Read(p []byte) (int, error) {
	r.begin.Do(func() { r.reading.Go(r.pump) })
	for {
		if key := r.split.next(len(p)); len(key) > 0 {
			return copy(p, key), nil
		}
		if err := r.more(); err != nil {
			return 0, err
		}
	}
}

// more waits for the next chunk, or for the time to be up for the last one.
func (r *Reader) more() error {
	var timeUp <-chan time.Time
	if wait := r.split.wait(); wait > 0 {
		timer := time.NewTimer(wait - time.Since(r.taken))
		defer timer.Stop()
		timeUp = timer.C
	}
	select {
	case <-r.closed:
		return io.EOF
	case c, ok := <-r.chunks:
		return r.take(c, ok)
	case <-timeUp:
	}
	select {
	case c, ok := <-r.chunks: // it came just in time
		return r.take(c, ok)
	default:
		r.split.expire()
		return nil
	}
}

func (r *Reader) take(c chunk, ok bool) error {
	if !ok {
		return r.failure
	}
	r.split.feed(c.bytes, c.at.Sub(r.last.at))
	r.last, r.taken = c, time.Now()
	return nil
}

// pump reads the source until it fails or Close calls it off.
func (r *Reader) pump() {
	defer close(r.chunks)
	for {
		b := make([]byte, maxChunkBytes)
		n, err := r.source.Read(b)
		if n > 0 {
			select {
			case r.chunks <- chunk{b[:n], time.Now()}:
			case <-r.closed:
				return
			}
		}
		if err != nil {
			r.failure = err
			if errors.Is(err, io.EOF) && r.fd != noFd {
				r.failure = ErrGone
			}
			return
		}
	}
}

// Close ends a Read under way and all that New began, once.
func (r *Reader) Close() error {
	close(r.closed)
	if r.source.Cancel() { // else it hangs in a source that is no file
		r.begin.Do(func() {})
		r.reading.Wait()
	}
	return r.source.Close()
}

// Fd is the source's file descriptor, an invalid one if it is no file.
func (r *Reader) Fd() uintptr { return r.fd }

// Write is there to make a Reader a file to Bubble Tea, and always fails.
func (r *Reader) Write([]byte) (int, error) {
	return 0, fmt.Errorf("write to the keyboard: %w", io.ErrClosedPipe)
}
