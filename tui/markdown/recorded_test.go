package markdown_test

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/aimo3/aimo3/engine/formula"
	"github.com/aimo3/aimo3/tui/markdown"
)

// recorded opens a file of the data that is shared with other programs and no part of
// this repository.
func recorded(t *testing.T, name ...string) io.Reader {
	t.Helper()
	f, err := os.Open(filepath.Join(append([]string{"..", "..", "..", "shared", "data"}, name...)...))
	if err != nil {
		if os.Getenv("AIMO3_SHARED") == "required" {
			t.Fatal(err)
		}
		t.Skipf("NOT TESTED, no texts: %v", err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// stringsIn are all strings in a value of JSON.
func stringsIn(v any) []string {
	var all []string
	switch v := v.(type) {
	case string:
		all = append(all, v)
	case []any:
		for _, one := range v {
			all = append(all, stringsIn(one)...)
		}
	case map[string]any:
		for _, one := range v {
			all = append(all, stringsIn(one)...)
		}
	}
	return all
}

// product matches a sign of multiplication in plain text.
var product = regexp.MustCompile(`[0-9a-zA-Z)]\*[0-9a-zA-Z(]`)

// read is the letters and digits of s in order, and how many products it has.
func read(s string) (letters string, products int) {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s), len(product.FindAllString(s, -1))
}

// TestNothingIsLost holds that every letter, digit and product of recorded statements
// and replies is drawn, in order, what is in formulas aside: of one in 20 texts, or with
// TEXTS=all of each.
func TestNothingIsLost(t *testing.T) {
	every := 20
	if os.Getenv("TEXTS") == "all" {
		every = 1
	}
	traces, err := gzip.NewReader(recorded(t, "traces", "traces.jsonl.gz"))
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		name  string
		lines io.Reader
	}{
		{"replies of gpt-oss-120b", traces},
		{"OlympiadBench", recorded(t, "problems", "olympiadbench.jsonl")},
		{"MATH", recorded(t, "problems", "math500.jsonl")},
		{"replies of NeMo-Skills", recorded(t, "nemo-skills-rs3", "output-rs0.jsonl")},
	} {
		texts := 0
		lines := bufio.NewScanner(row.lines)
		lines.Buffer(nil, 64<<20)
		for lines.Scan() {
			var v any
			if err := json.Unmarshal(lines.Bytes(), &v); err != nil {
				t.Fatal(err)
			}
			for _, text := range stringsIn(v) {
				if texts++; texts%every == 0 {
					check(t, row.name, text)
				}
			}
		}
		t.Logf("%s: %d texts", row.name, texts)
		if texts == 0 {
			t.Errorf("%s: no texts", row.name)
		}
	}
}

func check(t *testing.T, name, text string) {
	t.Helper()
	for found := true; found; { // delimiters that had no partner may have one now
		found = false
		pieces, _ := formula.Find(text)
		var b strings.Builder
		for _, p := range pieces {
			if p.Formula {
				p.Text, found = "§", true
			}
			b.WriteString(p.Text)
		}
		text = b.String()
	}
	text = regexp.MustCompile("(?m)^([ \t>]*(?:```+|~~~+))[a-zA-Z0-9]*").ReplaceAllString(text, "$1")
	text = strings.ReplaceAll(text, "&", "+")
	want, products := read(text)
	got, drawn := read(markdown.Draw(text, markdown.Options{Width: 1 << 16}))
	if got != want {
		at := 0
		for at < min(len(got), len(want)) && got[at] == want[at] {
			at++
		}
		t.Errorf("%s: drawn is\n%.120s\nwant\n%.120s", name, got[max(at-20, 0):], want[max(at-20, 0):])
	}
	if drawn != products {
		t.Errorf("%s: %d of %d products are drawn of %.300q", name, drawn, products, text)
	}
}
