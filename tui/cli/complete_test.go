package cli

import (
	"strings"
	"testing"
)

// TestValuesAreCompleted: what a flag, a setting or a command takes is offered, and never
// the files of the folder where it takes none. What a stored problem says is not obeyed.
func TestValuesAreCompleted(t *testing.T) {
	b := newBench(t).boxes("4")
	b.wantCode(b.run("solve", "--samples", "1", "Find the value of x+2."), 0)
	id := string(b.latest().ID)
	const noFiles = ":4\n" // cobra's directive
	for _, row := range []struct {
		args  []string
		want  []string
		files bool
	}{
		{[]string{"solve", "--think", ""}, []string{"low\n", "auto\n"}, false},
		{[]string{"solve", "--model", ""}, []string{"qwen3:4b\n"}, false},
		{[]string{"--fallback", "x,"}, []string{"x,qwen3:4b\n"}, false},
		{[]string{"solve", "--samples", ""}, nil, false},
		{[]string{"--theme", ""}, []string{"night\n", "colour-blind\n", "auto\n"}, false},
		{[]string{"--announce", "title,"}, []string{"title,bell\n"}, false},
		{[]string{"history", "show", ""}, []string{"last\tthe latest attempt\n", id + "\tFind the value"}, false},
		{[]string{"history", "show", id[:4]}, []string{id + "\tFind"}, false},
		{[]string{"history", "show", "last", ""}, nil, false},
		{[]string{"history", "export", "last", "--format", ""}, []string{"md\n"}, false},
		{[]string{"config", "set", ""}, []string{"samples\n"}, false},
		{[]string{"config", "set", "tools", ""}, []string{"python\n"}, false},
		{[]string{"config", "set", "tools", "off", ""}, nil, false},
		{[]string{"solve", "--db", ""}, nil, true},
		{[]string{"solve", "-f", ""}, nil, true},
	} {
		b.out.Reset()
		b.wantCode(b.run(append([]string{"__complete"}, row.args...)...), 0)
		got := b.out.String()
		for _, want := range row.want {
			if !strings.Contains("\n"+got, "\n"+want) {
				t.Errorf("%q: no %q in %q", row.args, want, got)
			}
		}
		if strings.HasSuffix(got, noFiles) == row.files {
			t.Errorf("%q: files are offered: %t, want %t: %q", row.args, !strings.HasSuffix(got, noFiles), row.files, got)
		}
	}
}

// TestCompletionWithoutAServerOrAStore offers what there is, and makes nothing.
func TestCompletionWithoutAServerOrAStore(t *testing.T) {
	b := newBench(t)
	b.connect = noServer
	for _, args := range [][]string{{"--model", ""}, {"history", "show", ""}} {
		b.out.Reset()
		b.wantCode(b.run(append([]string{"__complete"}, args...)...), 0)
		if got := b.out.String(); got != ":4\n" {
			t.Errorf("%q: %q", args, got)
		}
	}
}
