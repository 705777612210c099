package dataset_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/dataset"
)

// read reads a text as it comes from a pipe.
func read(t *testing.T, text string, o dataset.Options) (*dataset.Set, error) {
	t.Helper()
	o.Input = strings.NewReader(text)
	return dataset.Read(t.Context(), o)
}

// rows are problems in a line each.
func rows(set *dataset.Set) string {
	var all []string
	for _, e := range set.Entries {
		all = append(all, strings.Join([]string{e.ID, e.Statement, e.Key, e.Subject, e.Level}, "|"))
	}
	return strings.Join(all, "\n")
}

// TestFormatsAreFound: what a source is, and which column is what, is found by looking.
func TestFormatsAreFound(t *testing.T) {
	tests := map[string]struct {
		text, want string
		format     dataset.Format
		options    dataset.Options
	}{
		"the AIMO's table": {"id,problem,answer\n0e644e,\"Let $f(x) = \"\"x\"\"$.\nWhat is $f(7)$?\",336\n26de63,\"What is, say, $1 + 1$?\",2\n", "0e644e|Let $f(x) = \"x\"$.\nWhat is $f(7)$?|336||\n26de63|What is, say, $1 + 1$?|2||", dataset.CSV, dataset.Options{}},
		"without answers":  {"\"id\",\"problem\"\r\n\"000aaa\",\"What is $1-1$?\"\r\n", "000aaa|What is $1-1$?|||", dataset.CSV, dataset.Options{}},
		"tabs":             {"problem\tanswer\tlevel\nWhat is 12 times 12?\t144\t3\n", "1|What is 12 times 12?|144||3", dataset.CSV, dataset.Options{}},
		"semicolons":       {"Problem;Answer\nWhat is 2,5 times 2?;5\n", "1|What is 2,5 times 2?|5||", dataset.CSV, dataset.Options{}},
		"one column":       {"problem\nWhat is 12 times 12?\n", "1|What is 12 times 12?|||", dataset.CSV, dataset.Options{Format: dataset.CSV}},
		"JSON lines":       {"{\"problem\": \"What is 12 squared?\", \"answer\": 144, \"subject\": \"Algebra\", \"level\": 3}\n\n{\"answer\": \"\\\\frac{1}{2}\", \"problem\": \"What is half of one?\"}\n", "1|What is 12 squared?|144|Algebra|3\n2|What is half of one?|\\frac{1}{2}||", dataset.JSON, dataset.Options{}},
		"a list of JSON":   {"\ufeff[\n {\"question\": \"What is 12 squared?\", \"final_answer\": [\"144\"]},\n {\"question\": \"Which are the roots?\", \"final_answer\": [\"1\", -1], \"id\": 7}\n]\n", "1|What is 12 squared?|144||\n7|Which are the roots?|1, -1||", dataset.JSON, dataset.Options{}},
		"GSM8K's answers":  {"{\"question\": \"How many eggs are left?\", \"answer\": \"9 + 9 = <<9+9=18>>18\\n#### 18\"}\n", "1|How many eggs are left?|18||", dataset.JSON, dataset.Options{}},
		"named columns":    {"task,solution,key\nWhat is 12 times 12?,by hand,144\n", "1|What is 12 times 12?|144||", dataset.CSV, dataset.Options{Fields: map[dataset.Field]string{dataset.Statement: "task", dataset.Key: "key"}}},
		"no column for it": {"problem,answer\nWhat is 12 times 12?,144\n", "1|What is 12 times 12?|||", dataset.CSV, dataset.Options{Fields: map[dataset.Field]string{dataset.Key: ""}}},
		"a text":           {"Let n be even.\n\nWhat is n mod 2?\n", "1|Let n be even.\n\nWhat is n mod 2?|||", dataset.Text, dataset.Options{}},
		"parted texts":     {"\nWhat is 12 times 12?\n---\nLet n be odd,\n\nand n > 2.\n======\n\n", "1|What is 12 times 12?|||\n2|Let n be odd,\n\nand n > 2.|||", dataset.Text, dataset.Options{}},
		"own separator":    {"What is 1, 2, 3?\nNEXT\nWhat is 12 times 12?\n", "1|What is 1, 2, 3?|||\n2|What is 12 times 12?|||", dataset.Text, dataset.Options{Separator: "NEXT"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			for how, text := range map[string]string{"plain": tt.text, "packed": packed(t, tt.text)} {
				set, err := read(t, text, tt.options)
				if err != nil {
					t.Fatalf("%s: %v", how, err)
				}
				if got := rows(set); got != tt.want || set.Format != tt.format {
					t.Errorf("%s: %s\n%s\nwant %s\n%s", how, set.Format, got, tt.format, tt.want)
				}
			}
		})
	}
}

