package figures

// Run is what came of a set of problems.
type Run struct {
	Name     string
	Problems []Problem
}

// Problem is one problem of a run, and what came of it.
type Problem struct {
	ID             string // by which it is found in another run; never empty
	Subject, Level string // "" if not known
	Statement      string // "" if not known; no figure depends on it
	Expected       string // "" if not known: then it is not scored
	Verdict        Verdict
	Samples        []Sample // in the order they ended
	StoppedTokens  int      // spent on replies that were ended from outside, which are no samples
	Seconds        float64  // from its beginning to its end; 0 if not known
}

// Verdict is what the vote decided.
type Verdict struct {
	Answer string // "" for none
	Mark   Mark
	Votes  int  // samples that gave Answer
	Of     int  // samples whose reply ended properly
	Tie    bool // another answer has as many votes
}

// Sample is one reply. Samples have one Answer if and only if a vote counts them as one.
type Sample struct {
	Answer     string // "" for none
	Mark       Mark
	Truncated  bool // it was cut off by a limit
	OutOfRange bool // the problem cannot have its answer, which was not voted
	Repaired   bool // its answer was reduced by the problem's modulus
	Tokens     int
	Seconds    float64
	Cells      int // cells of code that it ran, and those of them that ended in an error
	CellErrors int
	Retries    int
}

// Mark says whether an answer is right.
type Mark string

// The marks.
const (
	Unscored Mark = ""      // what is expected is not known
	Wrong    Mark = "wrong" // also of no answer
	Right    Mark = "right"
)

// scored says whether it is known what is right.
func (p *Problem) scored() bool { return p.Verdict.Mark != Unscored }

// right is how many samples are.
func (p *Problem) right() int {
	n := 0
	for i := range p.Samples {
		if p.Samples[i].Mark == Right {
			n++
		}
	}
	return n
}

func (p *Problem) tokens() int {
	n := p.StoppedTokens
	for i := range p.Samples {
		n += p.Samples[i].Tokens
	}
	return n
}

// share is a as a part of b; 0 of nothing.
func share(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}

// indicator is 1 of what is so.
func indicator(so bool) float64 {
	if so {
		return 1
	}
	return 0
}
