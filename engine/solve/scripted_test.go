package solve_test

import (
	"context"
	"sync"
	"time"

	"github.com/aimo3/aimo3/engine"
)

// scripted is a Backend that plays one script per request, by seed.
type scripted struct {
	play func(ctx context.Context, ask engine.Ask, say func(engine.Piece)) (engine.Ending, error)

	mu     sync.Mutex
	asked  []engine.Ask
	now    int
	widest int // most streams open at once
}

func (s *scripted) Stream(ctx context.Context, ask engine.Ask, say func(engine.Piece)) (engine.Ending, error) {
	s.mu.Lock()
	s.asked = append(s.asked, ask)
	s.now++
	s.widest = max(s.widest, s.now)
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		s.now--
		s.mu.Unlock()
	}()
	return s.play(ctx, ask, say)
}

// replies answers sample i with the i-th text, the last serving all later ones.
func replies(texts ...string) *scripted {
	return &scripted{play: func(_ context.Context, ask engine.Ask, say func(engine.Piece)) (engine.Ending, error) {
		say(engine.Piece{Phase: engine.Reading})
		say(engine.Piece{Frames: 1, Channel: engine.Thinking, Text: "hm "})
		text := texts[min(int(ask.Seed), len(texts)-1)]
		for _, r := range text {
			say(engine.Piece{Frames: 1, Channel: engine.Reply, Text: string(r)})
		}
		return engine.Ending{Tokens: len(text), PromptTokens: 5}, nil
	}}
}

// slow makes each reply take a second, so that the vote is counted between them.
func slow(b *scripted) *scripted {
	play := b.play
	b.play = func(ctx context.Context, ask engine.Ask, say func(engine.Piece)) (engine.Ending, error) {
		select {
		case <-time.After(time.Second):
			return play(ctx, ask, say)
		case <-ctx.Done():
			return engine.Ending{}, ctx.Err()
		}
	}
	return b
}

// stall waits until the stream is cancelled.
func stall(ctx context.Context) (engine.Ending, error) {
	<-ctx.Done()
	return engine.Ending{}, ctx.Err()
}

// log is a Sink that keeps what it is given.
type log struct{ events []engine.Event }

func (l *log) put(e engine.Event) error {
	l.events = append(l.events, e)
	return nil
}
