package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"github.com/mattn/go-sqlite3"

	"github.com/aimo3/aimo3/engine"
)

// maxHeldBytes bounds what is shown and not kept while a disk is full; more ends the
// attempt.
const maxHeldBytes = 64 << 20

// gap is what could not be kept for want of room, in order. Only the goroutine of
// Recorder.store touches it, but for tell.
type gap struct {
	held  []engine.Event
	bytes int
	why   error
	tell  func(engine.NotKept) // may be nil
}

// OnNotKept has tell called when there is no room to keep events, and when they are
// kept after all. It must be set before the first event is put.
func (r *Recorder) OnNotKept(tell func(engine.NotKept)) { r.gap.tell = tell }

// keepOrHold commits events behind those that wait for room. If there is none, and
// the attempt has begun on disk, they wait, and nil is returned.
func (r *Recorder) keepOrHold(events []engine.Event) error {
	g := &r.gap
	open := len(g.held) > 0
	err := r.keep(append(g.held[:len(g.held):len(g.held)], events...))
	switch _, begins := events[0].Fact.(engine.AttemptStarted); {
	case err == nil && open:
		f := engine.NotKept{From: g.held[0].Seq, Until: events[len(events)-1].Seq}
		*g = gap{tell: g.tell}
		g.say(f)
		return nil
	case err == nil || begins || !isFull(err):
		return err
	}
	g.why = err
	g.held = append(g.held, events...)
	for _, e := range events {
		fact, _ := e.FactJSON()
		g.bytes += len(fact)
	}
	if g.bytes > maxHeldBytes {
		return err
	}
	if !open {
		g.say(engine.NotKept{From: events[0].Seq, Why: engine.Hint(err)})
	}
	return nil
}

func (g *gap) say(f engine.NotKept) {
	if g.tell != nil {
		g.tell(f)
	}
}

// isFull says that there was no room for what was to be kept.
func isFull(err error) bool { return errorCode(err) == sqlite3.ErrFull || noRoom(err) }

// end tries a last time to keep what waits; else it is written to a file where there
// may be room, which the error names.
func (g *gap) end(r *Recorder) error {
	if len(g.held) == 0 || r.keep(g.held) == nil {
		return nil
	}
	id, n := g.held[0].Attempt, len(g.held)
	f := &engine.Fault{Class: engine.Storage, What: fmt.Sprintf("cannot keep %d events of attempt %s in %s: its disk is full", n, id, r.db.path), Err: errors.Unwrap(g.why)}
	switch paths, written := g.write(); {
	case written == 0:
		f.Todo = "free some space; what they said is lost, since it could not be written elsewhere either"
	case written < n:
		f.Todo = fmt.Sprintf("free some space; the first %d of them are in %s, a line of JSON each, and the rest is lost, since it could not be written elsewhere either", written, files(paths))
	default:
		f.Todo = "free some space; they are in " + files(paths) + ", a line of JSON each, and `aimo3 history resume " + string(id) + "` goes on from what is saved"
	}
	return f
}

func files(paths []string) string {
	if more := len(paths) - 1; more > 0 {
		return fmt.Sprintf("%s and %d more beside it", paths[0], more)
	}
	return paths[0]
}

// write puts what waits into a new file among the temporary ones; into several, if the
// size of a file is limited. It says how many events are in them.
func (g *gap) write() (paths []string, written int) {
	for written < len(g.held) {
		path, n := writeLines(g.held[written:])
		if n == 0 {
			break
		}
		paths, written = append(paths, path), written+n
	}
	return paths, written
}

// writeLines writes events, a line each, into a new file until it takes no more, and
// says how many are in it whole.
func writeLines(events []engine.Event) (path string, n int) {
	f, err := os.CreateTemp("", "aimo3-not-kept-*.jsonl")
	if err != nil {
		return "", 0
	}
	var whole int64
	for _, e := range events {
		line, err := json.Marshal(e)
		if err == nil {
			_, err = f.Write(append(line, '\n'))
		}
		if err != nil {
			_ = f.Truncate(whole) // half a line would be read by nobody
			break
		}
		whole, n = whole+int64(len(line))+1, n+1
	}
	_ = f.Sync() // if it fails, what is written is better than nothing
	if err := f.Close(); err != nil || n == 0 {
		_ = os.Remove(f.Name())
		return "", 0
	}
	return f.Name(), n
}
