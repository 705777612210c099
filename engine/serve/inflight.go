package serve

import (
	"context"
	"maps"
	"slices"
	"sync"
)

// inFlight are the requests that are being answered, by the key that they show, so that
// they end when the key does: an answer may take an hour.
type inFlight struct {
	mu   sync.Mutex
	ends map[string]map[*context.CancelFunc]struct{}
}

// enter is the context of a request, which ends when its key does, and what is to be
// called once it is answered. Who shows no key has none that could end.
func (f *inFlight) enter(ctx context.Context, who string) (_ context.Context, leave func()) {
	if who == "" || who == local {
		return ctx, func() {}
	}
	ctx, end := context.WithCancel(ctx)
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.ends == nil {
		f.ends = map[string]map[*context.CancelFunc]struct{}{}
	}
	if f.ends[who] == nil {
		f.ends[who] = map[*context.CancelFunc]struct{}{}
	}
	f.ends[who][&end] = struct{}{}
	return ctx, func() {
		end()
		f.mu.Lock()
		defer f.mu.Unlock()
		if delete(f.ends[who], &end); len(f.ends[who]) == 0 {
			delete(f.ends, who)
		}
	}
}

// keys are those that requests show now.
func (f *inFlight) keys() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Collect(maps.Keys(f.ends))
}

// end ends the requests of a key.
func (f *inFlight) end(who string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for end := range f.ends[who] {
		(*end)()
	}
}

// endRefused ends the requests whose key is revoked or expired by now. A key that cannot be
// looked up is left as it is.
func (s *API) endRefused(ctx context.Context) {
	if s.with.Valid == nil {
		return
	}
	for _, who := range s.inFlight.keys() {
		if valid, err := s.with.Valid(ctx, who); err == nil && !valid {
			s.with.Log.Info("requests ended with their key", "who", who)
			s.inFlight.end(who)
		}
	}
}
