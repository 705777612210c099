package answer_test

import (
	"maps"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine/answer"
	"github.com/aimo3/aimo3/engine/answer/value"
)

// pair is two answers and whether they are one: "=" equal, "!" different,
// "?" not decided or different, "~" not decided.
type pair struct {
	a, b string
	want string
}

// pairs are by subject.
func pairs() map[string][]pair {
	all := numberPairs()
	maps.Copy(all, shapePairs())
	maps.Copy(all, relationPairs())
	return all
}

func numberPairs() map[string][]pair {
	return map[string][]pair{
		"numbers": {
			{"42", "042", "="},
			{"1,234", "1234", "="},
			{"0.5", `\frac12`, "="},
			{`\sqrt{12}`, `2\sqrt3`, "="},
			{"0.333", "1/3", "="},
			{"0.33", "1/3", "!"},
			{"17", "17.001", "!"},
			{"2.7182", "e", "="},
			{"3.142", `\pi`, "="},
			{"3.15", `\pi`, "!"},
			{"1.23e5", "123000", "="},
			{`6.02\times10^{23}`, `6.0221\times10^{23}`, "="},
		},
		"per cent": {{`10\%`, "0.1", "="}, {`10\%`, "10", "="}, {`10\%`, "1", "!"}, {`33.3\%`, "1/3", "="}, {`12.5\%`, `\frac18`, "="}},
		"units": {
			{`5\text{ cm}`, "5", "="},
			{`5\text{ cm}`, `50\text{ mm}`, "="},
			{`5\text{ cm}`, `5\text{ kg}`, "!"},
			{`5\text{ cm}`, `5\text{ m}`, "!"},
			{`\$5`, "5", "="},
			{`36\text{ km/h}`, `10\text{ m/s}`, "="},
			{`10000\text{ cm}^2`, `1\text{ m}^2`, "="},
			{`90^\circ`, "90", "="},
			{`90^\circ`, `\frac{\pi}{2}`, "="},
			{`90^\circ`, `\pi`, "!"},
			{`2\text{ hours}`, `120\text{ minutes}`, "="},
		},
		"words": {
			{"Yes", "yes.", "="},
			{"yes", "no", "!"},
			{`\text{no solution}`, `\emptyset`, "="},
			{"Even", `\text{even}`, "="},
			{"the circle", "circle", "="},
			{"Monday", "Tuesday", "!"},
			{"5", "Monday", "!"},
			{"(B)", "B", "="},
			{"B) 12", "(B)", "="},
			{"(A)", "C", "!"},
			{"d", `\text{E}`, "!"},
			{"all odd primes", "odd primes", "="},
			{"4:30 p.m.", `\text{4:30 PM}`, "="},
			{"20:34", "8:34 p.m.", "="},
			{"4:30 am", "4:30 pm", "!"},
			{"2:4", "1:2", "="},
			{"1:2:3", "1:4:9", "!"},
		},
		"hostile": {{"9^{9^{9^9}}", "9^{9^{9^8}}", "?"}, {"0/0", "1", "?"}, {strings.Repeat("(", 20) + "1" + strings.Repeat(")", 20), "1", "="}},
	}
}

