package asked_test

import (
	"testing"

	"github.com/aimo3/aimo3/engine/answer/asked"
)

func TestModulus(t *testing.T) {
	tests := []struct{ statement, want string }{
		{"What is the remainder when $N$ is divided by $10^{5}$?", "100000"},
		{"What is the remainder when N is divided by 99991?", "99991"},
		{"Find the remainder when $2^k$ is divided by $5^7$.", "78125"},
		{"Find the remainder when the sum is divided by 100000.", "100000"},
		{"Find the remainder when it is divided by 100,000.", "100000"},
		{"Find the remainder when it is divided by $100{,}000$.", "100000"},
		{"Find the remainder when it is divided by 99 991.", "99991"},
		{"Find the remainder when it is divided by 10⁵.", "100000"},
		{"Find the remainder when $abc$ is divided by $2^{20}$.", "1048576"},
		{"Find the remainder when $S$ is divided by $10^9+7$.", "1000000007"},
		{"Find the remainder when $S$ is divided by $2^{31} - 1$.", "2147483647"},
		{"Find the remainder when $S$ is divided by $10^{5124632941512463230}$.", ""}, // times its bits it is no int64
		{"Find the remainder when $S$ is divided by $10**9 + 7$.", "1000000007"},
		{"Find the remainder when $S$ is divided by $7 \\cdot 11$.", "77"},
		{"Compute the remainder when $S$ is divided by the prime $998244353$.", "998244353"},
		{"Compute the remainder when $S$ is divided by one thousand.", "1000"},
		{"Determine the remainder upon division of $S$ by $1000$.", "1000"},
		{"When $3^{100}$ is divided by $7$, what is the remainder?", "7"},
		{"What remainder does $S$ leave when divided by $1000$?", "1000"},
		{"Give your answer as the remainder when it is divided by 1000.", "1000"},
		{"How many are there? Give the answer modulo $1000$.", "1000"},
		{"Compute $2^{2026}$ modulo $10^5$.", "100000"},
		{"What is $2^{2026} \\bmod 1000$?", "1000"},
		{"Find the value of $S \\pmod{101}$.", "101"},
		{"Find the number of such paths, modulo 1000.", "1000"},
		{"Find the number of permutations mod 10^9 + 7.", "1000000007"},
		{"Find the number of $n$ such that $n^2 > 3$; report your answer modulo 97.", "97"},
		{"Find the last three digits of $7^{2026}$.", "1000"},
		{"What is the units digit of $7^{2026}$?", "10"},
		{"Find the last 5 digits of $N$.", "100000"},
		{"Compute the last digit, in base 10, of $N$.", "10"},
		{"Find the modulo $7$ remainder of the sum $1+3$.", "7"},
		{"Let $R$ be the remainder when $S$ is divided by $1000$. Find $R$.", "1000"},
		{"Let $n \\equiv 1 \\pmod 3$. Find the remainder when $f(n)$ is divided by $11$.", "11"},
		{"Find the remainder when $N$ is divided by $1000$. Here $N$ is as above.", "1000"},

		{"Find the number of integers $n$ with $n \\equiv 1 \\pmod 3$.", ""},
		{"Let $n \\equiv 1 \\pmod{3}$ be a prime. Find the sum of its digits.", ""},
		{"Find all $n$ for which $n^2 \\equiv 2 \\pmod 7$.", ""},
		{"Find the smallest $n$ such that $n$ leaves a remainder of 2 when divided by 3.", ""},
		{"Find the smallest $n$ such that the remainder when $n$ is divided by $7$ is $3$.", ""},
		{"Find the sum of all integers whose remainder when divided by 5 is 2.", ""},
		{"Find the sum of the remainders when $2^n$ is divided by 7.", ""},
		{"Find the order of 2 modulo 101.", ""},
		{"Find the number of quadratic residues modulo 1009.", ""},
		{"How many solutions has $x^2 = 1$ modulo 1000?", ""},
		{"Find the remainder when $S$ is divided by $n$.", ""},
		{"Find the remainder when $S$ is divided by $10^k$.", ""},
		{"Find the remainder when $P(x)$ is divided by $x - 1$.", ""},
		{"Find the remainder when $P(x)$ is divided by $2x - 1$.", ""},
		{"Let $k$ be the largest integer such that $10^k$ divides $N$. Find $k$.", ""},
		{"The number N is divided by 7. Find N.", ""},
		{"Let $R$ be the remainder when $S$ is divided by $1000$. Find the digit sum of $R$.", ""},
		{"Find the last three people.", ""},
		{"Find the remainder when $S$ is divided by $9^{9^{9}}$.", ""},
		{"", ""},
	}
	for _, tt := range tests {
		a := asked.Read(tt.statement)
		got := ""
		if a.Modulus != nil {
			got = a.Modulus.String()
		}
		if got != tt.want {
			t.Errorf("Read(%q): modulus %q by %q, want %q", tt.statement, got, a.Note, tt.want)
		}
	}
}

