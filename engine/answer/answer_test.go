package answer_test

import (
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine/answer"
	"github.com/aimo3/aimo3/engine/answer/extract"
)

// last is what the last box of a reply holds, as votes compare it.
func last(reply string) string {
	c, _ := extract.Boxed(reply)
	return answer.Normal(c.Text)
}

func TestLast(t *testing.T) {
	tests := []struct{ name, reply, want string }{
		{"plain", `so \boxed{42}.`, "42"},
		{"last of several", `\boxed{1} no, \boxed{2}`, "2"},
		{"nested braces", `\boxed{\frac{1}{2}}`, `\frac{1}{2}`},
		{"escaped braces", `\boxed{\{1, 2\}}`, `\{1, 2\}`},
		{"space before the brace", "\\boxed {7}", "7"},
		{"fbox", `\fbox{9}`, "9"},
		{"empty box passed over", `\boxed{5} then \boxed{ }`, "5"},
		{"unclosed box passed over", `\boxed{5} then \boxed{6`, "5"},
		{"unclosed alone", `\boxed{6`, ""},
		{"none", "the answer is 42", ""},
		{"no brace", `\boxed 42`, "42"},
		{"box in a box", `\boxed{\boxed{3}}`, "3"},
		{"dollars within", `\boxed{$12$}`, "12"},
		{"thousands", `\boxed{121{,}818}`, "121818"},
		{"thousands with thin space", `\boxed{121\,818}`, "121818"},
		{"leading zeros", `\boxed{007}`, "7"},
		{"zero", `\boxed{-000}`, "0"},
		{"minus sign", "\\boxed{\u22125}", "-5"},
		{"list stays a list", `\boxed{1,2,3}`, "1,2,3"},
		{"list of big numbers is not one number", `\boxed{1000,200}`, "1000,200"},
		{"nothing", "", ""},
		{"backslash at the end", `\boxed{1\`, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := last(tt.reply); got != tt.want {
				t.Errorf("the last of %q: %q, want %q", tt.reply, got, tt.want)
			}
		})
	}
}

// FuzzLast: whatever the text, the last box that is read is in normal form.
func FuzzLast(f *testing.F) {
	for _, s := range []string{`\boxed{42}`, `\boxed{\boxed{`, `\fbox{\}}`, "\\boxed{$ $}", `\boxed`, strings.Repeat(`\boxed{`, 50)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		a := last(s)
		if again := answer.Normal(a); again != a {
			t.Errorf("the last of %q is %q, and not normal: %q", s, a, again)
		}
	})
}

func BenchmarkLast(b *testing.B) {
	trace := strings.Repeat(`we try \boxed{} and \frac{1}{2} `, 3000) + `\boxed{336}`
	b.SetBytes(int64(len(trace)))
	for b.Loop() {
		last(trace)
	}
}
