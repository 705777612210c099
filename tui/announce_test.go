package tui

import (
	"regexp"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

func inTerminal(pairs ...string) func(string) string {
	all := map[string]string{"TERM": "xterm-256color"}
	for i := 0; i+1 < len(pairs); i += 2 {
		all[pairs[i]] = pairs[i+1]
	}
	return func(name string) string { return all[name] }
}

// attemptOf is an attempt whose problem and answers would be obeyed by a terminal.
func attemptOf() screen.Arrived {
	events := tuitest.Events("a1", engine.Problem{Statement: "Find \x1b]2;owned\x07 x; now"})
	return screen.Arrived{Events: events}
}

// TestTheTerminalIsTold what was wished, and no more; what a model wrote is not obeyed;
// and in the end all is as it was.
func TestTheTerminalIsTold(t *testing.T) {
	all := []string{AnnounceTitle, AnnounceProgress, AnnounceBell, AnnounceNotify}
	for _, row := range []struct {
		name   string
		what   []string
		getenv func(string) string
		away   bool
		want   []string // in this order
		never  string
	}{
		{"nothing", nil, inTerminal(), true, nil, "\x1b|\x07"},
		{"a console", all, inTerminal("TERM", "linux"), true, nil, "\x1b|\x07"},
		{"TERM is dumb", all, inTerminal("TERM", "dumb"), true, nil, "\x1b|\x07"},
		{"the title", []string{AnnounceTitle}, inTerminal(), true, []string{saveTitle, "\x1b]2;aimo3: 42 · Find ", restoreTitle}, `\]9;|\]777`},
		{"the progress", []string{AnnounceProgress}, inTerminal(), true, []string{endProgress}, `\]2;|22;0t|777`},
		{"in tmux", []string{AnnounceProgress}, inTerminal("TMUX", "x"), true, []string{"\x1bPtmux;\x1b\x1b]9;4;0\x07\x1b\\"}, `\]2;`},
		{"the bell", []string{AnnounceBell}, inTerminal(), false, []string{"\x07"}, "\x1b"},
		{"looked at", []string{AnnounceNotify}, inTerminal(), false, nil, "\x1b|\x07"},
		{"not looked at", []string{AnnounceNotify}, inTerminal(), true, []string{"\x1b]9;aimo3: 42 · Find "}, `777`},
		{"not looked at, in a terminal of VTE", []string{AnnounceNotify}, inTerminal("VTE_VERSION", "7600"), true, []string{"\x1b]777;notify;aimo3;42 · Find "}, `\]9;`},
	} {
		t.Run(row.name, func(t *testing.T) {
			var out strings.Builder
			n := newAnnouncer(&out, row.getenv, row.what)
			if row.away {
				n.see(tea.BlurMsg{})
			}
			n.see(attemptOf())
			n.close()
			rest := out.String()
			for _, want := range row.want {
				_, after, found := strings.Cut(rest, want)
				if !found {
					t.Fatalf("no %q in %q", want, out.String())
				}
				rest = after
			}
			if got := regexp.MustCompile(row.never).FindString(out.String()); got != "" {
				t.Errorf("%q in %q", got, out.String())
			}
			if strings.Contains(out.String(), "\x1b]2;owned") || strings.Contains(out.String(), "x; now") && row.name != "the title" {
				t.Errorf("a model's text is obeyed: %q", out.String())
			}
		})
	}
}

// TestProgressGoesOn with each sample that ends, and ends with the verdict.
func TestProgressGoesOn(t *testing.T) {
	var out strings.Builder
	n := newAnnouncer(&out, inTerminal(), []string{AnnounceTitle, AnnounceProgress})
	for _, e := range attemptOf().Events {
		n.see(screen.Arrived{Events: []engine.Event{e}})
	}
	rest := out.String()
	for _, want := range []string{"0 of 3 · ", "9;4;1;0\x07", "1 of 3 · ", "9;4;1;33\x07", "2 of 3, 42 (1) leads · ", "9;4;1;66\x07", "42 · ", "9;4;0\x07"} {
		_, after, found := strings.Cut(rest, want)
		if !found {
			t.Fatalf("no %q in %q", want, out.String())
		}
		rest = after
	}
	if got := strings.Count(out.String(), saveTitle); got != 1 {
		t.Errorf("the title was saved %d times", got)
	}
}

// TestFarewell is a line for each verdict, by which it is found again.
func TestFarewell(t *testing.T) {
	var f farewell
	f.see(attemptOf())
	f.see(screen.Arrived{Events: []engine.Event{
		{Attempt: "a2", Fact: engine.AttemptStarted{Plan: engine.Plan{Samples: 8}}},
		{Attempt: "a2", Fact: engine.AttemptFinished{Verdict: engine.Verdict{Of: 2}}},
		{Attempt: "a3", Fact: engine.AttemptStarted{Plan: engine.Plan{Samples: 8}}}, // still runs
	}})
	for saved, want := range map[bool]string{
		true:  "Answer: 42 · 2 of 3 · aimo3 history show a1\nNo answer · aimo3 history show a2\n",
		false: "Answer: 42 · 2 of 3 · attempt a1, not saved\nNo answer · attempt a2, not saved\n",
	} {
		var out strings.Builder
		f.saved = saved
		if f.tell(&out); out.String() != want {
			t.Errorf("told %q, want %q", out.String(), want)
		}
	}
	for range maxFarewells {
		f.see(attemptOf())
	}
	var out strings.Builder
	f.saved = true
	if f.tell(&out); strings.Count(out.String(), "\n") != maxFarewells+1 || !strings.HasSuffix(out.String(), "and 2 before: aimo3 history list\n") {
		t.Errorf("told %q", out.String())
	}
}