func TestRange(t *testing.T) {
	tests := []struct{ statement, want, unit string }{
		{"How many are there?", "integer:0..", ""},
		{"Find the number of subsets.", "integer:0..", ""},
		{"Determine the minimum number of tiles Matilda needs.", "integer:0..", ""},
		{"Find the largest integer $k$.", "integer", ""},
		{"Determine the smallest positive integer $M$ such that it holds.", "integer:1..", ""},
		{"What is the remainder when $N$ is divided by 7?", "integer:0..6", ""},
		{"What is the smallest possible area?", "", ""},
		{"Find the number of degrees in the angle.", "", ""},
		{"How many degrees has the angle?", "", "degrees"},
		{"What is the area, in square units?", "", "square units"},
		{"Find its length in cm.", "", "cm"},
		{"Find the expected number of throws.", "", ""},
		{"Find the positive integers $n$.", "", ""},
		{"Is it true?", "", ""},
	}
	for _, tt := range tests {
		a := asked.Read(tt.statement)
		if got := a.String(); got != tt.want || a.Unit != tt.unit {
			t.Errorf("Read(%q): %q in %q, want %q in %q", tt.statement, got, a.Unit, tt.want, tt.unit)
		}
	}
}

func TestCheck(t *testing.T) {
	const five = "What is the remainder when $k$ is divided by $10^{5}$?"
	tests := []struct {
		name, statement, person, answer string
		want                            asked.Fit
		repaired                        string
	}{
		{"within", five, "", "21818", asked.OK, ""},
		{"repaired by the statement", five, "", "121818", asked.Repaired, "21818"},
		{"repaired with separators", five, "", "121{,}818", asked.Repaired, "21818"},
		{"negative repaired", five, "", "-1", asked.Repaired, "99999"},
		{"the modulus itself", five, "", "100000", asked.Repaired, "0"},
		{"repaired within the person's range", five, "integer:0..99999", "121818", asked.Repaired, "21818"},
		{"repaired, but not into the person's range", five, "integer:0..999", "121818", asked.OutOfRange, ""},
		{"no modulus, no repair", "How many shifty functions are there?", "integer:0..99999", "2256318", asked.OutOfRange, ""},
		{"no range", "How many shifty functions are there?", "", "2256318", asked.OK, ""},
		{"any", five, "any", "121818", asked.OK, ""},
		{"nothing asked", "Find the area.", "", "1/2", asked.OK, ""},
		{"a person wants an integer", "Find the area.", "integer", "1/2", asked.OutOfRange, ""},
		{"decimal", five, "", "2.5", asked.OutOfRange, ""},
		{"decimal that is an integer", five, "", "2.0", asked.OK, ""},
		{"not worked out", five, "", "2^{10}", asked.OK, ""},
		{"not worked out, and too large", five, "", "2^{2018}", asked.Repaired, "42144"},
		{"too large to be worked out", five, "", "3^{10^{7}} - 1", asked.Repaired, "0"},
		{"not worked out, not within the person's range", five, "integer:0..999", "2^{10}", asked.OutOfRange, ""},
		{"too large, no modulus", "How many are there?", "", "3^{10^{7}}", asked.OK, ""},
		{"not worked out, below zero", "How many are there?", "", "3 - 2^{5}", asked.OutOfRange, ""},
		{"a fraction of expressions", five, "", "\\frac{3+4}{2}", asked.OutOfRange, ""},
		{"a root", five, "", "\\sqrt{2}", asked.OutOfRange, ""},
		{"a root that is an integer", five, "", "\\sqrt{16}", asked.OK, ""},
		{"percent", five, "", "50\\%", asked.OK, ""},
		{"with a unit", five, "", "5 cm", asked.OK, ""},
		{"a residue, written so", five, "", "121818 \\bmod 10^5", asked.OK, ""},
		{"with a variable", five, "", "2n + 1", asked.OK, ""},
		{"a list", five, "", "121818, 5", asked.OK, ""},
		{"words", five, "", "none", asked.OK, ""},
		{"empty", five, "", "", asked.OK, ""},
		{"a count below zero", "How many are there?", "", "-3", asked.OutOfRange, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r, err := asked.ParseRange(tt.person)
			if err != nil {
				t.Fatal(err)
			}
			fit, repaired, why := asked.Read(tt.statement).With(r).Check(tt.answer)
			if fit != tt.want || repaired != tt.repaired {
				t.Errorf("Check(%q) = %d, %q (%s); want %d, %q", tt.answer, fit, repaired, why, tt.want, tt.repaired)
			}
			if (why == "") != (fit == asked.OK) {
				t.Errorf("fit %d, but why is %q", fit, why)
			}
		})
	}
}

