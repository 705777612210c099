package observe

import (
	"context"
	"sync"
	"time"

	"github.com/aimo3/aimo3/engine/measure"
)

// keepTimeout bounds one write.
const keepTimeout = 10 * time.Second

// Keep has what comes in from now on handed to put at the end of every minute, and what
// is left when stop is called, which waits for that. Nothing is handed on where nothing
// came in but at the end of a minute. What put refuses goes with the next minute.
func (m *Metrics) Keep(ctx context.Context, put func(context.Context, []measure.Row) error) (stop func()) {
	var done sync.WaitGroup
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	begun := m.now()
	done.Go(func() {
		for {
			next := begun.Truncate(time.Minute).Add(time.Minute)
			select {
			case <-time.After(next.Sub(begun)):
				m.write(ctx, begun, true, put)
				begun = m.now()
			case <-ctx.Done():
				m.write(context.WithoutCancel(ctx), begun, false, put)
				return
			}
		}
	})
	return func() {
		cancel()
		done.Wait()
	}
}

// write hands on what came in since begun.
func (m *Metrics) write(ctx context.Context, begun time.Time, whole bool, put func(context.Context, []measure.Row) error) {
	rows, taken := m.taken(begun, whole)
	if len(rows) == 0 {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, keepTimeout)
	defer cancel()
	if put(ctx, rows) == nil {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	for i, k := range taken {
		m.series[k].since.Join(rows[i].Figures)
	}
}

// taken takes what came in since begun. Gauges are looked at where a whole minute is
// over, or something else came in.
func (m *Metrics) taken(begun time.Time, whole bool) (rows []measure.Row, of []key) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, s := range m.series {
		whole = whole || s.since.Count > 0
	}
	if !whole {
		return nil, nil
	}
	m.look()
	for _, k := range m.sorted() {
		s := m.series[k]
		if families[k.of].kind == gauge {
			s.since.Add(max(s.now, 0))
		}
		if s.since.Count == 0 {
			continue
		}
		rows = append(rows, measure.Row{Series: k.String(), At: begun.Truncate(time.Minute), Span: time.Minute, Figures: s.since})
		of = append(of, k)
		s.since = measure.Figures{}
	}
	return rows, of
}
