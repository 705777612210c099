package store

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"

	"github.com/aimo3/aimo3/engine"
)

// living is the sign that a process takes an attempt: a lock of the system on a file
// beside the store. The system drops the lock when the process ends, however it
// ends, so that no clock and no number of a process has to be trusted. The file of
// one that was killed stays, without a lock, until the attempt is taken up again.
type living struct{ file *os.File }

// signPath is where the sign of an attempt is. IDs of other programs may hold anything.
func (d *DB) signPath(id engine.AttemptID) string {
	return fmt.Sprintf("%s-live-%x", d.path, sha256.Sum256([]byte(id)))[:len(d.path)+len("-live-")+16]
}

// claim makes the attempt this process's; a Fault if another, or another recorder
// of this one, has it.
func (d *DB) claim(id engine.AttemptID) (*living, error) {
	path := d.signPath(id)
	for {
		f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
		if err != nil {
			return nil, err
		}
		if err := lock(f, syscall.LOCK_EX); err != nil {
			_ = f.Close()
			if errors.Is(err, syscall.EWOULDBLOCK) {
				return nil, &engine.Fault{Class: engine.Invalid, What: fmt.Sprintf("attempt %s is running in another program", id), Todo: "wait until it ends there, or end it there"}
			}
			return nil, err
		}
		if isAt(f, path) { // else whoever had it before has just removed it
			return &living{f}, nil
		}
		_ = f.Close()
	}
}

// release gives the attempt up.
func (l *living) release() {
	if l == nil {
		return
	}
	_ = os.Remove(l.file.Name()) // while it is locked: nobody else's can be there
	_ = l.file.Close()
}

// Alive says whether a process takes the attempt now, this one or another.
func (d *DB) Alive(id engine.AttemptID) bool {
	f, err := os.Open(d.signPath(id))
	if err != nil {
		return !errors.Is(err, fs.ErrNotExist) // what cannot be known may be so
	}
	defer func() { _ = f.Close() }()
	return lock(f, syscall.LOCK_SH) != nil
}

func lock(f *os.File, how int) error {
	for {
		if err := syscall.Flock(int(f.Fd()), how|syscall.LOCK_NB); !errors.Is(err, syscall.EINTR) { //nolint:gosec // a descriptor is small
			return err
		}
	}
}

func isAt(f *os.File, path string) bool {
	of, err := f.Stat()
	at, e := os.Stat(path)
	return err == nil && e == nil && os.SameFile(of, at)
}

// Unfinished lists attempts that have no end and that no living process takes,
// newest first: those of programs that were killed.
func (d *DB) Unfinished(ctx context.Context) ([]engine.Summary, error) {
	rows, err := d.attemptRows(ctx, `SELECT `+d.columns()+` FROM attempts a
		WHERE a.ended IS NULL AND a.deleted_at IS NULL ORDER BY a.n DESC LIMIT ?`, defaultAttempts)
	var all []engine.Summary
	for i := range rows {
		s, _ := d.summary(&rows[i])
		if !rows[i].whole() || d.Alive(s.ID) {
			continue
		}
		if s.Took, err = d.lasted(ctx, s); err != nil {
			break
		}
		all = append(all, s)
	}
	return all, fault(d.path, "list attempts in", err)
}
