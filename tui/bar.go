package tui

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/monitor"
	"github.com/aimo3/aimo3/theme"
	"github.com/aimo3/aimo3/tui/pane"
	"github.com/aimo3/aimo3/tui/phrase"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// noticeFor is how long a notice stays.
const noticeFor = 4 * time.Second

// bar is what the header line and the status line say beyond the screens.
type bar struct {
	server  *engine.Server   // nil until first seen
	reading *monitor.Reading // nil until first read
	link    *engine.Link     // to the server of Env.Connect; nil until first seen, and if there is none
	health  requests
	keeping keeping
	notice  screen.Notice
	on      screen.Screen // which the notice is shown over
	shown   int           // number of the notice, so that an old end spares a new one
}

// noticeOver ends the notice of that number.
type noticeOver int

// show shows a notice over a screen; once another one is on top, it is gone.
func (b *bar) show(n screen.Notice, on screen.Screen) tea.Cmd {
	b.notice, b.on = n, on
	b.shown++
	id := noticeOver(b.shown)
	return tea.Tick(noticeFor, func(time.Time) tea.Msg { return id })
}

func (b *bar) over(id noticeOver) {
	if int(id) == b.shown {
		b.notice = screen.Notice{}
	}
}

// brand is what the header line begins with.
const brand = "aimo3"

// header is the top line: brand, tabs, and the model in memory at the right.
func (a *App) header() string {
	tabs, on := a.tabs()
	return pane.Tabs(a.env.Styles.Bar, brand, tabNames(tabs), on, a.bar.model(a.env.Plan.Model), a.width)
}

// model names what the server holds in memory, and else what is installed of
// the model that would run.
func (b *bar) model(want string) string {
	if b.reading != nil && len(b.reading.Loaded) > 0 && (b.server == nil || b.up()) { // else it is gone
		held := b.reading.Loaded
		i := max(slices.IndexFunc(held, func(l monitor.Loaded) bool { return l.Name == want }), 0)
		return fmt.Sprintf("%s · %s · %s", held[i].Name, pane.Bytes(held[i].Size), pane.OnGPU(held[i].VRAM, held[i].Size))
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

// up says whether the server answers and can be used.
func (b *bar) up() bool {
	return (b.link == nil || b.link.State == engine.LinkConnected) && b.server != nil && b.server.Busy == "" && b.server.Fault == nil && b.server.Version != ""
}

// serverState says how the model server is, by a sign and a word besides colour.
func (b *bar) serverState(st theme.TextStyles) piece {
	s := b.server
	if l := b.link; l != nil && l.State != engine.LinkConnected {
		return b.linkState(st)
	}
	switch {
	case s == nil:
		return piece{screen.Main, st.Faint.Render("◌ looking for a server")}
	case s.Busy != "":
		return piece{screen.Warning, st.Warn.Render("◌ " + termsafe.Line(s.Busy))}
	case s.Fault == nil && s.Version != "" && len(s.Models) == 0:
		return piece{screen.Warning, st.Warn.Render("◐ " + b.named() + " up, no model")}
	case s.Fault == nil && s.Version != "":
		return piece{screen.Main, st.Good.Render("● " + b.named() + " up")}
	case s.Fault != nil && s.Fault.Class != engine.Unreachable:
		return piece{screen.Alarm, st.Bad.Render("▲ " + termsafe.Line(cmp.Or(s.Fault.What, b.named()+" is not usable")))}
	}
	return piece{screen.Alarm, st.Bad.Render("○ no server")}
}

// named is what the model server's program is called.
func (b *bar) named() string { return termsafe.Line(cmp.Or(b.server.Name, "server")) }

// linkState says how the link is while there is none to go by.
func (b *bar) linkState(st theme.TextStyles) piece {
	text := termsafe.Line(phrase.Link(*b.link, b.health.now))
	switch b.link.State {
	case engine.LinkLost, engine.LinkGone:
		return piece{screen.Alarm, st.Bad.Render("○ " + text)}
	case engine.LinkConnecting, engine.LinkConnected:
	}
	return piece{screen.Warning, st.Warn.Render("◌ " + text)}
}
