package rewrite

import (
	"errors"
	"strings"
	"testing"
)

func TestSource(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"power", "a ** b", "__pow(a, b)"},
		{"power of literals", "10**9 + 7", "1000000000 + 7"},
		{"power associates to the right", "a**b**c", "__pow(a, __pow(b, c))"},
		{"sign before a power", "-x**2", "-__pow(x, 2)"},
		{"sign in a power", "x**-2", "__pow(x, -2)"},
		{"power of a call", "f(x)[0].y**2", "__pow(f(x)[0].y, 2)"},
		{"power over lines", "(a **\n b)", "(__pow(a, \nb))"},
		{"power assigned", "x **= 2", "x = __pow(x, 2)"},
		{"power in a string", `"a**b" # a**b`, `"a**b" # a**b`},
		{"power of a keyword argument", "f(**d)", "f(**d)"},
		{"chain", "a < b < c", "(a < b and b < c)"},
		{"chain with a call", "0 < f(x) <= 9", "[0 < __m1 and __m1 <= 9 for __m1 in [f(x)]][0]"},
		{"is", "x is None or y is not None", "x == None or y != None"},
		{"not in", "a not in b", "a not in b"},
		{"set", "{1, 2}", "set([1, 2])"},
		{"set comprehension", "{x**2 for x in y}", "set([__pow(x, 2) for x in y])"},
		{"dict", "{1: 2, **d}", "__merge({1: 2}, d)"},
		{"dict comprehension", "{k: v for k, v in d.items()}", "{k: v for k, v in d.items()}"},
		{"generator", "sum(x for x in y if x)", "sum([x for x in y if x])"},
		{"generator and argument", "next((x for x in y), None)", "next([x for x in y], None)"},
		{"stars in a list", "[*a, 1, *b]", "__splat(a, [1], b)"},
		{"star target", "a, *b = c", "a, b = __unpack(1, 0, c)"},
		{"assignments in a row", "a = b = 0", "__v = 0; a = __v; b = __v"},
		{"types", "def f(n: int, m: List[int] = 3) -> int:\n\tx: int = 4", "def f(n, m = 3) :\n\tx = 4"},
		{"f-string", `f"a{x}b"`, `__format("a", [(x), "", ""], "b")`},
		{"f-string with all", `f"{x + 1!r:>{w}.2f}"`, `__format([(x + 1), "r", __format(">", [(w), "", ""], ".2f")])`},
		{"f-string with a name", `f"{x=}"`, `__format("x=", [(x), "r", ""])`},
		{"f-string with braces", `f"{{{x**2}}}"`, `__format("{", [(__pow(x, 2)), "", ""], "}")`},
		{"strings side by side", `"a" 'b'`, `("a" + 'b')`},
		{"escape that Starlark has not", `"\( \n"`, `"\\( \n"`},
		{"import", "import math, sympy as sp", `math = __import("math"); sp = __import("sympy")`},
		{"from", "from math import gcd as g, sqrt", `g = __import("math", "gcd"); sqrt = __import("math", "sqrt")`},
		{"from all", "from sympy import *", `__import("sympy", "*")`},
		{"assert", "assert x, 'm'", `(x) or fail("AssertionError:", 'm')`},
		{"raise", "raise ValueError('m')", `fail("ValueError:", 'm')`},
		{"del", "del d[k]", "__delete(d, k)"},
		{"decorator", "@lru_cache(None)", "__decorate(lru_cache(None))"},
		{"global", "global a, b", `__global("a", "b")`},
		{"underscores", "1_000_000", "1000000"},
		{"matrices", "a @ b", "a * b"},
		{"semicolons", "x = 1; y = x**2", "x = 1; y = __pow(x, 2)"},
		{"one line", "if x: y = z**2", "if x: y = __pow(z, 2)"},
		{"lambda", "sorted(a, key=lambda t: (t[0]**2, -t[1]))", "sorted(a, key=lambda t: (__pow(t[0], 2), -t[1]))"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := Source(c.in)
			if err != nil || strings.TrimRight(got, " ") != c.want {
				t.Errorf("Source(%q) is\n%s %v, want\n%s", c.in, got, err, c.want)
			}
		})
	}
}

func TestUnsupported(t *testing.T) {
	for _, c := range []struct{ in, what string }{
		{"try:\n  x = 1\nexcept: pass", "line 1: `try`"},
		{"x = 1\nclass A: pass", "line 2: `class`"},
		{"for i in y:\n  pass\nelse:\n  pass", "line 3: `else` of a loop"},
		{"def f():\n  yield 1", "line 2: `yield`"},
		{"if (n := 3) > 2: pass", "line 1: `:=`"},
		{"1j", "line 1: an imaginary"},
		{"with open('x') as f: pass", "line 1: `with`"},
		{"x = 2\nf'{(y := 3)}'", "line 2: `:=`"},
	} {
		_, err := Source(c.in)
		var u *Unsupported
		if !errors.As(err, &u) || !strings.HasPrefix(err.Error(), c.what) {
			t.Errorf("Source(%q) says %v, want %s", c.in, err, c.what)
		}
	}
}

// plain is Starlark as it is: nothing in it is to change.
const plain = `# a ** b, f"{x}"
def f(x, y = 1, *args, **kwargs):
    """a ** b"""
    for i in range(10):
        if not x and i % 2 == 0 or y in args: # x
            x += [a for a in y if a][0] if i else -1
        elif x: pass
        else:
            continue
    return {1: "a", "b": (1,), "c": ()}, lambda z, k = 2: z[1:2][::-1], r"\d"
print(f(1, y = [2,
    3]) , "\\")
`

func TestPlainTextIsUnchanged(t *testing.T) {
	got, err := Source(plain)
	if err != nil || got != plain {
		t.Errorf("got\n%s %v", got, err)
	}
}

func FuzzSource(f *testing.F) {
	for _, seed := range []string{plain, "a**b", "f'{x!r:{y}}'", "a<b<c", "from a import (b,\nc)", "a, *b = c = d", "{**a}", "del x[1]", "@a\ndef f(): pass", "x: int", "\"\\", "f'{", "f'''{\n}'''", "a if b else", "((((", "\x00", "1e", "0x"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, code string) {
		got, err := Source(code)
		if err != nil {
			return
		}
		if strings.Count(got, "\n") != strings.Count(code, "\n") {
			t.Errorf("Source(%q) = %q: lines moved", code, got)
		}
	})
}
