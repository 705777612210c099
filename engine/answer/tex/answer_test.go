package tex_test

import "testing"

func TestCollections(t *testing.T) {
	same(t, [][2]string{
		{`1,2`, `1,2`},
		{`-1, 0, 1`, `-1, 0, 1`},
		{`1; 2; 3`, `1, 2, 3`},
		{`5 or 7`, `5, 7`},
		{`3, 4, or 5`, `3, 4, 5`},
		{`7, -2, \text{ and } -5`, `7, -2, -5`},
		{`\text{A,C,F}`, `A, C, F`},
		{`(1,2)`, `(1, 2)`},
		{`(0;0;0)`, `(0, 0, 0)`},
		{`(1,2),(3,4)`, `(1, 2), (3, 4)`},
		{`(11,7)or(7,11)`, `(11, 7), (7, 11)`},
		{`p=5,q=2;p=7,q=2`, `p = 5, q = 2; p = 7, q = 2`},
		{`p=5,q=2 \text{ and } p=7,q=2`, `p = 5, q = 2; p = 7, q = 2`},
		{`19, 46, and 82`, `19, 46, 82`},
		{`\boxed{6 \text{ and } 8}`, `6, 8`},
		{`[1, 2, 3]`, `1, 2, 3`},
		{`[[1,2],[3,4]]`, `\begin{pmatrix}1 & 2 \\ 3 & 4\end{pmatrix}`},
		{`{1, 2}`, `\{1, 2\}`},
		{`\{1,2\}`, `\{1, 2\}`},
		{`\{5\}`, `\{5\}`},
		{`\{\}`, `\emptyset`},
		{`\emptyset`, `\emptyset`},
		{`\{x : x>0\}`, `\{x : x > 0\}`},
		{`\{x \mid x>0\}`, `\{x : x > 0\}`},
		{`\{x | |x| < 2\}`, `\{x : \left|x\right| < 2\}`},
		{`\{x\in\mathbb{R} \mid x>0\}`, `\{x \in \mathbb{R} : x > 0\}`},
		{`[0,1)`, `[0, 1)`},
		{`(0,1]`, `(0, 1]`},
		{`]1,2[`, `]1, 2[`},
		{`]1,2]`, `(1, 2]`},
		{`[1,2[`, `[1, 2)`},
		{`[a;b]`, `[a, b]`},
		{`(-\infty,0]\cup[4,\infty)`, `(-\infty, 0] \cup [4, \infty)`},
		{`A \cap B \cup C`, `(A \cap B) \cup C`},
		{`\mathbb{R} \setminus \{0\}`, `\mathbb{R} \setminus \{0\}`},
		{`\mathbb{R} - \{0\}`, `\mathbb{R} \setminus \{0\}`},
		{`{1,2} \cup {3}`, `\{1, 2\} \cup \{3\}`},
		{`\langle 1,2 \rangle`, `(1, 2)`},
	})
}

func TestRelations(t *testing.T) {
	same(t, [][2]string{
		{`x = 1`, `x = 1`},
		{`a < b \le c`, `a < b \le c`},
		{`x \ne 3`, `x \ne 3`},
		{`x != 3`, `x \ne 3`},
		{`x <= 3`, `x \le 3`},
		{`a \not= b`, `a \ne b`},
		{`x \in [0,1)`, `x \in [0, 1)`},
		{`a | b`, `a \mid b`},
		{`x = \pm 3`, `x = \pm 3`},
		{`x = 1 or x = 2`, `x = 1\text{ or }x = 2`},
		{`x = 1 \lor x = 2`, `x = 1\text{ or }x = 2`},
		{`x = 1, y = 2`, `x = 1, y = 2`},
		{`x \equiv 3 \pmod{7}`, `x \equiv 3 \pmod{7}`},
		{`x \equiv 3 (mod 7)`, `x \equiv 3 \pmod{7}`},
		{`n \equiv 1, 3 \pmod 4`, `n \equiv 1 \pmod{4}, n \equiv 3 \pmod{4}`},
		{`a \equiv b \equiv c \pmod m`, `\begin{cases}a \equiv b \pmod{m} \\ b \equiv c \pmod{m}\end{cases}`},
		{`(p,q)=(3,2)`, `(p, q) = (3, 2)`},
		{`a:b = 2:3`, `(a : b) = (2 : 3)`},
		{`= 5`, `5`},
		{`\approx 3.14`, `3.14`},
		{`R \approx 3.14`, `R \approx 3.14`},
		{`\frac{\sqrt{3}}{3} \approx 0.577`, `\frac{\sqrt{3}}{3}`},
		{`x = \frac13 \approx 0.333`, `x = \frac{1}{3}`},
		{`\sqrt{2} (approximately 1.414)`, `\sqrt{2}`},
		{`x \to \infty`, `x \to \infty`},
	})
}

