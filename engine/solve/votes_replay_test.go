package solve_test

import (
	"cmp"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/answer"
	"github.com/aimo3/aimo3/engine/answer/extract"
	"github.com/aimo3/aimo3/engine/enginetest"
)

const (
	replaySamples = 8
	replayOrders  = 400 // of each problem
)

// replayed are the stop rules that the table compares, the first with all.
var replayed = []engine.StopRule{
	engine.StopNone, engine.StopFourAgree, engine.StopUncatchable, engine.DefaultStop,
	"asc:0.95", "asc:0.95,uncatchable", "esc:4", "deepconf:0.95:4",
}

// drawn is one recorded trace as a vote sees it.
type drawn struct {
	answer engine.Answer
	tokens int
}

// pool are the traces of one problem.
type pool struct {
	key    string
	traces []drawn
}

// TestReplayVotes reads every recorded answer from its trace, and then lets
// votes of eight be decided by each stop rule: what they cost, and how often
// they are right. Votes are drawn from the problems that have eight traces or
// more, without putting back; from the others no vote of eight can be drawn
// that is not partly made up.
func TestReplayVotes(t *testing.T) {
	pools := readPools(t)
	var enough []pool
	for _, name := range slices.Sorted(maps.Keys(pools)) {
		if p := pools[name]; len(p.traces) >= replaySamples {
			enough = append(enough, p)
		}
	}
	splits := map[string]*record{}
	oneByOne, atOnce := replay(t, enough, splits)
	t.Logf("%d problems, %d votes of %d for each\n%s", len(enough), replayOrders, replaySamples, replayTable(oneByOne, atOnce))
	t.Logf("how often a vote of all %d was right, by how it was split\n%s", replaySamples, splitTable(splits))
	full, best := oneByOne[0], 0.
	for i, o := range oneByOne {
		if off := o.share(o.right) - full.share(full.right); max(off, -off) <= .005 {
			best = max(best, o.saved())
		} else {
			t.Logf("%s changes the accuracy by %+.4f", replayed[i], off)
		}
		if saves := o.saved() > 0 && atOnce[i].saved() > 0; saves != (i > 0) {
			t.Errorf("%s saves %v and %v", replayed[i], o.saved(), atOnce[i].saved())
		}
		if replayed[i] == engine.StopUncatchable && o.changed+atOnce[i].changed > 0 {
			t.Errorf("uncatchable changed %d verdicts", o.changed+atOnce[i].changed)
		}
	}
	if best < .28 {
		t.Errorf("the best rule of equal accuracy saves %.1f %% of the tokens, want 28 %%", 100*best)
	}
}

// readPools reads the traces by problem, and holds the answer that is read from
// each to the recorded one.
func readPools(t *testing.T) map[string]pool {
	all, read := enginetest.Recordings(t), 0
	pools := map[string]pool{}
	for _, r := range all {
		box, _ := extract.Boxed(r.Reply())
		a := answer.Normal(box.Text)
		if a == strconv.Itoa(r.Answer) {
			read++
		} else {
			t.Errorf("%s of %s: read %q, recorded %d", r.ID, r.Problem, a, r.Answer)
		}
		if right := r.Answer == r.Gold; right != r.Correct {
			t.Errorf("%s of %s: %d for %d is recorded as %v", r.ID, r.Problem, r.Answer, r.Gold, r.Correct)
		}
		p := pools[r.Problem]
		p.key, p.traces = strconv.Itoa(r.Gold), append(p.traces, drawn{engine.Answer(a), r.Tokens})
		pools[r.Problem] = p
	}
	t.Logf("%d of %d recorded answers are read from the traces, of %d problems", read, len(all), len(pools))
	return pools
}

// outcome is what became of many votes under one rule.
type outcome struct {
	votes, right, samples int
	tokens, all           int // spent; of all eight samples
	changed               int // verdicts that all eight would not have given
}

func (o outcome) share(n int) float64 { return float64(n) / float64(max(o.votes, 1)) }
func (o outcome) saved() float64      { return 1 - float64(o.tokens)/float64(max(o.all, 1)) }

