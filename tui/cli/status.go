package cli

import (
	"cmp"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/cli/form"
	"github.com/aimo3/aimo3/tui/phrase"
)

// status tells a person how an attempt goes: a line for each sample that ends, and
// a status line.
type status struct {
	board
	now      func() time.Time
	progress engine.Progress
}

// newStatus starts the goroutine that keeps the line moving; stop ends it. Afterwards
// progress may be read.
func newStatus(to io.Writer, redraw bool, now func() time.Time) *status {
	s := &status{board: board{to: to, redraw: redraw}, now: now}
	s.board.text = s.text
	s.start()
	return s
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
