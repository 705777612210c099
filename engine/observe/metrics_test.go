package observe

import (
	"context"
	"errors"
	"io"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil/promlint"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/measure"
)

// told tells a listener facts, a second apart.
func told(t testing.TB, put engine.Sink, at time.Time, facts ...engine.Fact) {
	t.Helper()
	for i, f := range facts {
		if err := put(engine.Event{Attempt: "a", Seq: uint64(i + 1), At: at.Add(time.Duration(i) * time.Second), Fact: f}); err != nil {
			t.Fatal(err)
		}
	}
}

// whole is an attempt in which everything happens that is measured.
func whole() []engine.Fact {
	return []engine.Fact{
		engine.AttemptStarted{Plan: engine.Plan{Samples: 3}},
		engine.SampleStarted{Sample: 0},
		engine.PhaseChanged{Sample: 0, Phase: engine.Reading},
		engine.PhaseChanged{Sample: 0, Phase: engine.Reasoning},
		engine.Delta{Sample: 0, Channel: engine.Thinking, Text: "so", Frames: 1},
		engine.SampleRetried{Sample: 0, Class: engine.Crashed, Try: 2},
		engine.BreakerChanged{Host: "h", State: engine.BreakerOpen},
		engine.BreakerChanged{Host: "h", State: engine.BreakerOpen},
		engine.PhaseChanged{Sample: 0, Phase: engine.Answering},
		engine.Delta{Sample: 0, Channel: engine.Reply, Text: "so", Frames: 1},
		engine.CodeStarted{Sample: 0, Number: 1},
		engine.CodeFinished{Sample: 0, Number: 1, Cell: engine.Cell{Took: time.Second, TimedOut: true}},
		engine.CodeFinished{Sample: 0, Number: 1, Cell: engine.Cell{Took: time.Second, Kept: true}},
		engine.SampleFinished{Sample: 0, Ending: engine.Ending{Tokens: 20, Generate: 2 * time.Second}},
		engine.SampleStarted{Sample: 1},
		engine.SampleFailed{Sample: 1, Class: "of a newer program"},
		engine.SampleStarted{Sample: 2},
		engine.SampleStopped{Sample: 2},
		engine.AttemptFinished{Verdict: engine.Verdict{Why: engine.AllEnded}},
	}
}

// page is what Prometheus is shown.
func page(t testing.TB, m *Metrics) string {
	t.Helper()
	w := httptest.NewRecorder()
	m.Handler().ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), "GET", "/metrics", nil))
	body, err := io.ReadAll(w.Result().Body)
	if err != nil || w.Code != 200 {
		t.Fatal(w.Code, err, string(body))
	}
	return string(body)
}

