package tex_test

import (
	"testing"

	"github.com/aimo3/aimo3/engine/answer/tex"
)

func TestNumerals(t *testing.T) {
	same(t, [][2]string{
		{`5`, `5`},
		{`007`, `007`},
		{`.5`, `.5`},
		{`1.`, `1`},
		{`1.50`, `1.50`},
		{`1,234`, `1234`},
		{`1,000,000.50`, `1000000.50`},
		{`1{,}234`, `1234`},
		{`1\,234`, `1234`},
		{`1\;000`, `1000`},
		{`1 000 000`, `1000000`},
		{`11,\! 111,\! 100`, `11111100`},
		{`12,345,67`, `12, 345, 67`},
		{`13, 325`, `13, 325`},
		{`(1,234)`, `(1, 234)`},
		{`2,74`, `2,74`},
		{`0,111`, `0,111`},
		{`2, 74`, `2, 74`},
		{`1e5`, `1 \cdot 10^{5}`},
		{`1E-3`, `1 \cdot 10^{-3}`},
		{`1.5e10`, `1.5 \cdot 10^{10}`},
		{`1.2\times10^{5}`, `1.2 \cdot 10^{5}`},
		{`0.\overline{3}`, `0.\overline{3}`},
		{`.\overline{3}`, `.\overline{3}`},
		{`0.1\overline{23}`, `0.1\overline{23}`},
		{`0.\dot{3}`, `0.\overline{3}`},
		{`0.\dot{1}4\dot{2}`, `0.\overline{142}`},
		{`0.(3)`, `0.\overline{3}`},
		{`0.1(6)`, `0.1\overline{6}`},
		{`0.1(6)x`, `0.1 \cdot 6 \cdot x`},
		{`0.333...`, `0.\overline{3}`},
		{`0.1212121212\ldots`, `0.\overline{12}`},
		{`3.14159...`, `3.14159`},
		{`１２`, `12`},
		{`١٢`, `12`},
		{`1010_2`, `1010_{2}`},
		{`1010_{\text{two}}`, `1010_{2}`},
		{`(1010)_2`, `1010_{2}`},
		{`\overline{1010}_2`, `1010_{2}`},
		{`3AF_{16}`, `3AF_{16}`},
		{`1011_{\text{base }2}`, `1011_{2}`},
		{`50\%`, `50\%`},
		{`50 percent`, `50\%`},
		{`7 % 3`, `7 \bmod 3`},
	})
}

func TestArithmetic(t *testing.T) {
	same(t, [][2]string{
		{`-3y+2x`, `-3 \cdot y + 2 \cdot x`},
		{`2 - -3`, `2 - (-3)`},
		{`--5`, `5`},
		{`a / b`, `\frac{a}{b}`},
		{`a \div b`, `\frac{a}{b}`},
		{`1/2x`, `\frac{1}{2} \cdot x`},
		{`a/bc`, `\frac{a}{b \cdot c}`},
		{`h/2\pi`, `\frac{h}{2 \cdot \pi}`},
		{`n(n+1)/2`, `\frac{n \cdot (n + 1)}{2}`},
		{`5\cdot-3`, `5 \cdot (-3)`},
		{`2^6 3^5 5^4`, `2^{6} \cdot 3^{5} \cdot 5^{4}`},
		{`2x2y`, `2 \cdot x \cdot 2 \cdot y`},
		{`2**3`, `2^{3}`},
		{`2^10`, `2^{10}`},
		{`x^-1`, `x^{-1}`},
		{`2^3^2`, `2^{3^{2}}`},
		{`-2^2`, `-2^{2}`},
		{`(-2)^2`, `(-2)^{2}`},
		{`x^2y`, `x^{2} \cdot y`},
		{`\left(\frac12\right)^n`, `(\frac{1}{2})^{n}`},
		{`1\frac12`, `1 + \frac{1}{2}`},
		{`1 1/2`, `1 + \frac{1}{2}`},
		{`-3 \frac{1}{2}`, `-(3 + \frac{1}{2})`},
		{`2\frac{3}{2}`, `2 \cdot \frac{3}{2}`},
		{`1\frac{x}{2}`, `1 \cdot \frac{x}{2}`},
		{`2\cdot\frac12`, `2 \cdot \frac{1}{2}`},
		{`1½`, `1 + \frac{1}{2}`},
		{`\frac12`, `\frac{1}{2}`},
		{`\frac{1}2`, `\frac{1}{2}`},
		{`\frac 1 2`, `\frac{1}{2}`},
		{`\frac1{12}`, `\frac{1}{12}`},
		{`\frac12x`, `\frac{1}{2} \cdot x`},
		{`\dfrac{9}{7}`, `\frac{9}{7}`},
		{`\frac{270}7`, `\frac{270}{7}`},
		{`\sqrt2`, `\sqrt{2}`},
		{`\sqrt{12}`, `\sqrt{12}`},
		{`\sqrt12`, `\sqrt{12}`},
		{`√12`, `\sqrt{12}`},
		{`2√(x+1)`, `2 \cdot \sqrt{x + 1}`},
		{`\sqrt[3]{4}`, `\sqrt[3]{4}`},
		{`\sqrt[2]{4}`, `\sqrt{4}`},
		{`10!`, `10!`},
		{`5!!`, `5!!`},
		{`x!!!`, `((x!)!)!`},
		{`5!7!`, `5! \cdot 7!`},
		{`{n \choose k}`, `\binom{n}{k}`},
		{`\binom nk`, `\binom{n}{k}`},
		{`C(10,3)`, `\binom{10}{3}`},
		{`{a \over b}`, `\frac{a}{b}`},
		{`1 \pm \sqrt{2}`, `1 \pm \sqrt{2}`},
		{`\pm 5`, `\pm 5`},
		{`a \mp b + c`, `(a \mp b) + c`},
		{`17 mod 5`, `17 \bmod 5`},
		{`-1 \bmod 2`, `(-1) \bmod 2`},
		{`-7 \pmod 3`, `(-7) \bmod 3`},
		{`1:2:3`, `1 : 2 : 3`},
		{`3:45`, `3 : 45`},
	})
}