func shapePairs() map[string][]pair {
	return map[string][]pair{
		"lists": {
			{"1, 2, 3", "3, 1, 2", "="},
			{"1, 2, 2", "1, 1, 2", "!"},
			{"1, 2", "1, 2, 3", "!"},
			{"(1,2)", "(2,1)", "!"},
			{`\{1,2\}`, `\{2,1,1\}`, "="},
			{`\{1,2\}`, "2, 1", "="},
			{"(1,2),(3,4)", "(3,4),(1,2)", "="},
			{`1\pm\sqrt2`, `1+\sqrt2, 1-\sqrt2`, "="},
			{`\pm 3`, "3", "!"},
			{`\pm1\pm\sqrt2`, `1+\sqrt2,1-\sqrt2,-1+\sqrt2,-1-\sqrt2`, "="},
			{"(1,2)", `\{1,2\}`, "!"},
			{"5", `\{5\}`, "="},
			{"5", "5, 6", "!"},
			{"2 and 3", "3, 2", "="},
			{"x = 1 or x = 2", `\{1,2\}`, "="},
			{"x=1, x=2", "2,1", "="},
		},
		"intervals": {
			{"(0,1)", "[0,1)", "!"},
			{`(-\infty,1)\cup(2,3)`, `(2,3)\cup(-\infty,1)`, "="},
			{"[0,2]", `[0,1]\cup[1,2]`, "="},
			{"[0,2]", `[0,1)\cup(1,2]`, "!"},
			{`\mathbb{R}\setminus\{0\}`, `(-\infty,0)\cup(0,\infty)`, "="},
			{`x\ge\sqrt2`, `[\sqrt2,\infty)`, "="},
			{"-1<x\\le2", "(-1,2]", "="},
			{"|x|<3", "(-3,3)", "="},
			{"|x|>3", `(-\infty,-3)\cup(3,\infty)`, "="},
			{`x\in(1,2)`, "1<x<2", "="},
			{"x<1 or x>2", `(-\infty,1)\cup(2,\infty)`, "="},
			{"2x-1>3", "x>2", "="},
			{"x^2<4", "(-2,2)", "="},
			{`x^2\ge 2`, `(-\infty,-\sqrt2]\cup[\sqrt2,\infty)`, "="},
			{"(2,1)", "(5,3)", "!"},
			{"x>2", "y>2", "!"},
			{`x\ne 5`, `(-\infty,5)\cup(5,\infty)`, "="},
			{`[\sqrt2,\sqrt3]`, `[\sqrt3,\sqrt2]`, "!"},
			{"x>2", "x<2", "!"},
			{"(a,b]", "(a,b]", "="},
			{"[a,b]", "(a,b]", "!"},
		},
		"matrices": {
			{`\begin{pmatrix}1&2\\3&4\end{pmatrix}`, "[[1,2],[3,4]]", "="},
			{`\begin{pmatrix}1&2\\3&4\end{pmatrix}`, `\begin{pmatrix}1&2\\3&5\end{pmatrix}`, "!"},
			{`\begin{pmatrix}1\\2\end{pmatrix}`, "(1,2)", "="},
			{`\begin{pmatrix}1\\2\end{pmatrix}`, `\begin{pmatrix}1&2\end{pmatrix}`, "="},
			{`\begin{pmatrix}1\\2\end{pmatrix}`, "2", "!"},
		},
		"tuples": {
			{"x=1, y=2 or x=2, y=1", "(1,2),(2,1)", "="},
			{"(x,y)=(2,3)", "x=2, y=3", "="},
			{"(0,0)", `\{(0,0)\}`, "="},
			{"(1,2)", "1,2", "="},
			{"(1,2)", "2,1", "!"},
			{"[1,2]", "1,2", "?"},
			{"(1,2,3)^T", `\begin{pmatrix}1\\2\\3\end{pmatrix}`, "="},
			{`3\begin{pmatrix}1\\2\end{pmatrix}`, `\begin{pmatrix}3\\6\end{pmatrix}`, "="},
			{`\begin{pmatrix}1&2\\3&4\end{pmatrix}\begin{pmatrix}1&0\\0&1\end{pmatrix}`, `\begin{pmatrix}1&2\\3&4\end{pmatrix}`, "="},
			{`\begin{pmatrix}1&2\end{pmatrix}+\begin{pmatrix}3&4\end{pmatrix}`, `\begin{pmatrix}4&6\end{pmatrix}`, "="},
		},
	}
}

func relationPairs() map[string][]pair {
	return map[string][]pair{
		"relations": {
			{"x=5", "5", "="},
			{"5", "y=5", "="},
			{"x=5", "y=5", "!"},
			{"2x+y=3", "y=3-2x", "="},
			{"x^2+y^2=1", "1-x^2-y^2=0", "="},
			{"x^2+y^2=1", "x^2+y^2=2", "!"},
			{`\sin x=1`, "1", "?"},
			{"y=2x+1", "2x+1", "="},
			{`\frac{x^2}{16}-\frac{y^2}{9}=1`, "9x^2-16y^2=144", "="},
			{"x<1", "-x>-1", "="},
			{"x+y<1", "2x+2y<2", "="},
			{"x+y<1", "x+y>1", "!"},
			{"f(x)=x^2", "g(t)=t^2", "="},
			{"f(x)=2x+c", "f(x)=2x+C", "="},
			{"f(x)=2x", "f(x)=3x", "!"},
			{"x=1, y=2", "(1,2)", "="},
			{"x=1, y=2", "y=2, x=1", "="},
			{"x=1, y=2", "x=2, y=1", "!"},
			{`x\approx 11`, "11", "="},
			{"3x-y+13=0", "3x+4y+14=0", "!"},
			{"z=1+1=2", "2", "="},
		},
		"families": {
			{`2^n, n\ge1`, `n=2^k \text{ for } k\ge 1`, "="},
			{`2\pi k, k\in\mathbb{Z}`, `2\pi n, n\in\mathbb{Z}`, "="},
			{`x = k\pi \quad (k\in\mathbb{Z})`, `\{n\pi : n\in\mathbb{Z}\}`, "="},
			{`2^k, k\ge0`, `2^k, k\ge1`, "?"},
			{`f(n) = n+1 \text{ for all } n`, "f(n)=n+1", "="},
			{`\{x : x>2\}`, `(2,\infty)`, "="},
			{`\{n : n = 1, 2, 4\}`, "1,2,4", "="},
			{`x = \frac{\pi}{4}+2k\pi \text{ where } k \text{ is an integer}`, `\frac{\pi}{4}+2n\pi, n\in\mathbb{Z}`, "="},
			{`n\equiv 1\pmod 3`, `n\equiv 4\pmod{3}`, "="},
			{`n\equiv 1\pmod 3`, `n\equiv 2\pmod 3`, "!"},
		},
		"customs": {
			{"2,74", "2.74", "="},
			{"2,74", "274", "!"},
			{"2,74", "2; 74", "="},
			{`2+\omega`, `\frac{3+i\sqrt3}{2}`, "="},
			{`\varphi`, `\frac{1+\sqrt5}{2}`, "="},
			{"1.4142135623730951", `\sqrt2`, "="},
			{"2.63", `\frac{21}{8}`, "!"},
			{`3\text{ million}`, "3000000", "="},
			{`12^{\circ}C`, "12", "="},
			{`20^\circ`, `\$20`, "!"},
			{`100\%`, `100\text{ m}`, "!"},
			{`9.8\ \mathrm{m/s^2}`, "9.8 m/s^2", "="},
			{"Final answer: 42", "42", "="},
			{`\text{3 and 4}`, "4, 3", "="},
			{`\\frac{1}{2}`, "0.5", "="},
			{"the area is 5", "5", "="},
			{"the smallest is 3 and the largest is 7", "7", "?"},
			{`-\infty`, `\infty`, "!"},
			{"8 AM", "8:00 a.m.", "="},
			{"option B", "(B)", "="},
			{"all real numbers", `\mathbb{R}`, "="},
			{`\mathbb{Z}`, `\mathbb{R}`, "!"},
			{"1+2+...+n", `\frac{n(n+1)}{2}`, "="},
			{"n is even", "even n", "="},
		},
	}
}

