package sympy_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine/answer"
	"github.com/aimo3/aimo3/engine/answer/sympy"
	"github.com/aimo3/aimo3/engine/answer/tex"
	"github.com/aimo3/aimo3/engine/answer/value"
)

// runner runs cells as a session does, one after the prelude and each with a few
// seconds, and writes what each printed as a line of JSON.
const runner = `
import contextlib, io, json, signal, sys

def late(*_):
    raise TimeoutError

signal.signal(signal.SIGALRM, late)
names = {}
cells = json.load(sys.stdin)
exec(cells[0], names)
for cell in cells[1:]:
    out = io.StringIO()
    signal.alarm(5)
    try:
        with contextlib.redirect_stdout(out):
            exec(cell, names)
    except Exception as e:
        print(e, file=out)
    signal.alarm(0)
    print(json.dumps(out.getvalue()), flush=True)
`

// ask is what SymPy prints for cells.
func ask(t *testing.T, cells ...string) []string {
	t.Helper()
	if err := exec.CommandContext(t.Context(), "python3", "-c", "import sympy").Run(); err != nil {
		t.Skipf("NOT TESTED, no python3 with SymPy: %v", err)
	}
	in, err := json.Marshal(append([]string{sympy.Prelude()}, cells...))
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "python3", "-c", runner)
	cmd.Stdin, cmd.Stderr = bytes.NewReader(in), os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("python3: %v", err)
	}
	var printed []string
	for line := range bytes.Lines(out) {
		var s string
		if err := json.Unmarshal(line, &s); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		printed = append(printed, s)
	}
	if len(printed) != len(cells) {
		t.Fatalf("%d cells print %d times", len(cells), len(printed))
	}
	return printed
}

// TestSymPyKnows: what SymPy says of answers of every kind.
func TestSymPyKnows(t *testing.T) {
	rows := []struct {
		a, b string
		want value.Verdict
	}{
		{`\int_0^1 x^2\,dx`, `\frac{1}{3}`, value.Equal},
		{`\int_0^1 x^2\,dx`, `\frac{1}{4}`, value.Different},
		{`\sum_{n=1}^{\infty} \frac{1}{n^2}`, `\frac{\pi^2}{6}`, value.Equal},
		{`\sum_{n=1}^{\infty} \frac{1}{n^2}`, `\sum_{k=1}^\infty k^{-2}`, value.Equal},
		{`\sum_{n=0}^{\infty} \frac{1}{n!}`, `e`, value.Equal},
		{`\lim_{x \to 0} \frac{\sin x}{x}`, `1`, value.Equal},
		{`\lim_{x \to 0} \frac{|x|}{x}`, `1`, value.Unknown}, // there is none
		{`\lim_{x \to 0^+} \frac{|x|}{x}`, `1`, value.Equal},
		{`\Gamma(1/2)`, `\sqrt{\pi}`, value.Equal},
		{`\Gamma(n+1)`, `n!`, value.Equal},
		{`\zeta(2)`, `\frac{\pi^2}{6}`, value.Equal},
		{`\sum_{k=0}^n \binom nk`, `2^n`, value.Equal},
		{`(\Gamma(1/2), 1)`, `(\sqrt{\pi}, 1)`, value.Equal},
		{`(\Gamma(1/2), 1)`, `(1, \sqrt{\pi})`, value.Different},
		{`(\Gamma(1/2), 1)`, `\{\sqrt{\pi}, 1\}`, value.Unknown},
		{`\{\zeta(2), 3\}`, `\{3, \frac{\pi^2}{6}\}`, value.Equal},
		{`\{\zeta(2), 3\}`, `\{3, 4\}`, value.Unknown},
		{`[0, \Gamma(1/2)]`, `[0, \sqrt{\pi}]`, value.Equal},
		{`[0, \Gamma(1/2)]`, `[0, \sqrt{\pi})`, value.Unknown},
		{`x < \Gamma(1/2)`, `\sqrt{\pi} > x`, value.Equal},
		{`x < \Gamma(1/2)`, `\sqrt{\pi} < x`, value.Unknown},
		{`y = \zeta(2) x`, `6y = \pi^2 x`, value.Unknown}, // by a factor
		{`y - \zeta(2) x = 0`, `\frac{\pi^2}{6} x = y`, value.Equal},
		{`f(n) = \Gamma(n+1)`, `n!`, value.Equal},
		{`f(2)`, `5`, value.Unknown},
		{`f(2)`, `f(1+1)`, value.Equal},
		{`f(2)`, `f(3)`, value.Unknown},
		{`x f(2)`, `f(2)`, value.Unknown},
		{`\sqrt[3]{-8}`, `-2`, value.Equal},
		{`\sqrt{x^2}`, `x`, value.Different}, // x may be negative
		{`\sqrt{x^2}`, `|x|`, value.Equal},
		{`\frac{1}{0}`, `\frac{2}{0}`, value.Unknown},
		{`\infty - \infty`, `0`, value.Unknown},
		{`\infty`, `\infty`, value.Equal},
		{`\begin{vmatrix} 1 & 2 \\ 3 & 4 \end{vmatrix}`, `-2`, value.Equal},
		{`\begin{pmatrix} \zeta(2) \\ 2 \end{pmatrix}`, `\begin{pmatrix} \pi^2/6 \\ 2 \end{pmatrix}`, value.Equal},
		{`\cos x`, `\sin(\frac{\pi}{2} - x)`, value.Equal},
		{`e^{\pi\sqrt{163}}`, `262537412640768744`, value.Different},
		{`\frac{1}{2^{99}}`, `\frac{1}{2^{98}}`, value.Different},
	}
	cells := make([]string, len(rows))
	for i, row := range rows {
		code, err := sympy.Question(parse(t, row.a), parse(t, row.b))
		if err != nil {
			t.Fatalf("%s, %s: %v", row.a, row.b, err)
		}
		cells[i] = code
	}
	for i, out := range ask(t, cells...) {
		if got := sympy.Verdict(out); got != rows[i].want {
			t.Errorf("%s and %s are %s, want %s\n%s%s", rows[i].a, rows[i].b, got, rows[i].want, cells[i], out)
		}
	}
}

