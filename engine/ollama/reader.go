package ollama

import (
	"bytes"
	"io"

	"github.com/aimo3/aimo3/engine"
)

const (
	maxFrameBytes = 4 << 20  // of one line
	maxReplyBytes = 64 << 20 // of one reply on the wire
	maxPieceBytes = 4 << 10  // of joined text
	ollamaRepeats = 31       // equal frames after which Ollama ends a reply, with no word
)

// reader reads a streamed reply to its end. Text of one channel is joined for
// as long as whole lines are at hand; nothing is held back while waiting.
type reader struct {
	from   io.Reader
	say    func(engine.Piece)
	failed func(text string) error // makes a fault of the server's own error
	heard  func(done bool)         // called after every read

	buf        []byte
	start, end int // of the bytes not yet taken
	searched   int // up to here there is no line end
	total      int
	scratch    scratch
	logprobs   [][]float64 // of the tokens joined in held, in the scratch space

	channel engine.Channel
	held    []byte // text of channel not yet said
	frames  int    // begun and not yet said
	spoke   bool
	framed  bool   // a line was a frame
	repeat  []byte // text of the latest frame, and how often in a row it came
	times   int
	last    *last
}

// read reads the whole reply. An error that is not from the connection is a
// Fault; one from the connection, other than its end, is returned as it is.
func (r *reader) read() (engine.Ending, error) {
	if r.buf == nil {
		r.buf = make([]byte, 16<<10)
	}
	for {
		rerr := r.fill()
		for line := r.line(); line != nil; line = r.line() {
			if err := r.take(line); err != nil {
				r.flush()
				return engine.Ending{}, err
			}
		}
		r.flush()
		if rerr != nil {
			return r.finish(rerr)
		}
		r.heard(r.last != nil)
		if err := r.tooMuch(); err != nil {
			return engine.Ending{}, err
		}
	}
}

// fill reads once, making room first.
func (r *reader) fill() error {
	if r.start > 0 {
		copy(r.buf, r.buf[r.start:r.end])
		r.end, r.searched, r.start = r.end-r.start, r.searched-r.start, 0
	}
	if r.end == len(r.buf) {
		r.buf = append(r.buf, make([]byte, len(r.buf))...)
	}
	n, err := r.from.Read(r.buf[r.end:])
	r.end += n
	r.total += n
	return err
}

func (r *reader) tooMuch() error {
	switch {
	case r.end-r.start > maxFrameBytes:
		return oversize("a line of the reply is longer than 4 MB")
	case r.total > maxReplyBytes:
		return oversize("the reply is longer than 64 MB")
	}
	return nil
}

// line takes the next whole line, nil if there is none. A line is never nil
// itself, and has no line end.
func (r *reader) line() []byte {
	i := bytes.IndexByte(r.buf[r.searched:r.end], '\n')
	if i < 0 {
		r.searched = r.end
		return nil
	}
	line := r.buf[r.start : r.searched+i]
	r.searched += i + 1
	r.start = r.searched
	return line
}

func (r *reader) take(line []byte) error {
	if len(line) > maxFrameBytes {
		return oversize("a line of the reply is longer than 4 MB")
	}
	line = bytes.TrimSpace(line)
	if len(line) == 0 {
		return nil
	}
	if r.last != nil {
		return garbled("the server sent more after the end of the reply", line, nil)
	}
	f, err := decode(line, &r.scratch)
	switch {
	case err != nil && r.strange(line):
		return errNoJSON
	case err != nil:
		return garbled("the server sent a line that is no valid frame", line, err)
	case f.failure != "":
		stray, ok := strayCall(f.failure)
		if !ok {
			return r.failed(f.failure)
		}
		r.frames++
		r.call(stray)
		f.last = &last{reason: "stop"}
	}
	r.framed = true
	r.hear(f)
	r.last = f.last
	return nil
}

func (r *reader) hear(f frame) {
	fresh := 0
	if f.last == nil {
		fresh = 1
		r.count(f)
	}
	if len(f.thinking) > 0 {
		r.add(engine.Thinking, f.thinking, &fresh)
	}
	if len(f.content) > 0 {
		r.add(engine.Reply, f.content, &fresh)
	}
	r.frames += fresh
	for _, w := range f.calls {
		r.call(w.call())
	}
}

func (r *reader) call(c engine.Call) {
	r.flush()
	r.spoke = true
	r.say(engine.Piece{Call: &c, Frames: r.frames})
	r.frames = 0
}

// count notes how often in a row the same text came.
func (r *reader) count(f frame) {
	text := bytes.TrimSpace(f.content)
	if len(f.thinking) > 0 {
		text = bytes.TrimSpace(f.thinking)
	}
	if r.times > 0 && bytes.Equal(text, r.repeat) {
		r.times++
		return
	}
	r.repeat, r.times = append(r.repeat[:0], text...), 1
}

// add holds text of a frame. What is held of other frames is said first where it
// cannot be joined, so that each frame counts in the piece in which it begins.
func (r *reader) add(c engine.Channel, text []byte, fresh *int) {
	if c != r.channel && len(r.held) > 0 || len(r.held)+len(text) > maxPieceBytes {
		r.flush()
	}
	r.channel, r.held = c, append(r.held, text...)
	r.frames, *fresh = r.frames+*fresh, 0
}

// flush says the text held, if there is any.
func (r *reader) flush() {
	t := &r.scratch.logprobs
	if len(r.held) == 0 && len(t.ends) == 0 {
		return
	}
	r.spoke = r.spoke || len(r.held) > 0
	r.logprobs = t.each(r.logprobs[:0])
	r.say(engine.Piece{Channel: r.channel, Text: string(r.held), Frames: r.frames, Logprobs: r.logprobs})
	r.held, r.frames = r.held[:0], 0
	t.logs, t.ends = t.logs[:0], t.ends[:0]
}
