package cli

import (
	"fmt"
	"strconv"
	"sync"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/cli/form"
)

// follow runs a transfer and tells on standard error how far it is.
func (s *shell) follow(what string, transfer func(tell func(engine.Pull)) error) error {
	redraw := s.Terminal(s.err) && !s.set.Plain && s.canDraw() == nil
	var mu sync.Mutex
	var last time.Time
	var stage string
	s.say("%s", what)
	err := transfer(func(p engine.Pull) {
		mu.Lock()
		defer mu.Unlock()
		pause := 10 * time.Second
		if redraw {
			pause = redrawEvery
		}
		if now := s.Now(); p.Status != stage || now.Sub(last) >= pause {
			stage, last = p.Status, now
			s.step(redraw, p)
		}
	})
	if redraw {
		fmt.Fprint(s.err, "\r\x1b[K")
	}
	if err == nil {
		s.say("%s: done", what)
	}
	return err
}

func (s *shell) step(redraw bool, p engine.Pull) {
	text := form.Short(form.Line(p.Status), 40)
	if p.Total > 0 {
		text += fmt.Sprintf(" %s of %s (%s%%)", form.Size(p.Done), form.Size(p.Total), strconv.FormatInt(100*p.Done/p.Total, 10))
	}
	if redraw {
		fmt.Fprint(s.err, "\r\x1b[K"+oneRow(text))
		return
	}
	fmt.Fprintln(s.err, text)
}
