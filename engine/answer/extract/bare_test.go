package extract_test

import "testing"

// TestBareReplies: what is nothing but mathematics is all of it the answer.
func TestBareReplies(t *testing.T) {
	readAll(t, "bare replies", [][2]string{
		{"1, 3, 5, 15", "1, 3, 5, 15"},
		{"3, 2.", "3, 2"},
		{"24;112", "24;112"},
		{"1.234,56 €", "1.234,56"},
		{"5 : 1", "5:1"},
		{"π/2", `\pi/2`},
		{`3000 \pi`, `3000\pi`},
		{`|-\sqrt{3}|`, `\sqrt3`},
		{`1-\mathrm{i}`, "1-i"},
		{"$-i$", "-i"},
		{"4 a ^ { 2 } - 3 a - 10", "4a^2-3a-10"},
		{"3 a ( a + 2 ) ( a - 2 )", "3a(a+2)(a-2)"},
		{"{1,2,3}", `\{1,2,3\}`},
		{"20 $cm^{2}$", "20"},
		{"$x = 3 + 4 = 7$", "7"},
	})
	readAll(t, "what goes on", [][2]string{
		{"It is 10⁶", "10^6"},
		{"It is 1.5 × 10³.", "1500"},
		{"The answer is 2½ hours.", "2.5"},
		{"The answer is −½.", "-0.5"},
		{"The answer is 3.2 ⋅ 10^5", "320000"},
		{"The answer is 3.2 × 10<sup>5</sup>.", "320000"},
		{"Answer: (x, y) = (3, 4)", "(x,y)=(3,4)"},
		{"The trip takes 2 hours and 15 minutes (135 minutes).", "135 minutes"},
		{`It equals $\sqrt{10}$, or 3.16 to 2 decimal places.`, `\sqrt{10}`},
		{"The answer is $1$ hour and $15$ minutes.", "75 minutes"},
		{"Answer: 24;112", "24;112"},
		{"The answer is 5; 3 + 4 = 7 checks.", "5"},
		{"Answer: x=3, y=4", "x=3, y=4"},
		{"The ratio is, as the answer, 5 : 1.", "5:1"},
		{`Thus |\frac{-4}{23}|`, "4/23"},
		{"Answer: ⟨3, 4⟩", "(3,4)"},
		{"It is 75% (i.e., 3/4).", "3/4"},
		{"so 1/3 — roughly 33%", "1/3"},
		{`So $p = \frac{3}{4}$ or 75 percent.`, "3/4"},
		{`\boxed{42<|im_`, "42"},
		{"The answer to 2 decimal places is 3.14.", "3.14"},
		{"The final answer, rounded to 2 digits, is 5.", "5"},
	})
}
