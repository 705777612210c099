package engine

import "testing"

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
