package extract_test

import (
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine/answer/extract"
)

func TestBoxed(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"plain", `so \boxed{42}.`, "42"},
		{"last of several", `\boxed{1} no, \boxed{2}`, "2"},
		{"nested braces", `\boxed{\frac{1}{2}}`, `\frac{1}{2}`},
		{"escaped braces", `\boxed{\{1, 2\}}`, `\{1, 2\}`},
		{"space before the brace", "\\boxed {7}", "7"},
		{"line before the brace", "\\boxed\n{7}", "7"},
		{"fbox", `\fbox{9}`, "9"},
		{"framebox", `\framebox{9}`, "9"},
		{"beginboxed", `\beginboxed{9}`, "9"},
		{"environment", `\begin{boxed}9\end{boxed}`, "9"},
		{"lost backslash", "boxed{9}", "9"},
		{"eaten backspace", "\boxed{9}", "9"},
		{"lost b", "oxed{9}", "9"},
		{"another word", "unboxed{9}", ""},
		{"empty box passed over", `\boxed{5} then \boxed{ }`, "5"},
		{"unclosed box passed over", `\boxed{5} then \boxed{6`, "5"},
		{"unclosed alone", `\boxed{6`, ""},
		{"none", "the answer is 42", ""},
		{"no brace", `\boxed 42`, "42"},
		{"no brace, command", `\boxed\frac{1}{2}.`, `\frac{1}{2}`},
		{"no brace, pair", `\boxed(1,2)`, `(1,2)`},
		{"talk of boxes", `put it in \boxed as asked, or \boxed a`, ""},
		{"box in a box", `\boxed{\boxed{3}}`, "3"},
		{"box beside others in a box", `\boxed{\boxed{3} + \frac{\fbox{1}}{2}}`, `3 + \frac{1}{2}`},
		{"box in a command", `\text{thus \boxed{3}}`, "3"},
		{"dollars within", `\boxed{$12$}`, "12"},
		{"money", `\boxed{\$12}`, `\$12`},
		{"stop within", `\boxed{12.}`, "12"},
		{"doubled backslashes", `$\\boxed{\\left( 3, \\frac{1}{2} \\right)}$`, `\left( 3, \frac{1}{2} \right)`},
		{"after a line of a display", `\\\boxed{\begin{pmatrix}1\\2\end{pmatrix}}`, `\begin{pmatrix}1\\2\end{pmatrix}`},
		{"stray braces", `} { \boxed{5} } {`, "5"},
		{"brace that never closes before", `\frac{1 \boxed{5}`, "5"},
		{"backslash at the end", `\boxed{1\`, ""},
		{"nothing", "", ""},

		{"placeholder: answer", `put \boxed{answer}`, ""},
		{"placeholder: text", `\boxed{7} as \boxed{\text{your answer}}`, "7"},
		{"placeholder: dots", `\boxed{7} in \boxed{\ldots}`, "7"},
		{"placeholder: question", `\boxed{?}`, ""},
		{"placeholder: brackets", `\boxed{[answer]}`, ""},
		{"placeholder: code", `print(f"\\boxed{{result}}")`, ""},
		{"no placeholder: n", `\boxed{n}`, "n"},

		{"list by commas", `\boxed{2}, \quad \boxed{3},\quad \boxed{\frac12}`, `2, 3, \frac12`},
		{"list by and", `\[ \boxed{-2} \quad \text{and} \quad \boxed{1}. \]`, "-2, 1"},
		{"list by or, in formulas", `$\boxed{1}$ or $\boxed{2}$`, "1, 2"},
		{"list by und", `\(\boxed{1}\) und \(\boxed{2}\)`, "1, 2"},
		{"list by 或", `$\boxed{1}$ 或 $\boxed{2}$`, "1, 2"},
		{"the same twice", `\boxed{4}, \boxed{4}`, "4"},
		{"one name", `$x = \boxed{1}$ or $x = \boxed{2}$`, "1, 2"},
		{"names", `$a_1 = \boxed{1}$ and $b = \boxed{2}$`, "a_1 = 1, b = 2"},
		{"space makes no list", `\boxed{9} \boxed{42}`, "42"},
		{"another word makes no list", `\boxed{10} and then \boxed{42}`, "42"},
		{"lines make no list", "\\boxed{10},\n\\boxed{42}", "42"},
		{"list in a box stays", `\boxed{1, 2 \text{ and } 3}`, `1, 2 \text{ and } 3`},

		{"reasoning", `<think>\boxed{1}</think>\boxed{2}`, "2"},
		{"only reasoning", `<think>\boxed{1}`, ""},
		{"channels", `<|channel|>analysis<|message|>\boxed{1}<|end|><|start|>assistant<|channel|>final<|message|>\boxed{2}`, "2"},
		{"somebody else's turn", `\boxed{2}<|im_start|>user again \boxed{3}`, "2"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, ok := extract.Boxed(tt.text)
			if c.Text != tt.want || ok != (tt.want != "") {
				t.Errorf("Boxed(%q) = %q, %v; want %q", tt.text, c.Text, ok, tt.want)
			}
		})
	}
}

func TestBoxAtTheEnd(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"cut", `so \boxed{12`, "12"},
		{"cut in its formula", "so $\\boxed{12$.\nAnd {x}", "12"},
		{"cut after an empty line", "\\boxed{\n  12\nrest", "12"},
		{"cut after another", `\boxed{1} so \boxed{12`, "12"},
		{"cut command", `\boxed{\frac{1}{2}`, `\frac{1}{2}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, ok := extract.First(tt.text, extract.Options{End: true})
			if !ok || c.Text != tt.want || !c.Truncated || c.Source != extract.Box {
				t.Errorf("First(%q) = %+v, want %q, truncated", tt.text, c, tt.want)
			}
			if c, ok := extract.First(tt.text, extract.Options{}); ok && c.Truncated {
				t.Errorf("before the end %q gave %+v", tt.text, c)
			}
		})
	}
}

// TestSpan holds what a candidate says of its place.
func TestSpan(t *testing.T) {
	text := `then \boxed{ 12 } is it`
	c, _ := extract.Boxed(text)
	if got := text[c.From:c.To]; strings.TrimSpace(got) != c.Text {
		t.Errorf("the span of %q holds %q", c.Text, got)
	}
}
