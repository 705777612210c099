package store

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"time"

	"github.com/aimo3/aimo3/engine"
)

// defaultEvents is how many events are read when no limit is given.
const defaultEvents = 1000

// Events returns at most limit events of an attempt with Seq > after, in order;
// if limit is zero, at most 1000. An attempt that is not there has none.
func (d *DB) Events(ctx context.Context, id engine.AttemptID, after uint64, limit int) ([]engine.Event, error) {
	if limit <= 0 {
		limit = defaultEvents
	}
	events, err := d.events(ctx, id, int64(min(after, math.MaxInt64)), limit)
	return events, fault(d.path, fmt.Sprintf("read attempt %s in", id), err)
}

func (d *DB) events(ctx context.Context, id engine.AttemptID, after int64, limit int) ([]engine.Event, error) {
	rows, err := d.reader.QueryContext(ctx, `SELECT seq, at, kind, fact FROM events
		WHERE attempt = ? AND seq > ? ORDER BY seq LIMIT ?`, id, after, limit)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var events []engine.Event
	for rows.Next() {
		var (
			seq      int64
			at, kind string
			fact     []byte
		)
		if err := rows.Scan(&seq, &at, &kind, &fact); err != nil {
			return nil, err
		}
		when, err := time.Parse(stamp, at)
		if err != nil {
			return nil, err
		}
		e, err := engine.NewEvent(id, uint64(seq), when, kind, json.RawMessage(fact))
		if err != nil {
			return nil, err
		}
		events = append(events, e)
	}
	return events, rows.Err()
}
