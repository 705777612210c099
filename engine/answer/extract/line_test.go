package extract_test

import (
	"slices"
	"testing"

	"github.com/aimo3/aimo3/engine/answer/extract"
)

// form is a text, the answer that it gives, and by which form.
type form struct {
	name, text, want string
	source           extract.Source
}

// readForms reads each text at its end, and sees that nothing is read before.
func readForms(t *testing.T, forms []form) {
	for _, tt := range forms {
		t.Run(tt.name, func(t *testing.T) {
			c, _ := extract.First(tt.text, extract.Options{End: true})
			if c.Text != tt.want || c.Source != tt.source {
				t.Errorf("First(%q) = %q by %q, want %q by %q", tt.text, c.Text, c.Source, tt.want, tt.source)
			}
			if c, ok := extract.First(tt.text, extract.Options{}); ok {
				t.Errorf("before the end, %q gave %+v", tt.text, c)
			}
		})
	}
}

func TestTagsAndFinalLines(t *testing.T) {
	readForms(t, []form{
		{"answer tag", "so <answer> 42 </answer> it is", "42", extract.Tag},
		{"answer tag in formulas", "<answer>$x^2$</answer>", "x^2", extract.Tag},
		{"sentence in a tag", "<answer>The answer is $5$, I think.</answer>", "5", extract.Tag},
		{"last tag", "<answer>1</answer> no <answer>2</answer>", "2", extract.Tag},
		{"open tag", "<answer>42", "42", extract.Tag},
		{"box of GLM", "<|begin_of_box|>17<|end_of_box|>", "17", extract.Tag},

		{"plain", "The answer is 42.", "42", extract.FinalLine},
		{"because", "The answer is 42 because 2 is prime.", "42", extract.FinalLine},
		{"formula", "The final answer is $\\frac{1}{2}$. I hope it is correct.", `\frac{1}{2}`, extract.FinalLine},
		{"formulas", "The answers are $2$ and $3$.", "2 and 3", extract.FinalLine},
		{"bold", "**Answer:** **73**", "73", extract.FinalLine},
		{"colon", "Final answer: x = 5", "x = 5", extract.FinalLine},
		{"equals", "Answer = 5", "5", extract.FinalLine},
		{"capitals", "ANSWER: 7", "7", extract.FinalLine},
		{"decimal", "Answer: 3.14", "3.14", extract.FinalLine},
		{"negative", "Answer: -3", "-3", extract.FinalLine},
		{"thousands", "The answer is 1,234,567.", "1,234,567", extract.FinalLine},
		{"fraction", "The final answer is 2/3", "2/3", extract.FinalLine},
		{"pair", "The final answer is (7, 6).", "(7, 6)", extract.FinalLine},
		{"interval", "Answer: [2,5)", "[2,5)", extract.FinalLine},
		{"list", "Answer: 1, 2, 3", "1, 2, 3", extract.FinalLine},
		{"percent", "The answer is 25%.", "25%", extract.FinalLine},
		{"unit left", "The answer is 42 apples.", "42", extract.FinalLine},
		{"heading", "**Final Answer**\n\n42", "42", extract.FinalLine},
		{"heading and sentence", "### Final Answer\nThe number of ways is 42.", "42", extract.FinalLine},
		{"heading and display", "## Answer\n\n\\[\n42\n\\]\n", "42", extract.FinalLine},
		{"long subject", "Final Answer: The smallest possible value of $N$ is $14$.", "14", extract.FinalLine},
		{"plain subject", "Answer: the volume of ABCD is 120.", "120", extract.FinalLine},
		{"no copula", "Final Answer: Jane started 3 hours ago.", "3", extract.FinalLine},
		{"words", "Final answer: no such integers", "no such integers", extract.FinalLine},
		{"yes", "So the answer is yes.", "yes", extract.FinalLine},
		{"chain", "Answer: 3 + 4 = 7", "7", extract.FinalLine},
		{"chain in a formula", "The answer is $N = 3 + 4 = 7$.", "7", extract.FinalLine},
		{"choice", "The answer is B because C is wrong.", "B", extract.FinalLine},
		{"choice in brackets", "The correct answer is (C).", "C", extract.FinalLine},
		{"last of two", "The answer is 3. No, the answer is 4.", "4", extract.FinalLine},
		{"talk of answers", "The answer is 4. I hope this answer helps.", "4", extract.FinalLine},
		{"consistent", "The answer is 4.\nSo this answer is consistent with the above.\n", "4", extract.FinalLine},
		{"another answer, in passing", "The answer is 4.\nMy answer to line 7 of it took long.\nDone.", "4", extract.FinalLine},
		{"gsm8k", "5 + 6 = 11\n#### 11", "11", extract.FinalLine},
		{"question and answer", "Q: 5 + 6?\nA: 11\n", "11", extract.FinalLine},
		{"a heading is no answer", "so 11\n#### 2. Checks", "11", extract.LastNumber},
	})
}

