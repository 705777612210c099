package starlark

import (
	"context"
	"errors"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/compute"
	"github.com/aimo3/aimo3/engine/compute/launcher"
)

func TestMain(m *testing.M) {
	if code, was := launcher.Main(launcher.Parts{Part: Worker}); was {
		os.Exit(code)
	}
	os.Exit(m.Run())
}

func open(t testing.TB, l compute.Limits) engine.Session {
	t.Helper()
	e := &Engine{}
	if err := e.Available(t.Context()); err != nil {
		t.Skipf("SKIPPED, nothing contains code here: %v", err)
	}
	s, err := e.Open(t.Context(), l)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func cell(t testing.TB, s engine.Session, code string) engine.Cell {
	t.Helper()
	c, err := s.Run(t.Context(), code)
	if err != nil {
		t.Fatalf("Run(%.80q): %v", code, err)
	}
	return c
}

func TestSessionKeepsNames(t *testing.T) {
	s := open(t, compute.Limits{})
	cell(t, s, "a = 6\ndef f(x):\n    return x * a")
	if c := cell(t, s, "f(7)"); c.Text() != "42\n" || !c.Kept {
		t.Errorf("got %+v", c)
	}
	if c := cell(t, s, "a = 1 // 0"); !strings.Contains(c.Err, "division by zero") || !c.Kept {
		t.Errorf("got %+v", c)
	}
	cell(t, s, "a = 7")
	if c := cell(t, s, "f(7) + _"); c.Text() != "91\n" {
		t.Errorf("got %+v", c)
	}
}

// TestErrors: what a model is told has the line and the reason.
func TestErrors(t *testing.T) {
	for _, c := range []struct{ name, code, want string }{
		{"name", "x = 1\ny = x + zz", "line 2: y = x + zz\nNameError: name 'zz' is not defined\n"},
		{"in a function", "def f():\n    return g1\nf()", "line 3: f()\nNameError: name 'g1' is not defined (in f, line 2)\n"},
		{"syntax", "x = (1", "SyntaxError"},
		{"try", "try:\n    x = 1\nexcept: pass", "SyntaxError: line 1: `try` is not available here"},
		{"module", "import numpy as np", "line 1: import numpy as np\nError: import: there is no module numpy here"},
		{"name of a module", "from sympy import symbols", "sympy has no symbols here: there is no symbolic algebra"},
		{"symbol", "x = symbols('x')", "name 'symbols' is not defined: there is no symbolic algebra"},
		{"raise", "raise ValueError('no')", "ValueError: no"},
		{"assert", "assert 1 == 2, 'odd'", "AssertionError: odd"},
		{"large", "9**9**9", "value too large"},
		{"no inverse", "pow(2, -1, 4)", "does not exist"},
		{"deep", "def f(n):\n    return f(n + 1)\nf(0)", "RecursionError"},
		{"memory by steps", "a = []\nwhile True:\n    a.append('x' * 1000 + str(len(a)))", "MemoryError"},
		{"NUL and bad UTF-8", "x = '\x00\xff'\nlen(x", "SyntaxError"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := runCell(t, testInterpreter(), c.code); !strings.Contains(got, c.want) {
				t.Errorf("%s\ngives %q, want %q", c.code, got, c.want)
			}
		})
	}
}

// attacks are cells that must not get past the session.
var attacks = []struct {
	name, code string
	kept       bool // the session must survive
}{
	{"endless loop", "while True: pass", true},
	{"endless recursion", "def f(n): return f(n + 1) + 1\nf(0)", true},
	{"mutual recursion", "def f(n): return g(n)\ndef g(n): return f(n)\nf(0)", true},
	{"deep memo", "@cache\ndef f(n): return f(n + 1)\nf(0)", true},
	{"power tower", "9**9**9**9", true},
	{"factorial", "factorial(10**9)", true},
	{"shift", "1 << 10**12", true},
	{"int doubling", "x = 3\nwhile True: x = x * x", false},
	{"string doubling", "s = 'x'\nwhile True: s = s + s", false},
	{"list doubling", "a = [0]\nwhile True: a = a + a", false},
	{"string repeated", "s = 'x' * (10**9)", false},
	{"list repeated", "a = [0] * (5 * 10**8)", false},
	{"list of a huge range", "list(range(10**12))", true},
	{"set of a huge range", "set(range(10**9))", true},
	{"huge comprehension", "[x for x in range(10**10)]", true},
	{"huge permutations", "list(permutations(range(20)))", true},
	{"endless count", "list(count())", true},
	{"endless sum", "sum(repeat(1))", true},
	{"endless print", "while True: print('x' * 1000)", true},
	{"giant line", "print('x' * 100000000)", true},
	{"dict growth", "d = {}\ni = 0\nwhile True:\n    d[i] = str(i) * 10\n    i += 1", true},
	{"nested lists", "a = []\nwhile True: a = [a]", true},
	{"list of itself", "a = []\na.append(a)\nprint(a)", true},
	{"hard factorization", "factorint(nextprime(10**40) * nextprime(10**41))", true},
	{"hard logarithm", "discrete_log(nextprime(10**40), 3, 2)", true},
	{"primes", "primes(10**15)", true},
	{"matrix", "eye(10**6)", true},
	{"matrix power", "Matrix([[1, 1], [1, 0]])**(10**12)", true},
	{"poly power", "Poly([1, 1])**(10**6)", true},
	{"format width", "f'{1:9999}' + '%9999d' % 1\n'{:999999999}'.format(1)", true},
	{"zfill", "'1'.zfill(10**12)", true},
	{"decimal of a huge number", "str(2**60000000)", false},
	{"endless key", "def k(x):\n    while True: pass\nsorted([2, 1], key=k)", true},
	{"endless default", "def k():\n    while True: pass\nd = defaultdict(k)\nd[1]", true},
	{"deep expression", strings.Repeat("(", 20000) + "1" + strings.Repeat(")", 20000), false},
	{"deep signs", strings.Repeat("-", 30000) + "1", false},
	{"read a file", "open('/etc/passwd')", true},
	{"load", "load('/etc/passwd', 'x')", true},
	{"exec", "exec('1')", true},
	{"digits", "Rational(10**10000000, 3)**100000", false},
}

