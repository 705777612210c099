package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestDraw(t *testing.T) {
	file := filepath.Join(t.TempDir(), "a.md")
	if err := os.WriteFile(file, []byte("# On $x^2$\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	const statement = "Find $\\frac{1}{2}\\le\\alpha$:\n\n$$\\sqrt{x+1}$$\n"
	for _, c := range []struct {
		name, typed string
		args        []string
		code        int
		want, says  string
	}{
		{name: "standard input", typed: statement, want: "Find 1/2 ≤ α:\n\n     ┌──────\n    √│x + 1\n"},
		{name: "a dash", typed: "$x_1$", args: []string{"-"}, want: "x₁\n"},
		{name: "MathML", typed: "a *b* $x<1$\n", args: []string{"--mathml"}, want: `a *b* <math xmlns="http://www.w3.org/1998/Math/MathML"><semantics><mrow><mi>x</mi><mo>&lt;</mo><mn>1</mn></mrow><annotation encoding="application/x-tex">x&lt;1</annotation></semantics></math>` + "\n"},
		{name: "inline", typed: statement, args: []string{"--inline"}, want: "Find 1/2 ≤ α:\n\n√(x + 1)\n"},
		{name: "ASCII", typed: "$x\\le\\alpha$", args: []string{"--ascii"}, want: "x <= alpha\n"},
		{name: "a width", typed: "one two three four five six", args: []string{"--width", "20"}, want: "one two three four\nfive six\n"},
		{name: "a file", args: []string{file}, want: "# On x²\n"},
		{name: "nothing"},
		{name: "control characters", typed: "a\x00b\x1b]0;t\x07 $\\text{\x1b[2J}$ \xff", want: "a␀b␛]0;t␇ ␛[2J �\n"},
		{name: "no such file", args: []string{file + "x"}, code: 2, says: "cannot open " + file + "x"},
		{name: "a folder", args: []string{t.TempDir()}, code: 2, says: "give a text file"},
		{name: "too narrow", args: []string{"--width", "3"}, code: 2, says: `"3" is not a number from 20 to 1000`},
		{name: "no width", args: []string{"--width", "wide"}, code: 2, says: "from 20 to 1000"},
		{name: "two files", args: []string{file, file}, code: 2, says: "takes one file"},
		{name: "too large", typed: strings.Repeat("x ", maxInput), code: 2, says: "the text is larger than 1 MB"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := newBench(t)
			b.stdin = strings.NewReader(c.typed)
			b.wantCode(b.run(append([]string{"draw"}, c.args...)...), c.code)
			if b.out.String() != c.want || !strings.Contains(b.err.String(), c.says) {
				t.Errorf("stdout %q, stderr %q; want %q and %q", &b.out, &b.err, c.want, c.says)
			}
		})
	}
	b := newBench(t)
	b.terminals = true
	b.wantCode(b.run("draw"), 2)
	if !strings.Contains(b.err.String(), "nothing was given to draw") {
		t.Errorf("stderr %q", &b.err)
	}
}