func TestFunctions(t *testing.T) {
	same(t, [][2]string{
		{`\sin 2x \cos y`, `\sin(2 \cdot x) \cdot \cos(y)`},
		{`\sin^2 x`, `\sin(x)^{2}`},
		{`\sin(x)^2`, `\sin(x)^{2}`},
		{`\sin^{-1} x`, `\arcsin(x)`},
		{`\sin\pi/6`, `\sin(\frac{\pi}{6})`},
		{`\sin x \cdot y`, `\sin(x) \cdot y`},
		{`\sin\frac{\pi}{3}`, `\sin(\frac{\pi}{3})`},
		{`\sin 2(x+1)`, `\sin(2 \cdot (x + 1))`},
		{`\sin x (1+y)`, `\sin(x) \cdot (1 + y)`},
		{`\cos 58^\circ`, `\cos(58^{\circ})`},
		{`\tan 3\theta\sec\theta`, `\tan(3 \cdot \theta) \cdot \sec(\theta)`},
		{`sinx`, `\sin(x)`},
		{`\ln|x|+C`, `\ln(\left|x\right|) + C`},
		{`\ln xy`, `\ln(x \cdot y)`},
		{`\log_2 8`, `\log_{2}(8)`},
		{`\log_{10}(x)`, `\log_{10}(x)`},
		{`\log_2^3 x`, `\log_{2}(x)^{3}`},
		{`log(8, 2)`, `\log_{2}(8)`},
		{`\lg x`, `\lg(x)`},
		{`f(x)`, `f(x)`},
		{`f'(x)`, `f'(x)`},
		{`f^{-1}(x)`, `f^{-1}(x)`},
		{`f^2(x)`, `f(x)^{2}`},
		{`f_n(x)`, `f_{n}(x)`},
		{`f+g`, `f + g`},
		{`T(n,k)`, `T(n, k)`},
		{`a(b+c)`, `a \cdot (b + c)`},
		{`n(n+1)`, `n \cdot (n + 1)`},
		{`P(x)=x^2`, `P(x) = x^{2}`},
		{`\varphi(n)`, `\phi(n)`},
		{`\gcd(12, 18)`, `\gcd(12, 18)`},
		{`\max\{a,b\}`, `\max(a, b)`},
		{`\operatorname{lcm}(4,6)`, `\lcm(4, 6)`},
		{`\operatorname{SVD}(x)`, `\operatorname{SVD}(x)`},
		{`exp(x)`, `\exp(x)`},
		{`binomial(5,2)`, `\binom{5}{2}`},
		{`Rational(1, 2)`, `\frac{1}{2}`},
		{`factorial(5)`, `5!`},
		{`cbrt(2)`, `\sqrt[3]{2}`},
		{`ceiling(x)`, `\lceil x\rceil`},
		{`\left|x\right|`, `\left|x\right|`},
		{`\lvert x \rvert`, `\left|x\right|`},
		{`\|v\|`, `\|v\|`},
		{`\lfloor x/2 \rfloor`, `\lfloor \frac{x}{2}\rfloor`},
		{`⌈x⌉`, `\lceil x\rceil`},
	})
}

