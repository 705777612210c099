package python_test

import (
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine/compute"
)

const unshown = "<its text cannot be shown>\n"

// text is a str that throws whatever is done with it.
const text = `class Text(str):
    def bad(self, *a, **k): raise SystemExit('bad')
    __len__ = __add__ = __radd__ = __mod__ = __format__ = __getitem__ = __eq__ = __hash__ = __iter__ = __contains__ = __bool__ = bad
    split = replace = join = encode = strip = startswith = partition = rstrip = bad
    __class__ = property(bad)
`

// TestHostileErrors: an error is told as far as it can be, whatever its class
// does, and the session lives. Each says how its text ends.
func TestHostileErrors(t *testing.T) {
	rows := []struct{ name, code, want string }{
		{"its class throws", "class E(Exception):\n    @property\n    def __class__(self): 1/0\nraise E('so')", "raise E('so')\n\nE: so\n"},
		{"all of it throws", "class E(Exception):\n    def __getattribute__(self, name): raise SystemExit\nraise E('so')", "raise E('so')\n\nE: so\n"},
		{"its cause throws", "class E(Exception):\n    @property\n    def __cause__(self): raise KeyboardInterrupt\nraise E('so')", "E: so\n"},
		{"its true cause is told", "class E(Exception):\n    __cause__ = __context__ = __suppress_context__ = __traceback__ = __notes__ = property(lambda self: 1/0)\nraise E('so') from ValueError('why')", "E: so\n"},
		{"its text throws", "class E(Exception):\n    def __str__(self): raise self\nraise E", "E: " + unshown},
		{"its text exits", "class E(Exception):\n    def __str__(self): raise SystemExit\nraise E", "E: " + unshown},
		{"its text interrupts", "class E(Exception):\n    def __str__(self): raise KeyboardInterrupt\nraise E", "E: " + unshown},
		{"its text recurs", "class E(Exception):\n    def __str__(self): return str(self)\nraise E", "E: " + unshown},
		{"its text is none", "class E(Exception):\n    def __str__(self): return 7\nraise E", "E: " + unshown},
		{"its text is hostile", text + "class E(Exception):\n    def __str__(self): return Text('so')\nraise E", "E: so\n"},
		{"its text is long", "raise ValueError('x' * 10**7)", "x\n"},
		{"its text is half a letter", "raise ValueError('\\ud800')", "ValueError: \uFFFD\n"},
		{"its name is hostile", text + "E = type(Text('E'), (Exception,), {})\nraise E('so')", "E: so\n"},
		{"its name is set", text + "class E(Exception): pass\nE.__name__ = E.__qualname__ = Text('F')\nE.__module__ = Text('m')\nraise E('so')", "F: so\n"},
		{"its name is long", "raise type('E' * 10**6, (Exception,), {})", "E\n"},
		{"its metaclass throws", "class M(type):\n    def __getattribute__(self, name): raise SystemExit\n    def __instancecheck__(self, x): 1/0\n    __eq__ = __hash__ = __instancecheck__\nclass E(Exception, metaclass=M): pass\nraise E('so')", "E: so\n"},
		{"an error of a metaclass that has no name", "class M(type):\n    __name__ = property(lambda self: 1/0)\nclass E(Exception, metaclass=M): pass\nraise E('so')", "E: so\n"},
		{"exit that throws", "class E(SystemExit):\n    def __str__(self): 1/0\nraise E", "E: " + unshown + "The session goes on; names defined before are still there.\n"},
		{"interrupt that throws", "class E(KeyboardInterrupt):\n    def __str__(self): raise SystemExit\nraise E", "E: " + unshown},
		{"bool that throws", "class E(Exception):\n    def __bool__(self): raise SystemExit\n    __len__ = __eq__ = __hash__ = __bool__\nraise E('so')", "E: so\n"},
		{"causes in a ring", "a, b = ValueError('a'), ValueError('b')\na.__cause__, b.__cause__ = b, a\nraise a", "ValueError: a\n"},
		{"many causes", "e = None\nfor i in range(10**4):\n    f = ValueError(i)\n    f.__cause__ = e\n    e = f\nraise e", "ValueError: 9999\n"},
		{"syntax that is not", "raise SyntaxError('so', (['x'], {}, -1, 5))", "SyntaxError: so\n"},
		{"syntax with hostile parts", text + "e = SyntaxError('so')\ne.filename, e.lineno, e.offset, e.text, e.msg = Text('f'), 10**30, -10**30, Text('t'), Text('m')\nraise e", "SyntaxError: m\n"},
		{"syntax of a great column", "raise SyntaxError('so', ('<cell 1>', 1, 10**12, 'x'))", "SyntaxError: so\n"},
		{"import that lies", text + "e = ImportError('so')\ne.path = Text('so')\ne.name = 7\nraise e", "ImportError: so\n"},
		{"notes", "e = ValueError('so')\ne.__notes__ = ['more', '\\ud800']\nraise e", "ValueError: so\nmore\n\uFFFD\n"},
		{"notes that are not", text + "e = ValueError('so')\ne.__notes__ = [7]\nraise e", "ValueError: so\n"},
		{"a key that cannot be shown", "class K:\n    def __repr__(self): raise SystemExit\n{}[K()]", "KeyError: " + unshown},
		{"code whose file is hostile", text + "def f(): 1/0\nf.__code__ = f.__code__.replace(co_filename=Text('f'), co_name=Text('g'))\nf()", "ZeroDivisionError: division by zero\n"},
		{"code whose line is none", "exec(compile('\\n' * 10**6 + '1/0', '<cell 1>', 'exec'))", "ZeroDivisionError: division by zero\n"},
		{"lines that are long", "x = 1; 1/0  #" + strings.Repeat("x", 60000), "ZeroDivisionError: division by zero\n"},
		{"a source that throws", "import linecache\ndef bad(*a): raise SystemExit\nlinecache.getline = bad\nimport statistics\nstatistics.mean([])", "StatisticsError: mean requires at least one data point\n"},
	}
	for _, c := range rows {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := open(t, compute.Limits{})
			cell, err := s.Run(t.Context(), c.code)
			if err != nil || !cell.Kept || !strings.HasSuffix(cell.Err, c.want) || len(cell.Err) > 32<<10 {
				t.Errorf("it says %.300q … %q (%v, kept %v), want %q", cell.Err, cell.Err[max(0, len(cell.Err)-300):], err, cell.Kept, c.want)
			}
			if cell, err := s.Run(t.Context(), "6*7"); err != nil || cell.Text() != "42\n" {
				t.Errorf("afterwards: %+v, %v", cell, err)
			}
		})
	}
}

