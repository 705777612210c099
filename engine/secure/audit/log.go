package audit

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/aimo3/aimo3/engine"
)

const (
	maxUnsigned   = 1000        // records after the latest checkpoint
	signedWithin  = time.Minute // of a record
	errorsToldFor = "this was not recorded in the audit log"
)

// Rows are where records, their hashes and checkpoints are kept.
type Rows interface {
	// Append runs add in one transaction, in which nobody else appends. All that add
	// puts is on disk once Append returns nil; if add fails, none of it is kept.
	Append(ctx context.Context, add func(Writing) error) error
	// Each gives do the records from a number on, as they were at one moment, in the
	// order of their numbers. What do is given is its own only until it returns.
	Each(ctx context.Context, from int64, do func(n int64, record, hashes []byte) error) error
	// Checkpoints are those that were put, the smallest first.
	Checkpoints(ctx context.Context) ([]string, error)
}

// Writing is a log in the midst of a transaction.
type Writing interface {
	// Size is the number of records.
	Size() (int64, error)
	// Hashes are what was put with record n.
	Hashes(n int64) ([]byte, error)
	// Checkpoint is the one of the most records; "" if there is none.
	Checkpoint() (string, error)
	// Put appends a record, and PutCheckpoint keeps a checkpoint unless there is one of
	// as many records.
	Put(n int64, record, hashes []byte) error
	PutCheckpoint(size int64, note string) error
}

// Options say where a log is, and who does what it records. Rows must be set.
type Options struct {
	Rows Rows
	// KeyFile is the path of the key that signs checkpoints; it is made if it is not
	// there.
	KeyFile string
	// Second keeps a checkpoint in a second place; if nil, there is none.
	Second func(note string) error
	// Who is the user or the ID of a key, and FrontEnd what they use.
	Who, FrontEnd string
	Now           func() time.Time // if nil, time.Now
	Warn          func(string)     // is told of what could not be kept; if nil, nobody
	Added         func(Record)     // is told of each record that was kept, in order; if nil, nobody
}

// Log records what is done.
type Log struct {
	with Options
	key  func() (*signingKey, error)

	mu       sync.Mutex
	unsigned bool        // a record of ours may have no checkpoint
	timer    *time.Timer // signs it; nil if none is set
	closed   bool
	second   string // what went wrong with the second place the last time; "" if nothing did
}

// New returns a log. It must be closed, so that its last records are signed.
func New(o Options) *Log {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Warn == nil {
		o.Warn = func(string) {}
	}
	l := &Log{with: o}
	l.key = sync.OnceValues(func() (*signingKey, error) {
		k, err := openKey(o.KeyFile)
		if err != nil {
			l.with.Warn(fmt.Sprintf("warning: the audit log is not signed: %s", withTodo(err)))
		}
		return k, err
	})
	return l
}

// withTodo is an error and what to do about it.
func withTodo(err error) string {
	var fault *engine.Fault
	if !errors.As(err, &fault) || fault.Todo == "" {
		return err.Error()
	}
	return err.Error() + ": " + fault.Todo
}

// Did records what came of an action, and returns err as it is.
func (l *Log) Did(ctx context.Context, a Action, object string, err error) error {
	l.Add(ctx, a, object, OutcomeOf(err))
	return err
}

// Add records an action. It is kept even if ctx has ended.
func (l *Log) Add(ctx context.Context, a Action, object, outcome string) {
	if l == nil {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	r := Record{Time: l.with.Now(), Who: l.by(ctx), FrontEnd: l.with.FrontEnd, Action: a, Object: object, Outcome: outcome}
	made, err := l.append(context.WithoutCancel(ctx), &r)
	if err != nil {
		l.with.Warn(fmt.Sprintf("warning: %s: %s: %s", errorsToldFor, a, err))
		return
	}
	if l.with.Added != nil {
		l.with.Added(r)
	}
	if l.unsigned = made == ""; l.unsigned && l.timer == nil && !l.closed {
		l.timer = time.AfterFunc(signedWithin, l.signInTime)
	}
}

// doer is the key of a context by which As names who does something.
type doer struct{}

// As is a context in which it is somebody else who does what is recorded: not
// Options.Who, but who asks this program to, as the ID of an API key; "" if nobody knows.
func As(ctx context.Context, who string) context.Context {
	return context.WithValue(ctx, doer{}, who)
}

// by is who does something.
func (l *Log) by(ctx context.Context) string {
	if who, named := ctx.Value(doer{}).(string); named {
		return who
	}
	return l.with.Who
}

// signInTime signs what was recorded a minute ago.
func (l *Log) signInTime() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.timer = nil
	l.sign(context.Background())
}

// sign makes a checkpoint if a record of ours has none. l.mu is held.
func (l *Log) sign(ctx context.Context) {
	if !l.unsigned {
		return
	}
	if _, err := l.append(ctx, nil); err != nil {
		l.with.Warn(fmt.Sprintf("warning: the audit log was not signed: %s", err))
		return
	}
	l.unsigned = false
}

// Sign makes a checkpoint of all that was recorded, unless there is one.
func (l *Log) Sign(ctx context.Context) error {
	if l == nil {
		return nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	_, err := l.append(ctx, nil)
	return err
}

// Close signs what is not signed yet.
func (l *Log) Close() {
	if l == nil {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed = true; l.timer != nil {
		l.timer.Stop()
	}
	l.sign(context.Background()) // closing is no part of any request
}

// append keeps a record and, if it is time or there is no record, a checkpoint, which it
// returns and writes into the second place.
func (l *Log) append(ctx context.Context, r *Record) (made string, err error) {
	key, _ := l.key() // else there are no checkpoints, and Warn was told
	err = l.with.Rows.Append(ctx, func(w Writing) error {
		a := appending{Writing: w, key: key, now: l.with.Now()}
		made, err = a.append(r, l.with)
		return err
	})
	if err != nil || made == "" || l.with.Second == nil {
		return made, err
	}
	switch err := l.with.Second(made); {
	case err == nil:
		l.second = ""
	case err.Error() != l.second: // the same is told once
		l.second = err.Error()
		l.with.Warn(fmt.Sprintf("warning: a checkpoint of the audit log was not written into its second place: %s", err))
	}
	return made, nil
}

// reader reads hashes that were put.
func reader(w Writing) tlog.HashReader {
	return tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		all := make([]tlog.Hash, len(indexes))
		for i, index := range indexes {
			level, n := tlog.SplitStoredHashIndex(index)
			row := (n+1)<<level - 1 // the record that completed it
			hashes, err := w.Hashes(row)
			if err != nil {
				return nil, err
			}
			if len(hashes) < (level+1)*tlog.HashSize {
				return nil, fmt.Errorf("hashes of record %d are missing", row)
			}
			copy(all[i][:], hashes[level*tlog.HashSize:])
		}
		return all, nil
	})
}
