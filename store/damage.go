package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/aimo3/aimo3/engine"
)

const (
	maxDamageTold = 20       // places, in one error
	maxInspected  = 5_000    // attempts whose rows are read through before any is shown
	maxStructured = 64 << 20 // bytes of a store whose pages are looked at before any is shown,
	maxGlanced    = 4 << 20  // and before more are kept
)

// losses are what was found damaged so far, each place once.
type losses struct {
	mu    sync.Mutex
	found []string
}

func (d *losses) add(format string, args ...any) (said string) {
	said = fmt.Sprintf(format, args...)
	d.mu.Lock()
	defer d.mu.Unlock()
	if !slices.Contains(d.found, said) {
		d.found = append(d.found, said)
	}
	return said
}

func (d *losses) all() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.found)
}

// Damage returns a Fault that names what was found damaged by all that was read
// so far; nil if nothing was. What is damaged was left out of what was read, or
// marked in it.
func (d *DB) Damage() error { return damaged(d.path, d.damage.all()) }

func damaged(path string, found []string) error {
	if len(found) == 0 {
		return nil
	}
	if more := len(found) - maxDamageTold; more > 0 {
		found = append(found[:maxDamageTold:maxDamageTold], fmt.Sprintf("and %d more", more))
	}
	return &engine.Fault{
		Class: engine.Storage,
		What:  "the store " + path + " is damaged: " + strings.Join(found, "; "),
		Todo:  "export what you need, or have `aimo3 db recover FILE` write all else into a new file; then move this one away with its -wal file, or name another with --db",
	}
}

// inspect looks, before anything is shown, for what reading row by row would
// miss: rows that have gone and rows that are hidden. Of files that are large
// much of it is left to Check.
func (d *DB) inspect(ctx context.Context) (err error) {
	d.inspectTable(ctx, "attempts")
	if d.smaller(ctx, maxStructured) {
		d.inspectEvents(ctx)
	}
	d.small, err = d.inspectAttempts(ctx, maxInspected)
	return err
}

// glance is as much of that as costs next to nothing, for whoever is to write.
func (d *DB) glance(ctx context.Context) error {
	if d.smaller(ctx, maxGlanced) {
		d.inspectTable(ctx, "attempts")
		d.inspectEvents(ctx)
	}
	_, err := d.inspectAttempts(ctx, maxInspected/5)
	return err
}

func (d *DB) smaller(ctx context.Context, bytes int64) (is bool) {
	err := d.reader.QueryRowContext(ctx, `SELECT page_count * page_size <= ? FROM pragma_page_count, pragma_page_size`, bytes).Scan(&is)
	return err == nil && is
}

func (d *DB) inspectEvents(ctx context.Context) {
	d.inspectTable(ctx, "events")
	if d.version >= blocksSince {
		d.inspectTable(ctx, "blocks")
	}
}

// inspectTable has SQLite look at how a table and its indexes are laid out; at
// whether an index of words holds the words that it should.
func (d *DB) inspectTable(ctx context.Context, table string) {
	wrong, err := d.lines(ctx, `PRAGMA integrity_check(`+table+`)`)
	if err != nil && ctx.Err() == nil {
		wrong = append(wrong, err.Error())
	}
	for _, line := range wrong {
		d.damage.add("table %s: %s", table, line)
	}
}

// inspectAttempts reads the row of every attempt, if there are at most so many.
func (d *DB) inspectAttempts(ctx context.Context, most int) (all bool, err error) {
	var n int
	if err := d.reader.QueryRowContext(ctx, `SELECT count(*) FROM attempts`).Scan(&n); err != nil {
		d.damage.add("table attempts: %v", err)
	}
	if n > most || ctx.Err() != nil {
		return false, ctx.Err()
	}
	rows, err := d.attemptRows(ctx, `SELECT `+d.columns()+` FROM attempts a`)
	if err != nil && ctx.Err() == nil {
		d.damage.add("table attempts: %v", err)
	}
	for i := range rows {
		d.summary(&rows[i])
	}
	d.inspectEnds(ctx)
	return true, ctx.Err()
}

// inspectEnds looks where each story begins and ends, and at nothing between: for
// events whose attempt has gone, and attempts whose events, or the last of them,
// have.
func (d *DB) inspectEnds(ctx context.Context) {
	query := `WITH RECURSIVE told (id) AS (SELECT min(attempt) FROM events UNION ALL
			SELECT (SELECT min(attempt) FROM events WHERE attempt > told.id) FROM told WHERE told.id IS NOT NULL)
		SELECT 'only its events are left' || char(10) || id FROM told
			WHERE id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM attempts a WHERE a.id = told.id)`
	if d.version >= sumsSince {
		query += ` UNION ALL SELECT iif(kind IS NULL, 'all its', 'its last') || ' events have gone' || char(10) || id FROM (
			SELECT id, ended, (SELECT kind FROM events WHERE attempt = a.id ORDER BY seq DESC LIMIT 1) AS kind
				FROM attempts a WHERE a.sum IS NOT NULL)
			WHERE kind IS NULL OR ended IS NOT NULL AND kind <> 'attempt_finished'`
	}
	wrong, err := d.lines(ctx, query)
	if err != nil && ctx.Err() == nil {
		d.damage.add("table events: %v", err)
	}
	for _, line := range wrong {
		what, id, _ := strings.Cut(line, "\n")
		d.damage.add("attempt %s, %s", printable(id), what)
	}
}

// lines are those of one column that do not say that all is well.
func (d *DB) lines(ctx context.Context, query string) (all []string, err error) {
	rows, err := d.reader.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			return all, err
		}
		if line != "ok" {
			all = append(all, strings.ToValidUTF8(line, "?"))
		}
	}
	return all, rows.Err()
}
