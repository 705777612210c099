package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime"
	"time"

	"github.com/aimo3/aimo3/engine"
)

// burning are the system calls by which SQLite changes a disk. This build of it
// calls fsync, and never fdatasync.
var burning = []string{"pwrite64", "fsync", "ftruncate", "unlink"}

const purging = "purging " // printed before an attempt goes for good

// burn is a program that opens a store, migrates it, records, compresses, deletes,
// removes for good, closes, and records and compresses once more. It prints what is shown to a person, line by
// line. All its calls of the system are of one thread and come in the same order
// every time, since strace counts them by thread.
func burn(path string) error {
	runtime.LockOSThread()
	show := func(v any) error {
		line, err := json.Marshal(v)
		fmt.Println(string(line))
		return err
	}
	d, err := open(context.Background(), path, nil, thisHost()) // what is compressed is compressed here
	if err != nil {
		return err
	}
	for seed, id := range []engine.AttemptID{"f1", "f2"} {
		if err := recordHere(d, wordy(id, uint64(seed), 12), show); err != nil { //nolint:gosec // 0 or 1
			return errors.Join(err, d.Close())
		}
	}
	if err := compressHere(d); err != nil {
		return errors.Join(err, d.Close())
	}
	if err := errors.Join(d.Delete(context.Background(), "f1"), d.Delete(context.Background(), "f2"), d.Restore(context.Background(), "f2")); err != nil {
		return errors.Join(err, d.Close())
	}
	if err := show(purging + "f1"); err != nil {
		return err
	}
	if err := d.purge(context.Background(), time.Now().Add(time.Hour)); err != nil {
		return errors.Join(fault(path, "purge", err), d.Close())
	}
	if err := d.Close(); err != nil {
		return err
	}
	if d, err = open(context.Background(), path, nil, thisHost()); err != nil {
		return err
	}
	return errors.Join(recordHere(d, wordy("f3", 9, 10), show), compressHere(d), d.Close())
}

// wordy is a story with enough text to be compressed.
func wordy(id engine.AttemptID, seed uint64, n int) []engine.Event {
	all := story(id, seed, n)
	for i := range all {
		if f, ok := all[i].Fact.(engine.Delta); ok {
			f.Text += fmt.Sprintf(" and %d, for %.200x", seed, seed*7919)
			all[i].Fact = f
		}
	}
	return all
}

func compressHere(d *DB) error {
	ctx := context.Background()
	if err := d.compressAll(ctx, 0); err != nil {
		return fault(d.path, "compress an attempt in", err)
	}
	var left int
	err := d.reader.QueryRowContext(ctx, `SELECT count(*) FROM attempts a WHERE ended IS NOT NULL AND sum IS NOT NULL
		AND NOT EXISTS (SELECT 1 FROM blocks WHERE attempt = a.id)`).Scan(&left)
	if err == nil && left > 0 {
		err = fmt.Errorf("%d attempts were not compressed", left)
	}
	return err
}

// recordHere records events one by one, in the thread that calls it.
func recordHere(d *DB, events []engine.Event, show func(any) error) error {
	handed := make(chan struct{}, len(events))
	r := &Recorder{db: d, every: time.Millisecond, in: newPipe(engine.Append), out: newPipe(asIs)}
	r.next = func(e engine.Event) error {
		handed <- struct{}{}
		return show(e)
	}
	defer func() { r.mark.release() }()
	stopped := make(chan struct{})
	r.both.Go(r.pass)
	r.both.Go(func() {
		defer r.in.end()
		for _, e := range events {
			if r.Put(e) != nil {
				return
			}
			select {
			case <-handed:
			case <-stopped:
				return
			}
		}
	})
	r.store()
	close(stopped)
	r.both.Wait()
	return r.failed()
}
