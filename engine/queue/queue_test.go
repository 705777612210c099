package queue

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/dataset"
	"github.com/aimo3/aimo3/engine/desk"
	"github.com/aimo3/aimo3/store"
)

// server is a desk.Server whose reply to each sample is play's; what it was asked, and
// replied to the end, is counted.
type server struct {
	play func(ctx context.Context, statement string, seed int64) (string, error)

	mu      sync.Mutex
	replied map[string]int // by statement and seed
}

func (s *server) Stream(ctx context.Context, ask engine.Ask, say func(engine.Piece)) (engine.Ending, error) {
	statement := ask.Turns[len(ask.Turns)-1].Text
	text, err := s.play(ctx, statement, ask.Seed)
	if err != nil {
		return engine.Ending{}, err
	}
	say(engine.Piece{Frames: 1, Channel: engine.Reply, Text: text})
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.replied == nil {
		s.replied = map[string]int{}
	}
	s.replied[fmt.Sprintf("%s, seed %d", numbered(statement), ask.Seed)]++
	return engine.Ending{Tokens: 3}, nil
}

// counts are how often each sample was replied to, and how many there were.
func (s *server) counts() (maxTimes, samples int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, n := range s.replied {
		maxTimes = max(maxTimes, n)
	}
	return maxTimes, len(s.replied)
}

func (s *server) Server(context.Context) engine.Server {
	return engine.Server{Name: "fake", Host: "here", Models: []engine.Model{{Name: "qwen3:8b", Digest: "d1"}}}
}

func (s *server) Show(_ context.Context, name string) (engine.Model, error) {
	return engine.Model{Name: name}, nil
}

func (s *server) Window(context.Context, string, int, uint64) int { return 4096 }

// numbered is the number of a problem in its statement, as problems makes them.
func numbered(statement string) string {
	_, after, _ := strings.Cut(statement, "number ")
	number, _, _ := strings.Cut(after, "?")
	return number
}

// box answers each problem by its number.
func box(_ context.Context, statement string, _ int64) (string, error) {
	return `\boxed{` + numbered(statement) + `}`, nil
}

func problems(n int) (all []dataset.Entry) {
	for i := range n {
		number := fmt.Sprint(100 + i)
		all = append(all, dataset.Entry{Problem: engine.Problem{ID: "p" + number, Statement: "What is the number " + number + "?", Key: number}})
	}
	return all
}

// bench is where a test keeps what it keeps.
type bench struct {
	t       *testing.T
	path    string
	kept    *store.DB
	entries []dataset.Entry
	wish    engine.Plan
}

