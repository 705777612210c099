package tui

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/screen"
)

// keeping is how saving attempts goes, as their facts tell it: gaps, which the disk had
// no room for, and attempts that ended since the store failed.
type keeping struct {
	screen.Keeping
	gaps   map[engine.AttemptID]bool // attempts that have a gap now
	failed bool                      // the store has failed, and has kept no attempt since
}

// learn takes in what a message says of it, and says whether that is new.
func (k *keeping) learn(msg tea.Msg, now time.Time) bool {
	before := k.Keeping
	switch msg := msg.(type) {
	case screen.Arrived:
		for _, e := range msg.Events {
			k.follow(e)
		}
	case screen.Ended:
		delete(k.gaps, msg.ID)
		if engine.ClassOf(msg.Err) == engine.Storage {
			k.failed, k.Latest, k.At = true, engine.Hint(msg.Err), now
		}
	}
	switch {
	case len(k.gaps) > 0:
		k.Trouble = "not saved: disk full"
	case k.failed:
		k.Trouble = "not saved: store failed"
	default:
		k.Trouble = ""
	}
	return k.Keeping != before
}

// follow takes in an event. The first of an attempt is shown only once it is on disk.
func (k *keeping) follow(e engine.Event) {
	switch f := e.Fact.(type) {
	case engine.AttemptStarted:
		k.failed = false
	case engine.NotKept:
		k.Latest, k.At = f.Words(), e.At
		if delete(k.gaps, e.Attempt); f.Until == 0 {
			if k.gaps == nil {
				k.gaps = map[engine.AttemptID]bool{}
			}
			k.gaps[e.Attempt] = true
		}
	}
}
