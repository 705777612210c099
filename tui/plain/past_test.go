package plain_test

import (
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
