package store

import (
	"context"
	"errors"
	"fmt"
	"syscall"

	"github.com/mattn/go-sqlite3"

	"github.com/aimo3/aimo3/engine"
)

// causes says of SQLite's errors what they mean to a person, and what to do.
var causes = map[sqlite3.ErrNo]struct{ why, todo string }{
	sqlite3.ErrFull:     {"its disk is full", "free some space there and try again; what was kept so far is safe"},
	sqlite3.ErrBusy:     {"another program keeps it locked", "close that program, or wait and try again"},
	sqlite3.ErrLocked:   {"another program keeps it locked", "close that program, or wait and try again"},
	sqlite3.ErrCorrupt:  {"the file is damaged", "`aimo3 db recover FILE` looks for what is left in it; solve with --new-db to put it aside, or name another file with --db; nothing in it was changed"},
	sqlite3.ErrNotADB:   {"it holds something else, or its header is damaged", "name another file with --db, or if it is yours solve with --new-db to put it aside; this one was not changed"},
	sqlite3.ErrReadonly: {"it cannot be written", "give yourself the right to write there, or name another file with --db"},
	sqlite3.ErrPerm:     {"it cannot be written", "give yourself the right to write there, or name another file with --db"},
	sqlite3.ErrCantOpen: {"it cannot be opened", "check that the file and its directory are there and yours, or name another file with --db"},
	sqlite3.ErrIoErr:    {"its disk reports an error", "check the disk, or name a file on another one with --db"},
	sqlite3.ErrError:    {"it is not as this program needs it", "move it away with its -wal file, or name another file with --db"},
	sqlite3.ErrTooBig:   {"a value is too large to be kept", ""},
}

// fault says what could not be done with the store at path. An error that is a
// Fault already, or comes of a context that ended, stays what it is.
func fault(path, doing string, err error) error {
	var known *engine.Fault
	switch {
	case err == nil:
		return nil
	case errors.As(err, &known):
		return err
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return fmt.Errorf("%s: %w", doing, err)
	}
	f := &engine.Fault{Class: engine.Storage, What: fmt.Sprintf("cannot %s %s", doing, path), Err: err}
	switch cause, ok := causes[errorCode(err)]; {
	case errors.Is(systemError(err), syscall.EFBIG):
		f.What, f.Todo = f.What+": the limit on a file's size is reached", "raise it with `ulimit -f unlimited`; what was kept so far is safe"
	case errors.Is(systemError(err), syscall.EROFS):
		f.What, f.Todo = f.What+": its disk can only be read", "make it writable again, or name a file on another one with --db; what was kept so far is safe"
	case noRoom(err):
		f.What, f.Todo = f.What+": "+causes[sqlite3.ErrFull].why, causes[sqlite3.ErrFull].todo
	case ok:
		f.What, f.Todo = f.What+": "+cause.why, cause.todo
	}
	return f
}

// noRoom says that there is no room, or leave, for a larger file.
func noRoom(err error) bool {
	system := systemError(err)
	return errors.Is(system, syscall.ENOSPC) || errors.Is(system, syscall.EDQUOT) || errors.Is(system, syscall.EFBIG)
}

// systemError is what the system told SQLite or this program, or nil.
func systemError(err error) error {
	var e sqlite3.Error
	if errors.As(err, &e) && e.SystemErrno != 0 {
		return e.SystemErrno
	}
	var no syscall.Errno
	if errors.As(err, &no) {
		return no
	}
	return nil
}

// refusal is the fault of a store that is left alone.
func refusal(path, why, todo string, err error) error {
	return &engine.Fault{Class: engine.Storage, What: fmt.Sprintf("cannot open the store %s: %s", path, why), Todo: todo, Err: err}
}

// errorCode is SQLite's code in err's chain; 0 if there is none.
func errorCode(err error) sqlite3.ErrNo {
	var e sqlite3.Error
	if errors.As(err, &e) {
		return e.Code
	}
	return 0
}
