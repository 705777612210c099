package live

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/events"
	"github.com/aimo3/aimo3/tui/save"
	"github.com/aimo3/aimo3/tui/screen"
)

// scrubBy is how far into a replay one key goes, or back.
const scrubBy = 10 * time.Second

// scrubKeys are the keys by which one goes through a replay, and hands an attempt on.
type scrubKeys struct{ step, back, ahead, goTo, export, events key.Binding }

func newScrubKeys(k screen.Keys) scrubKeys {
	bind := k.Bind
	return scrubKeys{
		step: bind(".", "one event on", "."), back: bind("{", "10 s back", "{"), ahead: bind("}", "10 s on", "}"),
		goTo: bind(":", "go to a time", ":"), export: save.Key(k), events: events.Key(k),
	}
}

// scrub takes a key that goes through a replay; taken is false if it is none.
func (s *Screen) scrub(msg tea.KeyMsg) (cmd tea.Cmd, taken bool) {
	p, k := s.player, s.keys.scrub
	if p == nil || p.follows() {
		return nil, false
	}
	switch {
	case key.Matches(msg, k.step):
		s.stepOn()
	case key.Matches(msg, k.back):
		cmd = s.seekTo(s.at() - scrubBy)
	case key.Matches(msg, k.ahead):
		cmd = s.seekTo(s.at() + scrubBy)
	case key.Matches(msg, k.goTo):
		cmd = s.openDialog(&going{input: newInput(s.env.Styles.Text, "to  ", "1:30, 90 s, +20, -20 or 50%"), k: s.keys})
	default:
		return nil, false
	}
	return cmd, true
}

// at is how far into the attempt a replay is.
func (s *Screen) at() time.Duration {
	if p := s.player; !p.over() && p.speed > 0 {
		return p.at
	}
	return s.progress.Latest.Sub(s.begun())
}

// stepOn pauses, and shows the next event that is more than text or, of text, the next
// piece that was kept.
func (s *Screen) stepOn() {
	p := s.player
	p.paused, p.stepped = true, time.Time{}
	if len(p.queue) == 0 {
		return
	}
	p.at = max(p.at, p.queue[0].At.Sub(s.begun()))
	s.takeAll(p.queue[:1])
	p.queue = p.queue[1:]
	s.now = s.begun().Add(p.at)
	s.atEnd()
}

// seekTo goes to a place in the attempt. Going back plays all that came before it at once.
// A replay that was at its end pauses there.
func (s *Screen) seekTo(at time.Duration) tea.Cmd {
	p := s.player
	at = max(min(at, max(p.stored.Took, s.progress.Latest.Sub(s.begun()))), 0)
	if paused := p.paused || p.over() || p.speed == 0; at < s.at() {
		cmd := s.restart()
		s.player.at, s.player.paused = at, paused
		return cmd
	}
	if p.speed == 0 {
		p.speed = 1
	}
	p.at, p.stepped = at, time.Time{}
	s.catchUp()
	return nil
}

// catchUp shows what of the queue is due.
func (s *Screen) catchUp() {
	p := s.player
	s.takeAll(p.due(s.begun()))
	s.now = s.begun().Add(p.at)
	s.elapse()
	s.atEnd()
}

// going asks for a place in a replay.
type going struct {
	input textinput.Model
	k     keys
}

func (g *going) typing() bool { return true }

func (g *going) title(s *Screen) string {
	return "Go to a time of the replay (" + s.player.position() + ")"
}

func (g *going) lines(_ *Screen, width, _ int) []string { return []string{shown(g.input, width)} }

func (g *going) keys() []key.Binding {
	there := g.k.choose
	there.SetHelp(there.Help().Key, "go there")
	return []key.Binding{there, g.k.cancel}
}

func (g *going) key(s *Screen, msg tea.KeyMsg) tea.Cmd {
	if !key.Matches(msg, g.k.choose) {
		var cmd tea.Cmd
		g.input, cmd = g.input.Update(msg)
		return cmd
	}
	at, err := placeOf(g.input.Value(), s.at(), s.player.stored.Took)
	if err != nil {
		s.refusal = engine.Hint(err)
		return nil
	}
	s.closeDialog()
	return s.seekTo(at)
}

// placeOf reads a place in an attempt that took so long, as a person writes it: seconds,
// minutes and seconds, a percentage, or seconds on or back from now.
func placeOf(text string, now, took time.Duration) (time.Duration, error) {
	text = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(text), "s"))
	bad := &engine.Fault{Class: engine.Invalid, What: fmt.Sprintf("%q is no place in a replay", text), Todo: "give seconds, 1:30, +20, -20 or 50%"}
	if percent, is := strings.CutSuffix(text, "%"); is {
		n, err := strconv.ParseFloat(percent, 64)
		if err != nil || !(n >= 0 && n <= 100) {
			return 0, bad
		}
		return time.Duration(n / 100 * float64(took)), nil
	}
	if strings.HasPrefix(text, "+") || strings.HasPrefix(text, "-") {
		n, err := strconv.ParseFloat(text, 64)
		if err != nil || !(n > -maxSeconds && n < maxSeconds) {
			return 0, bad
		}
		return now + time.Duration(n*float64(time.Second)), nil
	}
	seconds := 0.0
	parts := strings.Split(text, ":")
	for i, part := range parts {
		n, err := strconv.ParseFloat(part, 64)
		if err != nil || !(n >= 0 && n < maxSeconds) || i > 0 && n >= 60 || len(parts) > 3 {
			return 0, bad
		}
		seconds = 60*seconds + n
	}
	return time.Duration(seconds * float64(time.Second)), nil
}

// maxSeconds is more than any attempt takes.
const maxSeconds = 1e6
