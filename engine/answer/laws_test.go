package answer_test

import (
	"math/rand/v2"
	"testing"

	"github.com/aimo3/aimo3/engine/answer"
	"github.com/aimo3/aimo3/engine/answer/costtest"
	"github.com/aimo3/aimo3/engine/answer/value"
)

// ours are answers of every kind that need no data beside the repository.
func ours() []string {
	var all []string
	for _, rows := range pairs() {
		for _, row := range rows {
			all = append(all, row.a, row.b)
		}
	}
	return all
}

// recordedAnswers are the strings of the answer vectors; without them, ours.
func recordedAnswers(tb testing.TB) []string {
	tb.Helper()
	all := ours()
	for _, rows := range readPairs(tb) {
		for _, row := range rows {
			all = append(all, row.a, row.b)
		}
	}
	for _, name := range []string{"equivalence.jsonl", "generated.jsonl", "hard_and_hostile.jsonl", "golds.jsonl"} {
		for _, v := range readVectors(tb, name) {
			all = append(all, v.Gold, v.Pred, v.Answer)
		}
	}
	return all
}

// same says whether two answers, as they were written, are equal.
func same(a, b string) bool {
	x, err := answer.Parse(a)
	if err != nil {
		return false
	}
	y, err := answer.Parse(b)
	return err == nil && answer.Equal(x, y, 0).Verdict == value.Equal
}

// parsed are those of the texts that are answers.
func parsed(texts []string) []answer.Answer {
	var all []answer.Answer
	for _, text := range texts {
		if a, err := answer.Parse(text); err == nil {
			all = append(all, a)
		}
	}
	return all
}

// checkLaws fails if the two answers break a law that Equal and Key keep.
func checkLaws(t *testing.T, a, b answer.Answer) {
	t.Helper()
	there, back := answer.Equal(a, b, 0), answer.Equal(b, a, 0)
	if there.Verdict != back.Verdict {
		t.Errorf("%q and %q: %v there (%s), %v back (%s)", a.Raw, b.Raw, there.Verdict, there.Reason, back.Verdict, back.Reason)
	}
	if answer.Key(a) == answer.Key(b) && there.Verdict != value.Equal {
		t.Errorf("%q and %q: one key %q, but %v (%s)", a.Raw, b.Raw, answer.Key(a), there.Verdict, there.Reason)
	}
}

func TestLaws(t *testing.T) {
	all := parsed(ours())
	for i, a := range all {
		again, err := answer.Parse("$ " + a.Raw + " $")
		if err != nil || answer.Equal(a, again, 0).Verdict != value.Equal {
			t.Errorf("%q is not equal to itself: %v", a.Raw, answer.Equal(a, again, 0))
		}
		for _, b := range all[:i+1] {
			checkLaws(t, a, b)
		}
	}
}

func TestLawsOverVectors(t *testing.T) {
	all := parsed(recordedAnswers(t))
	chance := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		checkLaws(t, all[chance.IntN(len(all))], all[chance.IntN(len(all))])
	}
	keys := make(map[string]answer.Answer, len(all))
	for _, a := range all {
		if j := answer.Equal(a, a, 0); j.Verdict != value.Equal {
			t.Errorf("%q is not equal to itself: %v", a.Raw, j.Reason)
		}
		key := answer.Key(a)
		if b, ok := keys[key]; ok {
			checkLaws(t, a, b)
		}
		keys[key] = a
	}
}

func FuzzEqual(f *testing.F) {
	for _, rows := range pairs() {
		for _, row := range rows {
			f.Add(row.a, row.b)
		}
	}
	f.Fuzz(func(t *testing.T, s, r string) {
		a, errA := answer.Parse(s)
		b, errB := answer.Parse(r)
		if errA != nil || errB != nil {
			return
		}
		took := costtest.Memory(func() {
			checkLaws(t, a, b)
			checkLaws(t, a, a)
		})
		if took.Objects > 4*mostObjects || took.Bytes > 4*mostBytes { // there and back, twice
			t.Errorf("%q and %q took %v", s, r, took)
		}
		if answer.Equal(a, a, 0).Verdict != value.Equal {
			t.Errorf("%q is not equal to itself", s)
		}
	})
}

func BenchmarkEqual(b *testing.B) {
	for name, pair := range map[string][2]string{
		"integers": {"336", "0336"}, "surds": {`\frac{\sqrt3}{3}`, `\frac{1}{\sqrt{3}}`}, "decimal": {`\frac13`, "0.3333"}, "list": {"3, 5, 7, 11", "11, 7, 5, 3"}, "powers": {"4^{1000}", "2^{2000}"},
		"different": {"12345", "54321"}, "identity": {`\sin^2 x+\cos^2 x`, "1"},
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				same(pair[0], pair[1])
			}
		})
	}
}
