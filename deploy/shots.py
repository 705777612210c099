#!/usr/bin/env python3
"""Writes reasoning for the pictures of docs/images, as the replay tool reads it.

The problem is docs/demo/olympiad.txt. The text is written by hand, not by a
model: pictures must come out the same anywhere and show nobody else's words. Its
code is really run.

    deploy/shots.py OUT.jsonl
"""
import json, pathlib, random, sys

STATEMENT = pathlib.Path(__file__).parent.parent.joinpath("docs/demo/olympiad.txt").read_text().strip()

OPENINGS = [
    "A move is its own inverse, and moves commute, so only the parity of how often each of the 14 moves is used matters. A pattern is a sum over F_2 of moves m_i = e_i + e_{i+1} + e_{i+2}, indices mod 14.",
    "Write lamps as a vector in F_2^14. The move at i adds e_{i-1} + e_i + e_{i+1}. Since order does not matter and doing a move twice does nothing, a play is a subset S of Z/14.",
    "Let me set this up. There are 14 possible moves, one for each lamp in the middle. Each play is, up to order and cancelling pairs, a subset of the 14 moves.",
]
MIDDLES = [
    "Is the map from subsets to patterns injective? Identify patterns with polynomials mod x^14 - 1. The move at i is x^i (1 + x + x^2). The map is multiplication by 1 + x + x^2, which is invertible iff gcd(1 + x + x^2, x^14 + 1) = 1 over F_2.",
    "Now x^14 + 1 = (x^7 + 1)^2 over F_2. A root w of 1 + x + x^2 satisfies w^3 = 1 and w != 1, so w^7 = w != 1. Hence w is no root of x^7 + 1, and the gcd is 1.",
    "So the circulant matrix is invertible and every pattern is reached by exactly one subset of moves. All 2^14 patterns are reachable, which fits the wording.",
    "Check with a small circle: n = 4, moves of three lamps. 1 + x + x^2 and x^4 + 1 = (x + 1)^4: at x = 1 the first is 3 = 1, so it is invertible. With n = 3 it would fail, since all three moves are the same.",
    "Careful: \"in four moves but not in fewer\". A play of four moves may repeat a move, but then two cancel and the pattern was reachable in two or none. So the minimal length of a pattern is the size of its unique subset.",
    "Could a pattern also be reached with fewer moves by another route? No: any play reduces to its parity subset, and that subset is unique because the map is a bijection.",
    "Let me double-check the invertibility by a direct argument. Suppose a subset S gives the empty pattern. Then s_{i-1} + s_i + s_{i+1} = 0 for all i. Subtracting neighbours, s_{i+2} = s_{i-1}, so s has period 3. As gcd(3, 14) = 1, s is constant, and constant 1 gives 1 + 1 + 1 = 1, not 0. So S is empty.",
    "That is the same conclusion: the kernel is trivial. Good.",
    "So the count is the number of subsets of size exactly 4, C(14, 4) = 14*13*12*11/24.",
    "14*13 = 182, 12*11 = 132, 182*132 = 24024, and 24024/24 = 1001.",
]
ASIDES = [
    "Wait, does \"three lamps that stand next to each other\" include wrapping around? They stand in a circle, so yes, 14 moves.",
    "Hmm, I should make sure that four moves can not be shortened modulo a relation of even length. A relation would be a nonempty subset with sum zero, and there is none.",
    "Let me recount to be safe. Sizes 0 to 4 give 1, 14, 91, 364, 1001; the alternating and full sums look right since the total over all sizes is 2^14.",
]

# What the samples run: code, and what Python answers.
COUNT = ("""from itertools import combinations

def pattern(moves, n=14):
    lamps = 0
    for i in moves:
        for d in range(3):
            lamps ^= 1 << (i + d) % n   # a move turns three lamps over
    return lamps

fewest = {}
for size in range(6):
    for moves in combinations(range(14), size):
        fewest.setdefault(pattern(moves), size)
[list(fewest.values()).count(size) for size in range(6)]""", "[1, 14, 91, 364, 1001, 2002]\n")
RANKS = ("""def rank(n):
    rows = [(0b111 << i | 0b111 << i >> n) & (1 << n) - 1 for i in range(n)]
    found = 0
    for bit in range(n):
        pivot = next((r for r in rows if r >> bit & 1), None)
        if pivot is not None:
            rows.remove(pivot)
            rows = [r ^ pivot if r >> bit & 1 else r for r in rows]
            found += 1
    return found

for n in range(3, 33):
    print(n, "lamps: rank", rank(n))""", "".join(f"{n} lamps: rank {n - 2 * (n % 3 == 0)}\n" for n in range(3, 33)))
