package queue

import (
	"errors"
	"fmt"
	"io/fs"
	"syscall"

	"github.com/mattn/go-sqlite3"

	"github.com/aimo3/aimo3/engine"
)

// causes says of SQLite's errors what they mean to a person, and what to do.
var causes = map[sqlite3.ErrNo]struct{ why, todo string }{
	sqlite3.ErrFull:     {"its disk is full", "free some space there and run the same command again: it goes on where it was"},
	sqlite3.ErrBusy:     {"another program keeps it locked", "wait and run the same command again: it goes on where it was"},
	sqlite3.ErrLocked:   {"another program keeps it locked", "wait and run the same command again: it goes on where it was"},
	sqlite3.ErrCorrupt:  {"the file is damaged", "move it away or name another one with --queue-db; attempts that have ended are in the database of attempts"},
	sqlite3.ErrNotADB:   {"it holds something else, or its header is damaged", "name another file with --queue-db; this one was not changed"},
	sqlite3.ErrReadonly: {"it cannot be written", "give yourself the right to write there, or name another file with --queue-db"},
	sqlite3.ErrPerm:     {"it cannot be written", "give yourself the right to write there, or name another file with --queue-db"},
	sqlite3.ErrCantOpen: {"it cannot be opened", "check that the file and its directory are there and yours, or name another file with --queue-db"},
	sqlite3.ErrIoErr:    {"its disk reports an error", "check the disk, or name a file on another one with --queue-db"},
}

// because is the fault of what could not be done.
func (q *Queue) because(doing string, err error) error {
	f := &engine.Fault{Class: engine.Storage, What: fmt.Sprintf("cannot %s the queue %s", doing, q.path), Err: err}
	var of sqlite3.Error
	var at *fs.PathError
	switch {
	case errors.As(err, &of) && of.SystemErrno == syscall.EISDIR:
		f.What, f.Todo = f.What+": "+causes[sqlite3.ErrCantOpen].why, causes[sqlite3.ErrCantOpen].todo
	case errors.As(err, &of):
		if cause, known := causes[of.Code]; known {
			f.What, f.Todo = f.What+": "+cause.why, cause.todo
		}
	case errors.As(err, &at):
		f.Err, f.Todo = at.Err, causes[sqlite3.ErrCantOpen].todo
	}
	return f
}

// refusal is the fault of a file that is left alone.
func (q *Queue) refusal(why, todo string) error {
	return &engine.Fault{Class: engine.Storage, What: fmt.Sprintf("cannot open the queue %s: %s", q.path, why), Todo: todo}
}
