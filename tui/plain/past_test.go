package plain_test

import (
	"context"
	"testing"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/tuitest"
)

// TestAnAttemptIsNamedByItsBeginning only if no other's begins so: nothing else is deleted.
func TestAnAttemptIsNamedByItsBeginning(t *testing.T) {
	library := tuitest.NewLibrary(tuitest.Attempts(12)...)
	k := begin(t, func(k *talk) { k.env.Library = library })
	k.say("delete 0")
	k.hear("not done: 12 attempts are named \"0\"")
	k.say("delete 000000000000001")
	k.hear("not done: 3 attempts are named")
	k.say("delete 0000000000000007", "show 0000000000000007")
	k.hear("deleted", "not done: 0 attempts are named")
	k.say("restore 000000000000000", "show 0000000000000007")
	k.hear("restored 0000000000000007", "What is 7 times")
}

// TestTheModelOfLastTimeIsAsked where none is named, and what is asked is remembered.
func TestTheModelOfLastTimeIsAsked(t *testing.T) {
	used := make(chan engine.Plan, 1)
	k := begin(t, func(k *talk) {
		k.env.LastModel = "gpt-oss:20b"
		k.env.Use = func(p engine.Plan) { used <- p }
	})
	k.hear("the next problem is for gpt-oss:20b")
	k.say("What is 6 times 7?", "")
	if plan, use := <-k.asked, <-used; plan.Model != "gpt-oss:20b" || use.Model != plan.Model {
		t.Errorf("asked of %q, and remembered %q", plan.Model, use.Model)
	}
	k.over <- nil
}

// TestAServerIsAskedForNoMoreThanWasSaid: what depends on a machine is that one's to choose.
func TestAServerIsAskedForNoMoreThanWasSaid(t *testing.T) {
	asked := make(chan engine.Plan, 1)
	k := begin(t, func(k *talk) {
		k.env.Create = func(_ engine.Problem, p engine.Plan, _ bool) (engine.AttemptID, *engine.Cached, error) {
			asked <- p
			return "", nil, engine.ErrCancelled
		}
	})
	k.say("What is 6 times 7?", "")
	if p := <-asked; p.Options != (engine.Options{}) {
		t.Errorf("asked for %+v", p.Options)
	}
}

// TestPastAttemptsAreMarkedAndWritten as on the screens: what is said of one is told with it,
// finds it, and is taken back; what is refused says why.
func TestPastAttemptsAreMarkedAndWritten(t *testing.T) {
	library := tuitest.NewLibrary(tuitest.Attempts(12)...)
	k := begin(t, func(k *talk) {
		k.env.Library = library
		k.env.Mark = func(_ context.Context, _ engine.AttemptID, m engine.Marks) (engine.Marks, error) {
			return engine.NewMarks(m)
		}
		k.env.Export = func(_ context.Context, a engine.Summary, format string) (string, error) {
			return "aimo3-" + string(a.ID) + "." + format, nil
		}
	})
	for _, row := range [][2]string{
		{"mark 0000000000000007 star", "★"},
		{"mark 0000000000000007 tags geometry, hard", "#geometry #hard"},
		{"mark 0000000000000007 note lost a sign", "note: lost a sign"},
		{"mark 0000000000000007 expected 42", "expected 42"},
		{"mark 0000000000000007 wrong", ", wrong, "},
		{"mark 0000000000000007 note", "0000000000000007: What is 7 times"},
		{"mark 0000000000000007 tags !", "no tag · a tag has 1 to 40 letters"},
		{"mark 0000000000000007 blue", "not done: say `mark ID WHAT`"},
		{"export 0000000000000007 md", "wrote aimo3-0000000000000007.md"},
		{"history is:nonsense", "no attempt is \"nonsense\""},
	} {
		k.say(row[0])
		k.hear(row[1])
	}
}

// TestSettingsAreTold with where each comes from, and kept.
func TestSettingsAreTold(t *testing.T) {
	now := engine.Settings{File: "/home/ada/config.yaml", All: []engine.Setting{
		{Key: "samples", Default: "8", From: "default", About: "number of samples"}, {Key: "seed", Value: "7", From: "flag"},
	}}
	k := begin(t, func(k *talk) {
		k.env.Settings = func(context.Context) (engine.Settings, error) { return now, nil }
		k.env.SetSetting = func(_ context.Context, key, value string) (engine.Settings, error) {
			if value == "many" {
				return engine.Settings{}, &engine.Fault{Class: engine.Invalid, What: key + " is no number"}
			}
			now.All[0].Value, now.All[0].From = value, now.File+":3"
			return now, nil
		}
	})
	k.say("settings", "settings samples", "settings samples many", "settings samples 16")
	k.hear("samples: 8, from default", "seed: 7, from flag", "samples: 8, from default", "number of samples", "not done: samples is no number",
		"samples: 16, from /home/ada/config.yaml:3", "kept in /home/ada/config.yaml")
}
