package engine_test

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine"
)

// numeric compares answers as numbers, and says so.
func numeric(a, b engine.Answer) (bool, string) {
	x, errX := strconv.ParseFloat(string(a), 64)
	y, errY := strconv.ParseFloat(string(b), 64)
	return errX == nil && errY == nil && x == y, "number"
}

// cast counts ballots of samples 0, 1, 2, …
func cast(same engine.Compare, ballots ...engine.Ballot) engine.Tally {
	var t engine.Tally
	for i, b := range ballots {
		b.Sample = i
		t = t.Cast(b, same)
	}
	return t
}

func TestVotesAreOfClasses(t *testing.T) {
	got := cast(numeric,
		engine.Ballot{Answer: "0.5"}, engine.Ballot{Answer: "3"}, engine.Ballot{Answer: ".50"}, engine.Ballot{},
		engine.Ballot{Answer: "0.5"}, engine.Ballot{Answer: ".50"}, engine.Ballot{Answer: "100001", Outside: true},
		engine.Ballot{Answer: "3", Was: "1003", Modulus: "1000", Printed: true}, engine.Ballot{Answer: "100001", Outside: true},
		engine.Ballot{Answer: "3", Was: "2003", Modulus: "1000"})
	want := engine.Tally{
		Votes: []engine.Vote{
			{Answer: "0.5", Samples: []int{0, 2, 4, 5}, Spellings: []engine.Spelling{
				{Answer: "0.5", Samples: []int{0, 4}}, {Answer: ".50", Samples: []int{2, 5}, Tier: "number"},
			}},
			{Answer: "3", Samples: []int{1, 7, 9}, Printed: 1, Spellings: []engine.Spelling{
				{Answer: "3", Samples: []int{1}}, {Answer: "3", Samples: []int{7}, Was: "1003", Modulus: "1000"}, {Answer: "3", Samples: []int{9}, Was: "2003", Modulus: "1000"},
			}},
		},
		NoAnswer: 1,
		Outside:  []engine.Spelling{{Answer: "100001", Samples: []int{6, 8}}},
		Order:    []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if n := got.Ended(); n != 10 {
		t.Errorf("%d ended, want 10", n)
	}
	if plain := tally("1", "1"); plain.Votes[0].Spellings != nil {
		t.Errorf("one spelling is told twice: %+v", plain.Votes[0])
	}
}

// TestVotesMeet: two answers that nothing could tell to be one are one vote as
// soon as a third is one with both.
func TestVotesMeet(t *testing.T) {
	chain := func(a, b engine.Answer) (bool, string) {
		return a == "middle" || b == "middle", "by " + string(min(a, b))
	}
	half := engine.Ballot{Answer: "left", Measured: true, Entropy: 2, Weight: 1}
	got := cast(chain, engine.Ballot{Answer: "right", Printed: true}, half, half, engine.Ballot{Answer: "middle"}, engine.Ballot{Answer: "left"})
	want := []engine.Vote{{
		Answer: "right", Samples: []int{0, 1, 2, 3, 4}, Printed: 1, Measured: 2, Entropy: 2, Weight: 2,
		Spellings: []engine.Spelling{
			{Answer: "right", Samples: []int{0}}, {Answer: "left", Samples: []int{1, 2, 4}, Tier: "by left"}, {Answer: "middle", Samples: []int{3}, Tier: "by middle"},
		},
	}}
	if !reflect.DeepEqual(got.Votes, want) {
		t.Errorf("got  %+v\nwant %+v", got.Votes, want)
	}
}

// TestJoin: votes that are found to be one later are counted as one, under the
// name that was said first, and the tally that was is left alone.
func TestJoin(t *testing.T) {
	before := cast(numeric, engine.Ballot{Answer: "1"}, engine.Ballot{Answer: "I", Printed: true}, engine.Ballot{Answer: "2"}, engine.Ballot{Answer: "2.0"}, engine.Ballot{Answer: "1"}, engine.Ballot{Answer: "2"})
	was := fmt.Sprintf("%+v", before)
	want := engine.Vote{Answer: "1", Samples: []int{0, 1, 4}, Printed: 1, Spellings: []engine.Spelling{
		{Answer: "1", Samples: []int{0, 4}}, {Answer: "I", Samples: []int{1}, Tier: "roman"},
	}}
	for _, pair := range [][2]engine.Answer{{"1", "I"}, {"I", "1"}} {
		got := before.Join(pair[0], pair[1], "roman")
		if len(got.Votes) != 2 || !reflect.DeepEqual(got.Votes[0], want) {
			t.Errorf("%s with %s: %+v", pair[0], pair[1], got.Votes)
		}
		inOrder(t, got)
		if all := got.Join("1", "2", "all"); len(all.Votes) != 1 || len(all.Votes[0].Samples) != 6 || all.Ended() != 6 {
			t.Errorf("all are one: %+v", all)
		}
	}
	for _, pair := range [][2]engine.Answer{{"1", "1"}, {"1", "3"}, {"", "2"}} {
		if got := before.Join(pair[0], pair[1], "x"); fmt.Sprintf("%+v", got) != was {
			t.Errorf("%s with %s: %+v", pair[0], pair[1], got)
		}
	}
	if is := fmt.Sprintf("%+v", before); is != was {
		t.Errorf("a tally changed after it was made: %s, then %s", was, is)
	}
}

// TestOrderDoesNotMatter: who is of one class with whom is the same in whatever
// order the answers came, also when a comparison cannot tell every pair.
func TestOrderDoesNotMatter(t *testing.T) {
	near := func(a, b engine.Answer) (bool, string) { // knows neighbours only
		x, _ := strconv.Atoi(string(a))
		y, _ := strconv.Atoi(string(b))
		return x-y == 1 || y-x == 1, "neighbour"
	}
	for seed := range uint64(120) {
		r := rand.New(rand.NewPCG(seed, 5))
		ballots := make([]engine.Ballot, 12)
		for i := range ballots {
			ballots[i] = engine.Ballot{Sample: i, Answer: engine.Answer(fmt.Sprint(r.IntN(16))), Printed: r.IntN(2) == 0}
		}
		first := ""
		for range 4 {
			var votes engine.Tally
			for _, i := range r.Perm(len(ballots)) {
				before, _ := json.Marshal(votes)
				old := votes
				votes = votes.Cast(ballots[i], near)
				if after, _ := json.Marshal(old); string(after) != string(before) {
					t.Fatalf("a tally changed after it was made: %s, then %s", before, after)
				}
				inOrder(t, votes)
			}
			if got := classes(votes); first == "" {
				first = got
			} else if got != first {
				t.Fatalf("%v are in one order %s, in another %s", ballots, first, got)
			}
		}
	}
}

// TestTalliesPart: two tallies made from one do not write into each other.
func TestTalliesPart(t *testing.T) {
	ballots := []engine.Ballot{{Answer: "1"}, {Answer: "1.0"}, {Answer: "1.00"}, {Answer: "9", Outside: true}, {Answer: "2"}}
	next := append(ballots, engine.Ballot{Answer: "3"}, engine.Ballot{}, engine.Ballot{Answer: "01"}, engine.Ballot{Answer: "001"})
	var votes engine.Tally
	for i := range 40 {
		b := ballots[i%len(ballots)]
		b.Sample = i
		votes = votes.Cast(b, numeric)
		for _, one := range next {
			one.Sample = 100
			made := votes.Cast(one, numeric)
			before := fmt.Sprintf("%+v", made)
			for _, other := range next {
				other.Sample = 200
				votes.Cast(other, numeric)
			}
			if after := fmt.Sprintf("%+v", made); after != before {
				t.Fatalf("%s became %s", before, after)
			}
		}
	}
}

// inOrder holds a tally to what it says of its order.
func inOrder(t *testing.T, votes engine.Tally) {
	t.Helper()
	for i, v := range votes.Votes {
		if i > 0 && len(v.Samples) > len(votes.Votes[i-1].Samples) {
			t.Fatalf("fewer votes stand first: %+v", votes)
		}
		at := -1
		for _, s := range v.Samples {
			if next := slices.Index(votes.Order, s); next <= at {
				t.Fatalf("%v are not in the order they ended, %v", v.Samples, votes.Order)
			} else {
				at = next
			}
		}
		spelled := 0
		for _, s := range v.Spellings {
			spelled += len(s.Samples)
		}
		if v.Spellings != nil && (spelled != len(v.Samples) || v.Spellings[0].Answer != v.Answer) {
			t.Fatalf("spellings are not those of the vote: %+v", v)
		}
	}
}

// classes writes who is of one class with whom.
func classes(t engine.Tally) string {
	var all []string
	for _, v := range t.Votes {
		samples := slices.Sorted(slices.Values(v.Samples))
		all = append(all, fmt.Sprint(samples, v.Printed))
	}
	slices.Sort(all)
	return strings.Join(all, " ")
}

func TestTies(t *testing.T) {
	sharp := engine.Ballot{Answer: "sharp", Measured: true, Entropy: 0.2}
	vague := engine.Ballot{Answer: "vague", Measured: true, Entropy: 0.4}
	run, mute := engine.Ballot{Answer: "run", Printed: true}, engine.Ballot{Answer: "mute"}
	shown := vague
	shown.Printed = true
	odd := sharp
	odd.Entropy = math.NaN()
	heavy, light := sharp, vague
	heavy.Weight, light.Weight = 2, 5
	tests := []struct {
		name    string
		ballots []engine.Ballot
		want    engine.Answer
		by      engine.TieBreak
	}{
		{"no tie", []engine.Ballot{vague, vague, sharp}, "vague", ""},
		{"alone", []engine.Ballot{mute}, "mute", ""},
		{"surer tokens", []engine.Ballot{vague, sharp}, "sharp", engine.TieEntropy},
		{"surer tokens before what cells print", []engine.Ballot{shown, sharp}, "sharp", engine.TieEntropy},
		{"one was not measured", []engine.Ballot{sharp, run}, "run", engine.TiePrinted},
		{"not a number", []engine.Ballot{odd, shown}, "vague", engine.TiePrinted},
		{"a cell printed it", []engine.Ballot{mute, mute, mute, run, run, run}, "run", engine.TiePrinted},
		{"two before two", []engine.Ballot{{Answer: "2"}, {Answer: "1"}, {Answer: "1"}, {Answer: "2"}}, "1", engine.TieEarliest},
		{"equally sure", []engine.Ballot{sharp, {Answer: "other", Measured: true, Entropy: 0.2}}, "sharp", engine.TieEarliest},
		{"weights come before counts", []engine.Ballot{heavy, heavy, light}, "vague", ""},
	}
	for _, tt := range tests {
		votes := cast(nil, tt.ballots...)
		v := votes.Verdict("", engine.AllEnded, nil)
		if v.Answer != tt.want || v.Tie != tt.by {
			t.Errorf("%s: %s by %q, want %s by %q", tt.name, v.Answer, v.Tie, tt.want, tt.by)
		}
		if v.Margin < 0 || v.Tie != "" && v.Margin != 0 {
			t.Errorf("%s: margin %v", tt.name, v.Margin)
		}
		if v.Tie != "" && !strings.HasPrefix(v.Tie.Words(), "tie broken by ") {
			t.Errorf("%s: %q to a person", tt.name, v.Tie.Words())
		}
	}
}

func TestVerdict(t *testing.T) {
	yes, no := true, false
	votes := cast(numeric, engine.Ballot{Answer: "7", Thinking: true}, engine.Ballot{Answer: "7.0", Was: "1007", Modulus: "1000"}, engine.Ballot{Answer: "8"}, engine.Ballot{}, engine.Ballot{Answer: "-1", Outside: true})
	for key, correct := range map[string]*bool{"": nil, "7": &yes, "07": &yes, "8": &no} {
		want := engine.Verdict{Answer: "7", Votes: 2, Of: 5, Margin: .2, Correct: correct, Why: engine.AllEnded, Repaired: 1, Thinking: 1}
		if got := votes.Verdict(key, engine.AllEnded, numeric); !reflect.DeepEqual(got, want) {
			t.Errorf("key %q: %+v, want %+v", key, got, want)
		}
	}
}

// TestOldTallies: a tally that was stored before votes had classes still reads,
// and a plain vote is written as it was but for the order.
func TestOldTallies(t *testing.T) {
	old := `{"votes":[{"answer":"5","samples":[1,3]},{"answer":"4","samples":[0]}],"no_answer":2}`
	var votes engine.Tally
	if err := json.Unmarshal([]byte(old), &votes); err != nil {
		t.Fatal(err)
	}
	if a, first, second := votes.Leader(); a != "5" || first != 2 || second != 1 || votes.Ended() != 5 {
		t.Errorf("%s with %d to %d, %d ended", a, first, second, votes.Ended())
	}
	if back, _ := json.Marshal(votes); string(back) != old {
		t.Errorf("written back as %s", back)
	}
	now, _ := json.Marshal(engine.Tally{}.Add(1, "5").Add(0, "4").Add(3, "5").Add(2, "").Add(4, ""))
	if want := strings.TrimSuffix(old, "}") + `,"order":[1,0,3,2,4]}`; string(now) != want {
		t.Errorf("%s, want %s", now, want)
	}
}

func BenchmarkCast(b *testing.B) {
	for _, n := range []int{8, 512} {
		votes := split(n/2, n/2-1)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				votes.Cast(engine.Ballot{Sample: n, Answer: "1"}, nil)
			}
		})
	}
}