func TestTables(t *testing.T) {
	same(t, [][2]string{
		{`\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}`, `\begin{pmatrix}1 & 2 \\ 3 & 4\end{pmatrix}`},
		{`\begin{bmatrix}1\\2\\\end{bmatrix}`, `\begin{pmatrix}1 \\ 2\end{pmatrix}`},
		{`\left(\begin{array}{cc} 1 & 2 \\ 3 & 4 \end{array}\right)`, `\begin{pmatrix}1 & 2 \\ 3 & 4\end{pmatrix}`},
		{`\begin{pmatrix} \frac{1}{2} \\[4pt] 3 \end{pmatrix}`, `\begin{pmatrix}\frac{1}{2} \\ 3\end{pmatrix}`},
		{`\\begin{matrix} x \\\\ \\frac12 \\end{matrix}`, `\begin{pmatrix}x \\ \frac{1}{2}\end{pmatrix}`},
		{`\begin{vmatrix} 1 & 2 \\ 3 & 4 \end{vmatrix}`, `\begin{vmatrix}1 & 2 \\ 3 & 4\end{vmatrix}`},
		{`\det\begin{pmatrix}1&2\\3&4\end{pmatrix}`, `\begin{vmatrix}1 & 2 \\ 3 & 4\end{vmatrix}`},
		{`\begin{cases} x & x>0 \\ -x & \text{otherwise} \end{cases}`, `\begin{cases}x & x > 0 \\ -x & \text{otherwise}\end{cases}`},
		{`\begin{cases} 1 & \text{if } n \text{ is odd} \\ 0 & \text{if } n>2\end{cases}`, `\begin{cases}1 & \text{n is odd} \\ 0 & n > 2\end{cases}`},
		{`\begin{cases} x+y=1 \\ x-y=2 \end{cases}`, `\begin{cases}x + y = 1 \\ x - y = 2\end{cases}`},
		{`\begin{aligned} x &= 1 \\ y &= 2 \end{aligned}`, `\begin{cases}x = 1 \\ y = 2\end{cases}`},
		{`\begin{array}{l} x = 1 \\ y = 2 \end{array}`, `\begin{cases}x = 1 \\ y = 2\end{cases}`},
	})
}

func TestQuantities(t *testing.T) {
	same(t, [][2]string{
		{`90^\circ`, `90^{\circ}`},
		{`90 degrees`, `90^{\circ}`},
		{`45^o`, `45^{\circ}`},
		{`90°`, `90^{\circ}`},
		{`\$5`, `\$5`},
		{`\$1,234.50`, `\$1234.50`},
		{`5 dollars`, `\$5`},
		{`5€`, `\euro 5`},
		{`10 cm`, `10\text{ cm}`},
		{`10cm`, `10\text{ cm}`},
		{`\frac13 \text{meters}`, `\frac{1}{3}\text{ m}`},
		{`45 \text{ units}^2`, `45\text{ unit^2}`},
		{`64 square feet`, `64\text{ ft^2}`},
		{`12 \text{ sq. in.}`, `12\text{ in^2}`},
		{`60 km/h`, `60\text{ km/h}`},
		{`60 \text{ km per hour}`, `60\text{ km/h}`},
		{`9.8 \mathrm{m}/\mathrm{s}^2`, `9.8\text{ m/s^2}`},
		{`3\cdot 10^8 \text{ m/s}`, `3 \cdot 10^{8}\text{ m/s}`},
		{`100+20\pi\text{ cm}`, `(100 + 20 \cdot \pi)\text{ cm}`},
		{`3 cm + 4 cm`, `(3\text{ cm}) + (4\text{ cm})`},
		{`5 min`, `5\text{ min}`},
		{`10 \mathrm{~cm}^{2}`, `10\text{ cm^2}`},
		{`17\text{ any text}`, `17\text{ any text}`},
		{`12 apples`, `12\text{ apples}`},
		{`x = 5 \text{ cm}`, `x = 5\text{ cm}`},
	})
}

