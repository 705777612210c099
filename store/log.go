package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"log/slog"
	"slices"
	"time"

	"github.com/aimo3/aimo3/engine"
)

const (
	keepLog         = 90 * 24 * time.Hour // from when on lines go
	maxLogLines     = 20_000              // of which the oldest go first
	defaultLogLines = 200
)

// AddLog keeps lines of the log, in one transaction, which also removes those older
// than 90 days and all but the latest 20,000. It is no place for text of a model.
func (d *DB) AddLog(ctx context.Context, lines []engine.LogLine) error {
	if d.writer == nil {
		return nil
	}
	return fault(d.path, "write the log to", d.inTx(ctx, 1, func(tx *sql.Tx) error {
		for _, l := range lines {
			row := []any{stamped(l.At), int64(l.Level), l.What, string(l.More), int64(l.PID)}
			if _, err := tx.ExecContext(ctx, `INSERT INTO log (at, level, what, more, pid, sum) VALUES (?, ?, ?, ?, ?, ?)`, append(row, sumOf(row...))...); err != nil {
				return err
			}
		}
		_, err := tx.ExecContext(ctx, `DELETE FROM log WHERE at < ? OR n <= (SELECT max(n) FROM log) - ?`, stamped(time.Now().Add(-keepLog)), maxLogLines)
		return err
	}))
}

// Log returns lines of the log in the order in which they were kept. What is damaged is
// left out, and told by Damage.
func (d *DB) Log(ctx context.Context, f engine.LogFilter) ([]engine.LogLine, error) {
	if d.version < metricsSince {
		return nil, nil
	}
	rows, err := d.reader.QueryContext(ctx, `SELECT n, at, level, what, more, pid, sum FROM log
		WHERE n > ? AND at >= ? AND level >= ? ORDER BY n DESC LIMIT ?`, f.After, stamped(f.Since), int64(f.Level), cmp.Or(f.Limit, defaultLogLines))
	if err != nil {
		return nil, fault(d.path, "read the log in", err)
	}
	defer func() { _ = rows.Close() }()
	var lines []engine.LogLine
	for rows.Next() {
		var n, level, pid, sum int64
		var at, what, more string
		if err := rows.Scan(&n, &at, &level, &what, &more, &pid, &sum); err != nil {
			return nil, fault(d.path, "read the log in", err)
		}
		when, err := time.Parse(stamp, at)
		if err != nil || sum != sumOf(at, level, what, more, pid) {
			d.damage.add("line %d of the log", n)
			continue
		}
		lines = append(lines, engine.LogLine{N: n, At: when, Level: slog.Level(level), What: what, More: json.RawMessage(more), PID: int(pid)})
	}
	slices.Reverse(lines)
	return lines, fault(d.path, "read the log in", rows.Err())
}
