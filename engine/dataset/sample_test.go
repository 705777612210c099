package dataset_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/dataset"
)

// samples reads a text as it comes from a pipe, a line for each sample.
func samples(t *testing.T, text string, o dataset.Options) (string, error) {
	t.Helper()
	o.Input = strings.NewReader(text)
	var all []string
	_, err := dataset.Samples(t.Context(), o, func(s dataset.Sample) error {
		all = append(all, lineOf(s))
		return nil
	})
	return strings.Join(all, "\n"), err
}

func lineOf(s dataset.Sample) string {
	right := "?"
	if s.Right != nil {
		right = fmt.Sprint(*s.Right)
	}
	answer := s.Answer
	if !s.Answered {
		answer = "-"
	}
	return fmt.Sprintf("%d %s|%s|%s|%s|%s|%s|%v|%d|%d/%d|%v|%s/%s", s.Line, s.ID, s.Statement, s.Expected, answer, s.Text, right, s.Truncated, s.Tokens, s.Cells, s.CellErrors, s.Seconds, s.Subject, s.Level)
}

// TestSamplesAreFound: what a source of samples is, and which column is what.
func TestSamplesAreFound(t *testing.T) {
	tests := map[string]struct {
		text, want string
		options    dataset.Options
	}{
		"a table": {
			"problem_id,trace_id,n_tokens,python_calls,answer,gold,correct\np1,a,44651,82,15245,15245,1\np1,b,7,0,,15245,0\n",
			"2 p1||15245|15245||true|false|44651|82/0|0|/\n3 p1||15245|||false|false|7|0/0|0|/",
			dataset.Options{},
		},
		"tabs": {"id\tprediction\tseconds\np 1\t7\t1.5\n", "2 p 1|||7||?|false|0|0/0|1.5|/", dataset.Options{}},
		"a conversation": {
			`{"problem_id": "p", "gold": 4, "answer": 5, "correct": false, "n_tokens": 9, "python_calls": 2, "python_errors": 1, "messages": [` +
				`{"role": "assistant", "recipient": null, "content": "Hm."}, {"role": "assistant", "recipient": null, "content": "It is 5."}, {"role": "assistant", "recipient": "python", "content": "2+2"}, {"role": "python", "recipient": "assistant", "content": "4"}]}`,
			"1 p||4|5|It is 5.|false|false|9|2/1|0|/",
			dataset.Options{},
		},
		"generations": {
			`{"generation": "so \\boxed{220}", "predicted_answer": null, "expected_answer": "220", "symbolic_correct": false, "level": "Level 4", "type": "Algebra", "id": "train/1", "problem": "What?", "finish_reason": "length"}`,
			`1 train/1|What?|220||so \boxed{220}|false|true|0|0/0|0|Algebra/Level 4`,
			dataset.Options{},
		},
		"within objects": {
			"\n" + `{"question": "What?", "ground_truth": "2+2\nA: 4", "small.x": 1, "small": {"solution": "A: 5", "is_correct": false, "x.y": {"z": "w"}}}`,
			"2 |What?|2+2\nA: 4|-|A: 5|false|false|0|0/0|0|w/",
			dataset.Options{Fields: map[dataset.Field]string{dataset.Reply: "small.solution", dataset.Right: "small.is_correct", dataset.Subject: "small.x.y.z"}},
		},
		"a list":           {`[{"idx": 0, "pred": ["18"], "code": ["print"], "gt": "18"}, {"idx": 1, "pred": [], "gt": "3"}]`, "1 0||18|18|print|?|false|0|0/0|0|/\n1 1||3|||?|false|0|0/0|0|/", dataset.Options{}},
		"no column for it": {"id,answer,correct\np,1,1\n", "2 p|||1||?|false|0|0/0|0|/", dataset.Options{Fields: map[dataset.Field]string{dataset.Right: ""}}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			for how, text := range map[string]string{"plain": tt.text, "packed": packed(t, tt.text)} {
				if got, err := samples(t, text, tt.options); err != nil || got != tt.want {
					t.Errorf("%s: %v\n%s\nwant\n%s", how, err, got, tt.want)
				}
			}
		})
	}
}

