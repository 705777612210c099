package store

import (
	"context"
	"database/sql"
	"errors"
	"math"

	"github.com/aimo3/aimo3/engine"
)

const (
	defaultAttempts = 200 // listed when a filter names no limit
	maxPieces       = 64  // looked at in a filter
)

// Attempts lists stored attempts, newest first, but for deleted ones.
func (d *DB) Attempts(ctx context.Context, f engine.Filter) ([]engine.Summary, error) {
	found, err := d.attempts(ctx, f)
	return found, fault(d.path, "list attempts in", err)
}

func (d *DB) attempts(ctx context.Context, f engine.Filter) (found []engine.Summary, err error) {
	if f.Limit <= 0 {
		f.Limit = defaultAttempts
	}
	before, err := d.numberOf(ctx, f.Before)
	if err != nil {
		return nil, err
	}
	if d.small && match(f.Words) != "" {
		d.inspectTable(ctx, "search")
	}
	for {
		rows, err := d.next(ctx, f, before)
		if err != nil {
			return nil, err
		}
		all, err := d.summariesOf(ctx, rows)
		if err != nil {
			return nil, err
		}
		for i := range all {
			if f.Holds(&all[i], d.Alive) {
				found = append(found, all[i])
			}
			if len(found) == f.Limit {
				return found, nil
			}
		}
		if len(rows) < f.Limit {
			return found, nil
		}
		before = rows[len(rows)-1].number()
	}
}

// numberOf is an attempt's place in the order of the list; above all of them if none is named.
func (d *DB) numberOf(ctx context.Context, id engine.AttemptID) (n int64, err error) {
	if id == "" {
		return math.MaxInt64, nil
	}
	err = d.reader.QueryRowContext(ctx, `SELECT n FROM attempts WHERE id = ?`, id).Scan(&n)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, unknown(id)
	}
	return n, err
}

// next are the rows of the attempts below a number that may be what is looked for, newest
// first, at most as many as the filter's limit.
func (d *DB) next(ctx context.Context, f engine.Filter, before int64) ([]attemptRow, error) {
	where, args := d.narrowed(f.Terms)
	words := match(f.Words)
	if words == "" {
		return d.someRows(ctx, `SELECT `+d.columns()+` FROM attempts a WHERE a.n < ?`+where+`
			ORDER BY a.n DESC LIMIT ?`, append(append([]any{before}, args...), f.Limit)...)
	}
	in := func(index, words string) ([]attemptRow, error) {
		return d.someRows(ctx, `SELECT `+d.columns()+` FROM `+index+` CROSS JOIN attempts a ON a.n = `+index+`.docid
			WHERE `+index+` MATCH ? AND `+index+`.docid < ?`+where+`
			ORDER BY `+index+`.docid DESC LIMIT ?`, append(append([]any{words, before}, args...), f.Limit)...)
	}
	rows, err := in("search", words)
	if err != nil || d.version < saidSince {
		return rows, err
	}
	said, err := in("said", matchSaid(f.Words))
	if err != nil && ctx.Err() == nil { // the other index still tells something
		d.damage.add("table said: %v", err)
		return rows, nil
	}
	return newest(rows, said, f.Limit), err
}

// newest are at most so many of two lists that are each newest first.
func newest(a, b []attemptRow, limit int) (all []attemptRow) {
	for len(all) < limit && len(a)+len(b) > 0 {
		switch {
		case len(b) == 0 || len(a) > 0 && a[0].number() > b[0].number():
			all, a = append(all, a[0]), a[1:]
		case len(a) == 0 || b[0].number() > a[0].number():
			all, b = append(all, b[0]), b[1:]
		default: // it is in both
			a = a[1:]
		}
	}
	return all
}

// someRows are rows as far as they can be read: of the rest the damage is told.
func (d *DB) someRows(ctx context.Context, query string, args ...any) ([]attemptRow, error) {
	rows, err := d.attemptRows(ctx, query, args...)
	if len(rows) > 0 && err != nil && ctx.Err() == nil {
		d.damage.add("table attempts: %v", err)
		err = nil
	}
	return rows, err
}

func (d *DB) summaries(ctx context.Context, query string, args ...any) ([]engine.Summary, error) {
	rows, err := d.someRows(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	return d.summariesOf(ctx, rows)
}

func (d *DB) summariesOf(ctx context.Context, rows []attemptRow) (all []engine.Summary, err error) {
	for i := range rows {
		s, ended := d.summary(&rows[i])
		if !ended {
			if s.Took, err = d.lasted(ctx, s); err != nil {
				return nil, err
			}
		}
		all = append(all, s)
	}
	return all, d.marked(ctx, d.reader, all)
}

func (d *DB) attemptRows(ctx context.Context, query string, args ...any) (all []attemptRow, err error) {
	rows, err := d.reader.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var r attemptRow
		if err := r.scan(rows); err != nil {
			return all, err
		}
		all = append(all, r)
	}
	return all, rows.Err()
}
