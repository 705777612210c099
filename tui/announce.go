package tui

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// What a terminal can be told of an attempt besides the screen.
const (
	AnnounceTitle    = "title"    // the window's title
	AnnounceProgress = "progress" // the bar at the program's icon: OSC 9;4
	AnnounceBell     = "bell"     // at a verdict
	AnnounceNotify   = "notify"   // a desktop notification at a verdict, while the window is not focused
)

const (
	maxTitleCells  = 80
	saveTitle      = "\x1b[22;0t"
	restoreTitle   = "\x1b[23;0t"
	bell           = "\x07"
	endProgress    = "\x1b]9;4;0" + bell
	openTmux       = "\x1bPtmux;"
	closeTmux      = "\x1b\\"
	progressNormal = "1"
	progressFailed = "2"
)

// announcer tells the terminal how attempts go, and gives it back as it was. It is a fold
// over the messages of the app, used by the event loop alone; what models wrote is made
// safe before it is sent.
type announcer struct {
	out      io.Writer
	getenv   func(string) string
	what     []string // of the constants above
	attempts map[engine.AttemptID]*announced
	latest   engine.AttemptID
	away     bool // the window is not focused
	begun    bool // the title is saved
}

// announced is as much of an attempt as is told.
type announced struct {
	title          string
	samples, ended int
	leads          string
	verdict        *engine.Verdict
}

// newAnnouncer announces nothing on a terminal that would show the sequences, or takes
// them for something else.
func newAnnouncer(out io.Writer, getenv func(string) string, what []string) *announcer {
	switch term := getenv("TERM"); {
	case term == "", term == "dumb", term == "unknown", term == "linux", strings.HasPrefix(term, "vt"):
		what = nil
	}
	return &announcer{out: out, getenv: getenv, what: what, attempts: map[engine.AttemptID]*announced{}}
}

func (n *announcer) does(what string) bool { return slices.Contains(n.what, what) }

// see takes in a message that reaches the app.
func (n *announcer) see(msg tea.Msg) {
	switch msg := msg.(type) {
	case tea.BlurMsg:
		n.away = true
	case tea.FocusMsg:
		n.away = false
	case screen.Arrived:
		changed := false
		for _, e := range msg.Events {
			changed = n.learn(e) || changed
		}
		if changed {
			n.tell()
		}
	}
}

// learn folds an event in, and says whether that is to be told.
func (n *announcer) learn(e engine.Event) bool {
	a := n.attempts[e.Attempt]
	if f, is := e.Fact.(engine.AttemptStarted); is {
		n.attempts[e.Attempt], n.latest = &announced{title: f.Problem.Title(maxTitleCells), samples: f.Plan.Samples}, e.Attempt
		return true
	}
	if a == nil {
		return false
	}
	switch f := e.Fact.(type) {
	case engine.SamplesAdded:
		a.samples += f.Samples
	case engine.SampleFinished, engine.SampleFailed, engine.SampleStopped:
		a.ended++
	case engine.TallyChanged:
		if answer, votes, _ := f.Tally.Leader(); votes > 0 {
			a.leads = fmt.Sprintf("%s (%d)", answer, votes)
		}
		return false
	case engine.AttemptFinished:
		a.verdict, n.latest = &f.Verdict, e.Attempt
		n.ended(a)
	default:
		return false
	}
	return true
}

// tell sends the title and the progress of the latest attempt.
func (n *announcer) tell() {
	a := n.attempts[n.latest]
	var b strings.Builder
	if n.does(AnnounceTitle) {
		if !n.begun {
			b.WriteString(saveTitle)
		}
		n.begun = true
		b.WriteString("\x1b]2;" + ansi.Truncate(termsafe.Line("aimo3: "+a.state()+" · "+a.title), maxTitleCells, "…") + bell)
	}
	if n.does(AnnounceProgress) {
		b.WriteString(n.through(a.progress()))
	}
	n.send(b.String())
}

// state is how the attempt goes, in few words.
func (a *announced) state() string {
	switch {
	case a.verdict == nil && a.leads != "":
		return fmt.Sprintf("%d of %d, %s leads", min(a.ended, a.samples), a.samples, a.leads)
	case a.verdict == nil:
		return fmt.Sprintf("%d of %d", min(a.ended, a.samples), a.samples)
	case a.verdict.Answer == "":
		return "no answer"
	}
	return string(a.verdict.Answer)
}

func (a *announced) progress() string {
	state, part := progressNormal, 100
	switch {
	case a.verdict != nil && a.verdict.Answer != "":
		return endProgress
	case a.verdict != nil:
		state = progressFailed
	case a.samples > 0:
		part = min(100*a.ended/a.samples, 100)
	}
	return "\x1b]9;4;" + state + ";" + strconv.Itoa(part) + bell
}

// ended tells of a verdict.
func (n *announcer) ended(a *announced) {
	if n.does(AnnounceBell) {
		n.send(bell)
	}
	if !n.does(AnnounceNotify) || !n.away {
		return
	}
	text := strings.ReplaceAll(ansi.Truncate(termsafe.Line(a.state()+" · "+a.title), maxTitleCells, "…"), ";", ",") // which parts the fields
	term := n.getenv("TERM")
	if strings.HasPrefix(term, "rxvt") || strings.HasPrefix(term, "foot") || n.getenv("VTE_VERSION") != "" {
		n.send(n.through("\x1b]777;notify;aimo3;" + text + bell))
		return
	}
	n.send(n.through("\x1b]9;aimo3: " + text + bell))
}

// through has tmux hand a sequence on to the terminal that it is in, if it is allowed to.
func (n *announcer) through(sequence string) string {
	if n.getenv("TMUX") == "" {
		return sequence
	}
	return openTmux + strings.ReplaceAll(sequence, "\x1b", "\x1b\x1b") + closeTmux
}

func (n *announcer) send(bytes string) {
	if bytes != "" {
		_, _ = io.WriteString(n.out, bytes) // a terminal that is gone ends the app by itself
	}
}

// close gives the terminal its title back, and ends the progress.
func (n *announcer) close() {
	var b strings.Builder
	if n.does(AnnounceProgress) && len(n.attempts) > 0 {
		b.WriteString(n.through(endProgress))
	}
	if n.begun {
		b.WriteString(restoreTitle)
	}
	n.send(b.String())
}

// progressKnown says whether a terminal is known to show OSC 9;4, which others take for a
// notification.
func progressKnown(getenv func(string) string) bool {
	return getenv("WT_SESSION") != "" || getenv("ConEmuPID") != "" || slices.Contains([]string{"ghostty", "WezTerm"}, getenv("TERM_PROGRAM"))
}

// Announced is what is announced where a person did not choose: the title and, where that
// is known to be shown, the progress; nothing with NO_COLOR, by which people ask for
// nothing but text.
func Announced(getenv func(string) string) []string {
	switch {
	case getenv("NO_COLOR") != "":
		return nil
	case progressKnown(getenv):
		return []string{AnnounceTitle, AnnounceProgress}
	}
	return []string{AnnounceTitle}
}
