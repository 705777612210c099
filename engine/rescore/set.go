package rescore

import (
	"cmp"
	"fmt"
	"strings"
	"unicode"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/answer"
	"github.com/aimo3/aimo3/engine/answer/asked"
	"github.com/aimo3/aimo3/engine/answer/value"
	"github.com/aimo3/aimo3/engine/dataset"
	"github.com/aimo3/aimo3/engine/figures"
)

// MaxKeptBytes bounds what a set keeps of names, statements and answers.
const MaxKeptBytes = 512 << 20

// Set is recorded samples, by problem.
type Set struct {
	Name      string
	Agreement Agreement

	how      Reading
	problems []problem
	by       map[string]int           // places of problems by their keys
	known    map[string]dataset.Entry // what was told of problems, by name and by statement
	kept     int
}

// Reading says how samples are read.
type Reading struct {
	Reader Reader
	Check  bool        // answers are held against the statement as the solver does: reduced by its modulus, or left out
	Range  asked.Range // in which answers must lie; it counts only if Check is set
}

// Agreement is how often what was read is what was recorded beside it.
type Agreement struct {
	Answers     int `json:"answers"` // samples whose answer was both recorded and read
	SameAnswers int `json:"same_answers"`
	Marks       int `json:"marks"` // samples of which it was recorded whether they are right, and that were scored
	SameMarks   int `json:"same_marks"`
}

// problem is one problem of a set.
type problem struct {
	figures.Problem                 // without verdict, and samples without answer and mark
	want            asked.Asked     // by its statement; zero where answers are not checked
	recorded        *engine.Verdict // nil if none was
	ballots         []engine.Ballot // one for each sample
	right           []*bool         // whether each is right, as recorded; nil where that was not
}

// New is an empty set.
func New(name string, how Reading) *Set {
	return &Set{Name: name, how: how, by: map[string]int{}, known: map[string]dataset.Entry{}}
}

// Describe tells of a problem what its samples may not say: its statement, subject and level,
// and the answer that is expected. It counts for samples that are added later.
func (s *Set) Describe(e dataset.Entry) { s.known[e.ID], s.known[e.Statement] = e, e }

// described is a problem with what was told of it.
func (s *Set) described(p figures.Problem) figures.Problem {
	e, is := s.known[p.ID]
	if !is || p.ID == "" {
		e = s.known[p.Statement]
	}
	p.Statement, p.Subject, p.Level = cmp.Or(p.Statement, e.Statement), cmp.Or(p.Subject, e.Subject), cmp.Or(p.Level, e.Level)
	p.Expected = cmp.Or(p.Expected, s.how.Reader.expected(e.Key))
	return p
}

// Add takes a sample of a file.
func (s *Set) Add(r dataset.Sample) error {
	at, err := s.problem(figures.Problem{ID: r.ID, Subject: r.Subject, Level: r.Level, Statement: r.Statement, Expected: s.how.Reader.expected(r.Expected)})
	if err != nil {
		return err
	}
	given := answer.Normal(r.Answer)
	read := given
	if s.how.Reader.reads(r.Answered) {
		read = s.how.Reader.read(r.Text)
		s.agree(r.Answered, given, read)
	}
	return s.add(at, sample{
		facts:  figures.Sample{Truncated: r.Truncated, Tokens: r.Tokens, Seconds: r.Seconds, Cells: r.Cells, CellErrors: r.CellErrors},
		ballot: engine.Ballot{Answer: engine.Answer(strings.Clone(read))}, right: r.Right,
	})
}

// agree counts how often an answer that was read is the one that was recorded.
func (s *Set) agree(recorded bool, given, read string) {
	if !recorded {
		return
	}
	s.Agreement.Answers++
	if given == read {
		s.Agreement.SameAnswers++
	}
}

// keyOf is by what a problem is known in every run: its name or, where that is missing or a
// mere number, what it says.
func keyOf(id, statement string) string {
	if statement != "" && !strings.ContainsFunc(id, unicode.IsLetter) {
		return statement
	}
	return id
}

// problem is the place of a problem, which is added if it is new.
func (s *Set) problem(p figures.Problem) (int, error) {
	p = s.described(p)
	p.ID = keyOf(p.ID, p.Statement)
	at, met := s.by[p.ID]
	if met {
		was := &s.problems[at]
		switch {
		case was.Expected == "":
			was.Expected = p.Expected
		case p.Expected != "" && p.Expected != was.Expected && !agree(was.Expected, p.Expected):
			return 0, fmt.Errorf("two answers are expected of one problem, %q and %q", short(was.Expected), short(p.Expected))
		}
		return at, nil
	}
	if err := s.keep(len(p.ID) + len(p.Statement) + len(p.Expected)); err != nil {
		return 0, err
	}
	one := problem{Problem: p}
	if s.how.Check {
		one.want = asked.Read(p.Statement).With(s.how.Range)
	}
	at = len(s.problems)
	s.problems = append(s.problems, one)
	s.by[p.ID] = at
	return at, nil
}

// sample is what is added of one.
type sample struct {
	facts  figures.Sample
	ballot engine.Ballot
	right  *bool
}

func (s *Set) add(at int, one sample) error {
	p := &s.problems[at]
	b := one.ballot
	b.Sample = len(p.ballots)
	if s.how.Check && b.Answer != "" {
		switch fit, repaired, _ := p.want.Check(string(b.Answer)); fit {
		case asked.Repaired:
			b.Was, b.Modulus, b.Answer = b.Answer, p.want.Modulus.String(), engine.Answer(repaired)
		case asked.OutOfRange:
			b.Outside = true
		case asked.OK:
		}
	}
	one.facts.OutOfRange, one.facts.Repaired = b.Outside, b.Modulus != ""
	p.ballots, p.Samples, p.right = append(p.ballots, b), append(p.Samples, one.facts), append(p.right, one.right)
	return s.keep(len(b.Answer) + len(b.Was))
}

func (s *Set) keep(bytes int) error {
	if s.kept += bytes; s.kept > MaxKeptBytes {
		return fmt.Errorf("more than %d MB of names, statements and answers: split the file", MaxKeptBytes>>20)
	}
	return nil
}

// Problems is how many problems there are.
func (s *Set) Problems() int { return len(s.problems) }

// agree says whether two answers are one to a vote.
func agree(a, b string) bool { return a == b || answer.Agree(a, b).Verdict == value.Equal }

// same compares answers as votes do.
func same(a, b engine.Answer) (bool, string) {
	j := answer.Agree(string(a), string(b))
	return j.Verdict == value.Equal, string(j.Tier)
}

// short is the beginning of a text, to be named in an error.
func short(s string) string {
	const maxNamed = 40
	if r := []rune(s); len(r) > maxNamed {
		return string(r[:maxNamed]) + "…"
	}
	return s
}
