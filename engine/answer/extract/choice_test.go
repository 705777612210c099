package extract_test

import "testing"

func TestChoices(t *testing.T) {
	readAll(t, "a letter and its value", [][2]string{
		{"The answer is B: 24", "24"},
		{"The answer is B. 24", "24"},
		{`Answer: (B) $\frac{1}{2}$`, "1/2"},
		{`The answer is C: $12\pi$.`, `12\pi`},
		{"The best answer is C. 1/2", "1/2"},
		{"The answer is B. 3 of them are odd.", "B"},
		{"The answer is (B). Indeed 24 is even.", "B"},
		{"The answer is A = 24.", "A=24"},
		{"The correct choice is B, since 3 > 2.", "B"},
		{"The answer is 'C'.", "C"},
		{"The answer could be A, but more likely it is B.", "B"},
		{"The answer is none other than D.", "D"},
	})
	readAll(t, "several letters", [][2]string{
		{"The answer is BC.", "BC"},
		{"Answer: ACD", "ACD"},
		{"The answer is **ABD**.", "ABD"},
		{"The answer is A, C and D.", "A, C and D"},
		{"The answer is A, C, and D.", "A, C, and D"},
		{"BC", "BC"},
		{"A B D", "A B D"},
		{"The answer is B, C is wrong.", "B"},
		{"The answer is AB = 5.", "AB=5"},
	})
}
