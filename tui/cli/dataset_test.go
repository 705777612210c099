package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestDataset: a preview says what a file is and which column is what; --json prints lines
// that are read back as the same; what is wrong is said in one line.
func TestDataset(t *testing.T) {
	const table = "task,key,topic,notes\nWhat is 1 + 1?,2,Algebra,easy\n\"What, then,\nis 1 + 2?\",3,Algebra,\n\x1b[2JWhat is 1 + 3?,4,Geometry,\n"
	file := filepath.Join(t.TempDir(), "set.csv")
	if err := os.WriteFile(file, []byte(strings.ReplaceAll(table, "\x1b[2J", "")), 0o600); err != nil {
		t.Fatal(err)
	}
	columns := []string{"--field", "problem=task", "--field", "answer=key"}
	for _, c := range []struct {
		name, typed string
		args        []string
		code        int
		want, says  string
	}{
		{name: "a preview", args: append([]string{file}, columns...), want: "source    set.csv (csv)\nproblems  3\nanswers   3\n" +
			"columns   task (as problem), key (as answer), topic (as subject); not used: notes\nsubjects  Algebra 2 · Geometry 1\n\n" +
			"ID  ANSWER  PROBLEM\n1   2       What is 1 + 1?\n2   3       What, then, is 1 + 2?\n3   4       What is 1 + 3?\n"},
		{
			name: "lines", args: append([]string{file, "--json", "--subject", "algebra", "--skip", "1"}, columns...),
			want: `{"id":"2","problem":"What, then,\nis 1 + 2?","answer":"3","subject":"Algebra"}` + "\n",
		},
		{name: "picked", args: append([]string{file, "--limit", "1", "--shuffle", "7"}, columns...), want: "source    set.csv (csv)\nproblems  1 of 3\nanswers   1\n" +
			"columns   task (as problem), key (as answer), topic (as subject); not used: notes\nsubjects  Geometry 1\n\nID  ANSWER  PROBLEM\n3   4       What is 1 + 3?\n"},
		{name: "many", typed: strings.Repeat("What is 1 + 1?\n---\n", 12), args: []string{"-", "--json", "--limit", "1"}, want: `{"id":"1","problem":"What is 1 + 1?"}` + "\n"},
		{name: "hostile", typed: table, args: append([]string{"-"}, columns...), code: 2, says: "stdin:5:1: the problem holds the control character U+001B"},
		{name: "no column", typed: "a,b\n1,2\n", args: []string{"-", "--format", "csv"}, code: 2, says: `stdin:1: which column is the problem? There are "a", "b"; say it with --field problem=COLUMN`},
		{name: "no field", args: []string{file, "--field", "question"}, code: 2, says: "--field question names no field"},
		{name: "no format", args: []string{file, "--format", "xls"}, code: 2, says: `"xls" is none of csv, json and text`},
		{name: "no such file", args: []string{file + "x"}, code: 2, says: "set.csvx: no such file or directory"},
		{name: "nobody of that name", args: append([]string{file, "--only", "9"}, columns...), code: 2, says: `no problem is called "9"`},
		{name: "nothing", code: 2, says: "one file or folder"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := newBench(t)
			b.stdin = strings.NewReader(c.typed)
			b.wantCode(b.run(append([]string{"dataset"}, c.args...)...), c.code)
			if b.out.String() != c.want || !strings.Contains(b.err.String(), c.says) {
				t.Errorf("stdout %q, stderr %q; want %q and %q", &b.out, &b.err, c.want, c.says)
			}
		})
	}
}