// TestBadSamples are named by file, line and column, and say what to do.
func TestBadSamples(t *testing.T) {
	for name, tt := range map[string]struct{ text, want string }{
		"nothing":              {"", "stdin: there is no row in it"},
		"only a head":          {"id,answer\n", "stdin: there is no sample in it"},
		"no problem":           {"answer,gold\n1,2\n", "stdin:1: which column names the problem? There are \"answer\", \"gold\"; say it with --field id=COLUMN or --field problem=COLUMN"},
		"no answer":            {`{"id": "p", "gold": 1}`, "stdin:1:1: which column is the answer, or the reply? There are \"id\", \"gold\"; say it with --field given=COLUMN or --field reply=COLUMN"},
		"no name in a row":     {"id,answer\np,1\n,2\n", "stdin:3:1: neither a name nor a statement says which problem it is of"},
		"no number":            {"id,answer,n_tokens\np,1,few\n", "stdin:2:1: tokens is few, where a number of at least 0 is wanted"},
		"a negative number":    {"id,answer,python_calls\np,1,-1\n", "stdin:2:1: cells is -1"},
		"half a token":         {"id,answer,n_tokens\np,1,1.5\n", "stdin:2:1: tokens is 1.5"},
		"not true or false":    {"id,answer,correct\np,1,perhaps\n", "stdin:2:1: right is perhaps, where true or false is wanted"},
		"fields too few":       {"id,answer\np,1\np\n", "stdin:3: the row has another number of fields"},
		"broken JSON":          {"{\"id\": \"p\", \"answer\": 1}\n{\"id\": \"p\", }\n", "stdin:2:13: invalid character"},
		"an object for a text": {`{"id": "p", "answer": {"a": 1}}`, `stdin:1:1: the field "answer" (given) is an object`},
		"no conversation":      {`{"id": "p", "messages": [{"role": 1}]}`, `stdin:1:1: the field "messages" (reply) is a list of objects, but no conversation`},
		"a picture":            {"\x89PNG\r\n\x1a\n0000", "stdin: it is "},
		"bad UTF-8":            {"id,answer\np,\xff\n", `stdin:2:1: the field "answer" (given) is not valid UTF-8 text`},
		"a long answer":        {"id,answer\np," + strings.Repeat("1", 70_000) + "\n", "stdin:2:1: an answer of 70000 bytes; at most 65536 are accepted"},
		"a long name":          {"id,answer\n" + strings.Repeat("p", 5000) + ",1\n", "stdin:2:1: the id has 5000 bytes"},
		"a quote not closed":   {"id,answer\np,\"" + strings.Repeat("1", 2<<20), "a record of more than 1 MB"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := samples(t, tt.text, dataset.Options{})
			if err == nil || !strings.HasPrefix(engine.Hint(err), tt.want) && !strings.Contains(engine.Hint(err), tt.want) {
				t.Errorf("%v, want %s", err, tt.want)
			}
			if engine.ClassOf(err) != engine.Invalid {
				t.Errorf("class %s", engine.ClassOf(err))
			}
		})
	}
}

// TestSamplesOfAFolder are those of its files of JSON, in the order of their names; an error
// names the file.
func TestSamplesOfAFolder(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"b.jsonl": `{"id": "p", "pred": "2"}`, "a.jsonl": `{"id": "p", "pred": "1"}`, "c.jsonl.gz": packed(t, `{"id": "q", "pred": "3"}`), "README.txt": "of samples",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var got []string
	set, err := dataset.Samples(t.Context(), dataset.Options{Path: dir}, func(s dataset.Sample) error {
		got = append(got, s.ID+s.Answer)
		return nil
	})
	if err != nil || !slices.Equal(got, []string{"p1", "p2", "q3"}) || set.Read != 3 {
		t.Errorf("%v, %v, %+v", got, err, set)
	}
	no := errors.New("not that one")
	if _, err := dataset.Samples(t.Context(), dataset.Options{Path: dir}, func(s dataset.Sample) error { return no }); err == nil || !strings.Contains(err.Error(), "a.jsonl:1:1: not that one") {
		t.Errorf("an error of take: %v", err)
	}
	if _, err := dataset.Samples(t.Context(), dataset.Options{Path: t.TempDir()}, func(dataset.Sample) error { return nil }); err == nil || !strings.Contains(err.Error(), "the folder holds no .jsonl or .json file") {
		t.Errorf("an empty folder: %v", err)
	}
}