func TestWords(t *testing.T) {
	same(t, [][2]string{
		{`\text{east}`, `\text{east}`},
		{`odd`, `\text{odd}`},
		{`Even`, `\text{Even}`},
		{`\text{no  solution}`, `\text{no solution}`},
		{`no solutions`, `\text{no solutions}`},
		{`\text{4:30 p.m.}`, `\text{4:30 p.m}`},
		{`odd $n$`, `\text{odd n}`},
		{`n is prime`, `\text{n is prime}`},
		{`May 5`, `\text{May 5}`},
		{`\text{E}`, `E`},
		{`\text{(C)}`, `C`},
		{`\textbf{(C)}`, `C`},
		{`C`, `C`},
		{`\text{13}`, `13`},
		{`taking the empty card`, `\text{taking the empty card}`},
		{`1 and odd prime numbers`, `1, \text{odd prime numbers}`},
		{`All numbers of the form $4k+3$`, `\text{All numbers of the form 4k+3}`},
		{`2 \text{ if } n \text{ is odd}`, `\text{2 if n is odd}`},
		{`f(x)=x+c for some c`, `\text{f(x)=x+c for some c}`},
		{`五`, `\text{五}`},
		{`Answer: 5`, `5`},
		{`the answer is 5`, `5`},
		{`The\ area\ is\ \frac12`, `\frac{1}{2}`},
	})
}

func TestBars(t *testing.T) {
	same(t, [][2]string{
		{`|x|`, `\left|x\right|`},
		{`||x|-1|`, `\left|\left|x\right| - 1\right|`},
		{`2|x|+3|y|`, `2 \cdot \left|x\right| + 3 \cdot \left|y\right|`},
		{`|a||b|`, `\left|a\right| \cdot \left|b\right|`},
		{`|x|y|z|`, `\left|x\right| \cdot y \cdot \left|z\right|`},
		{`|x-|y||`, `\left|x - \left|y\right|\right|`},
		{`-|x|^2`, `-\left|x\right|^{2}`},
		{`f(|x|)`, `f(\left|x\right|)`},
		{`\frac{|x|}{2}`, `\frac{\left|x\right|}{2}`},
		{`|\frac12|`, `\left|\frac{1}{2}\right|`},
	})
}

func TestWrappings(t *testing.T) {
	same(t, [][2]string{
		{`$x$`, `x`},
		{`$$x$$`, `x`},
		{`\(x\)`, `x`},
		{`\[x\]`, `x`},
		{`**73**`, `73`},
		{`\boxed{5}`, `5`},
		{`\boxed{28 percent`, `28\%`},
		{`\color{red}{5}`, `5`},
		{`\textcolor{red}{5}`, `5`},
		{`\underline{5}`, `5`},
		{`\displaystyle\frac12`, `\frac{1}{2}`},
		{`\left.x\right.`, `x`},
		{`\bigl(1,2\bigr)`, `(1, 2)`},
		{`5.`, `5`},
		{`5\,`, `5`},
		{`185\`, `185`},
		{`$1,000.99$`, `1000.99`},
		{`'5'`, `5`},
		{`"5"`, `5`},
		{`\frac{1}{2}\quad`, `\frac{1}{2}`},
		{`-2 \\le x`, `-2 \le x`},
		{`\dfrac{n}{2}.`, `\frac{n}{2}`},
	})
}
