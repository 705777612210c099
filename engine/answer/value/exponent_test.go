package value_test

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/aimo3/aimo3/engine/answer/tex"
	"github.com/aimo3/aimo3/engine/answer/value"
)

func TestResidue(t *testing.T) {
	for _, tt := range []struct {
		expr, modulus, want string // "" if nothing can be said
	}{
		{"2^{2018}", "99991", "38971"},
		{"2^{100000}", "1000000007", "607723520"},
		{"7^{7^{7}}", "1000", "343"},
		{"7^{7^{7^{7}}}", "10", "3"},
		{"2^{2^{2^{2^{2^2}}}}", "1000", "736"},
		{"3^{10^6}-1", "100", "0"},
		{"2 \\cdot 6^{10^{9}} + 5", "8", "5"},
		{"\\binom{2024}{1012}", "7", "0"},
		{"-7", "5", "3"},
		{"12^{10^{6}}", "1", "0"},
		{"5", "1", "0"},
		{"10^{40}+1", "100000000000000000000000000000000000000000", "10000000000000000000000000000000000000001"},

		{"2^{10^{7}}/3", "7", ""},
		{"2^{-10^{7}}", "7", ""},
		{"2^{n}", "7", ""},
		{"\\frac{7}{2}", "5", ""},
		{"\\sqrt{2}", "5", ""},
		{"\\pi^{10^{7}}", "5", ""},
		{"2^{100000}", "0", ""},
		{"2^{100000}", "-3", ""},
		{"2^{100000}", "100000000000000000000000000", ""},
	} {
		n, err := tex.Parse(tt.expr)
		if err != nil {
			t.Fatal(err)
		}
		m, _ := new(big.Int).SetString(tt.modulus, 10)
		got := ""
		if r, ok := value.Residue(n, m); ok {
			got = r.String()
		}
		if got != tt.want {
			t.Errorf("%s modulo %s is %q, want %q", tt.expr, tt.modulus, got, tt.want)
		}
	}
}

// TestResidueOfTowers holds it to powers that math/big can still calculate.
func TestResidueOfTowers(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 2))
	for range 2000 {
		a, b, c := r.Int64N(30)+1, r.Int64N(12)+1, r.Int64N(6)+1
		d, m := r.Int64N(50), r.Int64N(3000)+1
		modulus := big.NewInt(m)
		top := new(big.Int).Exp(big.NewInt(b), big.NewInt(c), nil)
		want := new(big.Int).Exp(big.NewInt(a), top, modulus)
		want.Mod(want.Add(want, big.NewInt(d)), modulus)
		expr := fmt.Sprintf("%d^{%d^{%d}} + %d", a, b, c, d)
		n, err := tex.Parse(expr)
		if err != nil {
			t.Fatal(err)
		}
		if got, ok := value.Residue(n, modulus); !ok || got.Cmp(want) != 0 {
			t.Fatalf("%s modulo %d is %v, %t, want %s", expr, m, got, ok, want)
		}
	}
}
