package store

import (
	"errors"
	"io/fs"
	"os"
)

// Size is where the store is and how many bytes its file and its log take on disk now.
func (d *DB) Size() (path string, bytes int64, err error) {
	at, err := os.Stat(d.path)
	if err != nil {
		return d.path, 0, fault(d.path, "measure the store", err)
	}
	log, err := os.Stat(d.path + "-wal")
	if errors.Is(err, fs.ErrNotExist) {
		return d.path, at.Size(), nil
	}
	if err != nil {
		return d.path, at.Size(), fault(d.path, "measure the store", err)
	}
	return d.path, at.Size() + log.Size(), nil
}