func TestAnAttemptIsMeasured(t *testing.T) {
	start := time.Now()
	m := New(Options{Now: func() time.Time { return start }})
	told(t, m.Attempt(), start, whole()...)
	m.Committed(30 * time.Millisecond)
	m.Looked("")
	m.Looked("Redis at secret:6379")
	got := page(t, m)
	for _, want := range []string{
		`aimo3_attempts_total{outcome="no_answer"} 1`,
		"aimo3_attempt_seconds_sum 18",
		`aimo3_samples_total{outcome="failed"} 1`,
		`aimo3_samples_total{outcome="finished"} 1`,
		`aimo3_samples_total{outcome="stopped"} 1`,
		`aimo3_faults_total{class="unknown"} 1`,
		`aimo3_phase_seconds_sum{phase="thinking"} 2`,
		`aimo3_phase_seconds_count{phase="queued"} 4`,
		`aimo3_running_samples{phase="queued"} 0`,
		"aimo3_first_token_seconds_sum 7",
		"aimo3_first_token_seconds_count 2",
		"aimo3_tokens_total 20",
		"aimo3_tokens_per_second_sum 10",
		`aimo3_retries_total{class="crashed"} 1`,
		`aimo3_breakers{state="open"} 1`,
		`aimo3_breaker_changes_total{state="open"} 1`,
		`aimo3_cache_lookups_total{tier="none"} 1`,
		`aimo3_cache_lookups_total{tier="redis"} 1`,
		`aimo3_store_commit_seconds_bucket{le="0.`,
		`aimo3_cells_total{outcome="timeout"} 1`,
		"aimo3_sandbox_kills_total 1",
		"aimo3_lost_events_total 0",
		"aimo3_memory_bytes ",
		"aimo3_goroutines ",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}

// The linter is the one of `promtool check metrics`, which also reads the page.
func TestPrometheusTakesThePage(t *testing.T) {
	m := New(Options{})
	told(t, m.Attempt(), time.Now(), whole()...)
	m.Committed(time.Second)
	m.Looked("memory")
	problems, err := promlint.New(strings.NewReader(page(t, m))).Lint()
	if err != nil || len(problems) > 0 {
		t.Error(err, problems)
	}
}

// OpenMetrics names a counter without its _total, and no other family may have that name.
func TestNamesDoNotClash(t *testing.T) {
	seen := map[string]string{}
	for _, f := range families {
		name := strings.TrimSuffix(f.name, "_total")
		if was := seen[name]; was != "" {
			t.Errorf("%s and %s have one name", was, f.name)
		}
		seen[name] = f.name
	}
}

// Labels come from bounded sets, whatever is told.
func TestLabelsAreBounded(t *testing.T) {
	m := New(Options{Now: func() time.Time { return time.Time{} }})
	odd := "odd \" \n" + strings.Repeat("x", 100)
	told(t, m.Attempt(), time.Now(),
		engine.AttemptStarted{Problem: engine.Problem{ID: odd, Statement: odd}, Plan: engine.Plan{Model: odd, Samples: 1}},
		engine.SampleStarted{Sample: 0}, engine.PhaseChanged{Sample: 0, Phase: engine.Phase(odd)},
		engine.SampleRetried{Class: engine.Class(odd)}, engine.SampleFailed{Class: engine.Class(odd)},
		engine.BreakerChanged{Host: odd, Model: odd, State: engine.BreakerState(odd)},
		engine.AttemptFinished{Verdict: engine.Verdict{Why: engine.Reason(odd)}})
	if got := page(t, m); strings.Contains(got, "odd") {
		t.Error(got)
	}
}

// What is missing is known by the numbers, but that joined deltas leave gaps.
func TestLostEventsAreCounted(t *testing.T) {
	put := func(m *Metrics, sink engine.Sink, seq uint64, f engine.Fact) string {
		if err := sink(engine.Event{Seq: seq, At: time.Now(), Fact: f}); err != nil {
			t.Fatal(err)
		}
		_, after, _ := strings.Cut(page(t, m), "\naimo3_lost_events_total ")
		n, _, _ := strings.Cut(after, "\n")
		return n
	}
	m := New(Options{})
	sink := m.Attempt()
	put(m, sink, 1, engine.AttemptStarted{})
	put(m, sink, 2, engine.Delta{})
	if n := put(m, sink, 9, engine.SampleStarted{}); n != "0" {
		t.Errorf("lost %s where deltas were joined", n)
	}
	if n := put(m, sink, 12, engine.SampleStarted{}); n != "2" {
		t.Errorf("lost %s, want 2", n)
	}
}

// What an earlier program told of an attempt that goes on is not counted again.
func TestWhatWasKeptBeforeIsNotCounted(t *testing.T) {
	now := time.Now()
	m := New(Options{Now: func() time.Time { return now }})
	told(t, m.Attempt(), now.Add(-5*time.Second), // five seconds before, five after
		engine.AttemptStarted{}, engine.SampleStarted{Sample: 0}, engine.SampleFinished{Sample: 0}, engine.SampleStarted{Sample: 1}, engine.PhaseChanged{Sample: 1, Phase: engine.Reading},
		engine.SampleStarted{Sample: 1}, engine.SampleFinished{Sample: 1}, engine.AttemptFinished{Verdict: engine.Verdict{Why: engine.AllEnded, Answer: "1"}})
	for _, want := range []string{`samples_total{outcome="finished"} 1`, `attempts_total{outcome="all_ended"} 1`, `phase_seconds_count{phase="queued"} 1`} {
		if got := page(t, m); !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}

// Each minute is written once, and what was refused goes with the next.
func TestAMinuteIsWrittenOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := New(Options{})
		var writes [][]measure.Row
		var refuse atomic.Bool
		stop := m.Keep(t.Context(), func(_ context.Context, rows []measure.Row) error {
			if refuse.Load() {
				return errors.New("full")
			}
			writes = append(writes, rows)
			return nil
		})
		m.Committed(time.Second)
		refuse.Store(true)
		time.Sleep(90 * time.Second)
		synctest.Wait()
		refuse.Store(false)
		m.Committed(2 * time.Second)
		time.Sleep(time.Minute)
		synctest.Wait()
		stop()
		if len(writes) != 1 {
			t.Fatalf("%d writes, want one", len(writes))
		}
		var n uint64
		for _, r := range writes[0] {
			if r.Series == "aimo3_store_commit_seconds" {
				n = r.Count
			}
			if r.Span != time.Minute || !r.At.Equal(r.At.Truncate(time.Minute)) {
				t.Errorf("row %+v", r)
			}
		}
		if n != 2 {
			t.Errorf("%d commits kept, want 2", n)
		}
	})
}

// A command that measured nothing writes nothing at its end, and one that did, all.
func TestTheRestIsWrittenAtTheEnd(t *testing.T) {
	m := New(Options{})
	var rows []measure.Row
	put := func(_ context.Context, r []measure.Row) error { rows = append(rows, r...); return nil }
	m.Keep(t.Context(), put)()
	if len(rows) > 0 {
		t.Errorf("rows %v of nothing", rows)
	}
	stop := m.Keep(t.Context(), put)
	m.Committed(time.Second)
	stop()
	if len(rows) < 3 {
		t.Errorf("rows %v", rows)
	}
}

// What a listener costs for each event of an attempt, most of which are deltas, and for
// one that is none.
func BenchmarkEvent(b *testing.B) {
	facts := whole()
	for name, f := range map[string]engine.Fact{"delta": engine.Delta{Sample: 0, Text: "so", Frames: 1}, "finished": facts[13]} {
		b.Run(name, func(b *testing.B) {
			put, e := New(Options{}).Attempt(), engine.Event{Seq: 1, At: time.Now().Add(time.Hour), Fact: f}
			for b.Loop() {
				_ = put(e)
			}
		})
	}
	b.Run("attempt", func(b *testing.B) {
		m := New(Options{})
		for b.Loop() {
			told(b, m.Attempt(), time.Now(), facts...)
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(facts)), "ns/event")
	})
}

// What was carried over from another attempt was counted there.
func TestCarriedVotesAreNotCounted(t *testing.T) {
	now := time.Now()
	m := New(Options{Now: func() time.Time { return now }})
	told(t, m.Attempt(), now, engine.AttemptStarted{Parent: "a0"}, engine.SampleFinished{Sample: 0, From: "a0"}, engine.SampleStarted{Sample: 1}, engine.SampleFinished{Sample: 1})
	if got := page(t, m); !strings.Contains(got, `samples_total{outcome="finished"} 1`) || !strings.Contains(got, `phase_seconds_count{phase="queued"} 1`) {
		t.Errorf("samples are counted twice in\n%s", got)
	}
}
