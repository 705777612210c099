package tui

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/monitor"
	"github.com/aimo3/aimo3/theme"
	"github.com/aimo3/aimo3/tui/pane"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// noticeFor is how long a notice stays.
const noticeFor = 4 * time.Second

// bar is what the header line and the status line say beyond the screens.
type bar struct {
	server  *engine.Server   // nil until first seen
	reading *monitor.Reading // nil until first read
	health  health
	notice  screen.Notice
	shown   int // number of the notice, so that an old end spares a new one
}

// noticeOver ends the notice of that number.
type noticeOver int

func (b *bar) show(n screen.Notice) tea.Cmd {
	b.notice = n
	b.shown++
	id := noticeOver(b.shown)
	return tea.Tick(noticeFor, func(time.Time) tea.Msg { return id })
}

func (b *bar) over(id noticeOver) {
	if int(id) == b.shown {
		b.notice = screen.Notice{}
	}
}

// header is the top line: brand, tabs, and the model in memory at the right.
func (a *App) header() string {
	names, on := make([]string, len(a.routes)), -1
	for i, r := range a.routes {
		names[i] = r.Name
		if r.Holds(a.top()) {
			on = i
		}
	}
	return pane.Tabs(a.env.Styles.Bar, "aimo3", names, on, a.bar.model(a.env.Plan.Model), a.width)
}

// model names what the server holds in memory, and else what is installed of
// the model that would run.
func (b *bar) model(want string) string {
	if b.reading != nil && len(b.reading.Loaded) > 0 {
		held := b.reading.Loaded
		i := max(slices.IndexFunc(held, func(l monitor.Loaded) bool { return l.Name == want }), 0)
		return fmt.Sprintf("%s · %s · %s", held[i].Name, pane.Bytes(held[i].Size), share(held[i]))
	}
	if b.server == nil {
		return ""
	}
	for _, m := range b.server.Models {
		if m.Name == want {
			return fmt.Sprintf("%s · %s on disk", m.Name, pane.Bytes(m.Size))
		}
	}
	return ""
}

func share(l monitor.Loaded) string {
	switch {
	case l.VRAM <= 0 || l.Size <= 0:
		return "CPU only"
	case l.VRAM >= l.Size:
		return "100% GPU"
	}
	return fmt.Sprintf("%d%% GPU", 100*l.VRAM/l.Size)
}

// status is the bottom line: the server, the screen's own words or a notice,
// and how to get help.
func (a *App) status() string {
	st := a.env.Styles
	help := a.env.Keys.Help.Help().Key
	if a.typing() {
		help = "F1"
	}
	help = st.Bar.Key.Render(help) + st.Bar.Status.Render(" help")
	const edges = 4
	room := a.width - edges - ansi.StringWidth(help)
	var own string // of the screen
	notice := a.bar.notice.Text != ""
	if !notice {
		own = a.top().Status()
	}
	parts := []string{a.bar.serverState(st.Text)}
	for i, trouble := range a.bar.health.troubles(st.Text) {
		if more := append(parts, trouble); i == 0 || partsWidth(more) <= room+ansi.StringWidth(dot) {
			parts = more
		}
	}
	if n := a.running() - running(a.top()); n > 0 {
		parts = append(parts, st.Bar.Status.Render(fmt.Sprintf("%d in flight elsewhere", n)))
	}
	switch n := a.bar.notice; {
	case notice && n.Bad:
		parts = append(parts, st.Text.Bad.Render("✗ "+termsafe.Line(n.Text)))
	case notice:
		parts = append(parts, st.Bar.Notice.Render(termsafe.Line(n.Text)))
	default:
		if a.bar.up() {
			parts = a.bar.health.calm(st, parts, room-ansi.StringWidth(own))
		}
		left := room - partsWidth(parts)
		if own = pane.Shed(own, left); own != "" && (ansi.StringWidth(own) <= left || len(parts) == 1) {
			parts = append(parts, st.Bar.Status.Render(own))
		}
	}
	return pane.StatusBar(st.Bar, strings.Join(parts, st.Bar.Status.Render(dot)), help, a.width)
}

const dot = " · "

// partsWidth is how many cells parts of the bar take, with a dot after each.
func partsWidth(parts []string) int {
	n := 0
	for _, p := range parts {
		n += ansi.StringWidth(p) + ansi.StringWidth(dot)
	}
	return n
}

// up says whether the server answers and can be used.
func (b *bar) up() bool {
	return b.server != nil && b.server.Busy == "" && b.server.Fault == nil && b.server.Version != ""
}

// serverState says how the model server is, by a sign and a word besides colour.
func (b *bar) serverState(st theme.TextStyles) string {
	s := b.server
	switch {
	case s == nil:
		return st.Faint.Render("◌ looking for a server")
	case s.Busy != "":
		return st.Warn.Render("◌ " + termsafe.Line(s.Busy))
	case s.Fault == nil && s.Version != "" && len(s.Models) == 0:
		return st.Warn.Render("◐ " + b.named() + " up, no model")
	case s.Fault == nil && s.Version != "":
		return st.Good.Render("● " + b.named() + " up")
	case s.Fault != nil && s.Fault.Class != engine.Unreachable:
		return st.Bad.Render("▲ " + termsafe.Line(cmp.Or(s.Fault.What, b.named()+" is not usable")))
	}
	return st.Bad.Render("○ no server")
}

// named is what the model server's program is called.
func (b *bar) named() string { return termsafe.Line(cmp.Or(b.server.Name, "server")) }
