package live

import (
	"fmt"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// wish is something that a person can have done to the attempt: its key, why it cannot be
// done now, "" if it can, and what does it.
type wish struct {
	key key.Binding
	why string
	do  func() tea.Cmd
}

// wishes are all that there are, those that matter first.
func (s *Screen) wishes() []wish {
	return []wish{
		{s.keys.hint, s.whyNotSteered(), s.askHint},
		{s.keys.more, s.whyNotMore(), s.askMore},
		{s.keys.stop, s.whyNotStopped(), s.stopOne},
		{s.keys.stopAll, s.whyNotAllStopped(), s.askStop},
		{s.keys.rule, s.whyNotSteered(), s.askRule},
		{s.keys.again, s.whyNotAgain(), s.solveAgain},
	}
}

// granting are the keys of wishes that can be granted now.
func (s *Screen) granting() []key.Binding {
	var all []key.Binding
	for _, w := range s.wishes() {
		if w.why == "" {
			all = append(all, w.key)
		}
	}
	return all
}

// steer takes the key of a wish; taken is false if it is of none.
func (s *Screen) steer(msg tea.KeyMsg) (cmd tea.Cmd, taken bool) {
	for _, w := range s.wishes() {
		switch {
		case !key.Matches(msg, w.key):
		case w.why != "":
			return screen.Send(screen.Notice{Text: w.why, Bad: true}), true
		default:
			return w.do(), true
		}
	}
	return nil, false
}

const isReplay = "this is a replay: nothing runs"

// whyNotSteered says why samples hear no hint now, and the rule cannot be changed.
func (s *Screen) whyNotSteered() string {
	switch {
	case s.player != nil:
		return s.whyStored()
	case s.Running() == 0 && s.progress.Seq > 0:
		return "its samples have ended: " + s.keys.more.Help().Key + " adds some, " + s.keys.again.Help().Key + " solves again"
	case s.Running() == 0:
		return "it has not begun yet"
	}
	return s.env.WhyNotSteered()
}

// whyNotMore says why no samples can be added now.
func (s *Screen) whyNotMore() string {
	switch {
	case s.Running() > 0:
		return s.env.WhyNotSteered()
	case s.player != nil && s.player.follows():
		return isFollowed
	case s.cached != nil && !s.cached.Here:
		return "its votes are on another machine: " + s.keys.again.Help().Key + " solves again here"
	case s.progress.Verdict == nil && (s.player == nil || s.player.stored.Verdict == nil):
		return "it has no verdict to add to: " + s.keys.again.Help().Key + " solves again"
	}
	return s.env.WhyNotExtended()
}

func (s *Screen) whyNotStopped() string {
	switch {
	case s.player != nil:
		return s.whyStored()
	case s.waits():
		return "it waits for its turn: " + s.keys.stopAll.Help().Key + " takes it back"
	case s.progress.Seq == 0:
		return "nothing runs"
	case !s.stoppable():
		return fmt.Sprintf("sample %d has ended", s.chosen+1)
	}
	return ""
}

func (s *Screen) whyNotAllStopped() string {
	switch {
	case s.player != nil:
		return s.whyStored()
	case s.waits():
		return ""
	case s.progress.Seq == 0:
		return "nothing runs"
	case s.Running() == 0:
		return "all samples have ended"
	}
	return ""
}

// whyNotAgain says why the problem is not solved again now.
func (s *Screen) whyNotAgain() string {
	switch {
	case s.cached != nil:
		return ""
	case s.player != nil && s.player.follows():
		return isFollowed
	case s.Running() > 0:
		return "it is being solved: " + s.keys.stopAll.Help().Key + " stops it"
	case s.progress.Seq == 0 && s.fault == nil:
		return "it has not begun yet"
	}
	return ""
}

// open says whether sample i may still vote.
func (s *Screen) open(i int) bool {
	p := s.progress.SampleAt(i)
	return p != nil && p.Open()
}

// stoppable says whether the chosen sample runs, or is yet to.
func (s *Screen) stoppable() bool { return s.Running() > 0 && s.open(s.chosen) }

// changed takes in what a person changed.
func (s *Screen) changed(f engine.Fact) {
	switch f := f.(type) {
	case engine.HintGiven:
		s.told(f.Sample, f.Text)
	case engine.RuleChanged:
		s.changes = append(s.changes, ruled(f.Stop))
	case engine.SamplesAdded:
		s.changes = append(s.changes, added(f.Samples))
	}
}

// addsTo names the attempt that this one adds to; "" if it is none.
func (s *Screen) addsTo() string {
	if s.progress.Parent == "" {
		return ""
	}
	return "adds to attempt " + termsafe.Line(string(s.progress.Parent))
}

// carried names the attempt in which a sample voted, if that is another one.
func carried(p *engine.SampleProgress) string {
	if p.From == "" {
		return ""
	}
	return "voted in attempt " + termsafe.Line(string(p.From))
}
