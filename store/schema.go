package store

import (
	"context"
	"database/sql"
	"maps"
	"slices"
	"strings"
)

// tables are what a database consists of: by type and name, the statement that
// made it.
func tables(ctx context.Context, db *sql.DB) (map[string]string, error) {
	rows, err := db.QueryContext(ctx, `SELECT type || ' ' || name, coalesce(sql, '') FROM sqlite_schema WHERE name NOT LIKE 'sqlite\_%' ESCAPE '\'`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	all := map[string]string{}
	for rows.Next() {
		var name, made string
		if err := rows.Scan(&name, &made); err != nil {
			return nil, err
		}
		all[name] = made
	}
	return all, rows.Err()
}

// made are the tables as the first so many migrations make them.
func made(ctx context.Context, scripts []string) (map[string]string, error) {
	db := pool(":memory:", 1)
	defer func() { _ = db.Close() }()
	for _, script := range scripts {
		if _, err := db.ExecContext(ctx, script); err != nil {
			return nil, err
		}
	}
	return tables(ctx, db)
}

// unlike says what differs from the tables that were made; "" if nothing does.
// Tables that somebody added are let be: nothing of ours reads them. Triggers
// and indexes would run in the midst of what we write.
func unlike(is, made map[string]string) string {
	for _, name := range slices.Sorted(maps.Keys(made)) {
		switch found, ok := is[name]; {
		case !ok:
			return "its " + name + " is missing"
		case found != made[name]:
			return "its " + name + " is not as it was made"
		}
	}
	for _, name := range slices.Sorted(maps.Keys(is)) {
		if _, ok := made[name]; !ok && (strings.HasPrefix(name, "trigger ") || strings.HasPrefix(name, "index ")) {
			return "its " + printable(name) + " was not made by aimo3"
		}
	}
	return ""
}
