package cli

import (
	"cmp"
	"context"
	"errors"
	"os/user"
	"strconv"
	"sync"
	"syscall"
	"time"

	"github.com/spf13/pflag"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/secure/audit"
	"github.com/aimo3/aimo3/tui/cli/config"
)

// What records call the front ends.
const (
	byApp     = "app"
	byCommand = "cli"
	byServer  = "serve"
)

// recorded is a store of which the audit log tells what changes it. Every store that a
// command or the app writes to is one: see shell.recording.
type recorded struct {
	Store
	log *audit.Log

	mu  sync.Mutex
	say func(string) // nil: nobody listens
}

// recording is open, with the audit log of what it opens begun.
func (s *shell) recording(open func(context.Context, string, func(string)) (Store, error)) func(context.Context, string, func(string)) (Store, error) {
	return func(ctx context.Context, path string, say func(string)) (Store, error) {
		if err := s.hasFolder(path); err != nil {
			return nil, err
		}
		store, err := open(ctx, path, say)
		if err != nil {
			return nil, err
		}
		r, path := &recorded{Store: store, say: say}, unlinked(path)
		r.log = audit.New(audit.Options{
			Rows: store.Audit(), KeyFile: path + audit.KeyEnd, Second: s.second(path, store.Audit()), Who: who(), FrontEnd: s.frontEnd, Now: s.Now,
			Warn: func(line string) {
				s.Log.Log().Warn("audit", "what", line)
				s.Metrics.AuditWarned()
				r.tell(line)
			},
			Added: s.logAction,
		})
		s.audit = r.log
		return r, nil
	}
}

// logAction has the log tell of what was done to the program, such as a change of its
// settings; attempts have lines of their own.
func (s *shell) logAction(r audit.Record) {
	if !r.Action.OfAttempt() {
		s.Log.Log().Info("did "+string(r.Action), "object", r.Object, "outcome", r.Outcome, "who", r.Who)
	}
}

// who is the user of the machine.
func who() string {
	if u, err := user.Current(); err == nil {
		return u.Username
	}
	return "uid " + strconv.Itoa(syscall.Getuid())
}

// second is the second place of checkpoints.
func (s *shell) second(path string, rows audit.Rows) func(string) error {
	switch to := s.set.Checkpoints; {
	case to == logOnErr:
		return func(note string) error {
			_, err := s.err.Write([]byte(note + "\n"))
			return err
		}
	case to != "" && s.ofDatabase(to):
		return func(string) error { return errors.New(to + " is of the database of attempts") }
	case to != "":
		return audit.AppendTo(to, rows)
	}
	return audit.AppendTo(path+audit.CheckpointsEnd, rows)
}

func (r *recorded) tell(line string) {
	r.mu.Lock()
	say := r.say
	r.mu.Unlock()
	if say != nil {
		say(line)
	}
}

// Tell has what a person should know told to someone else from now on.
func (r *recorded) Tell(say func(string)) {
	r.mu.Lock()
	r.say = say
	r.mu.Unlock()
	r.Store.Tell(say)
}

func (r *recorded) Delete(ctx context.Context, id engine.AttemptID) error {
	return r.log.Did(ctx, audit.Delete, string(id), r.Store.Delete(ctx, id))
}

func (r *recorded) Restore(ctx context.Context, id engine.AttemptID) error {
	return r.log.Did(ctx, audit.Restore, string(id), r.Store.Restore(ctx, id))
}

func (r *recorded) Prune(ctx context.Context, before, at time.Time) (int, error) {
	n, err := r.Store.Prune(ctx, before, at)
	return n, r.log.Did(ctx, audit.Prune, before.UTC().Format(time.RFC3339), err)
}

func (r *recorded) Unprune(ctx context.Context, at time.Time) (int, error) {
	n, err := r.Store.Unprune(ctx, at)
	return n, r.log.Did(ctx, audit.Unprune, at.UTC().Format(time.RFC3339Nano), err)
}

// Close signs the last records, and closes the store.
func (r *recorded) Close() error {
	r.log.Close()
	return r.Store.Close()
}

// did records an action of a command that has no store open to write to, and returns
// err. It is recorded in the store at path, or in the usual one if that is "".
func (s *shell) did(ctx context.Context, path string, a audit.Action, object string, err error) error {
	ctx = context.WithoutCancel(ctx)
	s.set.DB, s.set.Checkpoints = s.setting("db", s.set.DB), s.setting("checkpoints", s.set.Checkpoints)
	e := s.place()
	var store Store
	if e == nil {
		store, e = s.Open(ctx, cmp.Or(path, s.set.DB), func(string) {}) // what is damaged is told by who reads it
	}
	if e != nil {
		s.say("warning: %s was not recorded in the audit log: %s", a, hint(e))
		return err
	}
	defer func() { _ = store.Close() }()
	store.Tell(s.tell)
	return s.audit.Did(ctx, a, object, err)
}

// checkpointsFlag is of commands that record what they do.
func (s *shell) checkpointsFlag(f *pflag.FlagSet) {
	f.StringVar(&s.set.Checkpoints, "checkpoints", "", "file to which the audit log's checkpoints are added, or - for standard error (default: beside the database)")
}

// setting is the value of a text setting for a command that has no flag for it, since it
// must not fail where a file of settings is wrong.
func (s *shell) setting(name, value string) string {
	if text := s.Getenv(variable(name)); value == "" && text != "" {
		return text
	}
	if mine := config.User(s.Getenv); value == "" && mine != "" {
		values, _ := config.Read(mine)
		for _, v := range values {
			if v.Key == name {
				value = v.Text
			}
		}
	}
	return value
}