func packed(t *testing.T, text string) string {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestFaultsHaveAPlace: what is wrong, in which line and column.
func TestFaultsHaveAPlace(t *testing.T) {
	tests := map[string]struct{ text, want string }{
		"nothing":            {"", "stdin: there is no problem in it"},
		"header only":        {"id,problem\n", "stdin: there is no problem in it"},
		"an open quote":      {"id,problem\n1,\"What is it?\n2,What\n", `stdin:3:8: extraneous or missing " in quoted-field`},
		"a bare quote":       {"id,problem\n1,What is \"it\" now?\n", `stdin:2:11: bare " in non-quoted-field`},
		"too many fields":    {"id,problem\n1,What is it?\n2,What, is it?\n", "stdin:3: the row has another number of fields than the first one"},
		"an empty problem":   {"id,problem\n1,What is that?\n22,\"  \"\n", "stdin:3:4: the problem is empty"},
		"two of a name":      {"id,problem\nx,What is that?\nx,What is it?\n", `stdin:3:3: the name "x" is that of line 2 too: names must differ, or leave their column out with --field id=`},
		"two columns":        {"problem,answer,answer\nWhat is that?,1,2\n", `stdin:1:16: a second column is called "answer"`},
		"a control":          {"id,problem\n1,What is\x00 that?\n", "stdin:2:3: the problem holds the control character U+0000 at offset 7"},
		"Latin-1":            {"id,problem\n1,Qu'est-ce qui \xe9tait?\n", "stdin:2:3: the problem is not valid UTF-8 text"},
		"JSON's syntax":      {"{\"problem\": \"What is that?\"}\n{\"problem\": What}\n", "stdin:2:13: invalid character 'W' looking for beginning of value"},
		"a list's syntax":    {"[{\"problem\": \"What is that?\"},\n {\"problem\": What}]\n", "stdin:2:14: invalid character 'W' looking for beginning of value"},
		"no comma":           {"[{\"problem\": \"What is that?\"}\n {\"problem\": \"What\"}]\n", "stdin:2:2: expected comma after array element"},
		"an open object":     {"{\"problem\": \"What is that?\"}\n {\"problem\": \"What", "stdin:2:2: the file ends within what begins here"},
		"an open list":       {"[{\"problem\": \"What is that?\"}", "the file ends within what begins here"},
		"more than a list":   {"[{\"problem\": \"What is that?\"}]\n{}", "stdin:1:31: something follows the list"},
		"no object":          {"{\"problem\": \"What is that?\"}\n[1]\n", `stdin:2:1: [1] is no object, as in {"problem"`},
		"a field twice":      {"{\"problem\": \"What is that?\", \"problem\": \"What is it?\"}\n", `stdin:1:1: the field "problem" stands in it twice`},
		"a field missing":    {"{\"problem\": \"What is that?\"}\n{\"question\": \"What is it?\"}\n", `stdin:2:1: the object has no field "problem", which the first one has`},
		"an object as text":  {"{\"problem\": {\"text\": \"What is that?\"}}\n", `stdin:1:1: the field "problem" (problem) is an object; a text or a number is wanted`},
		"half a surrogate":   {"{\"problem\": \"What is \\ud835 that?\"}\n", "stdin:1:1: a character of it is broken (U+FFFD)"},
		"unknown columns":    {"{\"a\": 1, \"b\": 2}\n", `stdin:1:1: which column is the problem? There are "a", "b"; say it with --field problem=COLUMN`},
		"UTF-16":             {"\xff\xfei\x00d\x00,\x00p\x00", "stdin: it is text in UTF-16: give a file of text"},
		"an archive":         {"PK\x03\x04...", "stdin: it is a ZIP archive or an office document: give a file of text"},
		"gzip within gzip":   {"", ""},
		"half a gzip":        {"\x1f\x8b\x08\x00", "stdin: the gzip file is damaged: unexpected EOF"},
		"a problem too long": {"id,problem\n1,\"" + strings.Repeat("What? ", 4000) + "\"\n", "stdin:2:3: the problem has 23999 characters; at most 20000 are accepted"},
		"a name too long":    {"id,problem\n" + strings.Repeat("i", 5000) + ",What is that?\n", "stdin:2:5002: a field of 5000 bytes; at most 4096 are accepted of all but the problem"},
		"a long record":      {"{\"problem\": \"" + strings.Repeat("x", dataset.MaxRecordBytes+200_000), "stdin: a record of more than 1 MB: is a quote or a bracket not closed?"},
		"a long row":         {"id,problem\n1,\"" + strings.Repeat("x\n", dataset.MaxRecordBytes/2+200_000), "stdin: a record of more than 1 MB: is a quote or a bracket not closed?"},
		"columns":            {"problem" + strings.Repeat(",", 2000) + "\n", "stdin:1: 2001 columns; at most 1000 are accepted"},
	}
	tests["gzip within gzip"] = struct{ text, want string }{packed(t, packed(t, "id,problem")), "stdin: it is a gzip archive: give a file of text"}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			set, err := read(t, tt.text, dataset.Options{})
			var f *engine.Fault
			if !errors.As(err, &f) || f.Class != engine.Invalid || f.Todo == "" || !strings.HasPrefix(f.What, tt.want) && !strings.HasSuffix(f.What, tt.want) {
				t.Errorf("%v, %v; want %s", set, err, tt.want)
			}
		})
	}
}

