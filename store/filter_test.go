package store

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
)

// anyAttempts stores n attempts, of which each may be anything that a filter tells apart.
func anyAttempts(t testing.TB, d *DB, n int) {
	t.Helper()
	r := rand.New(rand.NewPCG(7, 1))
	one := func(of ...string) string { return of[r.IntN(len(of))] }
	for i := range n {
		id, at := engine.AttemptID(fmt.Sprintf("a%04d", i)), start.Add(time.Duration(i)*time.Hour)
		samples := 1 + r.IntN(5)
		events := []engine.Event{{Attempt: id, Seq: 1, At: at, Fact: engine.AttemptStarted{
			Problem: engine.Problem{Source: one("typed", "IMO 2020.txt", ""), Statement: one("a circle", "a square")}, Plan: engine.Plan{Model: one("Qwen3:8b", "gpt-oss:20b"), Samples: samples},
		}}}
		if r.IntN(8) > 0 {
			v := engine.Verdict{Of: r.IntN(samples + 1), Why: engine.Reason(one("all_ended", "cancelled", "budget"))}
			if v.Of > 0 && r.IntN(6) > 0 {
				v.Votes = 1 + r.IntN(v.Of)
				second := r.IntN(min(v.Votes, v.Of-v.Votes) + 1)
				v.Answer, v.Margin, v.Thinking = engine.Answer(one("1", "2a", "none")), float64(v.Votes-second)/float64(v.Of), r.IntN(v.Votes+1)
				if second == v.Votes {
					v.Tie = engine.TieEntropy
				}
				v.Chosen = one("", "", "verify")
			}
			if k := r.IntN(3); k > 0 {
				right := k == 1
				v.Correct = &right
			}
			took := engine.SlowFrom + time.Duration(r.IntN(5)-2)*time.Millisecond
			events = append(events, engine.Event{Attempt: id, Seq: 2, At: at.Add(took), Fact: engine.AttemptFinished{Verdict: v}})
		}
		if err := d.commit(events); err != nil {
			t.Fatal(err)
		}
		m := engine.Marks{Starred: r.IntN(4) == 0}
		if right := r.IntN(2) == 0; r.IntN(4) == 0 {
			m.Right = &right
		}
		if r.IntN(4) == 0 {
			m.Tags = []string{"hard"}
		}
		if _, err := d.Mark(t.Context(), id, m.Alone()); err != nil {
			t.Fatal(err)
		}
	}
}

// TestTermsInTheStore: what the store finds, in pages of any size, is what engine.Filter
// says holds.
func TestTermsInTheStore(t *testing.T) {
	d := opened(t)
	anyAttempts(t, d, 400)
	all := listedWith(t, d, engine.Filter{Limit: 1000})
	if len(all) != 400 {
		t.Fatalf("%d attempts", len(all))
	}
	queries := []string{
		"model:qwen", "model:QWEN3", "model:zzz", "source:imo", "source:2020", "verdict:2A", "verdict:none", "after:2026-03-05", "before:2026-03-05 after:2026-03-03",
		"circle is:wrong", "is:split is:wrong model:gpt verdict:1", "model:é", "square verdict:none is:failed", "tag:hard", "tag:har", "circle tag:hard is:starred",
	}
	for _, trait := range engine.Traits() {
		queries = append(queries, "is:"+trait)
	}
	for _, q := range queries {
		f, err := engine.ParseFilter(q, start)
		if err != nil {
			t.Fatal(err)
		}
		want := ""
		for i := range all {
			if f.Holds(&all[i], d.Alive) && (f.Words == "" || all[i].Problem.Statement == "a "+f.Words) {
				want += string(all[i].ID) + " "
			}
		}
		for _, f.Limit = range []int{1000, 7} {
			got := ""
			for f.Before = ""; ; {
				page := listedWith(t, d, f)
				for _, a := range page {
					got += string(a.ID) + " "
				}
				if len(page) < f.Limit {
					break
				}
				f.Before = page[len(page)-1].ID
			}
			equal(t, fmt.Sprintf("%s, %d at once", q, f.Limit), got, want)
		}
	}
}

func listedWith(t testing.TB, d *DB, f engine.Filter) []engine.Summary {
	t.Helper()
	all, err := d.Attempts(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestTermsLookAtDamage: a verdict that is no JSON is not asked for its parts.
func TestTermsLookAtDamage(t *testing.T) {
	d := opened(t)
	attempt(t, d, "a1", "first", "m", "1")
	attempt(t, d, "a2", "second", "m", "1")
	if _, err := d.writer.Exec(`PRAGMA ignore_check_constraints = 1; UPDATE attempts SET verdict = '{"of":' WHERE id = 'a1'`); err != nil {
		t.Fatal(err)
	}
	for _, trait := range engine.Traits() {
		listedWith(t, d, engine.Filter{Terms: []engine.Term{{Key: engine.KeyIs, Value: trait}}})
	}
	equal(t, "doubtful", ids(listedWith(t, d, engine.Filter{Terms: []engine.Term{{Key: engine.KeyIs, Value: "doubtful"}}})), "a2")
}
