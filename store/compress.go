package store

import (
	"context"
	"database/sql"
	"math"
	"time"

	"github.com/aimo3/aimo3/engine"
)

const (
	// compressPause stands before each transaction that compresses, so that those of
	// attempts that go on, here and in other programs, find their turn.
	compressPause = 50 * time.Millisecond
	// maxLookedAt is how many attempts are marked as compressed in one transaction.
	maxLookedAt = 64
)

// compressor compresses attempts that have ended, and indexes what their samples said,
// while others go on. What it does not get done, because the program ends or the disk is full, is done another time.
type compressor struct {
	wake chan struct{} // holds a value when there may be something to do
	stop context.CancelFunc
	done chan struct{}
}

// startCompressing begins with what was left undone by whoever had the store before.
func (d *DB) startCompressing() *compressor {
	ctx, stop := context.WithCancel(context.Background()) // until the store is closed
	c := &compressor{wake: make(chan struct{}, 1), stop: stop, done: make(chan struct{})}
	c.wake <- struct{}{}
	go func() {
		defer close(c.done)
		for {
			select {
			case <-ctx.Done():
				return
			case <-c.wake:
				_ = d.compressAll(ctx, compressPause) // nothing is lost
				_ = d.indexAll(ctx, c.wake, compressPause, indexingTold)
			}
		}
	}()
	return c
}

// look says that events were stored just now, of which one may have ended an attempt.
func (c *compressor) look(batches []*batch) {
	if c == nil {
		return
	}
	for _, b := range batches {
		if _, ended := b.events[len(b.events)-1].Fact.(engine.AttemptFinished); ended {
			select {
			case c.wake <- struct{}{}:
			default:
			}
		}
	}
}

// end stops it, and waits for the transaction that it is in.
func (c *compressor) end() {
	if c != nil {
		c.stop()
		<-c.done
	}
}

// compressAll compresses the attempts that have ended, the latest first.
func (d *DB) compressAll(ctx context.Context, pause time.Duration) error {
	for before := int64(math.MaxInt64); ; {
		if err := sleep(ctx, pause); err != nil {
			return err
		}
		numbers, ids, err := d.numbered(ctx, `SELECT n, id FROM attempts WHERE compressed = 0 AND ended IS NOT NULL AND n < ?
			ORDER BY n DESC LIMIT ?`, before, maxLookedAt)
		if err != nil || len(ids) == 0 {
			return err
		}
		for _, id := range ids {
			if err := d.compress(ctx, id, pause); err != nil {
				return err
			}
		}
		if err := d.markCompressed(numbers); err != nil {
			return err
		}
		before = numbers[len(numbers)-1]
	}
}

// numbered are attempts by their numbers and IDs.
func (d *DB) numbered(ctx context.Context, query string, args ...any) (numbers []int64, ids []engine.AttemptID, err error) {
	rows, err := d.reader.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var n int64
		var id engine.AttemptID
		if err := rows.Scan(&n, &id); err != nil {
			return nil, nil, err
		}
		numbers, ids = append(numbers, n), append(ids, id)
	}
	return numbers, ids, rows.Err()
}

func (d *DB) markCompressed(numbers []int64) error {
	ctx := context.Background() // it is short, and done whole
	return d.inTx(ctx, quietly, func(tx *sql.Tx) error {
		for _, n := range numbers {
			if _, err := tx.ExecContext(ctx, `UPDATE attempts SET compressed = 1 WHERE n = ?`, n); err != nil {
				return err
			}
		}
		return nil
	})
}

// compress moves the events of an attempt that has ended into blocks, a transaction for
// each block. What is damaged, or from before there were checksums, stays as it is.
func (d *DB) compress(ctx context.Context, id engine.AttemptID, pause time.Duration) error {
	for after := int64(-1); ; {
		rows, err := d.run(ctx, id, after)
		if err != nil || len(rows) == 0 {
			return err
		}
		after, _ = rows[len(rows)-1].seq.(int64)
		b, ok := newBlock(id, rows)
		if !ok {
			continue
		}
		if err := sleep(ctx, pause); err != nil {
			return err
		}
		if err := d.replace(b); err != nil {
			return err
		}
	}
}

// run are the next events of an attempt that has ended which may become a block: those
// that follow each other until it is full, without the first of all and the last.
func (d *DB) run(ctx context.Context, id engine.AttemptID, after int64) (run []eventRow, err error) {
	rows, err := d.reader.QueryContext(ctx, `SELECT seq, at, kind, fact, sum FROM events WHERE attempt = ?1
		AND seq > max(?2, (SELECT min(seq) FROM events WHERE attempt = ?1))
		AND seq < (SELECT iif(kind = 'attempt_finished', seq, NULL) FROM events WHERE attempt = ?1 ORDER BY seq DESC LIMIT 1)
		ORDER BY seq`, id, after)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for size := 0; size < blockBytes && rows.Next(); {
		var r eventRow
		if err := rows.Scan(&r.seq, &r.at, &r.kind, &r.fact, &r.sum); err != nil {
			return nil, err
		}
		if _, is := r.seq.(int64); !is {
			break
		}
		fact, _ := r.fact.(string)
		run, size = append(run, r), size+len(fact)+eventBytes
	}
	return run, rows.Err()
}

// replace puts a block in the place of its events, unless another program was faster,
// or has removed the attempt.
func (d *DB) replace(b block) error {
	ctx := context.Background() // it is short, and done whole
	return d.inTx(ctx, quietly, func(tx *sql.Tx) error {
		var there int64
		err := tx.QueryRowContext(ctx, `SELECT count(*) FROM events WHERE attempt = ? AND seq BETWEEN ? AND ?`, b.attempt, b.first, b.last).Scan(&there)
		if err != nil || there != b.events {
			return err
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO blocks (attempt, first, last, events, data, sum) VALUES (?, ?, ?, ?, ?, ?)`,
			b.attempt, b.first, b.last, b.events, b.data, b.sum); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `DELETE FROM events WHERE attempt = ? AND seq BETWEEN ? AND ?`, b.attempt, b.first, b.last)
		return err
	})
}

func sleep(ctx context.Context, pause time.Duration) error {
	if pause > 0 {
		select {
		case <-ctx.Done():
		case <-time.After(pause):
		}
	}
	return ctx.Err()
}
