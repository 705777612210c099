package ask_test

import (
	"context"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/ask"
	"github.com/aimo3/aimo3/tui/screen"
	"github.com/aimo3/aimo3/tui/tuitest"
)

// asked is what Solve was called with.
type asked struct {
	id      engine.AttemptID
	problem engine.Problem
	plan    engine.Plan
}

func start(t *testing.T, change func(*screen.Env)) (*tuitest.Driver, chan asked) {
	t.Helper()
	env := tuitest.Env(t, tuitest.Palette(t))
	calls := make(chan asked, 8)
	env.Solve = func(id engine.AttemptID, p engine.Problem, plan engine.Plan) error {
		calls <- asked{id, p, plan}
		return nil
	}
	if change != nil {
		change(&env)
	}
	return tuitest.Drive(t, ask.New(env), 80, 22), calls
}

func TestSubmitBeginsAnAttempt(t *testing.T) {
	for _, enter := range []string{"enter", "ctrl+s"} {
		t.Run(enter, func(t *testing.T) {
			d, calls := start(t, nil)
			d.Send(screen.ServerSeen{Server: tuitest.Up("qwen3:8b")})
			d.Type("What is 6")
			d.Press("ctrl+j")
			d.Paste("times\r\n7?\r")
			d.Press("shift+up", "ctrl+up", "shift+down", "ctrl+t", "ctrl+t", enter, enter)
			tuitest.UntilSent[screen.Open](d)
			var got asked
			d.Until("Solve", func() bool {
				select {
				case got = <-calls:
					return true
				default:
					return false
				}
			})
			if want := "What is 6\ntimes\n7?"; got.problem.Statement != want || got.problem.Source != "typed" {
				t.Errorf("solved %#v, want the statement %q", got.problem, want)
			}
			if got.plan.Model != "qwen3:8b" || got.plan.Samples != 9 || got.plan.Parallel != 9 {
				t.Errorf("plan %+v, want 9 samples of qwen3:8b at once", got.plan)
			}
			if got.plan.Tools != engine.ToolsEmbedded {
				t.Errorf("tools %q, want the second after auto", got.plan.Tools)
			}
			d.Send(screen.Arrived{Events: tuitest.Events(got.id, got.problem)[:1]})
			d.UntilGone("times")
			if len(calls) > 0 || len(d.Sent) > 0 {
				t.Errorf("pressing %s twice began two attempts", enter)
			}
			d.Press("ctrl+_")
			d.UntilShown("times")
		})
	}
}

func TestBadInputIsRefusedInOneLine(t *testing.T) {
	for _, row := range []struct{ name, typed, pasted, want string }{
		{"nothing", "", "", "the problem is empty"},
		{"blanks", "   ", "", "the problem is empty"},
		{"too long", "", strings.Repeat("x", engine.MaxStatement+1), "20001 characters; at most 20000"},
		{"far too long", "", strings.Repeat("x", 5*engine.MaxStatement), "100000 characters; at most 20000"},
	} {
		t.Run(row.name, func(t *testing.T) {
			d, calls := start(t, nil)
			d.Send(screen.ServerSeen{Server: tuitest.Up("qwen3:8b")})
			d.Type(row.typed)
			if row.pasted != "" {
				d.Paste(row.pasted)
			}
			if !strings.Contains(d.Frame(), row.want) {
				d.Press("enter")
			}
			d.UntilShown(row.want)
			if strings.Count(d.Frame(), "✗ the problem") != 1 {
				t.Errorf("want one line that says so:\n%s", d.Frame())
			}
			if len(d.Sent) > 0 || len(calls) > 0 {
				t.Errorf("sent %v", d.Sent)
			}
			tuitest.CheckFrame(t, d.Screen.View(), 80, 22)
		})
	}
}