func TestNames(t *testing.T) {
	same(t, [][2]string{
		{`x`, `x`},
		{`\pi`, `\pi`},
		{`pi`, `\pi`},
		{`\mathrm{e}`, `e`},
		{`xy`, `x \cdot y`},
		{`4abcd`, `4 \cdot a \cdot b \cdot c \cdot d`},
		{`x_1`, `x_{1}`},
		{`x_{i,j}`, `x_{i,j}`},
		{`a_{n+1}`, `a_{n + 1}`},
		{`x^2_1`, `x_{1}^{2}`},
		{`x^2\frac12`, `x^{2} \cdot \frac{1}{2}`},
		{`2^n(n)`, `2^{n} \cdot n`},
		{`x_{good}`, `x_{\text{good}}`},
		{`I_{\max}`, `I_{\max}`},
		{`x'`, `x'`},
		{`\mathbb{Z}`, `\mathbb{Z}`},
		{`\Z`, `\mathbb{Z}`},
		{`\mathbb{Z}^+`, `\mathbb{Z}^+`},
		{`\mathbb{Z}_{>0}`, `\mathbb{Z}_{> 0}`},
		{`\overline{abc}`, `\overline{abc}`},
		{`\bar{x}`, `\overline{x}`},
		{`\vec{v}`, `v`},
		{`\mathbf{v}`, `v`},
		{`\foo`, `\foo`},
		{`\varepsilon`, `\epsilon`},
		{`θ`, `\theta`},
		{`oo`, `\infty`},
		{`-\infty`, `-\infty`},
		{`1,2,\ldots,n`, `1, 2, \ldots, n`},
		{`\mathrm{lcm} x`, `\lcm(x)`},
	})
}

func TestCalculus(t *testing.T) {
	same(t, [][2]string{
		{`\sum_{k=1}^{n} k^2 + 1`, `\sum_{k=1}^{n} k^{2} + 1`},
		{`\sum^{n}_{k=1} k`, `\sum_{k=1}^{n} k`},
		{`\sum_{d\mid n} d`, `\sum_{d \mid n} d`},
		{`\prod_{i=1}^n i`, `\prod_{i=1}^{n} i`},
		{`\int_0^1 x^2 dx`, `\int_{0}^{1} x^{2} dx`},
		{`\int x\,\mathrm{d}x`, `\int x dx`},
		{`\int_{0}^{\infty} \frac{dx}{1+x^2}`, `\int_{0}^{\infty} \frac{1}{1 + x^{2}} dx`},
		{`\int_0^1 x\,dx + 3`, `\int_{0}^{1} x dx + 3`},
		{`\int a + b dx`, `\int (a + b) dx`},
		{`\int\int xy dx dy`, `\int (\int (x \cdot y) dx) dy`},
		{`\lim_{x\to 0} \frac{\sin x}{x}`, `\lim_{x \to 0} \frac{\sin(x)}{x}`},
		{`\lim_{x \to 0^+} x`, `\lim_{x \to 0^{+}} x`},
		{`\lim_{x \to 3^{-}} x`, `\lim_{x \to 3^{-}} x`},
	})
}

// same parses texts and compares how the trees print.
func same(t *testing.T, rows [][2]string) {
	t.Helper()
	for _, row := range rows {
		n, err := tex.Parse(row[0])
		if err != nil || n.String() != row[1] {
			t.Errorf("Parse(%q) = %v, %v, want %v", row[0], n, err, row[1])
			continue
		}
		if again, err := tex.Parse(row[1]); err != nil || again.String() != row[1] {
			t.Errorf("Parse(%q), which printed, = %v, %v", row[1], again, err)
		}
	}
}
