package cli

import (
	"cmp"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/cli/form"
	"github.com/aimo3/aimo3/tui/phrase"
)

// How often the status line is drawn again, and how often lines are appended
// where it cannot be.
const (
	redrawEvery = 250 * time.Millisecond
	heartbeat   = 30 * time.Second
)

// status tells a person on standard error how an attempt goes: a line for each
// sample that ends and, on a terminal, one line below that is drawn over.
type status struct {
	to     io.Writer
	redraw bool
	now    func() time.Time
	over   chan struct{}
	wg     sync.WaitGroup

	mu       sync.Mutex
	progress engine.Progress
	drawn    bool // the status line stands on the last row
}

// newStatus starts the goroutine that keeps the line moving; stop ends it.
func newStatus(to io.Writer, redraw bool, now func() time.Time) *status {
	s := &status{to: to, redraw: redraw, now: now, over: make(chan struct{})}
	s.wg.Go(s.beat)
	return s
}

func (s *status) beat() {
	every := heartbeat
	if s.redraw {
		every = redrawEvery
	}
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-s.over:
			return
		case <-tick.C:
			s.mu.Lock()
			s.draw()
			s.mu.Unlock()
		}
	}
}

// stop removes the status line. Afterwards progress may be read.
func (s *status) stop() {
	close(s.over)
	s.wg.Wait()
	s.clear()
}

// put is a Sink that never fails.
func (s *status) put(e engine.Event) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.progress.Apply(e)
	for _, line := range form.Told(&s.progress, e) {
		s.line("%s", line)
	}
	return nil
}

// say appends a line that a person should read; it may be called from any
// goroutine.
func (s *status) say(text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.line("%s", text)
}

// line appends a line, above the status line.
func (s *status) line(format string, args ...any) {
	s.clear()
	fmt.Fprintln(s.to, form.Line(fmt.Sprintf(format, args...)))
	if s.redraw {
		s.draw()
	}
}

func (s *status) clear() {
	if s.drawn {
		fmt.Fprint(s.to, "\r\x1b[K")
		s.drawn = false
	}
}

func (s *status) draw() {
	text := s.text()
	switch {
	case text == "":
	case s.redraw:
		s.clear()
		fmt.Fprint(s.to, oneRow(text))
		s.drawn = true
	default:
		fmt.Fprintln(s.to, text)
	}
}

// oneRow is text that a terminal cuts at its edge: of text that went on in the
// next row, the first would be left behind when it is drawn over.
func oneRow(text string) string { return "\x1b[?7l" + text + "\x1b[?7h" }

// text is the state of the attempt in one line; "" before it has begun and
// after it has ended.
func (s *status) text() string {
	p := &s.progress
	if p.ID == "" || p.Verdict != nil {
		return ""
	}
	var running, waiting, ended, tokens, cells int
	silence := ""
	for i := range p.Samples {
		n, _ := p.Samples[i].Tokens()
		tokens += n
		cells += len(p.Samples[i].Cells)
		switch p.Samples[i].State {
		case engine.Waiting:
			waiting++
		case engine.Running:
			running++
			silence = cmp.Or(silence, phrase.Silence(&p.Samples[i], s.now()))
		case engine.Finished, engine.Failed, engine.Stopped:
			ended++
		}
	}
	parts := []string{fmt.Sprintf("%d running", running), fmt.Sprintf("%d ended", ended)}
	if n := len(p.Choices); n > 0 && p.Choices[n-1].Ended == nil && running == 0 {
		parts[0] = "choosing"
	}
	if silence != "" {
		parts = append(parts, silence)
	}
	if waiting > 0 {
		parts = append(parts, fmt.Sprintf("%d waiting", waiting))
	}
	if a, votes, _ := p.Tally.Leader(); votes > 0 {
		parts = append(parts, fmt.Sprintf("%s for %s", form.Count(votes, "vote"), form.Short(form.Line(string(a)), 12)))
	}
	parts = append(parts, form.Thousands(tokens)+" tok")
	if cells > 0 {
		parts = append(parts, form.Count(cells, "cell"))
	}
	parts = append(parts, form.Took(s.now().Sub(p.Since())))
	return strings.Join(parts, " · ")
}
