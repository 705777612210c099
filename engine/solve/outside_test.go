package solve_test

import (
	"testing"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/solve"
)

// TestToldFromOutside: what a recorder has to say is told within the attempt, numbered
// as all else, and the first and the last fact stay what they are.
func TestToldFromOutside(t *testing.T) {
	s := &solve.Solver{Backend: boxes("1", "1")}
	gap := engine.NotKept{From: 2, Why: "its disk is full"}
	var events []engine.Event
	_, err := s.Attempt(t.Context(), "a1", problem, engine.Plan{Samples: 2, Parallel: 1, Stop: engine.StopNone}, func(e engine.Event) error {
		events = append(events, e)
		if n := len(events); n == 1 || e.Kind() == "attempt_finished" {
			s.Tell("a1", gap)
		}
		s.Tell("another", gap)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	told := 0
	for i, e := range events {
		if e.Seq != uint64(i+1) {
			t.Fatalf("the %d-th event is numbered %d", i+1, e.Seq)
		}
		if e.Fact == gap {
			told++
		}
	}
	if told != 1 || events[1].Fact != gap || events[len(events)-1].Kind() != "attempt_finished" {
		t.Errorf("told %d times: %v", told, events)
	}
}