const ten = "id,problem,subject\na,What is 1 + 1?,Algebra\nb,What is 1 + 2?,Geometry\nc,What is 1 + 3?,algebra\nd,What is 1 + 4?,\ne,What is 1 + 5?,Geometry\n"

// TestPick: problems are picked by name, subject, chance and number.
func TestPick(t *testing.T) {
	seed, other := int64(1), int64(2)
	for _, tt := range []struct {
		pick dataset.Pick
		want string
	}{
		{dataset.Pick{}, "a b c d e"},
		{dataset.Pick{Only: []string{"d", "b"}}, "b d"},
		{dataset.Pick{Skip: []string{"a", "e"}, Limit: 2}, "b c"},
		{dataset.Pick{Subject: "ALGEBRA"}, "a c"},
		{dataset.Pick{Shuffle: &seed}, "d a e b c"},
		{dataset.Pick{Shuffle: &seed, Skip: []string{"b"}}, "d a e c"},
		{dataset.Pick{Shuffle: &other, Limit: 3}, "c e d"},
	} {
		set, err := read(t, ten, dataset.Options{Pick: tt.pick})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, e := range set.Entries {
			got = append(got, e.ID)
		}
		if strings.Join(got, " ") != tt.want || set.Read != 5 {
			t.Errorf("%+v: %q of %d, want %s", tt.pick, got, set.Read, tt.want)
		}
	}
	for want, pick := range map[string]dataset.Pick{
		`stdin: no problem is called "bb": did you mean b?`:              {Only: []string{"bb"}},
		`stdin: no problem is called "nothing": there are a, b, c, d, e`: {Skip: []string{"nothing"}},
		`stdin: no subject is called "Algebre": did you mean Algebra`:    {Subject: "Algebre"},
		`stdin: no problem is called "": there are a, b, c, d, e`:        {Only: []string{""}},
	} {
		if _, err := read(t, ten, dataset.Options{Pick: pick}); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%+v: %v, want %s", pick, err, want)
		}
	}
}