SLIP = ("comb(14, 4)", "NameError: name 'comb' is not defined\n")
CHECK = ("from math import comb\ncomb(14, 4), len(fewest)", "(1001, 3473)\n")
GO_ON = "That leaves no doubt about sizes up to five: 1001 patterns need exactly four moves."


def cells(i):
    """The cells of trace i, each after so many of its paragraphs."""
    if i == 1:
        return {}  # it reasons in words alone, and errs
    return {5: COUNT, 8: RANKS, 10: SLIP, 11: CHECK} if i % 2 == 0 else {7: COUNT, 12: SLIP, 13: CHECK}


def trace(i):
    dice = random.Random(i)
    parts = [OPENINGS[i % len(OPENINGS)]] + [p for p in MIDDLES if dice.random() < 0.8 or "1001" in p or "C(14" in p]
    for aside in ASIDES:
        if dice.random() < 0.7:
            parts.insert(dice.randrange(1, len(parts) - 1), aside)
    answer = "1470" if i == 1 else "1001"
    if i == 1:
        parts[-1] = "Counting the plays that repeat a move as well, I get 1001 + 364 + 91 + 14, which is 1470."
    parts = parts * (3 if i % 2 else 2) + ["Let me write this down."] if i > 3 else parts * 2
    reply = "Moves commute and undo themselves, so a play is a subset of the 14 moves.\n\n" \
        "The map from subsets to patterns is linear over $\\mathbb{F}_2$, and its kernel is trivial because $\\gcd(3, 14) = 1$. " \
        f"So each pattern comes from exactly one subset, and the patterns wanted are those of the subsets of size four.\n\n\\boxed{{{answer}}}"
    messages = []

    def say(role, channel, text, to=None):
        at = messages[-1]["tok_end"] if messages else 0
        messages.append({"role": role, "recipient": to, "channel": channel, "content": text, "tok_start": at, "tok_end": at + len(text) // 4})

    told, run = 0, cells(i)
    for after, (code, output) in sorted(run.items()):
        say("assistant", "analysis", "\n\n".join(parts[told:after]))
        say("assistant", "analysis", code, "python")
        say("python", "analysis", output, "assistant")
        told = after
    say("assistant", "analysis", "\n\n".join([GO_ON][: len(run)] + parts[told:]))
    say("assistant", "final", reply)
    return {"problem_id": "lamps", "problem": STATEMENT, "messages": messages}


# Short ones, to fill the history: statement, reasoning, answer.
SHORT = [
    ("How many of the integers from 1 to 1000 are divisible by neither 2 nor 5?", "By inclusion and exclusion 1000 - 500 - 200 + 100 = 400.", "400"),
    ("Find the last two digits of 7^2026.", "7^4 = 2401, so powers repeat with period 4 modulo 100. 2026 = 4 * 506 + 2, and 7^2 = 49.", "49"),
    (r"Let $a_1,\dots,a_n$ be positive reals with $\sum_{k=1}^{n} a_k = n$. Find the least value of $$S=\sum_{k=1}^{n}\frac{a_k^2+1}{a_k+1}$$ for $n=42$.",
     r"""Write $f(x)=\frac{x^2+1}{x+1}$. Dividing, $$f(x)=x-1+\frac{2}{x+1},\qquad f''(x)=\frac{4}{(x+1)^3}>0,$$ so $f$ is **convex** on $(0,\infty)$.

1. By Jensen, $$\frac{1}{n}\sum_{k=1}^{n}f(a_k)\ \ge\ f\left(\frac{1}{n}\sum_{k=1}^{n}a_k\right)=f(1)=1.$$
2. Equality holds for $a_1=\dots=a_n=1$.

Without Jensen: for all $x>0$ $$f(x)-\frac{x+1}{2}=\frac{(x-1)^2}{2(x+1)}\ge 0,$$ and the sum of $\frac{a_k+1}{2}$ over $k\le n$ is $n$. So $S_{\min}=n$, which is $42$ here.""", "42"),
    ("What is the sum of all positive divisors of 360?", "360 = 2^3 * 3^2 * 5, so the sum is 15 * 13 * 6 = 1170.", "1170"),
]


def short(i):
    statement, thought, answer = SHORT[i]
    messages = [
        {"role": "assistant", "channel": "analysis", "content": thought, "tok_start": 0, "tok_end": 30},
        {"role": "assistant", "channel": "final", "content": f"{thought}\n\n\\boxed{{{answer}}}", "tok_start": 30, "tok_end": 70},
    ]
    return {"problem_id": f"short{i}", "problem": statement, "messages": messages}


with open(sys.argv[1], "w") as out:
    for t in [trace(i) for i in range(8)] + [short(i) for i in range(len(SHORT))]:
        out.write(json.dumps(t) + "\n")