// replay draws the votes and lets every rule decide each, once with one sample
// after the other and once with all begun together and equally fast.
func replay(t *testing.T, pools []pool, splits map[string]*record) (oneByOne, atOnce []outcome) {
	oneByOne, atOnce = make([]outcome, len(replayed)), make([]outcome, len(replayed))
	for i, p := range pools {
		r := rand.New(rand.NewPCG(uint64(i), 17))
		for range replayOrders {
			vote := make([]drawn, replaySamples)
			for k, at := range r.Perm(len(p.traces))[:replaySamples] {
				vote[k] = p.traces[at]
			}
			full := decide(oneByOne, p.key, vote, func(ended int) int { return sum(vote[:ended]) })
			count := splits[splitOf(full)]
			if count == nil {
				count = &record{problems: map[int]bool{}}
				splits[splitOf(full)] = count
			}
			count.add(i, full.Verdict(p.key, engine.AllEnded, nil))
			slices.SortStableFunc(vote, func(a, b drawn) int { return cmp.Compare(a.tokens, b.tokens) })
			decide(atOnce, p.key, vote, func(ended int) int {
				spent := 0
				for _, d := range vote {
					spent += min(d.tokens, vote[ended-1].tokens)
				}
				return spent
			})
		}
	}
	return oneByOne, atOnce
}

// decide counts one vote in the order given, adds what every rule makes of it
// to the outcomes, and returns the tally of all. Spent is what was paid for
// when so many had ended.
func decide(outcomes []outcome, key string, vote []drawn, spent func(ended int) int) engine.Tally {
	var votes engine.Tally
	ended := make([]int, len(outcomes)) // when the rule stopped; 0 while it has not
	verdicts := make([]engine.Verdict, len(outcomes))
	for n, d := range vote {
		votes = votes.Add(n, d.answer)
		for i, rule := range replayed {
			if why, met := rule.Met(votes, len(vote)-n-1); ended[i] == 0 && (met || n == len(vote)-1) {
				ended[i], verdicts[i] = n+1, votes.Verdict(key, why, nil)
			}
		}
	}
	last := votes.Verdict(key, engine.AllEnded, nil)
	for i := range outcomes {
		o := &outcomes[i]
		o.votes++
		o.samples += ended[i]
		o.tokens += spent(ended[i])
		o.all += sum(vote)
		if *verdicts[i].Correct {
			o.right++
		}
		if verdicts[i].Answer != last.Answer {
			o.changed++
		}
	}
	return votes
}

func sum(vote []drawn) int {
	n := 0
	for _, d := range vote {
		n += d.tokens
	}
	return n
}

func replayTable(oneByOne, atOnce []outcome) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%-24s %40s %42s\n%-24s", "", "one after the other", "all at once", "rule")
	for range 2 {
		fmt.Fprintf(&b, " %9s %9s %12s %9s", "right", "samples", "tokens saved", "changed")
	}
	for i, rule := range replayed {
		fmt.Fprintf(&b, "\n%-24s", rule)
		for _, o := range []outcome{oneByOne[i], atOnce[i]} {
			fmt.Fprintf(&b, " %9.3f %9.2f %10.1f %% %9d", o.share(o.right), o.share(o.samples), 100*o.saved(), o.changed)
		}
	}
	return b.String()
}

// record is how votes of one split came out.
type record struct {
	votes, right int
	problems     map[int]bool
}

func (r *record) add(problem int, v engine.Verdict) {
	r.votes++
	r.problems[problem] = true
	if *v.Correct {
		r.right++
	}
}

// splitOf writes how a vote was split: 5-2-1.
func splitOf(t engine.Tally) string {
	var counts []string
	for _, v := range t.Votes {
		counts = append(counts, strconv.Itoa(len(v.Samples)))
	}
	return strings.Join(counts, "-")
}

func splitTable(splits map[string]*record) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%-12s %6s %6s %12s", "split", "right", "votes", "of problems")
	for _, split := range slices.Backward(slices.Sorted(maps.Keys(splits))) {
		r := splits[split]
		fmt.Fprintf(&b, "\n%-12s %6.2f %6d %12d", split, float64(r.right)/float64(r.votes), r.votes, len(r.problems))
	}
	return b.String()
}
