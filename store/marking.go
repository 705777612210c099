package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"slices"
	"time"

	"github.com/aimo3/aimo3/engine"
)

const marksSince = 10 // the version in which the table came

// Kinds of marks, as they are stored.
const (
	markStar     = "star"
	markTag      = "tag"
	markNote     = "note"
	markExpected = "expected"
	markRight    = "right"
	markYes      = "yes" // of right
	markNo       = "no"
)

// Mark keeps what a person says of an attempt, and returns what is said of it then. Nobody
// else says anything between what r is given and what it gives.
func (d *DB) Mark(ctx context.Context, id engine.AttemptID, r engine.Remark) (m engine.Marks, err error) {
	err = d.inTx(ctx, 1, func(tx *sql.Tx) error {
		var here bool
		if err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM attempts WHERE id = ?)`, id).Scan(&here); err != nil {
			return err
		}
		if !here {
			return unknown(id)
		}
		a := []engine.Summary{{ID: id}}
		if err := d.marked(ctx, tx, a); err != nil {
			return err
		}
		made, err := engine.NewMarks(r(a[0].Marks))
		if err != nil {
			return err
		}
		m = made
		return putMarks(ctx, tx, id, m, stamped(time.Now()))
	})
	return m, fault(d.path, "mark an attempt in", err)
}

// putMarks brings the rows up to m; those that say the same already stay.
func putMarks(ctx context.Context, tx *sql.Tx, id engine.AttemptID, m engine.Marks, at string) error {
	said := markRows(m)
	list, err := json.Marshal(said)
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM marks WHERE attempt = ?1
		AND (kind, value) NOT IN (SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(?2))`, id, string(list)); err != nil {
		return err
	}
	for _, row := range said {
		if _, err := tx.ExecContext(ctx, `INSERT INTO marks (attempt, kind, value, at, sum) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
			id, row[0], row[1], at, sumOf(string(id), row[0], row[1], at)); err != nil {
			return err
		}
	}
	return nil
}

// markRows are marks as kinds and values.
func markRows(m engine.Marks) [][2]string {
	rows := [][2]string{} // in JSON a list, also where there is none
	add := func(is bool, kind, value string) {
		if is {
			rows = append(rows, [2]string{kind, value})
		}
	}
	add(m.Starred, markStar, "")
	for _, tag := range m.Tags {
		add(true, markTag, tag)
	}
	add(m.Note != "", markNote, m.Note)
	add(m.Expected != "", markExpected, string(m.Expected))
	add(m.Right != nil && *m.Right, markRight, markYes)
	add(m.Right != nil && !*m.Right, markRight, markNo)
	return rows
}

// querier is what can be asked for rows: a database, or a transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// marked puts what a person said into summaries.
func (d *DB) marked(ctx context.Context, in querier, all []engine.Summary) error {
	if d.version < marksSince || len(all) == 0 {
		return nil
	}
	at := make(map[string]*engine.Marks, len(all))
	ids := make([]engine.AttemptID, len(all))
	for i := range all {
		ids[i], at[string(all[i].ID)] = all[i].ID, &all[i].Marks
	}
	list, err := json.Marshal(ids)
	if err != nil {
		return err
	}
	rows, err := in.QueryContext(ctx, `SELECT attempt, kind, value, at, sum FROM marks
		WHERE attempt IN (SELECT value FROM json_each(?)) ORDER BY n`, string(list))
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var r [5]any
		if err := rows.Scan(&r[0], &r[1], &r[2], &r[3], &r[4]); err != nil {
			return err
		}
		id, _ := r[0].(string)
		if m := at[id]; m != nil && r[4] == sumOf(r[:4]...) {
			addMark(m, r[1], r[2])
		} else {
			d.damage.add("attempt %s, what it is marked with: it does not fit its checksum", printable(id))
		}
	}
	return rows.Err()
}

// addMark adds a row to marks.
func addMark(m *engine.Marks, kind, value any) {
	text, _ := value.(string)
	switch kind {
	case markStar:
		m.Starred = true
	case markTag:
		i, _ := slices.BinarySearch(m.Tags, text)
		m.Tags = slices.Insert(m.Tags, i, text)
	case markNote:
		m.Note = text
	case markExpected:
		m.Expected = engine.Answer(text)
	case markRight:
		right := text == markYes
		m.Right = &right
	}
}

// checkMarks reads all marks, so that damage is found.
func (d *DB) checkMarks(ctx context.Context) error {
	if d.version < marksSince {
		return nil
	}
	ids, err := d.ids(ctx, `SELECT DISTINCT attempt FROM marks`)
	all := make([]engine.Summary, len(ids))
	for i, id := range ids {
		all[i].ID = id
	}
	if err != nil {
		return err
	}
	return d.marked(ctx, d.reader, all)
}