func TestDraftOutlivesAFailedAttempt(t *testing.T) {
	broken := &engine.Fault{Class: engine.Memory, What: "the model does not fit", Todo: "use a smaller one"}
	for name, events := range map[string]int{"that never began": 0, "that began": 2, "that said something": 8} {
		t.Run(name, func(t *testing.T) {
			ids, over := make(chan engine.AttemptID, 1), make(chan struct{})
			d, _ := start(t, func(e *screen.Env) {
				e.Solve = func(id engine.AttemptID, _ engine.Problem, _ engine.Plan) error {
					ids <- id
					<-over
					return broken
				}
			})
			d.Send(screen.ServerSeen{Server: tuitest.Up("qwen3:8b")})
			d.Type("6*7")
			d.Press("enter")
			tuitest.UntilSent[screen.Open](d)
			if events > 0 {
				d.Send(screen.Arrived{Events: tuitest.Events(<-ids, engine.Problem{})[:events]})
				d.UntilGone("6*7")
			}
			close(over)
			d.UntilShown("the model does not fit · use a smaller one")
			if kept, want := strings.Contains(d.Frame(), "6*7"), events < 8; kept != want {
				t.Errorf("the draft is there: %v, want %v", kept, want)
			}
		})
	}
}

func TestRecentProblemIsTakenIntoTheEditor(t *testing.T) {
	kept := tuitest.Attempts(3)
	kept = append(kept, kept[1])
	d, _ := start(t, func(e *screen.Env) { e.Library = tuitest.NewLibrary(kept...) })
	d.UntilShown("What is 2 times 7?")
	if n := strings.Count(d.Frame(), "What is 2 times 7?"); n != 1 {
		t.Errorf("a problem tried twice is listed %d times", n)
	}
	d.Type("my draft")
	d.Press("tab", "down", "enter")
	d.UntilShown("Give the product.")
	d.Press("ctrl+_")
	d.UntilShown("my draft")
}

func TestModelIsChosenFromTheList(t *testing.T) {
	d, calls := start(t, nil)
	d.Send(screen.ServerSeen{Server: tuitest.Up("qwen3:8b", "gpt-oss:20b")})
	d.Press("ctrl+l", "down", "enter")
	d.Type("1+1")
	d.Press("enter")
	tuitest.UntilSent[screen.Open](d)
	if got := <-calls; got.plan.Model != "gpt-oss:20b" {
		t.Errorf("ran %q", got.plan.Model)
	}
}

func TestWhatIsMissingGoesAwayByItself(t *testing.T) {
	d, calls := start(t, nil)
	d.Type("6*7")
	d.Press("enter")
	d.UntilShown("still looking for the model server")
	d.Send(screen.ServerSeen{Server: tuitest.Down()})
	d.UntilShown("ollama serve")
	d.Press("enter")
	d.UntilShown("✗ nothing answers at http://127.0.0.1:11434")
	t.Run("NoServer", func(t *testing.T) { tuitest.Golden(t, d.Screen.View()) })
	d.Send(screen.ServerSeen{Server: engine.Server{Busy: "starting ollama"}})
	d.UntilShown("Getting ready")
	d.Send(screen.ServerSeen{Server: tuitest.Up()})
	d.UntilShown("aimo3 models pull qwen3:8b")
	t.Run("NoModel", func(t *testing.T) { tuitest.Golden(t, d.Screen.View()) })
	d.Send(screen.ServerSeen{Server: tuitest.Up("qwen3:8b")})
	d.UntilGone("models pull")
	d.Press("enter")
	tuitest.UntilSent[screen.Open](d)
	if got := <-calls; got.problem.Statement != "6*7" {
		t.Errorf("the draft became %q", got.problem.Statement)
	}
}

