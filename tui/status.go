package tui

import (
	"cmp"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/theme"
	"github.com/aimo3/aimo3/tui/pane"
	"github.com/aimo3/aimo3/tui/phrase"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// piece is a part of the status line in its colours.
type piece struct {
	rank screen.Rank
	text string
}

// answer is the rank of a notice, which answers a key: for a few seconds nothing comes
// before it.
const answer = screen.Alarm + 1

// status is the bottom line: the server, what is wrong, a notice or the screen's own
// words, and how to get help.
func (a *App) status() string {
	st := a.env.Styles
	shown := fit(a.pieces(), a.statusRoom())
	return pane.StatusBar(st.Bar, strings.Join(shown, st.Bar.Status.Render(dot)), a.help(), a.width)
}

// help says how to get help.
func (a *App) help() string {
	st := a.env.Styles.Bar
	return st.Key.Render(a.helpKey()) + st.Status.Render(" help")
}

// statusRoom is how many cells the status line has for all else.
func (a *App) statusRoom() int {
	const edges = 4
	return a.width - edges - ansi.StringWidth(a.help())
}

// helpKey names a key that shows help now.
func (a *App) helpKey() string {
	if help := a.env.Keys.Help; !a.typing() {
		return help.Help().Key
	}
	return cmp.Or(screen.Untyped(a.env.Keys.Help).Help().Key, "F1")
}

// pieces are all that the bar could say, in order: the server, a notice, alarms,
// warnings and the rest.
func (a *App) pieces() []piece {
	st, b := a.env.Styles, &a.bar
	rest := b.health.troubles(st.Text)
	if b.keeping.Trouble != "" {
		rest = append(rest, piece{screen.Alarm, st.Text.Bad.Render("▲ " + b.keeping.Trouble)})
	}
	if text := a.notice(); text != "" && len(a.longNotice()) == 0 {
		rest = append(rest, piece{answer, a.noticeStyle().Render(text)})
	}
	rest = append(rest, a.calmer()...)
	slices.SortStableFunc(rest, func(a, b piece) int {
		return cmp.Compare(max(b.rank, screen.Main), max(a.rank, screen.Main))
	})
	return append([]piece{b.serverState(st.Text)}, rest...)
}

// calmer are the pieces besides troubles and notices.
func (a *App) calmer() []piece {
	st, b := a.env.Styles, &a.bar
	var rest []piece
	if n := a.elsewhere(); n > 0 {
		told := phrase.Count(n, "attempt") + " in flight elsewhere: " + a.env.Keys.Live.Help().Key
		rest = append(rest, piece{screen.Figure, st.Bar.Status.Render(told)})
	}
	if l := b.link; l != nil && l.State == engine.LinkConnected {
		rest = append(rest, piece{screen.Figure, st.Bar.Status.Render(termsafe.Line(phrase.Link(*l, b.health.now)))})
	}
	if b.up() {
		rest = append(rest, b.health.calm(st)...)
	}
	for _, part := range a.top().Status() {
		rest = append(rest, piece{part.Rank, styled(st, part)})
	}
	if a.env.Library == nil {
		rest = append(rest, piece{screen.Aside, st.Bar.Status.Render("not saved")})
	}
	return rest
}

func styled(st theme.Styles, part screen.Part) string {
	text := termsafe.Line(part.Text)
	switch part.Rank {
	case screen.Alarm:
		return st.Text.Bad.Render(text)
	case screen.Warning:
		return st.Text.Warn.Render(text)
	case screen.Calm, screen.Aside, screen.Figure, screen.Clock, screen.Main:
	}
	return st.Bar.Status.Render(text)
}

const dot = " · "

// fit are the texts of as many pieces as there is room for, those of higher ranks
// first; the first of the highest rank always. Where one has none, a later one may take
// its place, but nothing does for what the screen is about, and nothing calm for anything.
func fit(pieces []piece, room int) []string {
	byRank := make([]int, len(pieces))
	for i := range byRank {
		byRank[i] = i
	}
	slices.SortStableFunc(byRank, func(a, b int) int { return cmp.Compare(pieces[b].rank, pieces[a].rank) })
	shown, lowest := make([]bool, len(pieces)), screen.Calm
	for n, i := range byRank {
		width := ansi.StringWidth(pieces[i].text)
		if n > 0 {
			width += ansi.StringWidth(dot)
		}
		switch shown[i] = n == 0 || width <= room && pieces[i].rank >= lowest; {
		case shown[i]:
			room -= width
		case pieces[i].rank >= screen.Main:
			lowest = screen.Main
		default:
			lowest = max(lowest, screen.Aside)
		}
	}
	var texts []string
	for i, p := range pieces {
		if shown[i] {
			texts = append(texts, p.text)
		}
	}
	return texts
}