func newBench(t *testing.T, n int, wish engine.Plan) *bench {
	t.Helper()
	dir := t.TempDir()
	db, err := store.Open(t.Context(), filepath.Join(dir, "aimo3.db"), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return &bench{t: t, path: filepath.Join(dir, "aimo3.db-queue"), kept: db, entries: problems(n), wish: wish}
}

// program is one program that works on the run, as a process of its own would.
type program struct {
	queue *Queue
	desk  *desk.Desk
	run   Run
}

func (p *bench) open(s *server, o Options) *program {
	p.t.Helper()
	o.Path = p.path
	q, err := Open(p.t.Context(), o)
	if err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(func() { _ = q.Close() })
	d := desk.New(desk.Options{Servers: []desk.Server{s}, Import: p.kept.Import, Kept: p.progress})
	wish, err := Wish(p.wish, p.entries)
	if err != nil {
		p.t.Fatal(err)
	}
	run, found, err := q.Find(p.t.Context(), wish)
	if err == nil && !found {
		plan, _, settled := d.Settle(p.t.Context(), p.wish)
		if run, err = q.Begin(p.t.Context(), wish, "set.csv", plan, p.entries); settled != nil {
			err = settled
		}
	}
	if err != nil {
		p.t.Fatal(err)
	}
	return &program{q, d, run}
}

func (p *bench) progress(ctx context.Context, id engine.AttemptID) (*engine.Progress, error) {
	events, err := p.kept.Events(ctx, id, 0, 0)
	if err != nil {
		return nil, err
	}
	all := new(engine.Progress)
	for _, e := range events {
		all.Apply(e)
	}
	return all, nil
}

func (p *program) work(ctx context.Context, parallel int) error {
	return p.queue.Work(ctx, p.run, Work{Desk: p.desk, Parallel: parallel})
}

// verdicts are those of the run's problems, and checks that each is the kept attempt's.
func (p *bench) verdicts(of *program) (all []engine.Verdict) {
	p.t.Helper()
	var ended []Problem
	err := of.queue.Problems(p.t.Context(), of.run.ID, func(one Problem) error {
		ended = append(ended, one)
		return nil
	})
	if err != nil {
		p.t.Fatal(err)
	}
	for i, one := range ended {
		if one.Verdict == nil || one.ID != p.entries[i].ID {
			p.t.Fatalf("problem %d is %+v, and has not ended", i, one)
		}
		kept, err := p.progress(p.t.Context(), one.Attempt)
		if err != nil || kept.Verdict == nil || kept.Verdict.Answer != one.Verdict.Answer || kept.Verdict.Of != one.Verdict.Of {
			p.t.Errorf("problem %d: %+v; kept as %+v, %v", i, one.Verdict, kept.Verdict, err)
		}
		all = append(all, *one.Verdict)
	}
	return all
}

// TestWork: every problem is attempted as its plan says, and doing it again does nothing, also
// after a kill between the keeping of an attempt and of its verdict here.
func TestWork(t *testing.T) {
	p, s := newBench(t, 5, engine.Plan{Samples: 4, Stop: engine.StopNone}), &server{play: box}
	of := p.open(s, Options{})
	for range 2 {
		if err := of.work(t.Context(), 3); err != nil {
			t.Fatal(err)
		}
		for i, v := range p.verdicts(of) {
			if string(v.Answer) != p.entries[i].Key || v.Votes != 4 || v.Why != engine.AllEnded || v.Correct == nil || !*v.Correct {
				t.Errorf("problem %d: %+v", i, v)
			}
		}
		if most, n := s.counts(); most != 1 || n != 20 {
			t.Errorf("%d samples, one of them %d times", n, most)
		}
		if _, err := of.queue.db.ExecContext(t.Context(), `UPDATE problems SET verdict = NULL WHERE n = 2`); err != nil {
			t.Fatal(err)
		}
	}
	if err := of.work(t.Context(), 3); err != nil {
		t.Fatal(err)
	}
	state, err := of.queue.State(t.Context(), of.run.ID)
	if err != nil || state != (State{Problems: 5, Ended: 5, Answered: 5, Scored: 5, Right: 5}) {
		t.Errorf("%+v, %v", state, err)
	}
}

// TestGoesOn: a run that is ended again and again goes on where it was, and no sample that
// had ended is taken again. One that runs is waited for.
func TestGoesOn(t *testing.T) {
	p, s := newBench(t, 6, engine.Plan{Samples: 2, Stop: engine.StopNone}), new(server)
	for i := 0; ; i++ {
		ctx, stop := context.WithCancel(t.Context())
		replies := 0
		s.play = func(_ context.Context, statement string, seed int64) (string, error) {
			if replies++; replies == 2 {
				stop()
			}
			return box(ctx, statement, seed)
		}
		err := p.open(s, Options{}).work(ctx, 1)
		stop()
		if err == nil {
			break
		}
		if !errors.Is(err, engine.ErrCancelled) || i > 20 {
			t.Fatal(err)
		}
	}
	if most, n := s.counts(); most != 1 || n != 12 {
		t.Errorf("%d samples, one of them %d times", n, most)
	}
	p.verdicts(p.open(s, Options{}))
}

// TestDecided: once the votes of a problem are decided, samples that run are ended, and
// those that wait never begin.
func TestDecided(t *testing.T) {
	p := newBench(t, 2, engine.Plan{Samples: 8})
	s := &server{play: func(ctx context.Context, statement string, seed int64) (string, error) {
		if seed == 2 {
			<-ctx.Done()
			return "", ctx.Err()
		}
		return box(ctx, statement, seed)
	}}
	of := p.open(s, Options{})
	if err := of.work(t.Context(), 2); err != nil {
		t.Fatal(err)
	}
	for i, v := range p.verdicts(of) {
		if v.Why != engine.FourAgree || v.Votes < 4 || string(v.Answer) != p.entries[i].Key {
			t.Errorf("problem %d: %+v", i, v)
		}
	}
}

// TestSeveralPrograms: two programs on one run take each sample once.
func TestSeveralPrograms(t *testing.T) {
	p, s := newBench(t, 20, engine.Plan{Samples: 4, Stop: engine.StopNone}), &server{play: box}
	all := []*program{p.open(s, Options{}), p.open(s, Options{})}
	if all[0].run.ID != all[1].run.ID {
		t.Fatalf("runs %s and %s of one wish", all[0].run.ID, all[1].run.ID)
	}
	var both sync.WaitGroup
	for _, one := range all {
		both.Go(func() {
			if err := one.work(t.Context(), 4); err != nil {
				t.Error(err)
			}
		})
	}
	both.Wait()
	if most, n := s.counts(); most != 1 || n != 80 {
		t.Errorf("%d samples, one of them %d times", n, most)
	}
	if n := len(p.verdicts(all[0])); n != 20 {
		t.Errorf("%d verdicts", n)
	}
}

// TestUnheard: a sample of which nothing was heard is tried again, and ends in the end.
func TestUnheard(t *testing.T) {
	p, tries := newBench(t, 2, engine.Plan{Samples: 1}), map[string]int{}
	var mu sync.Mutex
	s := &server{play: func(_ context.Context, statement string, _ int64) (string, error) {
		mu.Lock()
		defer mu.Unlock()
		tries[numbered(statement)]++
		if numbered(statement) == "101" && tries["101"] > 1 {
			return `\boxed{101}`, nil
		}
		return "", &engine.Fault{Class: engine.Invalid, What: "this class is never asked for again at once"}
	}}
	of := p.open(s, Options{})
	of.queue.retry = time.Millisecond
	if err := of.work(t.Context(), 2); err != nil {
		t.Fatal(err)
	}
	all := p.verdicts(of)
	if all[0].Why != engine.AllFailed || tries["100"] != 4 || all[1].Answer != "101" || tries["101"] != 2 {
		t.Errorf("%+v after %v", all, tries)
	}
}

// TestAnotherModel: a run does not go on with another model of its model's name.
func TestAnotherModel(t *testing.T) {
	p, s := newBench(t, 1, engine.Plan{Samples: 1}), &server{play: box}
	of := p.open(s, Options{})
	of.run.Plan.Digests[engine.FullName("qwen3:8b")] = "d0"
	if err := of.work(t.Context(), 1); !errors.Is(err, &engine.Fault{Class: engine.NoModel}) {
		t.Error(err)
	}
	if _, n := s.counts(); n > 0 {
		t.Errorf("%d samples were taken", n)
	}
}

// TestWish: what is asked for tells runs apart, and nothing else.
func TestWish(t *testing.T) {
	name := func(plan engine.Plan, all []dataset.Entry) string {
		wish, err := Wish(plan, all)
		if err != nil {
			t.Fatal(err)
		}
		return wish
	}
	two, moved := problems(2), problems(2)
	moved[0].Line, moved[0].Source = 7, "copy.csv"
	base := name(engine.Plan{Samples: 4}, two)
	for what, same := range map[string]string{"parallel": name(engine.Plan{Samples: 4, Parallel: 2}, two), "place": name(engine.Plan{Samples: 4}, moved)} {
		if same != base {
			t.Errorf("%s makes another wish", what)
		}
	}
	other := problems(2)
	other[1].Key = "0"
	differ := []string{base, name(engine.Plan{Samples: 5}, two), name(engine.Plan{Samples: 4}, two[:1]), name(engine.Plan{Samples: 4}, other), name(engine.Plan{Samples: 4, Seed: 1}, two)}
	slices.Sort(differ)
	if len(slices.Compact(differ)) != 5 {
		t.Error("two wishes have one name")
	}
}