func TestEveryKeyInHelpDoesSomething(t *testing.T) {
	fresh := func() *tuitest.Driver {
		d, _ := start(t, func(e *screen.Env) {
			e.Library = tuitest.NewLibrary(tuitest.Attempts(9)...)
			e.Pull = func(context.Context, string, func(engine.Pull)) error { return nil }
		})
		d.UntilShown("What is 9 times 7?")
		return d
	}
	states := map[string]func(*tuitest.Driver){
		"editing": func(d *tuitest.Driver) { d.Send(screen.ServerSeen{Server: tuitest.Up("a", "b", "c")}); d.Type("1+1") },
		"recent": func(d *tuitest.Driver) {
			d.Send(screen.ServerSeen{Server: tuitest.Up("a")})
			d.Press("tab", "down", "down")
		},
		"path": func(d *tuitest.Driver) { d.Press("ctrl+o") },
		"models": func(d *tuitest.Driver) {
			d.Send(screen.ServerSeen{Server: tuitest.Up("a", "b", "c")})
			d.Press("ctrl+l", "down")
		},
		"no model": func(d *tuitest.Driver) { d.Send(screen.ServerSeen{Server: tuitest.Up()}) },
		"question": func(d *tuitest.Driver) { d.Send(screen.ServerSeen{Server: tuitest.Up()}); d.Press("ctrl+d") },
	}
	for name, reach := range states {
		probe := fresh()
		reach(probe)
		for _, b := range probe.Screen.Keys() {
			for _, k := range b.Keys() {
				d := fresh()
				reach(d)
				before := d.Screen.View()
				cmd := d.Screen.Update(tuitest.Key(t, k))
				if cmd == nil && d.Screen.View() == before {
					t.Errorf("%s: %s (%s) does nothing", name, k, b.Help().Desc)
				}
			}
		}
	}
}

// TestToolsGoRound: every setting but auto is named, and after the last comes the
// first.
func TestToolsGoRound(t *testing.T) {
	d, _ := start(t, func(e *screen.Env) { e.Plan.Tools = engine.ToolsOff })
	for _, want := range []string{"off", "auto", "python", "embedded", "off"} {
		if named := want != "auto"; strings.Contains(d.Frame(), " · tools ") != named || named && !strings.Contains(d.Frame(), " · tools "+want+" · ") {
			t.Errorf("at %s:\n%s", want, d.Frame())
		}
		d.Press("ctrl+t")
	}
}

// TestNoWordToGoBackTo is of a key at which the editor itself never returns.
func TestNoWordToGoBackTo(t *testing.T) {
	for _, text := range []string{"", "  ", "\n\n", " \n  x"} {
		d, _ := start(t, nil)
		d.Paste(text)
		for range 3 { // x is a word still to go back to
			d.Press("alt+left", "alt+b")
		}
		d.Type("seen")
		d.UntilShown("seen")
	}
}

// TestNoToolsThatAreNotThere: a build without a Python in it does not offer that.
func TestNoToolsThatAreNotThere(t *testing.T) {
	d, _ := start(t, func(e *screen.Env) { e.NoEmbedded = true })
	for _, want := range []string{" · tools python · ", " · tools off · ", ""} {
		d.Press("ctrl+t")
		if strings.Contains(d.Frame(), "embedded") || !strings.Contains(d.Frame(), want) || want == "" && strings.Contains(d.Frame(), " · tools ") {
			t.Errorf("want %q:\n%s", want, d.Frame())
		}
	}
}

// TestSamplesByFewKeys: from 8 to 32 samples, and back, in two presses each.
func TestSamplesByFewKeys(t *testing.T) {
	d, _ := start(t, nil)
	for _, row := range []struct{ press, want string }{
		{"alt+up", "16 samples"},
		{"alt+up", "32 samples"},
		{"alt+up", "64 samples"},
		{"alt+up", "64 samples"},
		{"shift+down", "63 samples"},
		{"alt+down", "31 samples"},
		{"alt+down", "15 samples"},
		{"alt+down", "7 samples"},
		{"alt+down", "3 samples"},
		{"alt+down", "1 sample "},
		{"alt+down", "1 sample "},
	} {
		if d.Press(row.press); !strings.Contains(d.Frame(), " "+row.want) {
			t.Errorf("after %s want %s:\n%s", row.press, row.want, d.Frame())
		}
	}
}
