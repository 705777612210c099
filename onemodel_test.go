package main

import (
	"testing"

	"github.com/aimo3/aimo3/engine"
	fake "github.com/aimo3/aimo3/engine/ollama/ollamatest"
)

// TestOneVoteIsOfOneModel: a model is replaced by another one of its name while an attempt
// runs, and no reply fails. What the other one says has no vote, at one host or at two.
func TestOneVoteIsOfOneModel(t *testing.T) {
	for name, alternates := range map[string]bool{"once": false, "again and again": true} {
		t.Run(name, func(t *testing.T) {
			srv := fake.NewServer(t, []fake.Step{fake.Say(`So \boxed{4}.`), fake.Done()})
			models := []fake.Model{{Name: "fake", Digest: "1"}, {Name: "fake", Digest: "2"}}
			swap := func(ask fake.Request) (int, string) { // when the third reply begins
				if n := len(srv.Asked()); n == 3 || n > 3 && alternates {
					srv.Replace(models[n%2])
				}
				return 0, ""
			}
			models[0].Refuse, models[1].Refuse = swap, swap
			srv.Replace(models[0])
			p, err := attempted(t, engine.Plan{Model: "fake", Samples: 8, Parallel: 1}, srv)
			if err != nil || p.Verdict == nil {
				t.Fatalf("%v, %+v", err, p)
			}
			votes := 2
			for i, n := 3, len(srv.Asked()); i <= n && alternates; i++ {
				votes += 1 - i%2
			}
			if p.Verdict.Votes != votes || p.Plan.Digest("fake") != "1" {
				t.Errorf("%d votes after %d requests, want %d: %+v", p.Verdict.Votes, len(srv.Asked()), votes, p.Verdict)
			}
			for i, s := range p.Samples {
				if s.State != engine.Finished && s.State != engine.Failed {
					t.Errorf("sample %d is %s", i+1, s.State)
				}
			}
		})
	}
	a := fake.NewServer(t, []fake.Step{fake.Say(`So \boxed{4}.`), fake.Done()})
	b := fake.NewServer(t, []fake.Step{fake.Say(`So \boxed{13}.`), fake.Done()})
	a.Replace(fake.Model{Name: "fake", Digest: "1"})
	b.Replace(fake.Model{Name: "fake", Digest: "1", Refuse: func(fake.Request) (int, string) {
		b.Replace(fake.Model{Name: "fake", Digest: "2"})
		return 0, ""
	}})
	p, err := attempted(t, engine.Plan{Model: "fake", Samples: 8}, a, b)
	if err != nil || p.Verdict.Votes != 8 || p.Verdict.Answer != "4" || len(b.Asked()) == 0 {
		t.Errorf("of two hosts one has another model: %v, %+v, and was asked %d times", err, p.Verdict, len(b.Asked()))
	}
}