// TestHostileValues: a value that cannot be shown is an error of its cell, and
// the session lives.
func TestHostileValues(t *testing.T) {
	for _, c := range []struct{ name, code, want string }{
		{"it throws", "class A:\n    def __repr__(self): 1/0\nA()", "ZeroDivisionError"},
		{"it exits", "class A:\n    def __repr__(self): raise SystemExit\n[A()]", "SystemExit"},
		{"it interrupts", "class A:\n    def __repr__(self): raise KeyboardInterrupt\n{1: A()}", "KeyboardInterrupt"},
		{"it is hostile text", text + "class A:\n    def __repr__(self): return Text('so')\nA()", "so\n"},
		{"amid others", text + "class A:\n    def __repr__(self): return Text('so')\n[A(), (A(), {1: A()})]", "[so, (so, {1: so})]\n"},
		{"it is a text", text + "Text('so')", "'so'\n"},
		{"its metaclass throws", "class M(type):\n    def __getattribute__(self, name): raise SystemExit('x')\nclass A(metaclass=M): pass\nA()", "SystemExit: x"},
		{"its metaclass has no name", "class M(type):\n    __name__ = property(lambda self: 1/0)\nclass A(set, metaclass=M): pass\nA()", "A()\n"},
		{"its class is of no module", text + "class A: pass\nA.__module__ = 7\nA", "7.A\n"},
		{"its name is hostile", text + "class A(Exception): pass\nA.__qualname__ = Text('B')\nA(1)", "__main__.B(1)\n"},
		{"a function with a hostile name", text + "def f(): pass\nf.__qualname__ = f.__module__ = Text('g')\nf", "<function g.g()>\n"},
		{"lengths that lie", "class A(list):\n    def __len__(self): return -1\n    def __iter__(self): raise SystemExit('x')\nA([1])", "SystemExit: x"},
		{"deep", "x = []\nfor _ in range(10**5): x = [x]\nx", "]\n"},
		{"display", text + "class A:\n    def __repr__(self): return Text('so')\ndisplay(A())", "so\n"},
		{"half a letter", "class A:\n    def __repr__(self): return '\\ud800'\nA()", "\\ud800\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := open(t, compute.Limits{})
			if cell, err := s.Run(t.Context(), c.code); err != nil || !cell.Kept || !strings.Contains(cell.Text(), c.want) {
				t.Errorf("it says %.600q (%v, kept %v), want %q", cell.Text(), err, cell.Kept, c.want)
			}
			if cell, err := s.Run(t.Context(), "6*7"); err != nil || cell.Text() != "42\n" {
				t.Errorf("afterwards: %+v, %v", cell, err)
			}
		})
	}
}