func TestVerdicts(t *testing.T) {
	readAll(t, "verdicts", [][2]string{
		{"Answer: yes, for n = 5.", "yes"},
		{"The answer is no, since 5 is odd.", "no"},
		{"Answer: One can see that 5 works.", "5"},
		{"Answer: no such integers", "no such integers"},
		{"The answer is: 12 apples and 5 pears.", "12"},
	})
}

// TestSaidBefore: a sentence may name the answer before it speaks of it.
func TestSaidBefore(t *testing.T) {
	readAll(t, "a value that is the answer", [][2]string{
		{"12 is the answer to part 2.", "12"},
		{"So 12 is our final answer, since 3*4 = 12.", "12"},
		{"Hence $12$ is the answer, because $3<4$.", "12"},
		{"So n = 12 is the required answer for part 3.", "12"},
		{"So (B) is the correct answer, not (C).", "B"},
		{"12 is not the answer. The answer is 13.", "13"},
		{"5 is the answer to (a), and the answer to (b) is 7.", "7"},
		{"What is the answer? It is 5.", "5"},
		{"This is the answer: 5", "5"},
	})
}

func TestLanguages(t *testing.T) {
	readForms(t, []form{
		{"French", "La réponse est 42.", "42", extract.FinalLine},
		{"French, bold", "**Réponse finale :** $\\frac{1}{2}$", `\frac{1}{2}`, extract.FinalLine},
		{"German", "Die Antwort lautet 42.", "42", extract.FinalLine},
		{"Spanish", "Por lo tanto, la respuesta final es $42$.", "42", extract.FinalLine},
		{"Portuguese", "A resposta é 42.", "42", extract.FinalLine},
		{"Italian", "La risposta è 42", "42", extract.FinalLine},
		{"Dutch", "Het antwoord is 42.", "42", extract.FinalLine},
		{"Swedish", "Svaret är 42.", "42", extract.FinalLine},
		{"Finnish", "Vastaus: 42", "42", extract.FinalLine},
		{"Polish", "Odpowiedź: 42", "42", extract.FinalLine},
		{"Polish, sentence", "Odpowiedzią jest 42.", "42", extract.FinalLine},
		{"Czech", "Odpověď je 42.", "42", extract.FinalLine},
		{"Russian", "Ответ: 42.", "42", extract.FinalLine},
		{"Russian, small", "Таким образом, ответ равен 42", "42", extract.FinalLine},
		{"Ukrainian", "Відповідь: $42$", "42", extract.FinalLine},
		{"Greek", "Η απάντηση είναι 42.", "42", extract.FinalLine},
		{"Turkish", "Cevap: 42", "42", extract.FinalLine},
		{"Turkish, other", "Yanıt: 42", "42", extract.FinalLine},
		{"Hungarian", "A válasz: 42", "42", extract.FinalLine},
		{"Romanian", "Răspunsul este 42.", "42", extract.FinalLine},
		{"Vietnamese", "Đáp án là 42.", "42", extract.FinalLine},
		{"Indonesian", "Jawabannya adalah 42.", "42", extract.FinalLine},
		{"Chinese", "因此，答案是42。", "42", extract.FinalLine},
		{"Chinese, colon", "答案：$\\sqrt{2}$", `\sqrt{2}`, extract.FinalLine},
		{"Japanese", "したがって、答えは 42 です。", "42", extract.FinalLine},
		{"Korean", "따라서 답은 42입니다.", "42", extract.FinalLine},
		{"Korean, colon", "정답: 42", "42", extract.FinalLine},
		{"Hindi", "उत्तर 42 है।", "42", extract.FinalLine},
		{"Bengali", "উত্তর: 42", "42", extract.FinalLine},
		{"Arabic", "الجواب هو 42.", "42", extract.FinalLine},
		{"Persian", "پاسخ: 42", "42", extract.FinalLine},
		{"Hebrew", "התשובה היא 42.", "42", extract.FinalLine},
		{"Thai", "คำตอบคือ 42", "42", extract.FinalLine},
	})
}