func TestEqual(t *testing.T) {
	for group, rows := range pairs() {
		t.Run(group, func(t *testing.T) {
			for _, row := range rows {
				hold(t, row.a, row.b, 0, row.want)
				hold(t, row.b, row.a, 0, row.want)
				both := parsed([]string{row.a, row.b})
				checkLaws(t, both[0], both[1])
			}
		})
	}
}

// hold fails if the verdict on a and b is not the wanted one; where nothing is
// claimed, different is as good.
func hold(t *testing.T, a, b string, p answer.Policy, want string) {
	t.Helper()
	x, err := answer.Parse(a)
	if err != nil {
		t.Fatalf("Parse(%q): %v", a, err)
	}
	y, err := answer.Parse(b)
	if err != nil {
		t.Fatalf("Parse(%q): %v", b, err)
	}
	j := answer.Equal(x, y, p)
	is := map[value.Verdict]string{value.Equal: "=", value.Different: "!", value.Unknown: "?"}[j.Verdict]
	if is != want && (want != "?" || is == "=") && (want != "~" || is != "?") {
		t.Errorf("%s %q against %q with %q: %v (%s, %s), want %s", x.Kind, a, b, p, j.Verdict, j.Tier, j.Reason, want)
	}
}

func TestPolicies(t *testing.T) {
	for _, row := range []struct{ a, b, policy, without, with string }{
		{"7e35", "7.1e35", "approx", "!", "="},
		{`10\%`, "10", "percent", "=", "!"},
		{`5\text{ cm}`, "5", "units", "=", "!"},
		{"1, 2", "2, 1", "list-order", "=", "!"},
		{"2x+3=y", "2x+3", "assignment", "!", "="},
		{"f(x)=2x+3", "y=2x+3", "assignment", "!", "="},
		{"x^2+2x+1", "y^2+2y+1", "variable-names", "!", "="},
		{`x\ge2`, `[2,\infty)`, "relation-apart", "=", "!"},
		{"0,125", "0.125", "decimal-comma", "!", "="},
		{"(1,2)", `\{1,2\}`, "tuple-is-set", "!", "="},
		{"1+2", "3", "no-arithmetic", "=", "!"},
		{"undefined", "no solution", "undefined", "!", "="},
	} {
		p, err := answer.ParsePolicy(row.policy)
		if err != nil {
			t.Fatal(err)
		}
		if p.String() != row.policy {
			t.Errorf("policy %q calls itself %q", row.policy, p)
		}
		hold(t, row.a, row.b, 0, row.without)
		hold(t, row.a, row.b, p, row.with)
	}
}

func TestNoSuchPolicy(t *testing.T) {
	if p, err := answer.ParsePolicy(" approx, units "); err != nil || p != answer.Approximate|answer.UnitsRequired {
		t.Errorf("two policies are %v, %v", p, err)
	}
	_, err := answer.ParsePolicy("approx,lenient")
	if err == nil || !strings.Contains(err.Error(), `"lenient"`) || !strings.Contains(err.Error(), "list-order, assignment") {
		t.Errorf("an unknown policy is told as %v, want its name and those that there are", err)
	}
}

func TestParseRefuses(t *testing.T) {
	for name, text := range map[string]string{
		"nothing": "", "space": " \n", "dollars": "$$", "a megabyte of digits": strings.Repeat("9", 1<<20), "nested braces": strings.Repeat("{", 1e6), "deep": strings.Repeat(`\sqrt{`, 300),
	} {
		if a, err := answer.Parse(text); err == nil {
			t.Errorf("%s: read as %s, want an error", name, a.Kind)
		}
	}
}
