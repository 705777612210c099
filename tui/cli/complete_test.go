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
		{[]string{"history", "export", "last", "--format", ""}, []string{"md\n", "html\n"}, false},
		{[]string{"history", "export", ""}, []string{id + "\tFind"}, false},
		{[]string{"history", "mark", ""}, []string{id + "\tFind"}, false},
		{[]string{"history", "compare", "last", ""}, []string{id + "\tFind"}, false},
		{[]string{"history", "compare", "last", "last", ""}, nil, false},
		{[]string{"history", "restore", ""}, nil, false},
		{[]string{"history", "prune", ""}, nil, false},
		{[]string{"history", "list", "model:"}, []string{"model:qwen3:4b\n"}, false},
		{[]string{"models", "show", ""}, []string{"qwen3:4b\n"}, false},
		{[]string{"models", "pull", ""}, []string{"qwen3:4b\n"}, false},
		{[]string{"models", "import", ""}, nil, true},
		{[]string{"dataset", "--format", ""}, []string{"csv\n"}, false},
		{[]string{"dataset", ""}, nil, true},
		{[]string{"draw", ""}, nil, true},
		{[]string{"db", "backup", ""}, nil, true},
		{[]string{"auth", "key", "create", "--scope", "solve,"}, []string{"solve,batch\n"}, false},
		{[]string{"auth", "key", "revoke", ""}, nil, false},
		{[]string{"grade", "--policy", ""}, []string{"list-order\n"}, false},
		{[]string{"sign", ""}, []string{"POST\n"}, false},
		{[]string{"doctor", ""}, nil, false},
		{[]string{"solve", ""}, nil, false},
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

// TestOnlyWhatIsMeantIsCompleted: of a list what is not in it yet, and of attempts those that
// the command is for.
func TestOnlyWhatIsMeantIsCompleted(t *testing.T) {
	b := newBench(t).boxes("4")
	for _, problem := range []string{"Find the value of x+2.", "Find the value of y+3."} {
		b.wantCode(b.run("solve", "--samples", "1", problem), 0)
	}
	gone := string(b.latest().ID)
	b.wantCode(b.run("history", "delete", gone), 0)
	kept := string(b.latest().ID)
	for _, row := range []struct {
		args []string
		want string
		not  string
	}{
		{[]string{"history", "restore", ""}, gone, kept},
		{[]string{"history", "restore", ""}, gone, "last"},
		{[]string{"history", "show", ""}, kept, gone},
		{[]string{"history", "close", ""}, "", kept},
		{[]string{"--choose", "verify,"}, "verify,select", "verify,verify"},
	} {
		b.out.Reset()
		b.wantCode(b.run(append([]string{"__complete"}, row.args...)...), 0)
		if got := b.out.String(); !strings.Contains(got, row.want) || strings.Contains(got, row.not) {
			t.Errorf("%q: %q, want %q in it and not %q", row.args, got, row.want, row.not)
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
