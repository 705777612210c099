// Package computetest attacks engines that run code, and looks for what is left.
package computetest

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/compute"
)

// BrokeOut is what the code of an attack prints if it got what it was after.
const BrokeOut = "BROKE OUT"

// Attack is code that means harm. In it stand for what is there to be harmed:
// $HOME and $SECRETFILE, a file there; $DIR, a directory that all may write;
// $PORT, a listener on loopback; $SOCKET and $ABSTRACT, listeners on unix
// sockets; $PARENT and $VICTIM, processes.
type Attack struct {
	Name string
	Code string
	Says string // a pattern that the cell's text must match; "" for any
	Lost bool   // the session may be lost by it

	Endless bool // only its limit ends it
}

// Probe is code that any session must run afterwards, and what it must say.
type Probe struct{ Code, Want string }

// limits are those under which a is run: short where it would go on for ever, and
// else longer than any machine takes.
func (a Attack) limits() compute.Limits {
	l := compute.Limits{Cell: 10 * time.Minute}
	if a.Endless {
		l.Cell = 2 * time.Second
	}
	return l.OrDefault()
}

// Attacks runs each attack in a session of its own and holds the engine to
// this: no harm is done, the secret does not come back, the session answers
// afterwards, nothing survives its end, and this process does not grow.
func Attacks(t *testing.T, e compute.Engine, after Probe, attacks []Attack) {
	t.Helper()
	w := newWorld(t)
	for _, a := range attacks {
		t.Run(a.Name, func(t *testing.T) {
			before := resident(t)
			s, err := e.Open(t.Context(), a.limits())
			if err != nil {
				t.Fatal(err)
			}
			w.attack(t, s, a, after)
			if err := s.Close(); err != nil {
				t.Errorf("close: %v", err)
			}
			w.check(t)
			if grown := resident(t) - before; grown > 64<<20 {
				t.Errorf("this process grew by %d MB", grown>>20)
			}
		})
	}
}

func (w *world) attack(t *testing.T, s engine.Session, a Attack, after Probe) {
	t.Helper()
	cell, err := s.Run(t.Context(), w.fill(a.Code))
	if err != nil {
		t.Errorf("the session ended: %v", err)
		return
	}
	text := cell.Text()
	shown := engine.Excerpt(text, 600)
	switch {
	case strings.Contains(cell.Output, BrokeOut):
		t.Errorf("it broke out: %s", shown)
	case strings.Contains(text, w.secret):
		t.Errorf("the secret came back: %s", shown)
	case a.Says != "" && !regexp.MustCompile(a.Says).MatchString(text):
		t.Errorf("it says %s, want %s", shown, a.Says)
	case !cell.Kept && !a.Lost:
		t.Errorf("the session was lost: %s", shown)
	case len(text) > a.limits().Output+64<<10:
		t.Errorf("%d bytes came back", len(text))
	}
	if cell, err := s.Run(t.Context(), after.Code); err != nil || strings.TrimSpace(cell.Output) != after.Want || cell.Err != "" {
		t.Errorf("afterwards %s says %q, %q, %v, want %q", after.Code, engine.Excerpt(cell.Output, 300), engine.Excerpt(cell.Err, 600), err, after.Want)
	}
}
