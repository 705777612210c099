package main

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
)

const shared = "../shared"

// TestReplay solves recorded problems against a server that replays what a
// strong model wrote, with code that really runs, and prints one row a problem.
// It takes long: AIMO3_REPLAY says how many problems, AIMO3_REPLAY_STOP by what
// rule they stop, AIMO3_REPLAY_FENCES that code comes in fenced blocks,
// AIMO3_REPLAY_PARALLEL how many samples run at once (8), AIMO3_REPLAY_CELL the
// longest time for a cell, AIMO3_REPLAY_OUT where the outputs that differ are
// written.
func TestReplay(t *testing.T) {
	many, err := strconv.Atoi(os.Getenv("AIMO3_REPLAY"))
	if err != nil {
		t.Skip("AIMO3_REPLAY is not set: make replay")
	}
	stop, err := engine.ParseStop(os.Getenv("AIMO3_REPLAY_STOP"))
	if err != nil {
		t.Fatal(err)
	}
	fences := os.Getenv("AIMO3_REPLAY_FENCES") != ""
	r := startReplay(t, fences)
	fmt.Printf("%-24s %8s %8s %6s %9s %9s %7s %8s\n", "problem", "key", "verdict", "votes", "tokens", "saved", "late", "time")
	right := 0
	for _, p := range recordedProblems(t, many) {
		v, row := r.solve(t, p, engine.Plan{Stop: stop, Fences: fences})
		fmt.Println(row)
		if v.Correct != nil && *v.Correct {
			right++
		}
	}
	s := r.stats(t)
	same, other := s["tool_results_equal"]+s["tool_results_equal_but_spacing"], s["tool_results_different"]
	share := float64(same) / float64(max(same+other, 1))
	fmt.Printf("\n%d of %d right; outputs sent back: %d equal, %d equal but spacing, %d different, %d recorded as out of time: %.4f equal\n",
		right, many, s["tool_results_equal"], s["tool_results_equal_but_spacing"], other, s["tool_results_recorded_timeout"], share)
	if path := os.Getenv("AIMO3_REPLAY_OUT"); path != "" {
		if err := os.WriteFile(path, r.mismatches(t), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if share < 0.95 {
		t.Errorf("%.4f of the outputs are those recorded, want 0.95", share)
	}
}

// maxLateTokens is how many tokens eight streams may have on their way when they are
// closed; a sample has thousands.
const maxLateTokens = 800

// solve makes an attempt with eight samples and tells of it in a row. After the
// verdict the streams of the losers are closed: the server is asked what it has
// sent until that stands still.
func (r *replay) solve(t *testing.T, p engine.Problem, plan engine.Plan) (engine.Verdict, string) {
	t.Helper()
	plan.Model, plan.Samples, plan.Options.NumCtx, plan.Budget.Wall = "gpt-oss:120b", 8, 131_072, -1
	plan.Parallel, _ = strconv.Atoi(os.Getenv("AIMO3_REPLAY_PARALLEL"))
	plan.Caps.CellTimeout, _ = time.ParseDuration(cmp.Or(os.Getenv("AIMO3_REPLAY_CELL"), "12s")) // a small machine is slower than the recorder's
	plan.Caps.TotalTimeout = time.Hour
	var progress engine.Progress
	begun := time.Now()
	v, err := r.desk.Attempt(t.Context(), engine.NewAttemptID(begun), p, plan, func(e engine.Event) error { progress.Apply(e); return nil })
	ended := time.Now()
	sent, late := r.stats(t)["tokens"], 0
	for still := 0; still < 300; still++ {
		if n := r.stats(t)["tokens"] - sent; n != late {
			late, still = n, 0
		}
	}
	if err != nil {
		t.Errorf("%s: %v", p.ID, err)
	}
	tokens, saved := 0, progress.Saved()
	for i := range progress.Samples {
		n, _ := progress.Samples[i].Tokens()
		tokens += n
	}
	if late > maxLateTokens {
		t.Errorf("%s: the server sent %d tokens after the verdict", p.ID, late)
	}
	return v, fmt.Sprintf("%-24s %8s %8s %3d/%-2d %9d %9d %7d %8s  %s", p.ID, p.Key, v.Answer, v.Votes, v.Of, tokens, saved,
		late, ended.Sub(begun).Round(100*time.Millisecond), v.Why)
}

// recordedProblems are the first problems of which there are recordings.
func recordedProblems(t *testing.T, many int) []engine.Problem {
	t.Helper()
	f, err := os.Open(filepath.Join(shared, "data/traces/problems.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil || len(rows) <= many {
		t.Fatalf("%d problems, %v; want %d", len(rows)-1, err, many)
	}
	var all []engine.Problem
	for _, row := range rows[1 : many+1] {
		all = append(all, engine.Problem{ID: row[0], Source: "recorded", Statement: strings.TrimSpace(row[1]), Key: row[2]})
	}
	return all
}
