package queue

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"sync"
	"time"

	"github.com/klauspost/compress/zstd"

	"github.com/aimo3/aimo3/engine"
)

const (
	joinedText       = time.Second // of text that becomes one event
	maxUnpackedBytes = 256 << 20   // of what one sample said
)

// saying is what a sample has said so far.
type saying struct {
	events []engine.Event
	tokens int // a frame counted as one, since it began
}

// add takes the next fact of the sample.
func (s *saying) add(at time.Time, f engine.Fact) {
	switch f := f.(type) {
	case engine.Delta:
		s.tokens += f.Frames
	case engine.SampleFailed:
		f.Tokens = s.tokens
		s.put(engine.Event{At: at, Fact: f})
		return
	case engine.SampleStopped:
		f.Tokens = s.tokens
		s.put(engine.Event{At: at, Fact: f})
		return
	}
	s.put(engine.Event{At: at, Fact: f})
}

func (s *saying) put(e engine.Event) {
	e.At = e.At.UTC()
	if n := len(s.events); n > 0 && e.At.Sub(s.events[n-1].At) < joinedText {
		s.events = engine.Append(s.events, e)
		return
	}
	s.events = append(s.events, e)
}

// unheard says that the sample ended without a word: the server failed, or never came to it.
func (s *saying) unheard() bool {
	switch f := s.ending().Fact.(type) {
	case engine.SampleFailed:
		return s.tokens == 0
	case engine.SampleStopped:
		return s.tokens == 0 && f.Why == engine.ErrBudget.Error()
	}
	return false
}

// ending is the last event.
func (s *saying) ending() engine.Event { return s.events[len(s.events)-1] }

// Both may be used by many goroutines.
var (
	encoder = sync.OnceValues(func() (*zstd.Encoder, error) { //nolint:gochecknoglobals // never written
		return zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithLowerEncoderMem(true))
	})
	decoder = sync.OnceValues(func() (*zstd.Decoder, error) { //nolint:gochecknoglobals // never written
		return zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxMemory(maxUnpackedBytes))
	})
)

// pack is events as they are kept.
func pack(events []engine.Event) ([]byte, error) {
	z, err := encoder()
	if err != nil {
		return nil, err
	}
	var text bytes.Buffer
	to := json.NewEncoder(&text)
	for _, e := range events {
		if err := to.Encode(e); err != nil {
			return nil, err
		}
	}
	return z.EncodeAll(text.Bytes(), nil), nil
}

func unpack(packed []byte) (events []engine.Event, err error) {
	z, err := decoder()
	if err != nil {
		return nil, err
	}
	text, err := z.DecodeAll(packed, nil)
	if err != nil {
		return nil, err
	}
	for from := json.NewDecoder(bytes.NewReader(text)); ; {
		var e engine.Event
		if err := from.Decode(&e); errors.Is(err, io.EOF) {
			return events, nil
		} else if err != nil {
			return nil, err
		}
		events = append(events, e)
	}
}

// said is all that the samples of a problem said that have ended.
func (q *Queue) said(ctx context.Context, run string, problem int) (all []engine.Event, err error) {
	rows, err := q.db.QueryContext(ctx, `SELECT facts FROM samples WHERE run = ? AND problem = ? ORDER BY sample`, run, problem)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var packed []byte
		if err := rows.Scan(&packed); err != nil {
			return nil, err
		}
		events, err := unpack(packed)
		if err != nil {
			return nil, err
		}
		all = append(all, events...)
	}
	return all, rows.Err()
}

// endings are the last events of a problem's samples, in the order in which they ended.
func (q *Queue) endings(ctx context.Context, run string, problem int) (all []engine.Event, err error) {
	rows, err := q.db.QueryContext(ctx, `SELECT ending FROM samples WHERE run = ? AND problem = ? ORDER BY ended, sample`, run, problem)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var text string
		var e engine.Event
		if err := rows.Scan(&text); err != nil {
			return nil, err
		}
		if err := json.Unmarshal([]byte(text), &e); err != nil {
			return nil, err
		}
		all = append(all, e)
	}
	return all, rows.Err()
}
