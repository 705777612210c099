# What questions are written in. Everything that a question says is one of these
# names, one of SymPy's, a number, or a symbol that it declares itself.
from sympy import *
from sympy.core.function import AppliedUndef
from sympy.core.random import seed


def variable(name):
    return Symbol(name, real=True)


def counting(name):
    return Symbol(name, integer=True, positive=True)


def index(name):
    return Symbol(name, integer=True)


class Parts:
    """What consists of parts and is no number; a bag's have no order."""

    def __init__(self, tag, ordered, parts):
        self.tag, self.ordered, self.parts = tag, ordered, parts


def row(tag, *parts):
    return Parts(tag, True, parts)


def bag(tag, *parts):
    return Parts(tag, False, parts)


def negative(x):
    return -x


def quotient(a, b):
    return a / b


def logarithm(base, x):
    return log(x) / log(base)


def log10(x):
    return logarithm(10, x)


def degrees(x):
    return x * pi / 180


def nth_root(x, n=Integer(2)):
    """The real root, where there is one."""
    if n.is_Integer and n % 2 == 1 and x.is_negative:
        return -((-x) ** (1 / n))
    return x ** (1 / n)


def determinant(m):
    return Matrix([line.parts for line in m.parts]).det()


def total(body, name, first, last):
    return Sum(body, (name, first, last))


def product_of(body, name, first, last):
    return Product(body, (name, first, last))


def area(body, name, first, last):
    return Integral(body, (name, first, last))


def same(a, b):
    """True if a and b are one, False if they are not, None if that is not known."""
    for x, y in ((a, b), (b, a)):
        if names_value(x) and not isinstance(y, Parts):
            return same(x.parts[1], y)
    if isinstance(a, Parts) != isinstance(b, Parts):
        return None
    if not isinstance(a, Parts):
        return same_number(a, b)
    if a.tag != b.tag or a.ordered != b.ordered or len(a.parts) != len(b.parts):
        return None
    if a.tag in ("=", "!=", "<", "<="):
        return same_relation(a, b)
    return same_rows(a.parts, b.parts) if a.ordered else same_bags(a.parts, list(b.parts))


def names_value(x):
    """Whether x says of a name, or of f(n), what it is."""
    return isinstance(x, Parts) and x.tag == "=" and isinstance(x.parts[0], (Symbol, AppliedUndef))


def same_rows(a, b):
    verdicts = [same(x, y) for x, y in zip(a, b)]
    return False if False in verdicts else None if None in verdicts else True


def same_bags(a, b):
    for x in a:
        at = next((i for i, y in enumerate(b) if same(x, y)), None)
        if at is None:
            return None
        del b[at]
    return True


def same_relation(a, b):
    """Sides that are the same, or that differ by the same."""
    if same_rows(a.parts, b.parts):
        return True
    (p, q), (r, s) = a.parts, b.parts
    if any(isinstance(x, Parts) for x in (p, q, r, s)):
        return None
    if same_number(p - q, r - s):
        return True
    if a.tag in ("=", "!=") and same_number(p - q, s - r):
        return True
    return None


def same_number(a, b):
    a, b = a.doit(), b.doit()
    if a.has(nan, zoo) or b.has(nan, zoo):
        return None
    if a == b:
        return True
    if a.has(oo) or b.has(oo):
        return None
    verdict = (a - b).equals(0)
    if verdict and refuted(a, b):
        return None
    return None if verdict is False and (a - b).has(AppliedUndef) else verdict


def refuted(a, b):
    """Whether numbers speak against what a simplification says."""
    names = sorted((a - b).free_symbols, key=str)
    for start in (2, 5):
        at = {x: Integer(start + i) if x.is_integer else Rational(start + 3 * i, 7) for i, x in enumerate(names)}
        try:
            p, q = complex(a.subs(at).evalf(25)), complex(b.subs(at).evalf(25))
        except (TypeError, ValueError, OverflowError):
            continue
        if abs(p - q) > 1e-9 * (1 + abs(p) + abs(q)):
            return True
    return False


def answer(verdict):
    seed(1)  # SymPy tries values at random: the same ones whenever it is asked
    try:
        print({True: "equal", False: "different"}.get(verdict(), "unknown"))
    except Exception:
        print("unknown")
