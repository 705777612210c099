package store

import (
	"context"
	"database/sql"
	"errors"
	"math"
	"time"

	"github.com/aimo3/aimo3/engine/measure"
)

const (
	metricsSince = 7                   // version in which there are metrics and a log
	keepMetrics  = 90 * 24 * time.Hour // from when on they go
	minuteAge    = 24 * time.Hour      // from when on minutes are joined to hours
	maxJoined    = 5_000               // minutes that one write joins to hours, so that it stays short
)

// OnCommit has told called with how long each transaction that keeps events took, its
// sync included. It is called from the goroutines that write; nil is nobody.
func (d *DB) OnCommit(told func(took time.Duration)) { d.committed.Store(&told) }

// AddMeasures adds figures to what is kept of their series and minutes, in one
// transaction, which also joins minutes older than a day to hours and removes what is
// older than 90 days. So there are at most 3600 rows of a series.
func (d *DB) AddMeasures(ctx context.Context, rows []measure.Row) error {
	if d.writer == nil {
		return nil
	}
	return fault(d.path, "write metrics to", d.inTx(ctx, 1, func(tx *sql.Tx) error {
		for _, r := range rows {
			if err := d.addMeasure(ctx, tx, r); err != nil {
				return err
			}
		}
		now := time.Now()
		if err := d.joinMinutes(ctx, tx, now.Add(-minuteAge)); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `DELETE FROM metrics WHERE at < ?`, now.Add(-keepMetrics).Unix())
		return err
	}))
}

const measureColumns = `at, series, span, count, total, min, max, buckets, sum`

// addMeasure adds r to the row of its series and time. One that is damaged is replaced.
func (d *DB) addMeasure(ctx context.Context, tx *sql.Tx, r measure.Row) error {
	was, whole, err := scanMeasure(tx.QueryRowContext(ctx, `SELECT `+measureColumns+` FROM metrics WHERE at = ? AND series = ?`, r.At.Unix(), r.Series))
	switch {
	case errors.Is(err, sql.ErrNoRows):
	case err != nil:
		return err
	case whole:
		r.Join(was.Figures)
		r.Span = max(r.Span, was.Span)
	}
	buckets := append([]byte{}, r.Encode()...)                                                                     // never nil
	row := []any{r.At.Unix(), r.Series, int64(r.Span / time.Second), int64(r.Count), r.Sum, r.Min, r.Max, buckets} //nolint:gosec // counts
	_, err = tx.ExecContext(ctx, `INSERT OR REPLACE INTO metrics (`+measureColumns+`) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`, append(row, sumOf(bits(row)...))...)
	return err
}

// scanMeasure reads a row, and says whether it is as it was written.
func scanMeasure(from interface{ Scan(...any) error }) (r measure.Row, whole bool, err error) {
	var at, span, count, sum int64
	var buckets []byte
	if err := from.Scan(&at, &r.Series, &span, &count, &r.Sum, &r.Min, &r.Max, &buckets, &sum); err != nil {
		return r, false, err
	}
	r.At, r.Span, r.Count = time.Unix(at, 0).UTC(), time.Duration(span)*time.Second, uint64(max(count, 0)) //nolint:gosec // not negative
	whole = sum == sumOf(bits([]any{at, r.Series, span, count, r.Sum, r.Min, r.Max, append([]byte{}, buckets...)})...)
	return r, whole && r.Decode(buckets) == nil, nil
}

// bits are values of which the fractions are numbers whose bits are the same.
func bits(row []any) []any {
	all := make([]any, len(row))
	for i, v := range row {
		if f, ok := v.(float64); ok {
			v = int64(math.Float64bits(f)) //nolint:gosec // its bits
		}
		all[i] = v
	}
	return all
}

// joinMinutes joins the minutes before a time to hours, the oldest first.
func (d *DB) joinMinutes(ctx context.Context, tx *sql.Tx, before time.Time) error {
	rows, err := tx.QueryContext(ctx, `SELECT `+measureColumns+` FROM metrics WHERE span = 60 AND at < ? ORDER BY at LIMIT ?`, before.Truncate(time.Hour).Unix(), maxJoined)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	type hour struct {
		at     int64
		series string
	}
	hours, minutes := map[hour]*measure.Row{}, []hour{}
	for rows.Next() {
		r, whole, err := scanMeasure(rows)
		if err != nil {
			return err
		}
		minutes = append(minutes, hour{r.At.Unix(), r.Series})
		if !whole {
			continue
		}
		r.At = r.At.Truncate(time.Hour)
		k := hour{r.At.Unix(), r.Series}
		if hours[k] == nil {
			hours[k] = &measure.Row{Series: r.Series, At: r.At, Span: time.Hour}
		}
		hours[k].Join(r.Figures)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	for _, m := range minutes {
		if _, err := tx.ExecContext(ctx, `DELETE FROM metrics WHERE at = ? AND series = ?`, m.at, m.series); err != nil {
			return err
		}
	}
	for _, r := range hours {
		if err := d.addMeasure(ctx, tx, *r); err != nil {
			return err
		}
	}
	return nil
}

// Measures hands take every row since a time, the oldest first, and then returns. It
// must not call the store. What is damaged is left out, and told by Damage.
func (d *DB) Measures(ctx context.Context, since time.Time, take func(measure.Row)) error {
	if d.version < metricsSince {
		return nil
	}
	rows, err := d.reader.QueryContext(ctx, `SELECT `+measureColumns+` FROM metrics WHERE at + span > ? ORDER BY at, series`, since.Unix())
	if err != nil {
		return fault(d.path, "read metrics of", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		r, whole, err := scanMeasure(rows)
		if err != nil {
			return fault(d.path, "read metrics of", err)
		}
		if !whole {
			d.damage.add("metrics of %s", r.At.Format(time.DateTime))
			continue
		}
		take(r)
	}
	return fault(d.path, "read metrics of", rows.Err())
}
