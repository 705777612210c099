package main

import (
	"context"
	"io"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/compute"
	fake "github.com/aimo3/aimo3/engine/ollama/ollamatest"
	"github.com/aimo3/aimo3/store"
	"github.com/aimo3/aimo3/theme"
	"github.com/aimo3/aimo3/tui"
	"github.com/aimo3/aimo3/tui/cli"
	"github.com/aimo3/aimo3/tui/live"
	"github.com/aimo3/aimo3/tui/screen"
)

// shownHere runs the app with a model server and a database: what is typed, what is drawn,
// and the end of it.
func shownHere(t *testing.T, host string, db *store.DB, plan engine.Plan) (typed io.WriteCloser, drawn *paper, over <-chan error) {
	t.Helper()
	quiet := slog.New(slog.DiscardHandler)
	servers := find([]string{host}, quiet)
	t.Cleanup(func() { _ = closeAll(servers) })
	o := screens(cli.Screen{Settings: cli.Settings{Plan: plan}, Store: kept{db}, Logger: quiet}, servers, &compute.Notebooks{}, new(atomic.Uint64))
	palette := theme.Palettes()[0]
	o.Env.Styles = theme.New(theme.Renderer(io.Discard, palette), palette)
	keys, hand := io.Pipe()
	p := &paper{}
	p.more = sync.NewCond(&p.mu)
	o.Input, o.Output, o.Getenv = keys, p, func(string) string { return "" }
	o.First = func(env screen.Env) screen.Screen { return sizing{live.Empty(env)} }
	done := make(chan error, 1)
	go func() { done <- tui.Run(t.Context(), o) }()
	p.await("ollama up")
	return hand, p, done
}

// TestSteeredInTheApp: a person tells a sample that runs something, adds one, and once there
// is a verdict adds more to it; the models hear it, the votes are carried over, and all of
// it is kept.
func TestSteeredInTheApp(t *testing.T) {
	model := fake.NewServer(t,
		[]fake.Step{fake.Think("hm"), fake.Stall()}, // until the hint
		[]fake.Step{fake.Think("I mind it"), fake.Say(`So \boxed{42}.`), fake.Done()},
	)
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "aimo3.db"), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	typed, drawn, over := shownHere(t, model.URL, db, engine.Plan{Samples: 1, Stop: engine.StopNone, Tools: engine.ToolsOff})
	write(t, typed, "\x0e")
	drawn.await("1 sample")
	write(t, typed, "What is 6 times 7?\r")
	drawn.await("hm")
	write(t, typed, "+\x7f1\r") // one more
	drawn.await("1 sample added")
	write(t, typed, "h")
	drawn.await("Hint to sample 1")
	write(t, typed, "mind the sign\r")
	drawn.await("2 votes, 0 against")
	write(t, typed, "+\x7f2\r")
	drawn.await("4 votes, 0 against")
	write(t, typed, "\x03")
	if err := <-over; err != nil {
		t.Error(err)
	}
	all, err := db.Attempts(context.Background(), engine.Filter{})
	if err != nil || len(all) != 2 || all[0].Verdict.Votes != 4 || all[1].Verdict.Votes != 2 {
		t.Fatalf("kept are %+v, %v", all, err)
	}
	events, err := db.Events(context.Background(), all[1].ID, 0, 1000)
	heard := slices.ContainsFunc(events, func(e engine.Event) bool {
		f, is := e.Fact.(engine.HintGiven)
		return is && f.Text == "mind the sign"
	})
	shown := slices.ContainsFunc(model.Asked(), func(ask fake.Request) bool {
		return strings.Contains(ask.Messages[len(ask.Messages)-1].Content, "mind the sign")
	})
	if err != nil || !heard || !shown {
		t.Errorf("the hint is kept: %v, and was shown to the model: %v; %v", heard, shown, err)
	}
}
