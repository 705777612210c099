package answer_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine/answer/costtest"
)

// many is n forms with numbers in them, joined.
func many(form string, n, from int, between string) string {
	parts := make([]string, n)
	for i := range parts {
		parts[i] = fmt.Sprintf(form, from+i)
	}
	return strings.Join(parts, between)
}

// hostilePairs are answers made to take long, none of which are equal.
func hostilePairs() map[string][2]string {
	return map[string][2]string{
		"lists of sines":             {many(`\sin %d`, 80, 1, ","), many(`\sin %d`, 80, 200, ",")},
		"sets of sines":              {`\{` + many(`\sin %d`, 80, 1, ",") + `\}`, `\{` + many(`\sin %d`, 80, 200, ",") + `\}`},
		"sets of sums":               {`\{` + many(`\sqrt{%d}+\sqrt2+e`, 24, 1, ",") + `\}`, `\{` + many(`\sqrt{%d}+\sqrt3+\pi`, 24, 1, ",") + `\}`},
		"short lists of sines":       {many(`\sin %d`, 24, 1, ","), many(`\sin %d`, 24, 200, ",")},
		"short lists of sums":        {many(`\sqrt{%d}+\sqrt2+e`, 20, 1, ","), many(`\sqrt{%d}+\sqrt3+\pi`, 20, 1, ",")},
		"short sets of powers":       {`\{` + many(`\pi^{%d}+e`, 24, 2, ",") + `\}`, `\{` + many(`e^{%d}+\pi`, 24, 2, ",") + `\}`},
		"more matrices":              {many(`\begin{pmatrix}%d&x\\1&y\end{pmatrix}`, 30, 1, ""), `\begin{pmatrix}1&0\\0&1\end{pmatrix}`},
		"short unions":               {many(`(\sqrt{%d},9)`, 20, 2, `\cup`), many(`(\ln %d,9)`, 20, 2, `\cup`)},
		"lists of powers":            {many(`3^{%d}`, 190, 1000, ","), many(`2^{%d}`, 190, 1000, ",")},
		"lists of plus-minus":        {many(`\pm %d`, 100, 1, ","), many(`\pm %d`, 100, 2, ",")},
		"nested plus-minus":          {many(`\pm %d`, 60, 1, ""), "1"},
		"a matrix of logarithms":     {`\begin{pmatrix}` + many(`\ln %d`, 14, 2, "&") + `\end{pmatrix}`, `\begin{pmatrix}` + many(`\ln(%d+0.5)`, 14, 2, "&") + `\end{pmatrix}`},
		"unions":                     {many(`(\sqrt{%d},9)`, 90, 2, `\cup`), many(`(\ln %d,9)`, 90, 2, `\cup`)},
		"relations":                  {many(`\sin x=%d`, 40, 1, ","), many(`\cos x=%d`, 40, 1, ",")},
		"a long equation":            {many("x_{%d}", 60, 1, "+") + "=1", many("x_{%d}", 60, 1, "+") + "=x_1x_2"},
		"a product of matrices":      {many(`\begin{pmatrix}%d&x\\1&y\end{pmatrix}`, 12, 1, ""), `\begin{pmatrix}1&0\\0&1\end{pmatrix}`},
		"towers":                     {"9^{9^{9^9}}", "9^{9^{9^8}}"},
		"towers and percentages":     {"9^{9^{9^8}}", `12.5\%`},
		"a tower as a boundary":      {"x>9^{9^{9^9}}", `(9^{9^{9^8}},\infty)`},
		"families of many variables": {many("a_{%d}", 80, 1, "+") + ", " + many("a_{%d}>0", 80, 1, ", "), many("b_{%d}", 80, 1, "+") + ", " + many("b_{%d}>1", 80, 1, ", ")},
		"sets of near numbers":       {`\{` + many(`\sin(\sqrt{2}+\sqrt{3})+10^{-60-%d}`, 24, 1, ",") + `\}`, `\{` + many(`\sin(\sqrt{5+2\sqrt6})+10^{-100-%d}`, 24, 1, ",") + `\}`},
		"sets of nearer numbers":     {`\{` + many(`\sqrt{2}+\sqrt{3}+\sqrt5+\sqrt7+10^{-60-%d}`, 24, 1, ",") + `\}`, `\{` + many(`\sqrt{2}+\sqrt{3}+\sqrt5+\sqrt7+10^{-160-%d}`, 24, 1, ",") + `\}`},
		"sets of functions":          {`\{` + many(`x^{y}+\sin(x)^{%d}`, 24, 1, ",") + `\}`, `\{` + many(`y^{x}+\sin(x)^{%d}`, 24, 1, ",") + `\}`},
		"sets of polynomials":        {`\{` + many(`(1+x)^{60}-%d`, 60, 1, ",") + `\}`, `\{` + many(`(1+y)^{60}-%d`, 60, 1, ",") + `\}`},
		"families of many forms":     {many(`\frac{\pi}{%d}+k\pi`, 30, 2, ",") + `, k\in\mathbb{Z}`, many(`\frac{\pi}{%d}+k\pi`, 30, 3, ",") + `, k\in\mathbb{Z}`},
		"families of many periods":   {many(`\sqrt2+%dk`, 40, 2, ",") + `, k\in\mathbb{Z}`, many(`\sqrt3+%dk`, 40, 3, ",") + `, k\in\mathbb{Z}`},
		"families of near numbers":   {many(`\sin(\sqrt2+\sqrt3)+10^{-%d}+k`, 20, 100, ",") + `, k\in\mathbb{Z}`, many(`\sin(\sqrt{5+2\sqrt6})+10^{-%d}+k`, 20, 150, ",") + `, k\in\mathbb{Z}`},
		"a function of many kinks":   {many(`|x-%d|`, 40, 1, "+"), `\begin{cases}` + many(`%dx&x<3`, 40, 1, `\\`) + `\end{cases}`},
		"cases of many remainders":   {`\begin{cases}` + many(`n^{%d}&n\equiv%[1]d\pmod{23}`, 40, 1, `\\`) + `\end{cases}`, `\lfloor n^{40}/23\rfloor`},
		"sums with dots":             {`\{` + many(`1+2+\cdots+%d`, 40, 1000000, ",") + `\}`, `\{` + many(`1+3+\cdots+%d`, 40, 2000001, ",") + `\}`},
		"long sums with dots":        {`1-2+3-4+\cdots+999999999999`, `1\cdot2\cdots999999999999`},
		"towers with dots":           {`1+x^{9^9}+\cdots+x^{9^{9^9}}`, `1+2^{9^9}+2^{2\cdot9^9}+\cdots+2^{9^{9^9}}`},
		"series":                     {`\{` + many(`\sum_{n=1}^\infty\frac{1}{n^2+%dn}`, 24, 1, ",") + `\}`, `\{` + many(`\sum_{n=1}^\infty\frac{1}{n^3+%dn}`, 24, 1, ",") + `\}`},
		"series of many poles":       {`\sum_{n=1}^\infty\frac{1}{` + many(`(997n+%d)`, 8, 1, "") + `}`, `\sum_{n=1}^\infty\frac{1}{` + many(`(997n+%d)`, 8, 2, "") + `}`},
		"series that fall slowly":    {`\sum_{n=1}^\infty n^{40}\left(\frac{99}{100}\right)^n`, `\sum_{n=1}^\infty n^{41}\left(\frac{99}{100}\right)^n`},
		"series of factorials":       {`\sum_{n=0}^\infty\frac{(8n)!^5}{(8n+7)!^6}`, `\sum_{n=0}^\infty\frac{(8n)!^5}{(8n+8)!^6}`},
		"series in series":           {`\sum_{n=1}^\infty\sum_{m=1}^\infty\frac{1}{n^2m^2}`, `\sum_{n=1}^\infty\sum_{m=1}^\infty\frac{1}{n^3m^2}`},
		"relations between numbers":  {many(`x^{%d}+\sin x\le \sqrt{2}+\sqrt{3}`, 24, 1, ","), many(`x^{%d}+\sin(x)\le\sqrt{5+2\sqrt6}+10^{-60}`, 24, 1, ",")},
	}
}

// The memory that one comparison may take. It stands for time, since it is the
// same on every machine; benchmarks have the time.
const (
	mostObjects = 80_000
	mostBytes   = 4 << 20
)

// TestHostile compares what was made to take long: it may not be equal, and what
// it takes is bounded.
func TestHostile(t *testing.T) {
	for name, pair := range hostilePairs() {
		took := costtest.Memory(func() {
			if same(pair[0], pair[1]) {
				t.Errorf("%s: equal", name)
			}
		})
		t.Logf("%-28s %v", name, took)
		if took.Objects > mostObjects || took.Bytes > mostBytes {
			t.Errorf("%s took %v", name, took)
		}
	}
}

// BenchmarkHostile is what the hostile pairs take, the longest under 5 ms.
func BenchmarkHostile(b *testing.B) {
	var all []func()
	for _, pair := range hostilePairs() {
		all = append(all, func() { same(pair[0], pair[1]) })
	}
	costtest.Worst(b, all)
}
