package figures

import (
	"cmp"
	"slices"
)

// Report is the figures of one run.
type Report struct {
	Name       string   `json:"name"`
	Problems   int      `json:"problems"`
	Scored     int      `json:"scored"` // of Problems, those whose expected answer is known
	Samples    int      `json:"samples"`
	MinSamples int      `json:"min_samples"` // of a problem
	MaxSamples int      `json:"max_samples"`
	Accuracy   Estimate `json:"accuracy"` // share of the scored problems whose verdict is right
	Avg        Estimate `json:"avg"`      // avg@k with all samples
	AtK        []AtK    `json:"at_k"`     // every k up to 64, then 128, 256 and so on, and the last
	Orders     int      `json:"orders"`   // drawn of the samples of a problem for maj@k; 0: all choices were counted
	Resamples  int      `json:"resamples"`
	Outcomes   Outcomes `json:"outcomes"`
	Cost       Cost     `json:"cost"`
	Shares     []Share  `json:"shares"` // of the votes, how often verdicts were right
	ShareError float64  `json:"share_error"`
	Subjects   []Group  `json:"subjects"` // by name; empty where no problem has one
	Levels     []Group  `json:"levels"`
}

// AtK is what so many samples give, over the scored problems that have them.
type AtK struct {
	K    int      `json:"k"`
	Avg  Estimate `json:"avg"`
	Maj  Estimate `json:"maj"`
	Pass Estimate `json:"pass"`
}

// Of makes the report of a run. The seed is that of all that is drawn by chance.
func Of(run Run, seed uint64) Report {
	r := Report{Name: run.Name, Problems: len(run.Problems), AtK: []AtK{}, Outcomes: outcomesOf(run), Cost: costOf(run)}
	right := 0
	for i := range run.Problems {
		p := &run.Problems[i]
		n := len(p.Samples)
		r.Samples += n
		if i == 0 {
			r.MinSamples = n
		}
		r.MinSamples, r.MaxSamples = min(r.MinSamples, n), max(r.MaxSamples, n)
		if p.scored() {
			r.Scored++
			right += int(indicator(p.Verdict.Mark == Right))
		}
	}
	r.Accuracy = proportion(right, r.Scored)
	r.sampled(run, seed)
	r.Shares, r.ShareError = sharesOf(run)
	r.Subjects = groups(run, seed, func(p *Problem) string { return p.Subject })
	r.Levels = groups(run, seed, func(p *Problem) string { return p.Level })
	return r
}

// sampled fills in what the samples give by themselves.
func (r *Report) sampled(run Run, seed uint64) {
	ks := rowsOf(r.MaxSamples)
	columns := 1 + 3*len(ks)
	m := newMajorities(r.Samples, seed)
	t, cells := make(table, 0, r.Scored), make([]float64, 0, r.Scored*min(columns, 3*(r.MinSamples+1)))
	for i := range run.Problems {
		p := &run.Problems[i]
		n := len(p.Samples)
		if !p.scored() || n == 0 {
			continue
		}
		right := p.right()
		pass, maj, avg := passes(n, right), m.of(p, i), share(right, n)
		from := len(cells)
		cells = append(cells, avg)
		for _, k := range ks[:upTo(ks, n)] {
			cells = append(cells, avg, maj[k-1], pass[k-1])
		}
		t = append(t, cells[from:len(cells):len(cells)])
	}
	all, resamples := t.estimates(columns, seed)
	r.Avg, r.Resamples = all[0], resamples
	if m.drawn {
		r.Orders = m.orders
	}
	for i, k := range ks {
		if row := all[1+3*i:]; row[0].Of > 0 {
			r.AtK = append(r.AtK, AtK{k, row[0], row[1], row[2]})
		}
	}
}

// Group is the figures of the problems of one subject, or of one level.
type Group struct {
	Name     string   `json:"name"`
	Problems int      `json:"problems"`
	Accuracy Estimate `json:"accuracy"`
	Avg      Estimate `json:"avg"`
	Tokens   float64  `json:"tokens"` // per problem
}

// groups parts a run by a name that its problems have, those without one left out.
func groups(run Run, seed uint64, of func(*Problem) string) []Group {
	by := map[string][]int{}
	for i := range run.Problems {
		if name := of(&run.Problems[i]); name != "" {
			by[name] = append(by[name], i)
		}
	}
	all := []Group{}
	for name, places := range by {
		g := Group{Name: name, Problems: len(places)}
		right, scored, tokens := 0, 0, 0
		var t table
		for _, i := range places {
			p := &run.Problems[i]
			tokens += p.tokens()
			if !p.scored() {
				continue
			}
			scored++
			right += int(indicator(p.Verdict.Mark == Right))
			if n := len(p.Samples); n > 0 {
				t = append(t, []float64{share(p.right(), n)})
			}
		}
		avg, _ := t.estimates(1, seed)
		g.Accuracy, g.Avg, g.Tokens = proportion(right, scored), avg[0], share(tokens, g.Problems)
		all = append(all, g)
	}
	slices.SortFunc(all, func(a, b Group) int { return cmp.Compare(a.Name, b.Name) })
	return all
}
