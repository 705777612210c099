package figures

// Pair is two runs side by side, over the problems that both have and that are scored in
// both. A run that has a problem twice counts the first.
type Pair struct {
	A          string   `json:"a"`
	B          string   `json:"b"`
	Both       int      `json:"both"`
	OnlyA      int      `json:"only_a"` // problems left out: the other run lacks them, or they are not scored
	OnlyB      int      `json:"only_b"`
	RightBoth  int      `json:"right_both"`
	RightA     int      `json:"right_a"` // and B wrong
	RightB     int      `json:"right_b"` // and A wrong
	WrongBoth  int      `json:"wrong_both"`
	Difference Estimate `json:"difference"` // of B's accuracy over A's
	Test       Test     `json:"test"`
	TwoRuns    float64  `json:"two_runs"` // AIMO's score: 1 for each problem right in both runs, 0.5 in one
	CostA      Cost     `json:"cost_a"`   // of the problems of both
	CostB      Cost     `json:"cost_b"`
	Flips      []Flip   `json:"flips"`   // right in one run only, in the order of A
	Changed    []Flip   `json:"changed"` // other answers, both wrong
}

// Flip is a problem of which two runs say otherwise: its places in them, and its verdicts.
type Flip struct {
	ID       string `json:"id"`
	Expected string `json:"expected"`
	A        string `json:"a"`
	B        string `json:"b"`
	MarkA    Mark   `json:"mark_a"`
	MarkB    Mark   `json:"mark_b"`
	AtA      int    `json:"at_a"`
	AtB      int    `json:"at_b"`
}

// Compare puts two runs side by side.
func Compare(a, b Run, seed uint64) Pair {
	p := Pair{A: a.Name, B: b.Name, Flips: []Flip{}, Changed: []Flip{}}
	inB := scoredByID(b)
	inA := scoredByID(a)
	var both [2]Run
	var differences table
	for i := range a.Problems {
		one := &a.Problems[i]
		at, met := inB[one.ID]
		if first, is := inA[one.ID]; !met || !is || first != i {
			continue
		}
		other := &b.Problems[at]
		both[0].Problems = append(both[0].Problems, *one)
		both[1].Problems = append(both[1].Problems, *other)
		differences = append(differences, []float64{indicator(other.Verdict.Mark == Right) - indicator(one.Verdict.Mark == Right)})
		p.count(one, other, Flip{one.ID, one.Expected, one.Verdict.Answer, other.Verdict.Answer, one.Verdict.Mark, other.Verdict.Mark, i, at})
	}
	p.Both = len(both[0].Problems)
	p.OnlyA, p.OnlyB = len(a.Problems)-p.Both, len(b.Problems)-p.Both
	all, _ := differences.estimates(1, seed)
	p.Difference, p.Test = all[0], McNemar(p.RightA, p.RightB)
	p.TwoRuns = float64(p.RightBoth) + float64(p.RightA+p.RightB)/2
	p.CostA, p.CostB = costOf(both[0]), costOf(both[1])
	return p
}

// scoredByID has the place of the first scored problem of each ID.
func scoredByID(r Run) map[string]int {
	all := make(map[string]int, len(r.Problems))
	for i := range r.Problems {
		if p := &r.Problems[i]; p.scored() {
			if _, met := all[p.ID]; !met {
				all[p.ID] = i
			}
		}
	}
	return all
}

func (p *Pair) count(a, b *Problem, f Flip) {
	switch rightA, rightB := a.Verdict.Mark == Right, b.Verdict.Mark == Right; {
	case rightA && rightB:
		p.RightBoth++
	case rightA:
		p.RightA++
		p.Flips = append(p.Flips, f)
	case rightB:
		p.RightB++
		p.Flips = append(p.Flips, f)
	default:
		if p.WrongBoth++; f.A != f.B {
			p.Changed = append(p.Changed, f)
		}
	}
}
