package history_test

import (
	"context"
	"sync/atomic"
	"testing"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/history"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

// TestWhatOthersDoIsFollowed: what another program keeps is shown without a key, with the
// same attempt selected; so is that a process ended. While nothing changes, nothing is read.
func TestWhatOthersDoIsFollowed(t *testing.T) {
	all := tuitest.Attempts(4)
	all[1].Verdict = nil
	var changed, reads atomic.Int64
	var dead atomic.Bool
	changed.Store(7)
	kept := tuitest.NewLibrary(all...)
	if err := kept.Delete(t.Context(), all[0].ID); err != nil {
		t.Fatal(err)
	}
	env := tuitest.Env(t, tuitest.Palette(t))
	env.Library = counted{kept, &reads}
	env.Changes = func(context.Context) (int64, error) { return changed.Load(), nil }
	env.Alive = func(id engine.AttemptID) bool { return id == all[1].ID && !dead.Load() }
	d := tuitest.Drive(t, history.New(env), 80, 22)
	d.UntilShown("3 attempts")
	d.UntilShown("… running")
	d.Until("the list and the number of one moment", func() bool { return reads.Load() == 2 })
	d.Press("down")
	d.Send(screen.Due{Of: d.Screen, Number: 1}, screen.Due{Of: d.Screen, Number: 99})
	if n := reads.Load(); n != 2 {
		t.Errorf("the list was read %d times", n)
	}
	if err := kept.Restore(t.Context(), all[0].ID); err != nil {
		t.Fatal(err)
	}
	changed.Add(1)
	d.UntilShown("4 attempts")
	d.UntilShown("▸ today 15:06")
	dead.Store(true)
	d.UntilShown("◌ unfinished")
}

// counted counts how often a library is listed.
type counted struct {
	screen.Library
	reads *atomic.Int64
}

func (c counted) Attempts(ctx context.Context, f engine.Filter) ([]engine.Summary, error) {
	c.reads.Add(1)
	return c.Library.Attempts(ctx, f)
}
