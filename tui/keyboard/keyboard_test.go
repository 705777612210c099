package keyboard

import (
	"bytes"
	"errors"
	"io"
	"os"
	"runtime"
	"testing"
	"testing/synctest"
	"time"

	"github.com/muesli/cancelreader"
)

// typist is what a Reader reads, and the end that is typed into.
func typist(t *testing.T) (*Reader, *io.PipeWriter) {
	t.Helper()
	source, typed := io.Pipe()
	r, err := New(source)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = typed.Close() })
	return r, typed
}

func read(t *testing.T, r *Reader) string {
	t.Helper()
	var p [256]byte
	n, err := r.Read(p[:])
	if err != nil {
		t.Fatal(err)
	}
	return string(p[:n])
}

func TestEscWaitsATenthOfASecond(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, typed := typist(t)
		began := time.Now()
		go func() { _, _ = io.WriteString(typed, "a\x1b") }()
		if got := read(t, r); got != "a" || time.Since(began) != 0 {
			t.Errorf("before it: %q after %v", got, time.Since(began))
		}
		if got := read(t, r); got != "\x1b" || time.Since(began) != escapeAfter {
			t.Errorf("got %q after %v", got, time.Since(began))
		}
	})
}

func TestASequenceWaitsForItsEnd(t *testing.T) {
	for _, gap := range []time.Duration{10, 99, 200, 900} {
		synctest.Test(t, func(t *testing.T) {
			r, typed := typist(t)
			go func() {
				for _, b := range []string{"\x1b[", "1;", "5", "Dx"} {
					time.Sleep(gap * time.Millisecond)
					_, _ = io.WriteString(typed, b)
				}
			}()
			if a, b := read(t, r), read(t, r); a != "\x1b[1;5D" || b != "x" {
				t.Errorf("%d ms: %q, %q", gap, a, b)
			}
		})
	}
}

func TestABusyProgramMistakesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, typed := typist(t)
		go func() { _, _ = io.WriteString(typed, "a") }()
		read(t, r)
		go func() {
			for _, b := range []string{"\x1b", "[", "D", "\x1b]11;", "r", "\a"} {
				_, _ = io.WriteString(typed, b)
			}
		}()
		time.Sleep(3 * time.Second)
		synctest.Wait()
		if got := read(t, r); got != "\x1b[D" {
			t.Errorf("after three busy seconds: %q", got)
		}
	})
}

func TestReadEnds(t *testing.T) {
	r, typed := typist(t)
	go func() {
		_, _ = io.WriteString(typed, "a")
		_ = typed.CloseWithError(io.ErrUnexpectedEOF)
	}()
	if got := read(t, r); got != "a" {
		t.Errorf("got %q", got)
	}
	for range 2 {
		if n, err := r.Read(make([]byte, 256)); n != 0 || !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("at the end: %d, %v", n, err)
		}
	}
	if err := r.Close(); err != nil {
		t.Error(err)
	}
}

// TestCloseEndsAReadOfAFile is of a pipe of the system, which can be waited for as
// a terminal can.
func TestCloseEndsAReadOfAFile(t *testing.T) {
	source, typed, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _, _ = source.Close(), typed.Close() }()
	r, err := New(source)
	if err != nil {
		t.Fatal(err)
	}
	if r.Fd() != source.Fd() {
		t.Errorf("the descriptor is %d, want %d", r.Fd(), source.Fd())
	}
	if _, named := any(r).(cancelreader.File); named {
		t.Error("Bubble Tea would wait for the file itself, and pass what is held by")
	}
	over := make(chan error, 1)
	go func() {
		_, err := r.Read(make([]byte, 256))
		over <- err
	}()
	if err := r.Close(); err != nil {
		t.Error(err)
	}
	if err := <-over; !errors.Is(err, io.EOF) {
		t.Errorf("Read ended with %v", err)
	}
	stacks := make([]byte, 1<<20)
	if stacks = stacks[:runtime.Stack(stacks, true)]; bytes.Contains(stacks, []byte("(*Reader).pump")) {
		t.Errorf("Close left a goroutine:\n%s", stacks)
	}
	if _, err := typed.WriteString("x"); err != nil {
		t.Fatal(err)
	}
	if b := make([]byte, 9); true { // for whoever reads next
		if n, err := source.Read(b); string(b[:n]) != "x" {
			t.Errorf("after Close: %q, %v", b[:n], err)
		}
	}
}