func TestGuesses(t *testing.T) {
	readForms(t, []form{
		{"output block", "```python\nprint(1)\n```\n```output\nx\n26.0\n```\n", "26.0", extract.CodeOutput},
		{"formula at the end", "Hence $x = 1$ and so $y = k = 506.25$", "506.25", extract.LastMath},
		{"display", "We get\n\\[\n\\frac{1}{3}\n\\]", `\frac{1}{3}`, extract.LastMath},
		{"names tell nothing", "We get $12$ for $N$ in $ABC$.", "12", extract.LastMath},
		{"money is no formula", "She pays $5 and gets $3 back from the shop, so 2.", "2", extract.LastNumber},
		{"bold", "With $n = 3$ there are **42** ways.", "42", extract.Bold},
		{"bold with a unit", "So there are **42 ways**.", "42", extract.Bold},
		{"bold heading is none", "**Step 2: count**\nThere are 42.", "42", extract.LastNumber},
		{"number", "Thus Bob has 1,000.99€", "1,000.99", extract.LastNumber},
		{"number behind a sign", "地块面积 = 72000 / 18 = 4000千克", "4000", extract.LastNumber},
		{"expression", "Altitude\n\nAD = h = 3 + 2√2.", "3 + 2√2", extract.LastNumber},
		{"label of an equation", "h = 7.     (11)", "h = 7", extract.LastNumber},
		{"choice at first", "D. it can't be A or B", "D", extract.Choice},
		{"choice at last", "It's not A, therefore I think it's B", "B", extract.Choice},
		{"nothing", "No valid answer here", "", ""},
		{"empty", "", "", ""},
	})
}

// TestOrder holds in which order the candidates of one text come.
func TestOrder(t *testing.T) {
	for _, c := range []struct {
		name, text, output string
		want               []string // text, source, and whether it was only thought
	}{
		{"box, final line, formula", "The answer is 3.\nSo $x = 4$, \\boxed{5}", "", []string{"5 boxed", "3 final-line", "5 last-number", "x = 4 last-math"}},
		{"what code printed before guesses", "I am done with $x = 4$", "a\n 12 \n", []string{"12 code-output", "x = 4 last-math"}},
		{"a number of NumPy's", "I am done.", "np.int64(-42)", []string{"-42 code-output"}},
		{"a number of mpmath's", "I am done.", "mpf('1.5')", []string{"1.5 code-output"}},
		{"what is called of NumPy", "I am done.", "np.arange(n)", []string{"np.arange(n) code-output"}},
		{"two of NumPy's", "I am done.", "(np.int64(1), np.int64(2))", []string{"(np.int64(1), np.int64(2)) code-output"}},
		{"a last line before what code printed", "The answer is 4.", "12", []string{"4 final-line", "12 code-output", "4 last-number"}},
		{"a thought box before guesses", "<think>\\boxed{1}</think> Hence 2.", "", []string{"1 boxed thought", "2 last-number", "1 last-number thought"}},
		{"only thought, not ended", "<think>\\boxed{1} or rather", "", []string{"1 boxed thought", "1 last-number thought"}},
		{"cut box before a closed one", "\\boxed{1} and \\boxed{2", "", []string{"2 boxed", "1 boxed", "2 last-number"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for f := range extract.Candidates(c.text, extract.Options{End: true, Output: c.output}) {
				s := f.Text + " " + string(f.Source)
				if f.Thinking {
					s += " thought"
				}
				got = append(got, s)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("%q gave %q, want %q", c.text, got, c.want)
			}
		})
	}
}