// TestNumbersSpeakAgainst: a simplification that errs joins nothing.
func TestNumbersSpeakAgainst(t *testing.T) {
	cells := []string{"Expr.equals = lambda *_: True\n"}
	for _, pair := range [][2]string{{"1", "2"}, {"x", "y"}, {`\sin x`, `\cos x`}, {`f(x)`, "1"}} {
		code, err := sympy.Question(parse(t, pair[0]), parse(t, pair[1]))
		if err != nil {
			t.Fatal(err)
		}
		cells = append(cells, code)
	}
	got := ask(t, cells...)[1:]
	if want := []string{"unknown\n", "unknown\n", "unknown\n", "equal\n"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want) // of what has no value, numbers say nothing
	}
}

func vectors[T any](t *testing.T, file string) []T {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "..", "..", "shared", "data", "answers", file))
	if err != nil {
		if os.Getenv("AIMO3_SHARED") == "required" {
			t.Fatal(err)
		}
		t.Skipf("NOT TESTED, no vectors: %v", err)
	}
	var all []T
	for line := range strings.Lines(string(text)) {
		var row T
		if err := json.Unmarshal([]byte(line), &row); err != nil {
			t.Fatal(err)
		}
		all = append(all, row)
	}
	return all
}

// reads is a cell that defines how a reading of ours, in variables so named, is
// held against SymPy's of an expression with the value theirs: at one point.
const reads = `
def at(e, names):
    values = {x: 3 + sum(map(ord, filter(str.isalnum, n))) % 11 for x, n in names.items()}
    return complex(e.doit().subs(values).evalf())


def reads(ours, names, theirs):
    try:
        ours, theirs = ours(), sympify(theirs)
        if isinstance(ours, Parts):
            return "no number"
        p, q = at(ours, names), at(theirs, {x: x.name for x in theirs.free_symbols})
    except Exception:
        return "no number"
    return "alike" if abs(p - q) <= 1e-9 * (1 + abs(q)) else "%s is not %s" % (ours, theirs)
`

// TestAgainstRecordedReadings: what is written means in SymPy what another
// program's tests say that the LaTeX means, where that has a value.
func TestAgainstRecordedReadings(t *testing.T) {
	known := map[string]string{
		`\infty`: "it is no number", `a+bI`: "I is a name", `e^{I\pi}`: "I is a name", `\log xy`: "log is the natural one",
		`\frac{d}{dx} [ \tan x ]`: "derivatives are not read",
	}
	latex, cells := []string{""}, []string{reads}
	for _, row := range vectors[struct{ Latex, SymPy string }](t, "latex_parse.jsonl") {
		n, err := tex.Parse(row.Latex)
		if err != nil || row.SymPy == "" {
			continue
		}
		code, err := sympy.Question(n, n)
		if err != nil {
			continue
		}
		declared, both, _ := strings.Cut(code, "answer(lambda: same(")
		both = strings.TrimSuffix(both, "))\n")
		named := ""
		for i, name := range sympy.Variables(n) {
			named += fmt.Sprintf("x%d: %q, ", i, strings.TrimPrefix(name, `\`))
		}
		latex = append(latex, row.Latex)
		cells = append(cells, fmt.Sprintf("%sprint(reads(lambda: %s, {%s}, %q))", declared, both[:(len(both)-2)/2], named, row.SymPy))
	}
	count := map[string]int{}
	for i, out := range ask(t, cells...) {
		out = strings.TrimSpace(out)
		count[out]++
		if i > 0 && out != "alike" && out != "no number" && known[latex[i]] == "" {
			t.Errorf("%s: %s", latex[i], out)
		}
	}
	if t.Logf("of %d expressions %d have a value", len(cells)-1, count["alike"]); count["alike"] < 280 {
		t.Error("so few prove nothing")
	}
}

// TestNoQuarrel: SymPy does not join answers of which our own tiers say that
// they differ.
func TestNoQuarrel(t *testing.T) {
	type pair struct{ Gold, Pred string }
	var asked []pair
	var cells []string
	var ours []value.Judgement
	for i, row := range append(vectors[pair](t, "generated.jsonl"), vectors[pair](t, "equivalence.jsonl")...) {
		a, errA := answer.Parse(row.Gold)
		b, errB := answer.Parse(row.Pred)
		if i%4 != 0 || errA != nil || errB != nil || a.Node == nil || b.Node == nil {
			continue
		}
		if code, err := sympy.Question(a.Node, b.Node); err == nil {
			asked, cells, ours = append(asked, row), append(cells, code), append(ours, answer.Equal(a, b, answer.PercentKept))
		}
	}
	count := map[[2]value.Verdict]int{}
	for i, out := range ask(t, cells...) {
		theirs := sympy.Verdict(out)
		count[[2]value.Verdict{ours[i].Verdict, theirs}]++
		if theirs == value.Equal && ours[i].Verdict == value.Different {
			t.Errorf("%+v: SymPy says %s, we %+v", asked[i], theirs, ours[i])
		}
	}
	if t.Logf("ours and SymPy's: %v", count); count[[2]value.Verdict{value.Equal, value.Equal}] < 60 {
		t.Error("SymPy joins so few that this proves nothing")
	}
}
