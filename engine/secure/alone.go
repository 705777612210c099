package secure

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

// lockLook is how often a lock that another holds is looked at.
const lockLook = 5 * time.Millisecond

// Alone reads and writes the file at path by do, while nobody else does so by Alone: neither
// this program nor another. Its directory is made; what is locked is that, so that no file is
// left, and the end of a program ends its lock. It waits until ctx ends.
func Alone(ctx context.Context, path string, do func() error) error {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return unwritable(path, err)
	}
	d, err := os.Open(dir)
	if err != nil {
		return unwritable(path, err)
	}
	defer func() { _ = d.Close() }() // which unlocks it
	for {
		err := syscall.Flock(int(d.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) //nolint:gosec // a descriptor is small
		switch {
		case err == nil:
			return do()
		case errors.Is(err, syscall.EINTR):
			continue
		case !errors.Is(err, syscall.EWOULDBLOCK): // the file system has no locks
			return do()
		}
		select {
		case <-ctx.Done():
			return unwritable(path, errors.New("another program is writing it"))
		case <-time.After(lockLook):
		}
	}
}
