package python_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/compute"
	"github.com/aimo3/aimo3/engine/compute/launcher"
	"github.com/aimo3/aimo3/engine/compute/python"
)

// open opens a session of the Python under test that starts soonest.
func open(t testing.TB, l compute.Limits) engine.Session {
	t.Helper()
	return openOf(t, quick(""), l)
}

// openOf opens a session whose cells, if l does not say otherwise, may take
// longer than any machine does.
func openOf(t testing.TB, e *python.Engine, l compute.Limits) engine.Session {
	t.Helper()
	if l.Cell == 0 {
		l.Cell = 10 * time.Minute
	}
	if err := e.Available(t.Context()); err != nil {
		t.Skipf("NO PYTHON TO TRY: %v", err)
	}
	s, err := e.Open(t.Context(), l)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return s
}

// notebook is cells of one session and what comes of the last one.
type notebook struct {
	name  string
	cells []string
	want  string
}

const traceback = "Traceback (most recent call last):\n\n"

// TestCells holds a session to what notebooks do. Each row is one session.
func TestCells(t *testing.T) {
	const trace = traceback
	checkCells(t, []notebook{
		{"the last expression is shown", []string{"x = 2\nx + 1"}, "3\n"},
		{"printed text comes first", []string{"print('a')\n1"}, "a\n1\n"},
		{"None is not shown", []string{"print()"}, "\n"},
		{"an assignment shows nothing", []string{"x = 1"}, ""},
		{"an expression before the last is not shown", []string{"1\n2"}, "2\n"},
		{"text is quoted", []string{"'a'"}, "'a'\n"},
		{"names live on", []string{"x = 5", "x"}, "5\n"},
		{"functions live on", []string{"def f(n): return 1 if n < 2 else n*f(n-1)", "f(5)"}, "120\n"},
		{"a module is told of, but not where it lies", []string{"from statistics import nothing"}, trace + "  Cell In[2], line 1\n    from statistics import nothing\n\nImportError: cannot import name 'nothing' from 'statistics' (statistics.py)\n"},
		{"the last value", []string{"6*7", "_ + 1"}, "43\n"},
		{"the one before", []string{"1", "2", "__"}, "1\n"},
		{"a value by its cell", []string{"'a'", "'b'", "Out[2], _3, In[2]"}, "('a', 'b', \"'a'\")\n"},
		{"_ of one's own stays", []string{"_ = 7", "1", "_"}, "7\n"},
		{"a semicolon hushes", []string{"5;"}, ""},
		{"one behind brackets and characters", []string{"('é答', ';#'\n);  # so", "[1,\n2] ;"}, ""},
		{"one in a text or a comment does not", []string{"';'", "'a;b'  # c;\n# d;"}, "'a;b'\n"},
		{"and one in a comment does not", []string{"5 # ;"}, "5\n"},
		{"empty", []string{""}, ""},
		{"empty lines and an indent are dropped", []string{"\n\n    x = 1\n    x"}, "1\n"},
		{"stderr is shown in its place", []string{"import sys\nprint(1)\nprint(2, file=sys.stderr)\nprint(3)"}, "1\n2\n3\n"},
		{"long values are laid out", []string{"list(range(20, 60))"}, "[" + strings.Join(numbers(20, 60), ",\n ") + "]\n"},
		{"short ones are not", []string{"[1, (2,), {3: {4, 5}}]"}, "[1, (2,), {3: {4, 5}}]\n"},
		{"very long ones are cut", []string{"len(str([])), list(range(2000))[-1], [0]*1001"}, "(2,\n 1999,\n [" + strings.Repeat("0,\n  ", 1000) + "...])\n"},
		{"sets are sorted", []string{"{3, 1, 2}"}, "{1, 2, 3}\n"},
		{"a list of itself", []string{"x = []\nx.append(x)\nx"}, "[[...]]\n"},
		{"a nested dict", []string{"{'a'*40: [1]*3, 'b'*40: (1, 2)}"}, "{'" + strings.Repeat("a", 40) + "': [1, 1, 1],\n '" + strings.Repeat("b", 40) + "': (1, 2)}\n"},
		{
			"collections",
			[]string{"import collections\ncollections.Counter('aab'), collections.deque([1]), collections.defaultdict(int, {1: 2})"},
			"(Counter({'a': 2, 'b': 1}), deque([1]), defaultdict(int, {1: 2}))\n",
		},
		{"counters begin with the most common", []string{"import collections\ncollections.Counter('abbb'), [collections.Counter('abcc')]"}, "(Counter({'b': 3, 'a': 1}), [Counter({'c': 2, 'a': 1, 'b': 1})])\n"},
		{"a counter without order", []string{"import collections\ncollections.Counter({1: 1j, 2: 2j})"}, "Counter({1: 1j, 2: 2j})\n"},
		{"a function", []string{"def f(x, y=2): pass\nf"}, "<function __main__.f(x, y=2)>\n"},
		{"a class", []string{"class A: pass\nA, int"}, "(__main__.A, int)\n"},
		{"an integer of 5,000 digits", []string{"len(str(10**5000))"}, "5001\n"},
		{"an error", []string{"x = 1\n1/0"}, trace + "  Cell In[2], line 2\n    1/0\n\nZeroDivisionError: division by zero\n"},
		{"an error across cells", []string{"def f(n):\n    return 1/n", "f(0)"}, trace +
			"  Cell In[3], line 1\n    f(0)\n\n  Cell In[2], line 2 in f\n    return 1/n\n\nZeroDivisionError: division by zero\n"},
		{"an error after output", []string{"print('a')\nx"}, "a\n" + trace + "  Cell In[2], line 2\n    x\n\nNameError: name 'x' is not defined\n"},
		{"an error from an error", []string{"try:\n    {}[1]\nexcept KeyError:\n    1/0"}, trace +
			"  Cell In[2], line 2\n    {}[1]\n\nKeyError: 1\n\n\nDuring handling of the above exception, another exception occurred:\n\n" +
			trace + "  Cell In[2], line 4\n    1/0\n\nZeroDivisionError: division by zero\n"},
		{"an error without text", []string{"assert False"}, trace + "  Cell In[2], line 1\n    assert False\n\nAssertionError\n"},
		{"a syntax error", []string{"1 +* 2"}, "  Cell In[2], line 1\n    1 +* 2\n       ^\nSyntaxError: invalid syntax\n"},
		{"code that can be read and not compiled", []string{"x = 1\nif x:\n    return x"}, "  Cell In[2], line 3\n    return x\n    ^\nSyntaxError: 'return' outside function\n"},
		{"names live after an error", []string{"x = 1\n1/0", "x"}, "1\n"},
		{"shell commands", []string{"!pip install numpy"}, trace + "UsageError: line 1: `!pip install numpy`: shell commands do not run here, only Python with what is installed\n"},
		{"magics", []string{"x = 1\n%timeit x"}, trace + "UsageError: line 2: `%timeit x`: notebook magics do not run here, only Python with what is installed\n"},
		{"a line that begins with % in a text", []string{"'''\n%d''' % 3"}, "'\\n3'\n"},
		{"a warning is told in each cell", []string{"import warnings\nwarnings.warn('so')", "x = 1\nwarnings.warn('so')"}, "<cell 3>:2: UserWarning: so\n"},
		{"help", []string{"def f():\n    'What f does.'\nhelp(f)"}, "Help on function f in module __main__:\n\nf()\n    What f does.\n\n"},
		{"exit", []string{"x = 1\nexit()", "x"}, "1\n"},
		{"a screen of one's own is taken back", []string{"import sys, io\nsys.stdout = io.StringIO()", "print(1)"}, "1\n"},
		{"display", []string{"display([1])"}, "[1]\n"},
	})
}

