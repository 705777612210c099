package store

import (
	"fmt"
	"os"
	"sync"
	"time"
)

// defaultPatience is how long a writer waits for another program's lock before
// a person is told.
const defaultPatience = time.Second

// teller passes on what a person should know.
type teller struct {
	mu       sync.Mutex
	to       func(string)
	patience time.Duration // if zero, defaultPatience
}

// Tell has what a person should know told to someone else from now on; nil is
// nobody. It may be called from any goroutine, and so may tell.
func (d *DB) Tell(tell func(string)) {
	d.teller.mu.Lock()
	defer d.teller.mu.Unlock()
	d.teller.to = tell
}

func (d *DB) say(format string, args ...any) {
	d.teller.mu.Lock()
	to := d.teller.to
	d.teller.mu.Unlock()
	if to != nil {
		to(fmt.Sprintf(format, args...))
	}
}

// waiting does what may have to wait for another program's lock, and says so
// when that takes long.
func (d *DB) waiting(do func() error) error {
	patience := d.teller.patience
	if patience == 0 {
		patience = defaultPatience
	}
	t := time.AfterFunc(patience, func() { d.say("waiting for another program that writes to %s", d.path) })
	defer t.Stop()
	return do()
}

// narrow takes the right to read the store from everybody else, or says that
// they have it.
func (d *DB) narrow() {
	const others = 0o077
	for _, path := range []string{d.path, d.path + "-wal", d.path + "-shm"} {
		at, err := os.Stat(path)
		if err != nil || at.Mode()&others == 0 {
			continue
		}
		if err := os.Chmod(path, at.Mode().Perm()&^others); err != nil {
			d.say("others may read or write %s (mode %04o), and it is not yours to change", path, at.Mode().Perm())
			continue
		}
		d.say("others could read or write %s (mode %04o); now only you can", path, at.Mode().Perm())
	}
}
