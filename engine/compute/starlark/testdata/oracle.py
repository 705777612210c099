"""Answers expressions, one a line, with the names of the engine's functions
bound to SymPy's and the standard library's."""
import sys, math, itertools
import sympy, sympy.ntheory as nt
from sympy.ntheory.residue_ntheory import sqrt_mod as _sqrt_mod
from sympy.ntheory.modular import crt as _crt
from sympy.ntheory.continued_fraction import continued_fraction_periodic as _cfp, continued_fraction_convergents as _cfc
from fractions import Fraction
from sympy.polys.subresultants_qq_zz import sylvester
sys.set_int_max_str_digits(0)

def ints(xs): return [int(x) for x in xs]
gcd, lcm, isqrt, comb, perm, factorial = math.gcd, math.lcm, math.isqrt, math.comb, math.perm, math.factorial
binomial = comb
def egcd(a, b): return ints(sympy.core.intfunc.igcdex(a, b))
def modinv(a, m): return pow(a, -1, m)
def iroot(n, k): r, e = sympy.integer_nthroot(n, k); return (int(r), bool(e))
def fibonacci(n): return int(sympy.fibonacci(n))
def digits(n, b=10): return ints(nt.digits(abs(n), b)[1:])
def isprime(n): return bool(sympy.isprime(n))
def primes(n): return ints(sympy.primerange(2, n + 1))
def primerange(a, b): return ints(sympy.primerange(a, b))
def prime(n): return int(sympy.prime(n))
def primepi(n): return int(sympy.primepi(n))
def nextprime(n): return int(sympy.nextprime(n))
def prevprime(n): return int(sympy.prevprime(n))
def factorint(n): return {int(k): int(v) for k, v in sorted(sympy.factorint(n).items())}
def primefactors(n): return ints(sympy.primefactors(n))
def divisors(n): return ints(sympy.divisors(n))
def divisor_count(n): return int(sympy.divisor_count(n))
def divisor_sigma(n, k=1): return int(sympy.divisor_sigma(n, k))
def totient(n): return int(sympy.totient(n))
def reduced_totient(n): return int(sympy.reduced_totient(n))
def mobius(n): return int(sympy.mobius(n))
def multiplicity(p, n): return int(sympy.multiplicity(p, n))
def crt(m, r):
    a = _crt(m, r)
    if a is None: raise ValueError
    l = lcm(*m) # SymPy does not reduce where moduli share factors
    return (int(a[0]) % l, l)
def discrete_log(n, a, b): return int(nt.discrete_log(n, a, b))
def sqrt_mod(a, n): return ints(sorted(_sqrt_mod(a, n, all_roots=True)))
def primitive_root(n):
    r = nt.primitive_root(n)
    if r is None: raise ValueError
    return int(r)
def n_order(a, n): return int(nt.n_order(a, n))
def jacobi(a, n): return int(sympy.jacobi_symbol(a, n))
def show(v):
    if isinstance(v, (Fraction, sympy.Rational)):
        p, q = int(v.numerator), int(v.denominator)
        return str(p) if q == 1 else f"{p}/{q}"
    if isinstance(v, bool) or v is None: return repr(v)
    if isinstance(v, sympy.Basic) and v.is_Integer: return str(int(v))
    if isinstance(v, list): return "[" + ", ".join(map(show, v)) + "]"
    if isinstance(v, tuple): return "(" + ", ".join(map(show, v)) + ("," if len(v) == 1 else "") + ")"
    if isinstance(v, dict): return "{" + ", ".join(show(a) + ": " + show(b) for a, b in v.items()) + "}"
    if isinstance(v, sympy.MatrixBase): return "Matrix(" + show(v.tolist()) + ")"
    return repr(v)
Rational = Fraction
def continued_fraction(x): return ints(_cfp(x.numerator, x.denominator)) if isinstance(x, Fraction) else [x]
def sqrt_fraction(n):
    if math.isqrt(n) ** 2 == n: return (math.isqrt(n), [])
    a = _cfp(0, 1, n)
    return (int(a[0]), ints(a[1]))
def convergents(t): return [sympy.Rational(c) for c in _cfc(t)]
def Matrix(rows): return sympy.Matrix([[sympy.Rational(str(x)) for x in r] for r in rows])
class Poly:
    x = sympy.Symbol("x")
    def __init__(self, c, m=None, p=None):
        self.m = m
        self.p = p if p is not None else (sympy.Poly([sympy.Rational(str(a)) for a in c], self.x, domain=sympy.QQ) if m is None
                 else sympy.Poly(c, self.x, modulus=m))
    def n(self, v): return sympy.Rational(v) if self.m is None else int(v) % self.m
    def of(self, p): return Poly(None, self.m, p)
    def __mul__(self, o): return self.of(self.p * (o.p if isinstance(o, Poly) else o))
    def __add__(self, o): return self.of(self.p + o.p)
    def __sub__(self, o): return self.of(self.p - o.p)
    def __mod__(self, o): return self.of(sympy.rem(self.p, o.p))
    def __floordiv__(self, o): return self.of(sympy.quo(self.p, o.p))
    def degree(self): return -1 if self.p.is_zero else int(self.p.degree())
    def monic(self): return self.of(self.p.monic())
    def eval(self, x): return self(x)
    def __call__(self, x): return self.n(self.p.eval(x))
    def coeffs(self): return [] if self.p.is_zero else [self.n(c) for c in self.p.all_coeffs()]
    def gcd(self, o): return self.of(self.p.gcd(o.p).monic())
    def resultant(self, o):
        # SymPy's own loses the sign where the first degree is the smaller one.
        if self.p.degree() < 1 or o.p.degree() < 1: return self.n(self.p.resultant(o.p))
        return self.n(sylvester(self.p.as_expr(), o.p.as_expr(), self.x).det())
    def discriminant(self): return self.n(self.p.discriminant())
    def derivative(self): return self.of(self.p.diff())
    def roots(self):
        if self.m is None: return sorted(r for r in self.p.ground_roots())
        return [x for x in range(self.m) if self.n(self.p.eval(x)) == 0]
permutations, combinations, product = itertools.permutations, itertools.combinations, itertools.product
combinations_with_replacement, accumulate = itertools.combinations_with_replacement, itertools.accumulate
for line in sys.stdin:
    try:
        print(show(eval(line)))
    except Exception as e:
        print("Error", type(e).__name__)
