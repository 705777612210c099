package live

import (
	"fmt"

	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/tui/pane"
	"github.com/aimo3/aimo3/tui/screen"
)

// seek is what is looked for in the transcripts.
type seek struct {
	input  textinput.Model
	typing bool
	words  string // that are looked for; "" if nothing is
}

// seekKeys are the keys by which one finds one's way in a transcript.
type seekKeys struct {
	seek, nextMatch, prevMatch, keep, leave                    key.Binding
	nextCell, prevCell, nextBox, prevBox, nextError, prevError key.Binding
	sameAnswer                                                 key.Binding
}

func newSeekKeys(k screen.Keys) seekKeys {
	bind := k.Bind
	return seekKeys{
		seek: bind("/", "search", "/"), nextMatch: bind("n", "next match", "n"), prevMatch: bind("N", "match before", "N"),
		keep: k.Answer("enter", "keep", "enter"), leave: k.Answer("esc", "leave the search", "esc"),
		nextCell: bind("i", "next cell", "i"), prevCell: bind("I", "cell before", "I"),
		nextBox: bind("b", "next boxed answer", "b"), prevBox: bind("B", "boxed answer before", "B"),
		nextError: bind("e", "next error", "e"), prevError: bind("E", "error before", "E"),
		sameAnswer: bind("a", "next with this answer", "a"),
	}
}

// shown are the keys for moving in a transcript, for help.
func (k seekKeys) shown() []key.Binding {
	return []key.Binding{k.seek, k.nextCell, k.prevCell, k.nextBox, k.prevBox, k.nextError, k.prevError, k.sameAnswer}
}

// openSeek begins to type what is looked for.
func (s *Screen) openSeek() {
	s.seek.input = newInput(s.env.Styles.Text, "/", "")
	s.seek.input.SetValue(s.seek.words)
	s.seek.input.CursorEnd()
	s.seek.typing, s.fall.shown = true, false
}

// seekKey takes a key while words are typed.
func (s *Screen) seekKey(msg tea.KeyMsg) tea.Cmd {
	switch {
	case key.Matches(msg, s.keys.find.leave):
		s.seek = seek{}
		return nil
	case key.Matches(msg, s.keys.find.keep):
		s.seek.typing = false
		return nil
	}
	var cmd tea.Cmd
	s.seek.input, cmd = s.seek.input.Update(msg)
	s.seek.words = s.seek.input.Value()
	return cmd
}

// sought has the chosen sample's transcript searched for the words, and of those beside it
// none.
func (s *Screen) sought() {
	s.transcript(s.chosen).Find(s.seek.words)
	for i, t := range s.samples {
		if i != s.chosen && s.many() {
			t.Find("")
		}
	}
}

// find takes the keys that go through a transcript; taken is false if it is none.
func (s *Screen) find(msg tea.KeyMsg) (cmd tea.Cmd, taken bool) {
	k, t := s.keys.find, s.transcript(s.chosen)
	switch {
	case key.Matches(msg, k.seek):
		s.openSeek()
	case s.seek.words != "" && key.Matches(msg, k.leave):
		s.seek = seek{}
	case s.seek.words != "" && key.Matches(msg, k.nextMatch):
		t.FindNext(1)
	case s.seek.words != "" && key.Matches(msg, k.prevMatch):
		t.FindNext(-1)
	case key.Matches(msg, k.nextMatch, k.prevMatch):
		return screen.Send(screen.Notice{Text: s.whyNoMatch(), Bad: true}), true
	case key.Matches(msg, k.nextCell):
		return s.jump(pane.Cells, 1, "cell"), true
	case key.Matches(msg, k.prevCell):
		return s.jump(pane.Cells, -1, "cell"), true
	case key.Matches(msg, k.nextBox):
		return s.jump(pane.Boxes, 1, "boxed answer"), true
	case key.Matches(msg, k.prevBox):
		return s.jump(pane.Boxes, -1, "boxed answer"), true
	case key.Matches(msg, k.nextError):
		return s.jump(pane.Errors, 1, "error"), true
	case key.Matches(msg, k.prevError):
		return s.jump(pane.Errors, -1, "error"), true
	case key.Matches(msg, k.sameAnswer):
		return s.nextWithAnswer(), true
	default:
		return nil, false
	}
	return nil, true
}

// jump goes to a landmark of the chosen sample.
func (s *Screen) jump(to pane.Landmark, by int, called string) tea.Cmd {
	s.fall.shown = false
	at, of := s.transcript(s.chosen).Jump(to, by)
	if of == 0 {
		return screen.Send(screen.Notice{Text: fmt.Sprintf("sample %d has no %s", s.chosen+1, called), Bad: true})
	}
	return screen.Send(screen.Notice{Text: fmt.Sprintf("%s %d of %d", called, at, of)})
}

// nextWithAnswer chooses the next sample that gave the chosen one's answer, or if that has
// none the one that leads.
func (s *Screen) nextWithAnswer() tea.Cmd {
	samples := s.alike()
	if len(samples) == 0 {
		return screen.Send(screen.Notice{Text: "no sample has an answer yet", Bad: true})
	}
	n := len(s.samples)
	next, best := s.chosen, n+1
	for _, i := range samples {
		if away := (i-s.chosen+n-1)%n + 1; i < n && away < best { // itself comes last
			next, best = i, away
		}
	}
	if next == s.chosen {
		return screen.Send(screen.Notice{Text: "no other sample has this answer", Bad: true})
	}
	s.choose(next - s.chosen)
	return nil
}

// alike are the samples that gave the chosen one's answer, or if that has none the one that
// leads.
func (s *Screen) alike() []int {
	for _, v := range s.progress.Tally.Votes {
		for _, i := range v.Samples {
			if i == s.chosen {
				return v.Samples
			}
		}
	}
	for _, v := range s.progress.Tally.Votes {
		if leads, _, _ := s.progress.Tally.Leader(); v.Answer == leads {
			return v.Samples
		}
	}
	return nil
}

// matches says which match is shown, of how many; "" if nothing is looked for.
func (s *Screen) matches() string {
	at, of, more := s.transcript(s.chosen).Found()
	switch {
	case s.seek.words == "":
		return ""
	case of == 0:
		return "no match"
	case more:
		return fmt.Sprintf("%s of %s+", pane.Count(at), pane.Count(of))
	}
	return fmt.Sprintf("%s of %s", pane.Count(at), pane.Count(of))
}

// position says where in a transcript one is, in so many cells; "" at its end, unless
// something is looked for.
func (s *Screen) position(t *pane.Transcript, width int) string {
	line, of := t.Position()
	found := s.matches()
	if found == "" && line == of {
		return ""
	}
	where := fmt.Sprintf("line %s of %s", pane.Count(line), pane.Count(of))
	if line < of {
		where += " ↓"
	}
	if found != "" {
		where = found + " · " + where
	}
	return pane.Shed(where, width)
}

// seekLine is what is typed, which match is shown, and how to go on.
func (s *Screen) seekLine() string {
	st := s.env.Styles.Text
	right := st.Accent.Render(s.matches())
	if s.seek.words != "" {
		right += st.Faint.Render(" · ")
	}
	k := s.keys.find
	k.leave.SetHelp(k.leave.Help().Key, "leave")
	right += pane.KeyHints(s.env.Styles.Bar, []key.Binding{k.leave, k.keep}, s.width/2)
	left := shown(s.seek.input, max(s.width-ansi.StringWidth(right)-4, 8))
	return pane.Fit(" "+pane.Fit(left, max(s.width-ansi.StringWidth(right)-2, 8))+right, s.width)
}