func TestParseRange(t *testing.T) {
	for s, want := range map[string]string{
		"": "", "any": "any", "integer": "integer", "integer:0..99999": "integer:0..99999", " integer:-5..5 ": "integer:-5..5",
		"integer:1..": "integer:1..", "integer:..9": "integer:..9", "integer:..": "integer",
	} {
		r, err := asked.ParseRange(s)
		if err != nil || r.String() != want {
			t.Errorf("ParseRange(%q) = %q, %v; want %q", s, r, err, want)
		}
	}
	for _, s := range []string{"real", "integer:", "integer:5", "integer:5..1", "integer:a..b", "any:1..2", ":1..2"} {
		if r, err := asked.ParseRange(s); err == nil {
			t.Errorf("ParseRange(%q) = %q, want an error", s, r)
		}
	}
}

// FuzzRead holds the reader of statements to its promises on any text: a
// modulus is positive and was read from the text, and an answer is repaired into
// the range, by the modulus.
func FuzzRead(f *testing.F) {
	for _, s := range []string{
		"What is the remainder when $N$ is divided by $10^{5}$?", "Find $2^n \\bmod 9$.", "Find the last 3 digits of it.", "How many?", "Let $R$ be the remainder when 5 is divided by 3. Find $R$.",
		"Give it modulo 99 991.", "Find the number of cm in m.", "divided by 7 remainder find the remainder", "Find it mod 10⁵", "What is 1.5 in kg?",
	} {
		f.Add(s, "121818")
	}
	f.Fuzz(func(t *testing.T, statement, answer string) {
		a := asked.Read(statement)
		if a.Modulus != nil && (a.Modulus.Sign() <= 0 || a.Note == "") {
			t.Fatalf("%q: modulus %s from %q", statement, a.Modulus, a.Note)
		}
		fit, repaired, why := a.Check(answer)
		if (fit == asked.Repaired) != (repaired != "") || (fit == asked.OK) != (why == "") {
			t.Fatalf("%q, %q: %d, %q, %q", statement, answer, fit, repaired, why)
		}
		if again, _, _ := a.Check(repaired); repaired != "" && again != asked.OK {
			t.Fatalf("%q, %q: repaired to %q, which does not fit", statement, answer, repaired)
		}
	})
}

func BenchmarkRead(b *testing.B) {
	const s = "Let $f$ be a function with $f(n) \\equiv 1 \\pmod 3$ for all $n$. Let $N = f(1) + f(2)$. What is the remainder when $N$ is divided by $10^{5}$?"
	for b.Loop() {
		asked.Read(s)
	}
}
