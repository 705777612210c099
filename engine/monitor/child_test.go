package monitor

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

func TestLinesDoNotDependOnHowTheyArrive(t *testing.T) {
	long := strings.Repeat("x", 3*maxLineBytes)
	text := "one\n\n  two \r\n" + long + "\nthree\n \nfour"
	want := []string{"one", "two", long[:maxLineBytes], "three", "four"}
	rnd := rand.New(rand.NewPCG(3, 4))
	for range 200 {
		var got []string
		l := &lines{each: func(s string) { got = append(got, s) }}
		for rest := text; rest != ""; {
			n := 1 + rnd.IntN(min(len(rest), 1+rnd.IntN(5000)))
			if wrote, err := l.Write([]byte(rest[:n])); wrote != n || err != nil {
				t.Fatalf("Write of %d bytes = %d, %v", n, wrote, err)
			}
			if len(l.part) > maxLineBytes {
				t.Fatalf("%d bytes are kept of one line", len(l.part))
			}
			rest = rest[n:]
		}
		if l.flush(); !slices.Equal(got, want) {
			t.Fatalf("got %.60q, want %.60q", got, want)
		}
	}
}
