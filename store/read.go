package store

import (
	"context"
	"errors"
	"net/url"

	"github.com/mattn/go-sqlite3"
)

// OpenToRead opens the store at path for reading alone: it makes, migrates and
// removes nothing, so that a file, or a directory, that may not be written will
// do. What is damaged of it is left out, and told by Damage. What a person
// should know is told to tell, which may be nil.
func OpenToRead(ctx context.Context, path string, tell func(string)) (*DB, error) {
	return openToRead(ctx, path, tell, thisHost())
}

func openToRead(ctx context.Context, path string, tell func(string), h host) (*DB, error) {
	path, err := h.find(path)
	if err != nil {
		return nil, fault(path, "open the store", err)
	}
	d, err := h.reading(ctx, path)
	if err == nil {
		d.Tell(tell)
		d.narrow()
		if err = d.withoutRoom(ctx); err == nil {
			err = d.inspect(ctx)
		}
		if err != nil {
			err = errors.Join(err, d.reader.Close())
		}
	}
	if err != nil {
		return nil, fault(path, "open the store", err)
	}
	return d, nil
}

// reading opens the file at path in the way that leaves the least behind.
func (h host) reading(ctx context.Context, path string) (*DB, error) {
	bytes, err := size(path)
	if err != nil {
		return nil, err
	}
	if err := checkJournal(path, bytes); err != nil {
		return nil, err
	}
	lost, err := lostInLog(path + "-wal")
	if err != nil {
		return nil, err
	}
	_, shut := h.shut(path)
	version := 0
	if bytes > 0 {
		version, err = probe(ctx, path)
	}
	switch {
	case errorCode(err) == sqlite3.ErrCantOpen && shut != nil && logged(path):
		return nil, refusal(path, "its latest attempts are in "+path+"-wal, which cannot be read where nothing may be written",
			"copy both files to a directory of your own, and name the copy with --db", err)
	case err != nil:
		return nil, err
	case version == 0:
		return nil, refusal(path, "nothing is in it: it was never used, or has been cut off", "solve a problem to begin it, or name another file with --db", nil)
	}
	d := &DB{path: path, version: version, reader: handle(path, 4, readingSettings(path, shut != nil, lost != ""))}
	d.cache = newCache(d)
	if lost != "" {
		d.damage.add("%s", lost)
	}
	return d, nil
}

// readingSettings are those for a file that may be shut to writing, and whose log may
// have lost something.
func readingSettings(path string, shut, lost bool) url.Values {
	settings := url.Values{"mode": {"rw"}, "_query_only": {"1"}, "_busy_timeout": {"5000"}, "_stmt_cache_size": {"16"}}
	if shut || lost { // to close it would tidy a log away
		settings.Set("mode", "ro")
	}
	if shut && !logged(path) {
		settings.Set("immutable", "1") // a log cannot be made, not even an empty one
	}
	return settings
}

// withoutRoom opens the file anew where there is none for a log, which SQLite would
// make to read it.
func (d *DB) withoutRoom(ctx context.Context) error {
	_, err := d.reader.ExecContext(ctx, `SELECT count(*) FROM sqlite_schema`)
	if !noRoom(err) {
		return nil //nolint:nilerr // another error is told of what is read
	}
	if logged(d.path) {
		return err
	}
	err = d.reader.Close()
	d.reader = handle(d.path, 4, url.Values{"mode": {"ro"}, "immutable": {"1"}, "_query_only": {"1"}, "_stmt_cache_size": {"16"}})
	return err
}
