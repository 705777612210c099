package monitor

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os/exec"
	"slices"
	"sync"
	"time"
)

const (
	noSMI      = "no nvidia-smi"
	notYet     = "nvidia-smi has not answered yet"
	maxPause   = time.Minute
	maxBadRows = 64 // unreadable lines in a row before the program is given up
)

// nvidia listens to one long-lived nvidia-smi. A card is known by its index and
// keeps its newest figures on its own, so a row counts as soon as it is printed
// and no end of a round of rows has to be found.
type nvidia struct {
	program string
	silence time.Duration // after which a program that says nothing is ended
	pause   time.Duration // before the first new start; later ones wait longer
	slow    time.Duration // after which a program that has said nothing is told of
	stale   time.Duration // after which a figure is no longer shown

	mu          sync.Mutex
	began       time.Time // when the program was first started
	seen        map[int]sighting
	why         string // why there are no newer figures; "" if they come
	told        bool   // the program has printed a row, or ended by itself, or is not there
	badRows     int    // unreadable lines since the last row
	firstBadRow string // the first of them: the last is often a mere detail
	rows        int
}

// sighting is what was read of a card, and when.
type sighting struct {
	card GPU
	at   time.Time
}

func newNvidia(program string) *nvidia {
	return &nvidia{
		program: program, silence: 20 * time.Second, pause: time.Second, slow: 2 * time.Second, stale: maxAge,
		seen: map[int]sighting{}, why: Measuring,
	}
}

// run keeps the program running until ctx ends, and has ended it then.
func (n *nvidia) run(ctx context.Context) {
	path, err := exec.LookPath(n.program)
	if err != nil {
		n.mu.Lock()
		n.why, n.told = noSMI, true
		n.mu.Unlock()
		return
	}
	n.mu.Lock()
	n.began = time.Now()
	n.mu.Unlock()
	smi := child{program: path, args: smiArgs(), silence: n.silence}
	for pause := n.pause; ; pause = min(2*pause, maxPause) {
		before := n.rowsHeard()
		err := smi.follow(ctx, n.hear)
		if ctx.Err() != nil {
			return
		}
		n.fail(err)
		if n.rowsHeard() > before {
			pause = n.pause
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(pause):
		}
	}
}

// gpus are all cards seen so far, by index, or why none was.
func (n *nvidia) gpus(now time.Time) (all []GPU, none string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if len(n.seen) == 0 {
		return nil, n.whyNone(now)
	}
	for _, index := range slices.Sorted(maps.Keys(n.seen)) {
		s := n.seen[index]
		if now.Sub(s.at) > n.stale {
			s.card = without(s.card, n.whyStale())
		}
		all = append(all, s.card)
	}
	return all, ""
}

// answered says whether there is nothing more to wait for before cards, or their
// absence, are known.
func (n *nvidia) answered() bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.told
}

// hear takes one line of the program's output.
func (n *nvidia) hear(line string) error {
	card, err := parseRow(line)
	n.mu.Lock()
	defer n.mu.Unlock()
	if err == nil {
		n.seen[card.Index] = sighting{card, time.Now()}
		n.badRows, n.firstBadRow, n.why, n.told = 0, "", "", true
		n.rows++
		return nil
	}
	if n.firstBadRow == "" {
		n.firstBadRow = oneLine(line)
	}
	if n.badRows++; n.badRows > maxBadRows {
		return fmt.Errorf("cannot read %q", n.firstBadRow)
	}
	return nil
}

// fail notes why the program ended. Much of what nvidia-smi says of a failure it
// prints among the rows, not as an error.
func (n *nvidia) fail(err error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	why := err.Error()
	if n.firstBadRow != "" && errors.Is(err, errEnded) {
		why = n.firstBadRow
	}
	n.why, n.badRows, n.firstBadRow = "nvidia-smi: "+oneLine(why), 0, ""
	n.told = n.told || !errors.Is(err, errSilent)
}

// whyNone speaks up by itself for a program that says nothing and cannot be ended
// either, since it hangs inside its driver.
func (n *nvidia) whyNone(now time.Time) string {
	if n.why == Measuring && !n.began.IsZero() && now.Sub(n.began) > n.silence {
		return "nvidia-smi: " + errSilent.Error()
	}
	return n.why
}

// late says so of a program that takes long to tell of the first card: it may take
// ten seconds to wake a driver. What it prints meanwhile tells more, if it does.
func (n *nvidia) late(now time.Time) (why string, late bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	switch {
	case n.told || n.why != Measuring || n.began.IsZero() || now.Sub(n.began) < n.slow:
		return "", false
	case n.firstBadRow != "":
		return "nvidia-smi: " + n.firstBadRow, true
	}
	return notYet, now.Sub(n.began) <= n.silence
}

func (n *nvidia) whyStale() string {
	if n.why != "" {
		return n.why
	}
	return "nvidia-smi says nothing more of this card"
}

func (n *nvidia) rowsHeard() int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.rows
}