// TestAttacks: each is contained in its time, and the session goes on.
func TestAttacks(t *testing.T) {
	if underRace {
		t.Skip("the race detector needs more memory than a worker is allowed")
	}
	s := open(t, compute.Limits{Cell: 700 * time.Millisecond})
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	for _, a := range attacks {
		t.Run(a.name, func(t *testing.T) {
			cell(t, s, "alive = 7")
			began := time.Now()
			c := cell(t, s, a.code)
			if took := time.Since(began); took > 6*time.Second {
				t.Errorf("it took %v", took)
			}
			if len(c.Output) > 1<<20 {
				t.Errorf("%d bytes of output", len(c.Output))
			}
			if a.kept && !c.Kept {
				t.Errorf("the session was lost: %.300q", c.Err)
			}
			if !c.Kept && !strings.Contains(c.Err, "every name that was defined before is gone") {
				t.Errorf("the loss is not told: %.300q", c.Err)
			}
			if strings.Contains(c.Err, "CRASHED") && !strings.Contains(c.Err, "too large for its memory") {
				t.Errorf("the reason is not told: %.300q", c.Err)
			}
			if back := cell(t, s, "alive"); c.Kept && back.Text() != "7\n" || !c.Kept && !strings.Contains(back.Err, "NameError") {
				t.Errorf("after it: %+v", back)
			}
			t.Logf("%v kept=%v %.100q", time.Since(began).Round(time.Millisecond), c.Kept, c.Err)
		})
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	if grown := int64(after.HeapAlloc) - int64(before.HeapAlloc); grown > 8<<20 {
		t.Errorf("the parent holds %d bytes more", grown)
	}
}

func TestRunEndsWithItsContext(t *testing.T) {
	s := open(t, compute.Limits{Cell: time.Minute})
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	if _, err := s.Run(ctx, "while True: pass"); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
	if c := cell(t, s, "1 + 1"); c.Text() != "2\n" {
		t.Errorf("after it: %+v", c)
	}
}

func TestClose(t *testing.T) {
	s := open(t, compute.Limits{Cell: time.Minute})
	ended := make(chan error, 1)
	go func() {
		_, err := s.Run(context.Background(), "while True: pass")
		ended <- err
	}()
	cellStarted := time.NewTimer(50 * time.Millisecond)
	<-cellStarted.C
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := <-ended; !errors.Is(err, compute.ErrClosed) {
		t.Errorf("the running cell gives %v", err)
	}
	if _, err := s.Run(t.Context(), "1"); !errors.Is(err, compute.ErrClosed) {
		t.Errorf("a later one gives %v", err)
	}
}

func TestOutputKeepsHeadAndTail(t *testing.T) {
	s := open(t, compute.Limits{Output: 1000})
	c := cell(t, s, "print('a' * 5000 + 'z' * 400 + 'END')")
	if len(c.Output) != 1000 || !strings.HasSuffix(c.Output, "zEND\n") || c.Truncated != 4404 {
		t.Errorf("%d bytes, %d dropped, ends %q", len(c.Output), c.Truncated, c.Output[len(c.Output)-10:])
	}
	if c := cell(t, s, strings.Repeat("#", 70_000)); !c.Kept || !strings.Contains(c.Err, "TooLong") {
		t.Errorf("got %+v", c)
	}
}