// TestABadRowCanBeDoneWithout: what is left out is not checked.
func TestABadRowCanBeDoneWithout(t *testing.T) {
	text := ten + "f,,\n"
	if _, err := read(t, text, dataset.Options{}); err == nil {
		t.Error("an empty problem is read")
	}
	if set, err := read(t, text, dataset.Options{Pick: dataset.Pick{Skip: []string{"f"}}}); err != nil || len(set.Entries) != 5 {
		t.Errorf("%v, %v", set, err)
	}
}

// TestFolder: each text file is a problem; nothing outside is read through a link.
func TestFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "set")
	outside := filepath.Join(filepath.Dir(dir), "secret.txt")
	for path, text := range map[string]string{
		dir + "/b.txt": "What is 1 + 1?", dir + "/a.tex": "\\documentclass{article}\n\\begin{document}\nLet $n = 2$.\n\\end{document}\n",
		dir + "/.hidden.txt": "What?", dir + "/notes.doc": "What?", dir + "/sub/c.txt": "What is it?", outside: "a secret of the machine",
	} {
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	set, err := dataset.Read(t.Context(), dataset.Options{Path: dir})
	if err != nil || rows(set) != "a|Let $n = 2$.|||\nb|What is 1 + 1?|||" || set.Format != dataset.Folder || set.Name != "set" {
		t.Errorf("%v, %v", set, err)
	}
	if err := os.Symlink(outside, dir+"/c.txt"); err != nil {
		t.Fatal(err)
	}
	if set, err := dataset.Read(t.Context(), dataset.Options{Path: dir}); err == nil || !strings.Contains(err.Error(), "c.txt is no regular file of this folder") {
		t.Errorf("%v, %v", set, err)
	}
	if set, err := dataset.Read(t.Context(), dataset.Options{Path: t.TempDir()}); err == nil || !strings.Contains(err.Error(), "holds no .txt, .tex or .md file") {
		t.Errorf("%v, %v", set, err)
	}
}

// TestReadingEndsWithItsContext, and a device is not read at all.
func TestReadingEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := dataset.Read(ctx, dataset.Options{Input: strings.NewReader(ten)}); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	for _, path := range []string{"/dev/zero", filepath.Join(t.TempDir(), "none.csv")} {
		if _, err := dataset.Read(t.Context(), dataset.Options{Path: path}); err == nil {
			t.Errorf("%s is read", path)
		}
	}
}

// FuzzRead: whatever is read, it ends with problems that can be attempted or an error, and
// is the same when it is read again.
func FuzzRead(f *testing.F) {
	f.Add(ten)
	f.Add("[{\"problem\": \"What is that?\"}]")
	f.Add("{\"problem\": \"What is that?\", \"answer\": [1, \"2\"]}\n")
	f.Add("What is that?\n---\nWhat is it?\n")
	f.Fuzz(func(t *testing.T, text string) {
		set, err := dataset.Read(t.Context(), dataset.Options{Input: strings.NewReader(text)})
		if err != nil {
			return
		}
		for _, e := range set.Entries {
			if _, err := engine.CheckStatement(e.Statement); err != nil || e.ID == "" {
				t.Errorf("%+v: %v", e, err)
			}
		}
		again, err := dataset.Read(t.Context(), dataset.Options{Input: strings.NewReader(text)})
		if err != nil || fmt.Sprint(again) != fmt.Sprint(set) {
			t.Errorf("%v, then %v, %v", set, again, err)
		}
	})
}
