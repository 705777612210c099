package desk_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/desk"
	"github.com/aimo3/aimo3/engine/enginetest"
)

// keptShelf keeps one attempt, of which the first so many events are left.
type keptShelf struct {
	events []engine.Event
	next   engine.Sink
}

func (s *keptShelf) Put(e engine.Event) error {
	s.events = append(s.events, e)
	if s.next == nil {
		return nil
	}
	return s.next(e)
}

func (s *keptShelf) Close() error { return nil }

func (s *keptShelf) resume(_ context.Context, _ engine.AttemptID, next engine.Sink) (desk.Recorder, *engine.Progress, error) {
	s.next = next
	for _, e := range s.events {
		if err := next(e); err != nil {
			return nil, nil, err
		}
	}
	return s, enginetest.Fold(s.events), nil
}

// cutShort is an attempt of which one sample of three has ended and voted.
func cutShort(t *testing.T, model string) *keptShelf {
	t.Helper()
	s := &keptShelf{}
	plan := engine.Plan{Model: model, Samples: 3, Parallel: 1, Stop: engine.StopNone}
	_, err := desk.New(desk.Options{Servers: []desk.Server{&server{}}, Record: func(engine.Sink) desk.Recorder { return s }}).Attempt(t.Context(), "a1", problem, plan, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i, e := range s.events {
		if e.Kind() == "tally_changed" {
			s.events = s.events[:i+1]
			break
		}
	}
	for i, e := range s.events {
		if f, ok := e.Fact.(engine.AttemptStarted); ok {
			f.Plan.Model = model
			s.events[i].Fact = f
		}
	}
	return s
}

// TestResumeTakesWhatIsMissing and no more, and tells the whole story.
func TestResumeTakesWhatIsMissing(t *testing.T) {
	kept, asked := cutShort(t, "qwen3:8b"), &server{}
	var told []engine.Event
	v, err := desk.New(desk.Options{Servers: []desk.Server{asked}, Resume: kept.resume}).Resume(t.Context(), "a1", func(e engine.Event) error { told = append(told, e); return nil })
	if err != nil || v.Answer != "4" || v.Votes != 3 || len(asked.asked) != 2 {
		t.Errorf("%+v, %v; %d samples were asked for, want 2", v, err, len(asked.asked))
	}
	for i, e := range told {
		if e.Seq != uint64(i+1) {
			t.Fatalf("event %d is numbered %d", i+1, e.Seq)
		}
	}
}

// TestResumeWithToolsOfBefore: what is no longer supported is auto, as in a new attempt.
func TestResumeWithToolsOfBefore(t *testing.T) {
	kept := cutShort(t, "qwen3:8b")
	for i, e := range kept.events {
		if f, ok := e.Fact.(engine.AttemptStarted); ok {
			f.Plan.Tools = "starlark"
			kept.events[i].Fact = f
		}
	}
	notebook := func(_ context.Context, tools engine.Tools) (engine.Notebook, error) {
		if tools != engine.ToolsAuto {
			return engine.Notebook{}, &engine.Fault{Class: engine.Invalid, What: "this program has no " + string(tools)}
		}
		return engine.Notebook{}, errors.New("not needed")
	}
	v, err := desk.New(desk.Options{Servers: []desk.Server{&server{}}, Resume: kept.resume, Notebook: notebook}).Resume(t.Context(), "a1", func(engine.Event) error { return nil })
	if err != nil || v.Votes != 3 {
		t.Errorf("%+v, %v", v, err)
	}
}

// TestResumeWithoutItsModel changes nothing.
func TestResumeWithoutItsModel(t *testing.T) {
	kept := cutShort(t, "qwen3:8b")
	for i, e := range kept.events {
		if f, ok := e.Fact.(engine.AttemptStarted); ok {
			f.Plan.Model = "gone:1b"
			kept.events[i].Fact = f
		}
	}
	n := len(kept.events)
	_, err := desk.New(desk.Options{Servers: []desk.Server{&server{}}, Resume: kept.resume}).Resume(t.Context(), "a1", func(engine.Event) error { return nil })
	if engine.ClassOf(err) != engine.NoModel || len(kept.events) != n {
		t.Errorf("%v; %d events were added", err, len(kept.events)-n)
	}
}

// TestResumeWithAnotherModelOfTheName changes nothing. An attempt of an earlier version
// does not say what its model was, and goes on with what is there, and with nothing else.
func TestResumeWithAnotherModelOfTheName(t *testing.T) {
	for was, goesOn := range map[string]bool{"d8": true, "other": false, "": true} {
		kept, here := cutShort(t, "qwen3:8b"), newKnown()
		for i, e := range kept.events {
			if f, ok := e.Fact.(engine.AttemptStarted); ok && was != "" {
				f.Plan.Digests = map[string]string{engine.FullName("qwen3:8b"): was}
				kept.events[i].Fact = f
			}
		}
		n := len(kept.events)
		_, err := desk.New(desk.Options{Servers: []desk.Server{here}, Resume: kept.resume}).Resume(t.Context(), "a1", func(engine.Event) error { return nil })
		if goesOn && (err != nil || len(here.asked) != 2 || here.asked[0].Digest != "d8") {
			t.Errorf("begun with %q: %v; asked %+v", was, err, here.asked)
		}
		if !goesOn && (engine.ClassOf(err) != engine.NoModel || len(kept.events) != n || len(here.asked) > 0) {
			t.Errorf("begun with %q: %v; %d events were added", was, err, len(kept.events)-n)
		}
	}
}

// TestCloseEndsWithTheVotesThereAre, without a server.
func TestCloseEndsWithTheVotesThereAre(t *testing.T) {
	kept := cutShort(t, "qwen3:8b")
	v, err := desk.New(desk.Options{Resume: kept.resume, Now: time.Now}).Close(t.Context(), "a1", func(engine.Event) error { return nil })
	p := enginetest.Fold(kept.events)
	if err != nil || v.Answer != "4" || v.Votes != 1 || v.Why != engine.Cancelled || p.Verdict == nil || p.Samples[1].State != engine.Stopped || p.Samples[2].State != engine.Stopped {
		t.Errorf("%+v, %v; the samples are %s and %s", v, err, p.Samples[1].State, p.Samples[2].State)
	}
}
