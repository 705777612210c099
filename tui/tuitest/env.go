// Package tuitest drives screens in tests: fixed clock and colours, keys by
// name, and frames to look at.
package tuitest

import (
	"fmt"
	"io"
	"testing"
	"time"

	"github.com/muesli/termenv"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/theme"
	"github.com/aimo3/aimo3/tui/screen"
)

// Now is what the clock of every test shows.
func Now() time.Time { return time.Date(2026, time.March, 14, 15, 9, 26, 0, time.UTC) }

// Env is an Env with the colours of p, a fixed clock and no store. Its Solve
// fails the test: one that solves sets its own.
func Env(t testing.TB, p theme.Palette) screen.Env {
	t.Helper()
	r := theme.Renderer(io.Discard, p)
	if !p.Plain {
		r.SetColorProfile(termenv.TrueColor)
	}
	return screen.Env{
		Styles: theme.New(r, p), Keys: screen.NewKeys(), Now: Now,
		Solve: func(id engine.AttemptID, _ engine.Problem, _ engine.Plan) error {
			t.Errorf("attempt %s: this test solves nothing", id)
			return nil
		},
		Stop:      func(engine.AttemptID, int) error { return nil },
		Recommend: func() (string, int64) { return "qwen3:8b", 5_200_000_000 },
		Copy:      func(string) (string, error) { return "was copied", nil },
	}
}

// Palette is the theme that goldens are drawn in.
func Palette(t testing.TB) theme.Palette {
	t.Helper()
	all := theme.Palettes()
	if len(all) == 0 {
		t.Fatal("no palettes")
	}
	return all[0]
}

// Up is a server that answers, with the named models installed.
func Up(models ...string) engine.Server {
	s := engine.Server{Name: "ollama", Host: "http://127.0.0.1:11434", Local: true, Version: "0.17.4"}
	for i, name := range models {
		s.Models = append(s.Models, engine.Model{Name: name, Size: int64(5-i) * 1e9, Family: "qwen3", Parameters: "8.2B", Quantization: "Q4_K_M"})
	}
	return s
}

// Down is a server that does not answer.
func Down() engine.Server {
	return engine.Server{Name: "ollama", Host: "http://127.0.0.1:11434", Help: []engine.Step{
		{Do: "ollama serve", Why: "starts it"}, {Do: "https://ollama.com/download", Why: "installs it"}, {Do: "OLLAMA_HOST=http://… aimo3", Why: "uses a remote one"},
	}, Fault: &engine.Fault{
		Class: engine.Unreachable, What: "nothing answers at http://127.0.0.1:11434", Todo: "start it with `ollama serve`",
	}}
}

// Attempts are n stored attempts, newest first, one a minute. Every fifth was
// interrupted and every seventh has no answer.
func Attempts(n int) []engine.Summary {
	all := make([]engine.Summary, n)
	for i := range all {
		at := Now().Add(-time.Duration(i+1) * time.Minute)
		a := engine.Summary{
			ID: engine.AttemptID(fmt.Sprintf("%016d", n-i)), Begun: at, Took: 95 * time.Second, Model: "qwen3:8b", Samples: 8, Tokens: 12_345,
			Problem: engine.Problem{Source: "typed", Statement: fmt.Sprintf("What is %d times $7$?\nGive the product.", n-i)},
		}
		switch {
		case i%5 == 4:
		case i%7 == 6:
			a.Verdict = &engine.Verdict{Of: 8, Why: engine.AllEnded}
		default:
			a.Verdict = &engine.Verdict{Answer: engine.Answer(fmt.Sprint(7 * (n - i))), Votes: 4, Of: 5, Margin: 0.6, Why: engine.FourAgree}
		}
		all[i] = a
	}
	return all
}

// Events tell of an attempt of three samples, two of which agree.
func Events(id engine.AttemptID, p engine.Problem) []engine.Event {
	plan := engine.Plan{Model: "qwen3:8b", Samples: 3}.WithDefaults()
	facts := []engine.Fact{engine.AttemptStarted{Problem: p, Plan: plan}}
	tally := engine.Tally{}
	for i, answer := range []engine.Answer{"42", "41", "42"} {
		tally = tally.Add(i, answer)
		facts = append(facts,
			engine.SampleStarted{Sample: i, Seed: int64(i)},
			engine.PhaseChanged{Sample: i, Phase: engine.Reasoning},
			engine.Delta{Sample: i, Channel: engine.Thinking, Text: "six sevens are forty-two", Frames: 5},
			engine.PhaseChanged{Sample: i, Phase: engine.Answering},
			engine.Delta{Sample: i, Channel: engine.Reply, Text: "答えは \\boxed{" + string(answer) + "}", Frames: 4},
			engine.SampleFinished{Sample: i, Answer: answer, Ending: engine.Ending{Tokens: 9, PromptTokens: 20, Generate: time.Second}},
			engine.TallyChanged{Tally: tally, Left: 2 - i},
		)
	}
	facts = append(facts, engine.AttemptFinished{Verdict: engine.Verdict{Answer: "42", Votes: 2, Of: 3, Margin: 1.0 / 3, Why: engine.AllEnded}})
	events := make([]engine.Event, len(facts))
	for i, f := range facts {
		events[i] = engine.Event{Attempt: id, Seq: uint64(i + 1), At: Now().Add(time.Duration(i) * time.Second), Fact: f}
	}
	return events
}
