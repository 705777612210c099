package cli

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/aimo3/aimo3/engine/secure/audit"
	"github.com/aimo3/aimo3/tui/cli/outfile"
)

// ofDatabase says whether path names the database or one of the files that SQLite
// keeps beside it, whether they are there or not. What is written to one of them
// damages the database, or goes with it.
func (s *shell) ofDatabase(path string) bool {
	if s.set.DB == "" {
		return false
	}
	at, db := unlinked(path), unlinked(s.set.DB)
	for _, end := range []string{"", "-wal", "-shm", "-journal"} {
		if at == db+end || outfile.Same(path, db+end) {
			return true
		}
	}
	return strings.HasPrefix(at, db+"-live-") || // see store: that a process takes an attempt
		strings.HasPrefix(at, db+queueEnd) ||
		at == db+audit.KeyEnd || at == db+audit.CheckpointsEnd
}

// checkReplaces refuses to write over what is read: one of the files, or one in a folder of
// them. The flag is what names the path.
func checkReplaces(flag, path string, read ...string) error {
	at := unlinked(path)
	for _, from := range read {
		about, err := os.Stat(from)
		if err != nil {
			continue // no file: standard input, or a query
		}
		within := about.IsDir() && strings.HasPrefix(at, unlinked(from)+string(filepath.Separator))
		if _, err := os.Stat(at); err == nil && within || outfile.Same(path, from) {
			return usage("name another file with "+flag, "%s is read here, and would be lost", path)
		}
	}
	return nil
}

// unlinked is path without links, as far as it is there.
func unlinked(path string) string {
	path, err := filepath.Abs(path)
	if err != nil {
		return path
	}
	if to, err := filepath.EvalSymlinks(path); err == nil {
		return to
	}
	dir, err := filepath.EvalSymlinks(filepath.Dir(path))
	if err != nil {
		return path
	}
	return filepath.Join(dir, filepath.Base(path))
}

// hasFolder refuses a database that would be made in a folder which is not there: a slip
// in --db is no wish for one. The folder of the usual place is made.
func (s *shell) hasFolder(path string) error {
	folder := filepath.Dir(path)
	if usual := Dir(s.Getenv); usual != "" && folder == usual {
		return nil
	}
	if _, err := os.Stat(folder); errors.Is(err, fs.ErrNotExist) {
		return usage("make it, or name another file with --db", "there is no folder %s for the database", folder)
	}
	return nil
}
