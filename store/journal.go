package store

import (
	"errors"
	"io"
	"os"
	"syscall"
)

const (
	// journalMagic begins a rollback journal that SQLite would play back.
	journalMagic = "\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"
	// maxBegunBytes is the size up to which a file has only been begun: ours has a
	// rollback journal for its first page, and its log from then on.
	maxBegunBytes = 4096
)

// checkJournal refuses a file with so many bytes beside which lies a rollback
// journal that is not ours, of another program or of another copy of the file.
// SQLite would write the old pages in it over those of the file as soon as this is
// read.
//
// SQLite locks no journal, so that to close it here drops nobody's lock.
func checkJournal(path string, size int64) error {
	if size <= maxBegunBytes {
		return nil
	}
	beside := path + "-journal"
	f, err := os.OpenFile(beside, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return refusal(path, beside+" cannot be read", "give yourself the right to read it, or name another file with --db", bare(err))
	}
	defer func() { _ = f.Close() }()
	var head [len(journalMagic)]byte
	if _, err := io.ReadFull(f, head[:]); err != nil || string(head[:]) != journalMagic {
		return nil //nolint:nilerr // SQLite passes over one that is shorter, or begins with something else
	}
	return refusal(path, beside+" holds a change that another program did not finish, and reading would undo it",
		"finish it with that program, or move that file away, or name another with --db", nil)
}
