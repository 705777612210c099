// Package plain is the app as text that only grows: a person types a problem or a
// command on a line of its own, and what happens is told a whole line at a time, below
// what was told before. Nothing is drawn over and no line needs a colour, so that a screen
// reader, a terminal that cannot draw, or a pipe can follow.
//
//	aimo3 --plain
//	aimo3: type a problem; an empty line, or a dot alone, ends it.
//	What is 6 times 7?
//	.
//	What is 6 times 7?
//	qwen3:8b · 8 samples · context 32,768 tokens
//	samples 1, 2, 3, 4, 5, 6, 7, 8 began
//	sample 3: 42 (812 tokens, 9.1 s)
//	…
//	Answer: 42
//
// It stands on the same screen.Env as the screens and has their abilities, by words in
// place of keys. One goroutine, the one that calls Run, writes: lines are never mixed.
// What models and files say is made safe before it is written, so the output holds no
// control character but the ends of lines and tabs.
package plain

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/cli/form"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/termsafe"
)

const (
	maxLineBytes = 1 << 20          // of input; a problem has far fewer
	heartbeat    = 30 * time.Second // how often it is told that samples still run
)

// Options are what the app is made of.
type Options struct {
	Env    screen.Env                                // as for screens; what it says of drawing is not used
	Next   func() (events []engine.Event, more bool) // waits for the next events; false ends it
	Server func(context.Context) engine.Server       // how the model server is
	Tell   func(say func(string))                    // as in tui.Options; may be nil
	In     io.Reader
	Out    io.Writer
}

// session is one call of Run.
type session struct {
	Options
	ctx      context.Context
	lines    chan string
	events   chan []engine.Event
	news     chan func() // what other goroutines found out, to be told by the loop
	plan     engine.Plan
	attempts map[engine.AttemptID]*attempt
	latest   engine.AttemptID // the attempt that commands mean unless they say another
	problem  []string         // the lines of the problem that is being typed
	typing   bool
	waiting  bool // no line is read before what runs has ended
	leaving  bool // quit was said once while samples run
	ended    bool // there are no more lines
	over     bool
	pending  int // answers that news will bring
	broken   error
}

// Run reads and tells until a person quits, or the input has ended and with it all that
// runs, or ctx ends. A draft that was not asked is kept. The error is of the output, or
// of ctx.
func Run(ctx context.Context, o Options) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	s := &session{
		Options: o, ctx: ctx, lines: make(chan string), events: make(chan []engine.Event), news: make(chan func()),
		plan: o.Env.Plan.WithDefaults(), attempts: map[engine.AttemptID]*attempt{},
	}
	if o.Tell != nil {
		o.Tell(func(line string) { go s.later(func() { s.say("warning: %s", line) }) }) // the loop itself may be who tells
		defer o.Tell(nil)
	}
	go s.read()
	go s.listen()
	s.greet()
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	err := s.loop(beat.C)
	s.keepDraft()
	return err
}

func (s *session) loop(beat <-chan time.Time) error {
	for !s.over && s.broken == nil {
		lines := s.lines
		if s.ended || s.waiting && s.busy() {
			lines = nil
		}
		select {
		case <-s.ctx.Done():
			return fmt.Errorf("%w: %w", engine.ErrCancelled, context.Cause(s.ctx))
		case line, more := <-lines:
			s.take(line, more)
		case events := <-s.events:
			s.told(events)
		case found := <-s.news:
			found()
		case <-beat:
			s.beat()
		}
		s.waiting = s.waiting && s.busy()
		s.over = s.over || s.ended && !s.busy()
	}
	return s.broken
}

// read hands the lines of the input on. It cannot be called off where it waits for one,
// and ends with the program then.
func (s *session) read() {
	defer close(s.lines)
	in := bufio.NewScanner(s.In)
	in.Buffer(nil, maxLineBytes)
	for in.Scan() {
		select {
		case s.lines <- in.Text():
		case <-s.ctx.Done():
			return
		}
	}
	if err := in.Err(); err != nil {
		s.later(func() { s.say("nothing more is read: %s", err) })
	}
}

func (s *session) listen() {
	for {
		events, more := s.Next()
		if !more {
			return
		}
		select {
		case s.events <- events:
		case <-s.ctx.Done():
			return
		}
	}
}

// later has the loop do something. Any goroutine but the loop may call it.
func (s *session) later(do func()) {
	select {
	case s.news <- do:
	case <-s.ctx.Done():
	}
}

// beside runs work in a goroutine of its own, and what it returns in the loop.
func (s *session) beside(work func() (tell func())) {
	s.pending++
	go func() {
		tell := work()
		s.later(func() {
			s.pending--
			tell()
		})
	}()
}

// say tells one line.
func (s *session) say(format string, args ...any) {
	s.write(form.Line(engine.HideSecrets(fmt.Sprintf(format, args...))) + "\n")
}

// refuse tells why something cannot be had, and what to do.
func (s *session) refuse(err error) { s.say("not done: %s", engine.Hint(err)) }

// write tells text of several lines, which is made safe.
func (s *session) write(text string) {
	if s.broken == nil {
		_, s.broken = io.WriteString(s.Out, termsafe.Clean(text))
	}
}

// take takes a line, or the end of the input.
func (s *session) take(line string, more bool) {
	text, _ := termsafe.Plain(line)
	word := strings.TrimSpace(text)
	switch {
	case !more:
		s.ended = true
		s.ask()
	case s.typing && (word == "" || word == "."):
		s.ask()
	case s.typing:
		s.problem = append(s.problem, text)
	case word == "" || word == ".":
	case s.obey(word):
	default:
		s.compose(text)
	}
}
