package remote

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"time"

	"github.com/aimo3/aimo3/engine"
)

var (
	errLong = errors.New("an event is longer than any can be")
	errMuch = errors.New("there are more events than an attempt can have")
)

// stream parts server-sent events.
type stream struct {
	from     *bufio.Reader
	maxBytes int   // of one event, with all its lines
	room     int64 // bytes that may still come, whatever they are
}

func newStream(r io.Reader, maxBytes int, room int64) *stream {
	return &stream{bufio.NewReaderSize(r, 32<<10), maxBytes, room}
}

// next is the id and the data of the next event. Comments and events without data are
// skipped. An event is whole only when its empty line has come: until then an end is
// io.ErrUnexpectedEOF or, between two, io.EOF.
func (s *stream) next() (id, data []byte, err error) {
	for size := 0; ; {
		line, err := s.line(s.maxBytes - size)
		if err != nil {
			if errors.Is(err, io.EOF) && (len(line) > 0 || data != nil) {
				err = io.ErrUnexpectedEOF
			}
			return nil, nil, err
		}
		size += len(line)
		if s.room -= int64(len(line)); s.room < 0 {
			return nil, nil, errMuch
		}
		line = bytes.TrimSuffix(bytes.TrimSuffix(line, []byte("\n")), []byte("\r"))
		name, value, _ := bytes.Cut(line, []byte(":"))
		value = bytes.TrimPrefix(value, []byte(" "))
		switch {
		case len(line) == 0 && data != nil:
			return id, data, nil
		case len(line) == 0:
			id, size = nil, 0
		case string(name) == "id":
			id = bytes.Clone(value)
		case string(name) == "data" && data == nil:
			data = append([]byte{}, value...)
		case string(name) == "data":
			data = append(append(data, '\n'), value...)
		}
	}
}

// line is the next line with its end, of at most so many bytes.
func (s *stream) line(room int) (line []byte, err error) {
	for {
		part, err := s.from.ReadSlice('\n')
		if len(line)+len(part) > room {
			return nil, errLong
		}
		line = append(line, part...)
		if !errors.Is(err, bufio.ErrBufferFull) {
			return line, err
		}
	}
}

// event reads an event of an attempt that comes after a number.
func event(id, data []byte, of engine.AttemptID, after uint64) (engine.Event, error) {
	var e engine.Event
	if err := json.Unmarshal(data, &e); err != nil {
		return e, errors.New("an event cannot be read")
	}
	switch n, err := strconv.ParseUint(string(id), 10, 63); {
	case e.Attempt != of:
		return e, errors.New("an event is of another attempt")
	case err != nil || n != e.Seq:
		return e, errors.New("an event has another number than its id")
	case e.Seq <= after:
		return e, errors.New("an event comes again, or late")
	}
	return e, nil
}

// alive is a reader that calls begin anew with whatever it reads.
type alive struct {
	io.Reader
	begin func()
}

// Read reads, and says so.
func (a alive) Read(b []byte) (int, error) {
	n, err := a.Reader.Read(b)
	if n > 0 {
		a.begin()
	}
	return n, err
}

// heard is a reader of a response whose end is called unless something is read within a
// time, begun anew with whatever is read; stop is to be called once it is not read any more.
func heard(r io.Reader, within time.Duration, end func()) (_ io.Reader, stop func()) {
	timer := time.AfterFunc(within, end)
	return alive{r, func() { timer.Reset(within) }}, func() { timer.Stop() }
}

// validID says whether an ID is one that a server of this program gives.
func validID(id engine.AttemptID) bool {
	if len(id) == 0 || len(id) > 64 {
		return false
	}
	for _, r := range id {
		if (r < '0' || r > '9') && (r < 'a' || r > 'z') {
			return false
		}
	}
	return true
}