func checkCells(t *testing.T, rows []notebook) {
	t.Helper()
	for _, c := range rows {
		t.Run(c.name, func(t *testing.T) {
			s := open(t, compute.Limits{First: 2})
			var cell engine.Cell
			var err error
			for _, code := range c.cells {
				if cell, err = s.Run(t.Context(), code); err != nil || !cell.Kept {
					t.Fatalf("%s: %v, %+v", code, err, cell)
				}
			}
			want := c.want
			if strings.Contains(want, "UsageError") {
				want = strings.TrimPrefix(want, traceback)
			}
			if got := cell.Text(); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

func numbers(from, to int) []string {
	var all []string
	for i := from; i < to; i++ {
		all = append(all, fmt.Sprint(i))
	}
	return all
}

func TestSymPyIsShownAsText(t *testing.T) {
	e := full()
	if err := e.Available(t.Context()); err != nil {
		t.Skipf("NO SYMPY TO TRY: %v", err)
	}
	s := openOf(t, e, compute.Limits{})
	cell, err := s.Run(t.Context(), "from sympy import *\nx = symbols('x')\n[factor(x**4 - 1), Rational(1, 2), sqrt(8)]")
	if want := "[(x - 1)*(x + 1)*(x**2 + 1), 1/2, 2*sqrt(2)]\n"; err != nil || cell.Text() != want {
		t.Errorf("got %q, %v, want %q", cell.Text(), err, want)
	}
}

// TestErrorOnNoLine: where a loop goes back, an interrupt is on no line of the
// code; the session lives, and the error is told.
func TestErrorOnNoLine(t *testing.T) {
	s := open(t, compute.Limits{})
	for _, c := range []struct{ code, out, err string }{
		{"x = 1\ndef f():\n    return 1/0\nf.__code__ = f.__code__.replace(co_linetable=b'')\nf()", "", "ZeroDivisionError: division by zero\n"},
		{"class Odd(Exception):\n    @property\n    def __cause__(self): return 7\nraise Odd('so')", "", "Odd: so\n"},
		{"x", "1\n", ""},
	} {
		cell, err := s.Run(t.Context(), c.code)
		if err != nil || !cell.Kept || cell.Output != c.out || !strings.HasSuffix(cell.Err, c.err) {
			t.Errorf("%s: %+v, %v", c.code, cell, err)
		}
	}
}

// patiently holds a claim about cells that run out of time. A machine too busy
// to get as far as the claim is about is given more of it.
func patiently(t *testing.T, claim func(s engine.Session) error) {
	t.Helper()
	for limit := 300 * time.Millisecond; ; limit *= 4 {
		err := claim(open(t, compute.Limits{Cell: limit}))
		if err == nil {
			return
		}
		if limit > time.Minute {
			t.Fatal(err)
		}
	}
}

// TestTime: a cell past its time is interrupted and the session lives; one that
// does not yield is killed, the session starts anew and says so.
func TestTime(t *testing.T) {
	patiently(t, func(s engine.Session) error {
		for _, c := range []struct {
			code, out, err string
			late, kept     bool
		}{
			{"x = 1", "", "", false, true},
			{"print('before')\nwhile True: pass", "before\n", "KeyboardInterrupt\n[TIMEOUT]", true, true},
			{"x", "1\n", "", false, true},
			{"import time\nwhile True:\n    try:\n        time.sleep(3600)\n    except BaseException: pass", "", "every name that was defined before is gone", true, false},
			{"x", "", "NameError", false, true},
		} {
			cell, err := s.Run(t.Context(), c.code)
			if err != nil {
				return err
			}
			if cell.TimedOut != c.late || cell.Kept != c.kept || cell.Output != c.out || !strings.Contains(cell.Err, c.err) || c.err == "" && cell.Err != "" {
				return fmt.Errorf("%s: %+v", c.code, cell)
			}
		}
		return nil
	})
}

func TestLimits(t *testing.T) {
	s := open(t, compute.Limits{Output: 1000, Code: 100, Memory: 512 << 20})
	for _, c := range []struct{ name, code, want string }{
		{"output", "print('a'*600 + 'b'*600)", "bytes dropped"},
		{"memory", "x = bytearray(600 << 20)", "MemoryError"},
		{"code", "#" + strings.Repeat("x", 100), "TooLong: the cell has 101 bytes"},
	} {
		cell, err := s.Run(t.Context(), c.code)
		if err != nil || !strings.Contains(cell.Text(), c.want) || !cell.Kept {
			t.Errorf("%s: %+v, %v, want %s", c.name, cell, err, c.want)
		}
		if c.name == "output" && (cell.Truncated != 201 || len(cell.Output) > 1100 || !strings.HasPrefix(cell.Output, "aaa") || !strings.HasSuffix(cell.Output, "bbb\n")) {
			t.Errorf("%d bytes dropped, %d left: %q", cell.Truncated, len(cell.Output), cell.Output)
		}
		if c.name == "output" && cell.Memory < 1<<20 {
			t.Errorf("it held %d bytes", cell.Memory)
		}
	}
}

// TestCancelled: when the caller gives up, the code ends with it, and the next
// cell begins without names.
func TestCancelled(t *testing.T) {
	s := open(t, compute.Limits{})
	gone := errors.New("the vote is decided")
	ctx, cancel := context.WithCancelCause(t.Context())
	time.AfterFunc(200*time.Millisecond, func() { cancel(gone) })
	if _, err := s.Run(ctx, "while True: pass"); !errors.Is(err, gone) {
		t.Errorf("err = %v, want %v", err, gone)
	}
	if cell, err := s.Run(t.Context(), "1"); err != nil || cell.Output != "1\n" {
		t.Errorf("afterwards: %+v, %v", cell, err)
	}
	if cell, err := s.Run(t.Context(), "1/0"); err != nil || !strings.Contains(cell.Err, "Cell In[3], line 1") {
		t.Errorf("the third cell, in a second process, is numbered otherwise: %+v, %v", cell, err)
	}
}

// TestDeaf: a cell that has its own process read from elsewhere costs the next
// one, and does not keep it for ever.
func TestDeaf(t *testing.T) {
	s := open(t, compute.Limits{})
	const elsewhere = `import fcntl, os
r, w = os.pipe()
for fd in range(3, 64):
    try:
        if fd != r and fcntl.fcntl(fd, fcntl.F_GETFL) & os.O_ACCMODE == os.O_RDONLY: os.dup2(r, fd)
    except OSError: pass`
	for _, c := range []struct{ code, want string }{{elsewhere, ""}, {"1", "Nothing of this cell was run"}, {"2", "2\n"}} {
		cell, err := s.Run(t.Context(), c.code)
		if err != nil || !strings.Contains(cell.Text(), c.want) || c.want == "" && cell.Text() != "" {
			t.Errorf("%s: %+v, %v, want %q", c.code, cell, err, c.want)
		}
	}
}

func TestClosed(t *testing.T) {
	s := open(t, compute.Limits{})
	time.AfterFunc(200*time.Millisecond, func() { _ = s.Close() })
	if _, err := s.Run(t.Context(), "while True: pass"); !errors.Is(err, compute.ErrClosed) {
		t.Errorf("a cell whose session is closed: %v", err)
	}
	if _, err := s.Run(t.Context(), "1"); !errors.Is(err, compute.ErrClosed) {
		t.Errorf("a closed session: %v", err)
	}
}

func TestMain(m *testing.M) {
	if code, was := launcher.Main(); was {
		os.Exit(code)
	}
	os.Exit(m.Run())
}
