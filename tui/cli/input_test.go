package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestWhatIsNoProblemIsRefused wherever it comes from, before a server is asked.
func TestWhatIsNoProblemIsRefused(t *testing.T) {
	for in, want := range map[string]string{
		"\u200b\u2060\ufeff":                             "the problem is empty: it holds nothing that can be seen, only characters such as U+200B · give a statement",
		"%PDF-1.7\nFind x.":                              "the problem is a PDF file · give its text",
		"%PDF-1.7\n" + strings.Repeat("x", maxInput):     "the problem is a PDF file",
		`{\rtf1 Find x.}`:                                "the problem is an RTF file",
		"\xff\xfeF\x00i\x00n\x00d\x00":                   "the problem is encoded as UTF-16 · save it as UTF-8",
		"{\"problem\":\"a b\"}\n{\"problem\":\"c d\"}\n": "the problem is 2 problems, as lines of JSON · give one at a time",
		`\input{p1}`:                                     "the problem holds no text of its own: it only includes p1 · give that file",
	} {
		file := filepath.Join(t.TempDir(), "p")
		if err := os.WriteFile(file, []byte(in), 0o600); err != nil {
			t.Fatal(err)
		}
		ways := [][]string{{"solve", "-"}, {"solve", "-f", file}, {"solve", "--json", "-"}}
		if len(in) < 100 {
			ways = append(ways, []string{"solve", in})
		}
		for _, args := range ways {
			b := newBench(t)
			b.connect, b.stdin = noServer, strings.NewReader(in)
			b.wantCode(b.run(args...), exitUsage)
			if !strings.Contains(b.err.String(), want) {
				t.Errorf("%q: %s, want %q", args, &b.err, want)
			}
		}
	}
}
