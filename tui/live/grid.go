package live

import (
	"fmt"
	"slices"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/screen"
)

// grid is the panes of several samples next to each other. A sample that has ended folds
// to a line while others go on, and its room is theirs.
type grid struct {
	want   int              // panes that a person wants at once: less than 2 is one sample alone
	first  int              // the sample in the first pane, where not all have one
	shown  int              // panes, when it was placed last
	wanted int              // likewise, had there been room
	opened map[int]bool     // samples that a person opened to a pane, or folded to a line
	kept   map[int]keptPane // latest drawings, by sample
	work   drawing
}

// allPanes is how many panes are wanted where all samples are.
const allPanes = engine.MaxSamples

// gridKeys are the keys of the grid, and what else they leave to other keys there.
type gridKeys struct {
	cycle, move, fold, prev, next, up, down, top key.Binding
}

func newGridKeys(k screen.Keys) gridKeys {
	bind := k.Bind
	return gridKeys{
		cycle: bind("g", "side by side", "g"), move: k.Fixed("←↑↓→", "another pane", "left", "right", "up", "down"),
		fold: bind("enter", "fold or open", "enter"),
		prev: bind("shift+tab", "previous sample", "shift+tab"), next: bind("tab", "next sample", "tab"),
		up: bind("k", "up", "k"), down: bind("j", "down", "j"), top: bind("home", "first", "home"),
	}
}

// many says whether samples are shown next to each other.
func (s *Screen) many() bool { return s.grid.want > 1 && len(s.samples) > 1 && !s.fall.shown }

// nextWant is how many panes come after as many as there are: one, two, four, all.
func (s *Screen) nextWant() int {
	n := len(s.samples)
	for _, want := range []int{2, 4} {
		if s.grid.want < want && want < n {
			return want
		}
	}
	if s.grid.want < allPanes && n > 1 {
		return allPanes
	}
	return 1
}

// cycleKey is the key for that, with what it does now.
func (s *Screen) cycleKey() key.Binding {
	k := s.keys.grid.cycle
	does := "one sample"
	switch want := s.nextWant(); want {
	case 1:
	case allPanes:
		does = "all side by side"
	default:
		does = fmt.Sprintf("%d side by side", want)
	}
	k.SetHelp(k.Help().Key, does)
	k.SetEnabled(len(s.samples) > 1)
	return k
}

// cycle shows one sample, two, four, all, one.
func (s *Screen) cycle() tea.Cmd {
	if len(s.samples) < 2 {
		return screen.Send(screen.Notice{Text: noOther, Bad: true})
	}
	s.grid.want, s.fall.shown = s.nextWant(), false
	if s.many() && !s.steered && s.folded(s.chosen) {
		s.goOnFrom(s.chosen)
	}
	s.Resize(s.width, s.height)
	return nil
}

// gridKey takes the keys of the grid; taken is false if it is none.
func (s *Screen) gridKey(msg tea.KeyMsg) (cmd tea.Cmd, taken bool) {
	k := s.keys.grid
	switch {
	case key.Matches(msg, k.cycle):
		return s.cycle(), true
	case !s.many():
		return nil, false
	case key.Matches(msg, k.move):
		s.moveFocus(msg.Type)
	case key.Matches(msg, k.fold):
		s.wishFolded(s.chosen, !s.folded(s.chosen))
	default:
		return nil, false
	}
	return nil, true
}

// folded says whether a sample is a line and no pane: since it has ended while others go
// on, or has yet to begin while others have, since there is no text of it, or since a person
// said so.
func (s *Screen) folded(i int) bool {
	if open, ok := s.grid.opened[i]; ok {
		return !open
	}
	p := &s.progress.Samples[i]
	if p.Open() {
		return p.State == engine.Waiting && slices.ContainsFunc(s.progress.Samples, func(p engine.SampleProgress) bool { return p.State != engine.Waiting })
	}
	return silent(p) || s.stillOpen() > 0 && s.progress.Verdict == nil && s.fault == nil
}

func (s *Screen) wishFolded(i int, folded bool) {
	if s.grid.opened == nil {
		s.grid.opened = map[int]bool{}
	}
	s.grid.opened[i] = !folded
}

// endedInGrid says that a sample has ended. The one with the focus stays open if a person
// chose it, who may be reading; else the focus goes to one that goes on.
func (s *Screen) endedInGrid(i int) {
	s.grid.work.moved = true
	switch {
	case !s.many() || i != s.chosen:
	case s.steered:
		s.wishFolded(i, false)
	default:
		s.goOnFrom(i)
	}
}

// goOnFrom gives the focus to the next sample that goes on, if there is one.
func (s *Screen) goOnFrom(i int) {
	for by := range s.samples {
		if n := (i + by) % len(s.samples); s.open(n) {
			s.chosen = n
			return
		}
	}
}

// parted are the samples that have a pane, if there is room, and those that are lines.
func (s *Screen) parted() (open, folded []int) {
	for i := range s.samples {
		if s.folded(i) {
			folded = append(folded, i)
		} else {
			open = append(open, i)
		}
	}
	return open, folded
}

// inView are n of the samples with panes: those that were in view, unless the focus has
// left them.
func (s *Screen) inView(open []int, n int) []int {
	last := len(open) - n
	from := min(max(slices.IndexFunc(open, func(i int) bool { return i >= s.grid.first }), 0), last)
	if at := slices.Index(open, s.chosen); at >= 0 && (at < from || at >= from+n) {
		from = min(at/n*n, last)
	}
	if n > 0 {
		s.grid.first = open[from]
	}
	return open[from : from+n]
}

// choosing are the keys that choose a sample and how many are shown, first of all.
func (s *Screen) choosing() []key.Binding {
	if !s.many() {
		return []key.Binding{s.keys.number, s.cycleKey()}
	}
	fold := s.keys.grid.fold
	if fold.SetHelp(fold.Help().Key, "fold to a line"); s.folded(s.chosen) {
		fold.SetHelp(fold.Help().Key, "open")
	}
	return []key.Binding{s.keys.grid.move, s.cycleKey(), fold, s.keys.number}
}

// stepping are the keys that go from sample to sample.
func (s *Screen) stepping() []key.Binding {
	if s.many() {
		return []key.Binding{s.keys.grid.prev, s.keys.grid.next}
	}
	return []key.Binding{s.keys.prev, s.keys.next}
}

// scrolling are the keys that move the transcript; the arrows are not among them in the grid.
func (s *Screen) scrolling() []key.Binding {
	g, own := s.env.Keys, s.keys.grid
	up, down := g.Up, g.Down
	if s.many() {
		up, down = own.up, own.down
	}
	return []key.Binding{up, down, g.PageUp, g.PageDn, own.top, g.End}
}
