package engine

import "testing"

// TestTokensOfAllSamples: those of samples that were stopped, failed or still run are counted
// with the others, also where nobody heard what they said.
func TestTokensOfAllSamples(t *testing.T) {
	var p Progress
	for i, f := range []Fact{
		AttemptStarted{Plan: Plan{Samples: 5}},
		Delta{Sample: 0, Text: "x", Frames: 39},
		SampleFinished{Sample: 0, Ending: Ending{Tokens: 40}},
		Delta{Sample: 1, Text: "x", Frames: 7},
		SampleStopped{Sample: 1, Tokens: 7},
		SampleFailed{Sample: 2, Tokens: 300},
		Delta{Sample: 3, Text: "x", Frames: 2000},
	} {
		p.Apply(Event{Attempt: "a1", Seq: uint64(i + 1), Fact: f})
	}
	if got := p.Tokens(); got != 2347 {
		t.Errorf("%d tokens, want 2347", got)
	}
}

func TestSaved(t *testing.T) {
	ended := func(tokens int) SampleProgress {
		return SampleProgress{State: Finished, Ending: Ending{Tokens: tokens}}
	}
	stopped := func(frames int, why string) SampleProgress {
		return SampleProgress{State: Stopped, Frames: frames, Cause: why}
	}
	decided := ErrDecided.Error()
	for _, row := range []struct {
		name    string
		samples []SampleProgress
		want    int
	}{
		{"none stopped", []SampleProgress{ended(1000)}, 0},
		{"one not begun", []SampleProgress{ended(1000), ended(2000), stopped(0, decided)}, 1500},
		{"one half way, in two digits", []SampleProgress{ended(10_000), stopped(4444, decided)}, 5600},
		{"longer than the others", []SampleProgress{ended(1000), stopped(4444, decided)}, 0},
		{"by hand", []SampleProgress{ended(1000), stopped(0, ErrStopped.Error())}, 0},
		{"none ended", []SampleProgress{stopped(10, decided)}, 0},
		{"a failure counts for nothing", []SampleProgress{ended(1000), {State: Failed, Frames: 9}, stopped(0, decided)}, 1000},
	} {
		p := Progress{Samples: row.samples}
		if got := p.Saved(); got != 0 {
			t.Errorf("%s: %d before the verdict", row.name, got)
		}
		p.Verdict = &Verdict{}
		if got := p.Saved(); got != row.want {
			t.Errorf("%s: got %d, want %d", row.name, got, row.want)
		}
	}
}
