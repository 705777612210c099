package store

import (
	"context"
	"database/sql"
	"maps"
	"slices"
	"strings"
)

// marks are what the header of a database says, its application and its version,
// and what it consists of: by type and name, the statement that made it. They are
// read at once, since another program may be migrating it.
func marks(ctx context.Context, db *sql.DB) (id, version int, is map[string]string, err error) {
	rows, err := db.QueryContext(ctx, `SELECT application_id, user_version, type || ' ' || name, coalesce(sql, '')
		FROM pragma_application_id, pragma_user_version LEFT JOIN sqlite_schema ON name NOT LIKE 'sqlite\_%' ESCAPE '\'`)
	if err != nil {
		return 0, 0, nil, err
	}
	defer rows.Close()
	is = map[string]string{}
	for rows.Next() {
		var name *string // nil where there are no tables
		var made string
		if err := rows.Scan(&id, &version, &name, &made); err != nil {
			return 0, 0, nil, err
		}
		if name != nil {
			is[*name] = made
		}
	}
	return id, version, is, rows.Err()
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
	_, _, is, err := marks(ctx, db)
	return is, err
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
