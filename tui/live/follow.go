package live

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/screen"
)

// followEvery is how often a followed attempt is looked at in the store.
const followEvery = time.Second

// Follow returns the screen of an attempt that another process takes: its events are read
// from the store as they are kept there, to its end or that of the process. It can only be
// looked at: whoever takes it takes hints and stops it.
func Follow(env screen.Env, stored engine.Summary) *Screen {
	s := Replay(env, stored, 0)
	s.player.follow = true
	return s
}

const isFollowed = "another program runs it: it is steered and stopped there"

// follows says that more of the attempt is to come from another process.
func (p *player) follows() bool { return p.follow && !p.ended }

const isCut = "cut short: its process is gone"

// cut says that the attempt has no verdict, that no process takes it, and that all that was
// kept of it is shown: what was open stays as it was.
func (s *Screen) cut() bool {
	p := s.player
	return p != nil && p.gone && p.over() && s.progress.Verdict == nil && s.progress.Seq > 0
}

// cutTodo says what can be done with an attempt that was cut short.
func (s *Screen) cutTodo() string {
	return s.env.Keys.History.Help().Key + " lists it, to go on with or to close"
}

// later reads on after a while: nothing more was kept yet.
func (p *player) later() tea.Cmd {
	read := p.load()
	return tea.Tick(followEvery, func(time.Time) tea.Msg { return read() })
}

// Replays says whether the screen shows what is stored, and not an attempt of this app.
func (s *Screen) Replays() bool { return s.player != nil }

// whyStored says why what is only read from the store takes no wishes.
func (s *Screen) whyStored() string {
	if s.player.follows() {
		return isFollowed
	}
	return isReplay
}
