package starlark

import (
	"context"
	"runtime/metrics"
	"strings"
	"testing"
	"time"
)

func testInterpreter() *interpreter {
	return newInterpreter(1<<20, guardLimits{memory: 256 << 20, depth: deepest, steps: mostSteps})
}

func runCell(t *testing.T, in *interpreter, code string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	failed := in.run(ctx, code)
	text, _ := in.output.all()
	return text + failed
}

func TestCells(t *testing.T) {
	for _, c := range []struct{ name, code, want string }{
		{"echo", "x = 3\nx + 1", "4"},
		{"echo of text", "'a' + \"b'\"", `"ab'"`},
		{"no echo of None", "None", ""},
		{"no echo of an assignment", "x = 1", ""},
		{"print", `print("a", 1, 2.0, [True, None], sep="-", end="!\n")`, "a-1-2.0-[True, None]!"},
		{"float", "1e9", "1000000000.0"},
		{"huge power", "2**200 % 1000", "376"},
		{"power is to the right", "2**3**2", "512"},
		{"minus of a power", "-2**2", "-4"},
		{"negative power", "2**-1", "0.5"},
		{"root as a power", "16**0.5", "4.0"},
		{"chain", "[x for x in range(10) if 2 < x <= 5]", "[3, 4, 5]"},
		{"set", "sorted({3, 1, 3})", "[1, 3]"},
		{"set shown", "{1}", "{1}"},
		{"empty set", "set()", "set()"},
		{"generator", "sum(int(d)**2 for d in str(123))", "14"},
		{"any stops early", "any(x > 5 for x in count())", "True"},
		{"all over pairs", "all(a < b for a, b in zip([1, 2], [3, 4]) if a)", "True"},
		{"next", "next(n for n in count(1) if n**2 > 50)", "8"},
		{"next with default", "next((n for n in range(3) if n > 5), -1)", "-1"},
		{"f-string", "x = 3.14159\nn = 1234567\nf'{x:.2f}|{n:,}|{n:>10}|{x!r}|{n=}|{n % 7:03d}'", "'3.14|1,234,567|   1234567|3.14159|n=1234567|005'"},
		{"percent", "'%d %.3f %5s|' % (3, 2.5, 'a')", "'3 2.500     a|'"},
		{"format", "'{0} {1:>{w}} {0:.1f}'.format(1.25, 'x', w=3)", "'1.25   x 1.2'"},
		{"while", "n = 27\ns = 0\nwhile n != 1:\n    n = n // 2 if n % 2 == 0 else 3*n + 1\n    s += 1\ns", "111"},
		{"recursion", "def f(n):\n    return 1 if n == 0 else n * f(n - 1)\nf(20)", "2432902008176640000"},
		{"memo", "from functools import lru_cache\n@lru_cache(maxsize=None)\ndef fib(n):\n    return n if n < 2 else fib(n-1) + fib(n-2)\nfib(90)", "2880067194370816120"},
		{"import", "import math\nmath.gcd(12, 18) + math.comb(5, 2)", "16"},
		{"import as", "import sympy as sp\nsp.factorint(360)", "{2: 3, 3: 2, 5: 1}"},
		{"from", "from itertools import combinations as c\nlen(list(c(range(5), 2)))", "10"},
		{"global", "n = 1\ndef f():\n    global n\n    n += 5\nf()\nn += 1\nf()\nn", "12"},
		{"nonlocal", "def f():\n    k = 0\n    def g(x):\n        nonlocal k\n        k += x\n    for i in range(4):\n        g(i)\n    return k\nf()", "6"},
		{"a function sees what is assigned later", "def f():\n    return a\na = 1\na = 2\nf()", "2"},
		{"functions call each other", "def even(n):\n    return True if n == 0 else odd(n - 1)\ndef odd(n):\n    return False if n == 0 else even(n - 1)\neven(10)", "True"},
		{"in a loop", "def f():\n    return i\n[0 for _ in [1]]\nfor i in range(3):\n    print(f(), end='')", "012"},
		{"shift", "(1 << 1000).bit_length()", "1001"},
		{"sort", "a = [3, 1, 2]\na.sort(key=lambda x: -x)\na.reverse()\na", "[1, 2, 3]"},
		{"rational", "Rational(1, 3) + Rational(1, 6)", "1/2"},
		{"rational stays exact", "Rational(4, 2)/Rational(3), Rational(1)/3, Rational(3)**-2, sum([Rational(1, 2)]*2) == 1", "(2/3, 1/3, 1/9, True)"},
		{"a whole quotient stays exact", "Rational(6)/3/4", "1/2"},
		{"whole rational as a number", "range(3)[int(Rational(4, 2))], gcd(Rational(4), 6)", "(2, 2)"},
		{"rational is whole", "Fraction(4, 2)", "2"},
		{"rational compares", "Rational(1, 2) < 1 and 0.25 < Rational(1, 2) and max(Rational(1, 2), 0) == Rational(2, 4)", "True"},
		{"rational powers", "Rational(2, 3)**-2", "9/4"},
		{"matrix", "M = Matrix([[1, 2], [3, 4]])\n(M**2)[0, 1], M.det(), M.inv()", "(10, -2, Matrix([[-2, 1], [3/2, -1/2]]))"},
		{"poly", "x = Poly([1, 0])\np = (x - 1)*(2*x + 3)\np, p(2), p.roots()", "(2*x**2 + x - 3, 7, [-3/2, 1])"},
		{"poly modulo", "Poly([1, 0, 1], 5).roots()", "[2, 3]"},
		{"counter", "from collections import Counter\nCounter('banana').most_common(1)", "[('a', 3)]"},
		{"defaultdict", "from collections import defaultdict\nd = defaultdict(list)\nd[1].append(2)\nd[1]", "[2]"},
		{"heap", "import heapq\nh = []\nfor x in [3, 1, 2]:\n    heapq.heappush(h, x)\nheapq.heappop(h), heapq.heappop(h)", "(1, 2)"},
		{"stars", "a, *b = [1, 2, 3]\n[*b, a]", "[2, 3, 1]"},
		{"del", "d = {1: 2, 3: 4}\ndel d[1]\nd", "{3: 4}"},
		{"main", "def main():\n    print(7)\nif __name__ == '__main__':\n    main()", "7"},
		{"round", "round(2.5), round(3.14159, 2), round(7, -1)", "(2, 3.14, 10)"},
		{"divmod", "divmod(-7, 2)", "(-4, 1)"},
		{"isinstance", "isinstance(3, int), isinstance('a', (int, str))", "(True, True)"},
		{"permutations", "[''.join(p) for p in permutations('abc')][:3]", "['abc', 'acb', 'bac']"},
		{"product", "len(list(product([0, 1], repeat=3)))", "8"},
		{"min with a key", "min([(1, 5), (2, 3)], key=lambda t: t[1])", "(2, 3)"},
		{"log of a huge number", "int(log(10**1000, 10) + 0.5)", "1000"},
		{"digits of a power", "len(str(7**7**3)) if 7**7**3 else 0", "290"},
		{"pow with inverse", "pow(3, -1, 7)", "5"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := strings.TrimSuffix(runCell(t, testInterpreter(), c.code), "\n"); got != c.want {
				t.Errorf("%s\ngives %q, want %q", c.code, got, c.want)
			}
		})
	}
}

// TestLeavesRoom: what a cell used is collected before the next one begins, which
// may need the room, and names that hold too much are given up.
func TestLeavesRoom(t *testing.T) {
	const most = 32 << 20
	in := newInterpreter(1<<16, guardLimits{memory: most, depth: 100, steps: 1 << 30})
	heap := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	for _, c := range []struct{ code, want string }{
		{"n = len('x' * 200000000)", ""},
		{"s = 'x' * 200000000\nt = 2", "Error: what the cell made takes too much memory, and is gone: s, t, _\n"},
		{"2 + 3", "5\n"},
		{"n", "200000000\n"},
		{"s", "line 1: s\nNameError: name 's' is not defined\n"},
		{"s = 7\nt = s\nt", "7\n"},
	} {
		if got := runCell(t, in, c.code); got != c.want {
			t.Errorf("%s: %q, want %q", c.code, got, c.want)
		}
		if metrics.Read(heap); heap[0].Value.Uint64() > most {
			t.Errorf("%s: %d bytes are left behind", c.code, heap[0].Value.Uint64())
		}
	}
}
