package extract_test

import "testing"

func TestCorrections(t *testing.T) {
	readAll(t, "what corrects a box", [][2]string{
		{`\boxed{5}. On second thought, the answer is 6.`, "6"},
		{`\boxed{5}. Let me double-check. The answer should be 6 instead.`, "6"},
		{`\boxed{5}. No wait, that's not right: the answer is 6.`, "6"},
		{`\boxed{5}. But we must add one more, so the answer becomes 6.`, "6"},
		{`\boxed{5}. I apologize. The answer is 6.`, "6"},
		{`\boxed{5}。所以答案是6。`, "6"},
		{"\\boxed{5}\n\n**Final Answer**\n\n6", "6"},
		{"\\boxed{5}\n\n### Corrected answer\n$6$", "6"},
		{"\\boxed{5}\n\nFinal answer:\n\n6", "6"},
	})
	readAll(t, "what does not", [][2]string{
		{`\boxed{5}. However, the answer 6 is tempting.`, "5"},
		{`\boxed{5}. The final answer, rounded to 2 digits, is 5.`, "5"},
		{`\boxed{5}. So the answer to 3 significant digits is 5.`, "5"},
		{`\boxed{5}. It is not 6: the answer would be 6 if 0 counted.`, "5"},
		{`\boxed{255}. So, in general, the answer is $2^n-1$.`, "255"},
		{`\boxed{5}。答案6是错的。`, "5"},
		{`\boxed{5}. Was the correct answer 6? No.`, "5"},
		{`\boxed{5}. So is the answer 6? It is not.`, "5"},
		{"\\boxed{5}\n\n**Answer key**\n\n6", "5"},
		{"\\boxed{5}\n\n**Common wrong answer**\n\n6", "5"},
	})
}
