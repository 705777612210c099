package store

import (
	"context"

	"github.com/aimo3/aimo3/engine"
)

// Splits tells, for every way in which votes fell, how often the answer was
// right: over the attempts at problems whose key is known; those are left out
// that are deleted, or whose answer the votes alone did not choose. They are
// ordered by Of, then by Votes.
func (d *DB) Splits(ctx context.Context) ([]engine.Split, error) {
	all, err := d.splits(ctx)
	return all, fault(d.path, "count scored attempts in", err)
}

func (d *DB) splits(ctx context.Context) ([]engine.Split, error) {
	rows, err := d.reader.QueryContext(ctx, `SELECT json_extract(verdict, '$.votes') AS votes, json_extract(verdict, '$.of') AS of,
			sum(json_extract(verdict, '$.correct')), count(*)
		FROM attempts
		WHERE deleted_at IS NULL AND json_type(verdict, '$.correct') IN ('true', 'false') AND votes > 0
			AND json_extract(verdict, '$.chosen') IS NULL AND json_extract(verdict, '$.carried') IS NULL
		GROUP BY of, votes ORDER BY of, votes`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []engine.Split
	for rows.Next() {
		var s engine.Split
		if err := rows.Scan(&s.Votes, &s.Of, &s.Right, &s.Scored); err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	return all, rows.Err()
}
