package live

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/pane"
	"github.com/aimo3/aimo3/tui/phrase"
	"github.com/aimo3/aimo3/tui/screen"
)

// Screen shows the problem, one sample's transcript, all samples in a strip,
// the votes, and the machine's load (in a replay: the attempt's figures).
type Screen struct {
	env      screen.Env
	keys     keys
	id       engine.AttemptID
	progress engine.Progress
	samples  []*pane.Transcript // one a sample
	chosen   int                // the sample whose transcript is shown
	steered  bool               // a person chose it
	reading  reading            // how much of the problem is in view
	source   bool               // formulas are shown as they were written
	problems problems           // the drawings of the statement
	fault    error              // why the attempt ended badly
	words    map[int]shownWords // by sample
	now      time.Time
	player   *player // nil while live
	cached   *cached // nil unless a verdict that was kept is shown
	missed   bool    // none was kept when the attempt was asked for
	watched  bool    // a server attempts it, and all its events will come
	machine  machine
	fall     waterfall
	digits   digits
	seek     seek
	grid     grid
	speeds   []speeds       // one a sample
	ask      dialog         // nil while nothing is asked
	wished   dialog         // the one of a wish that is not granted yet; nil if there is none
	refusal  string         // why what was asked for in it cannot be had
	asked    engine.Plan    // as the attempt began with
	changes  []string       // of the rule and the number of samples, in order
	splits   []engine.Split // how often votes were right, once they are read
	recalled bool           // they are, or will be
	width    int
	height   int
}

// New returns the screen of an attempt that is about to run.
func New(env screen.Env, id engine.AttemptID, problem engine.Problem) *Screen {
	s := &Screen{env: env, id: id, keys: newKeys(env.Keys), now: env.Now(), problems: newProblems(env.Styles.Text)}
	s.progress.Problem = problem
	return s
}

// Missed says that no verdict of the same was kept, and returns the screen.
func (s *Screen) Missed() *Screen {
	s.missed = true
	return s
}

// Replay returns the screen of a stored attempt, played from its events at so
// many times the speed it ran at; at 0 its end is shown at once.
func Replay(env screen.Env, stored engine.Summary, speed float64) *Screen {
	s := New(env, stored.ID, stored.Problem)
	s.player = newPlayer(env.Library, stored, speed)
	if stored.Verdict == nil { // it may be cut short, and it may be taken now
		s.player.alive = env.Alive
	}
	return s
}

// ticked comes once a second while samples run.
type ticked struct {
	id engine.AttemptID
	at time.Time
}

func (s *Screen) tick() tea.Cmd {
	id := s.id
	return tea.Tick(time.Second, func(at time.Time) tea.Msg { return ticked{id, at} })
}

// Init starts the clock, or the replay.
func (s *Screen) Init() tea.Cmd {
	if s.player != nil {
		return s.player.load()
	}
	return s.tick()
}

// Update takes in what concerns this attempt and drops all else.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	if _, events := msg.(screen.Arrived); !events {
		clear(s.grid.kept)
	}
	if _, pressed := msg.(tea.KeyMsg); pressed {
		s.grid.work.moved = true
	}
	cmd := s.update(msg)
	s.sought()
	return tea.Batch(cmd, s.goOn(), s.recall())
}

func (s *Screen) update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case screen.Arrived:
		if s.player == nil {
			s.takeAll(msg.Events)
		}
	case ticked:
		if msg.id != s.id || s.player != nil || s.progress.Verdict != nil || s.fault != nil {
			return nil
		}
		s.now = s.env.Now()
		s.elapse()
		return s.tick()
	case screen.Ended:
		if msg.ID == s.id && s.player == nil {
			s.fault = msg.Err
			if msg.Err != nil && s.progress.Verdict == nil { // nothing more will come
				s.abandon()
			}
		}
	case screen.MachineRead:
		s.machine.read(msg.Reading)
	case granted:
		return s.heed(msg)
	case precedents:
		return s.remember(msg)
	case loaded, stepped:
		return s.play(msg)
	case tea.KeyMsg:
		return s.key(msg)
	case tea.MouseMsg:
		s.mouse(msg)
	}
	return nil
}

// takeAll folds events in; those of other attempts are dropped.
func (s *Screen) takeAll(events []engine.Event) {
	for _, e := range events {
		if e.Attempt != s.id || e.Seq <= s.progress.Seq || s.watched && s.progress.Seq == 0 && e.Seq != 1 {
			continue // the last: of an earlier watch, and to come again
		}
		s.take(e)
	}
}

func (s *Screen) take(e engine.Event) {
	s.progress.Apply(e)
	s.fall.times.Apply(e)
	if n := len(s.progress.Samples); n != len(s.samples) {
		s.openTranscripts(n)
	}
	if s.player != nil {
		s.now = e.At
	}
	s.changed(e.Fact)
	s.timed(e)
	switch f := e.Fact.(type) {
	case engine.AttemptStarted:
		s.asked = f.Plan
	case engine.SampleStarted:
		s.beginSample(f.Sample)
	case engine.Delta:
		s.say(f.Sample, f.Channel, f.Text)
	case engine.ReplyWasThinking:
		s.rewrite(f.Sample)
	case engine.SampleRetried:
		s.rewrite(f.Sample)
	case engine.FallbackUsed:
		for i := range s.samples {
			if s.progress.Samples[i].Open() {
				s.rewrite(i)
			}
		}
	case engine.CodeStarted:
		s.transcript(f.Sample).Run(f.Number, f.Code)
	case engine.CodeFinished:
		s.transcript(f.Sample).Ran(outcome(&f.Cell))
	case engine.SampleFinished, engine.SampleFailed, engine.SampleStopped:
		n, _ := engine.SampleOf(f)
		s.transcript(n).Ran(unfinished(phrase.Unfinished))
		s.transcript(n).Settle()
		s.endedInGrid(n)
	case engine.AttemptFinished:
		s.now = e.At
		s.settle(f.Verdict)
	}
}

// openTranscripts makes the transcripts of n samples; those that there are stay.
func (s *Screen) openTranscripts(n int) {
	s.samples = s.samples[:min(len(s.samples), n)]
	for range n - len(s.samples) {
		t := pane.NewTranscript(s.env.Styles.Text)
		t.Fold(false)
		t.Source(s.source)
		t.More = s.keys.output.Help().Key + " shows all"
		s.samples = append(s.samples, t)
	}
	s.Resize(s.width, s.height)
}

// transcript is that of sample i; a stranger's is thrown away.
func (s *Screen) transcript(i int) *pane.Transcript {
	if i < 0 || i >= len(s.samples) {
		return pane.NewTranscript(s.env.Styles.Text)
	}
	return s.samples[i]
}

// Running is how many samples may still vote; a try to settle a split vote
// counts as one.
func (s *Screen) Running() int {
	if s.player != nil || s.progress.Verdict != nil || s.fault != nil {
		return 0
	}
	n := 0
	for i := range s.progress.Samples {
		if s.progress.Samples[i].Open() {
			n++
		}
	}
	if tries := s.progress.Choices; n == 0 && len(tries) > 0 && tries[len(tries)-1].Ended == nil {
		n = 1
	}
	return n
}

// Attempt is the attempt shown.
func (s *Screen) Attempt() engine.AttemptID { return s.id }
