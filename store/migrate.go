package store

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
)

// Versions in which rows got checksums, and events blocks.
const (
	sumsSince   = 2
	blocksSince = 4
)

// scripts holds the migrations. One that was released is never edited.
//
//go:embed migrations/*.sql
var scripts embed.FS

// migrations returns the scripts in order: the first makes version 1 of an empty
// file, the next version 2 of version 1, and so on.
func migrations() ([]string, error) {
	entries, err := scripts.ReadDir("migrations") // sorted by name
	if err != nil {
		return nil, err
	}
	var all []string
	for i, e := range entries {
		var n int
		if _, err := fmt.Sscanf(e.Name(), "%04d_", &n); err != nil || n != i+1 {
			return nil, fmt.Errorf("migration %s is not number %d", e.Name(), i+1)
		}
		script, err := scripts.ReadFile("migrations/" + e.Name())
		if err != nil {
			return nil, err
		}
		all = append(all, string(script))
	}
	return all, nil
}

// migrate brings the store up to the newest version.
func (d *DB) migrate(ctx context.Context) error {
	all, err := migrations()
	if err != nil {
		return err
	}
	var version int
	if err := d.writer.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return err
	}
	d.was = version
	for ; version < len(all); version++ {
		err := d.inTx(ctx, 1, func(tx *sql.Tx) error { return step(ctx, tx, version+1, all[version]) })
		if err != nil {
			return fmt.Errorf("migration %d: %w", version+1, err)
		}
	}
	if d.version = version; version > len(all) { // another program migrated it just now
		return tooNew(d.path, version, len(all))
	}
	return nil
}

// step makes one version of the one before, unless another program was faster.
func step(ctx context.Context, tx *sql.Tx, to int, script string) error {
	var version int
	if err := tx.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil || version >= to {
		return err
	}
	if _, err := tx.ExecContext(ctx, script); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d", applicationID, to))
	return err
}
