package dataset

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// The bounds of recorded samples.
const (
	MaxSamples     = 5_000_000
	maxAnswerBytes = 64 << 10
)

// Sample is what was recorded of one reply to a problem. What its source does not say is
// zero.
type Sample struct {
	ID, Subject, Level string // of the problem
	Statement          string
	Expected           string // the right answer, or a solution that ends with it
	Answer             string
	Answered           bool   // the source has a column of answers, and Answer is what stands there
	Text               string // what the model replied
	Right              *bool
	Truncated          bool
	Tokens             int
	Seconds            float64
	Cells, CellErrors  int
	Line               int // in the source, from 1
}

// Samples are read one by one from a table with a row for each, from JSON with an object for
// each, or from a folder, of which every file of JSON is read in the order of their names.
// Which column is what is found by the first sample, see SampleFields; Options.Fields may say
// otherwise, and reach into objects with points: "small.solution".
//
// What cannot be read is an invalid-input [engine.Fault] that names the file, the line and the
// column, and so is an error of take. Samples before it were taken.
func Samples(ctx context.Context, o Options, take func(Sample) error) (*Set, error) {
	if info, err := os.Stat(o.Path); err == nil && info.IsDir() {
		return folderOfSamples(ctx, o, take)
	}
	c := &collector{set: &Set{Name: name(o.Path)}}
	r := &sampleReader{collector: c, said: o.Fields, take: take}
	c.as = r.readAs
	if err := c.readFrom(ctx, o); err != nil {
		return nil, err
	}
	if c.set.Read == 0 {
		return nil, c.fault(position{}, "there is no sample in it")
	}
	return c.set, nil
}

// folderOfSamples reads the files of JSON in a folder as if they were one.
func folderOfSamples(ctx context.Context, o Options, take func(Sample) error) (*Set, error) {
	dir := &collector{set: &Set{Name: name(o.Path), Format: Folder}}
	files, err := os.ReadDir(o.Path)
	if err != nil {
		return nil, dir.readFault(err)
	}
	for _, f := range files {
		base := strings.TrimSuffix(strings.ToLower(f.Name()), ".gz")
		if f.Type() != 0 && f.Type()&fs.ModeSymlink == 0 || !strings.HasSuffix(base, ".jsonl") && !strings.HasSuffix(base, ".json") {
			continue
		}
		one := o
		one.Path = filepath.Join(o.Path, f.Name())
		set, err := Samples(ctx, one, take)
		if err != nil {
			return nil, err
		}
		dir.set.Read += set.Read
		dir.set.Mapping, dir.set.Columns = set.Mapping, set.Columns
	}
	if dir.set.Read == 0 {
		return nil, dir.fault(position{}, "the folder holds no .jsonl or .json file")
	}
	return dir.set, nil
}

// The fields of a sample beside those of its problem.
const (
	Expected   Field = "expected"
	Given      Field = "given"
	Reply      Field = "reply"
	Right      Field = "right"
	Truncated  Field = "truncated"
	Tokens     Field = "tokens"
	Seconds    Field = "seconds"
	Cells      Field = "cells"
	CellErrors Field = "cell_errors"
)

// sampleColumns are the names by which columns of recorded samples are found, the likeliest
// first.
var sampleColumns = map[Field][]string{
	Expected:   {"gold", "expected_answer", "expected", "ground_truth", "reference_answer", "gt", "target", "key"},
	Given:      {"predicted_answer", "prediction", "pred", "extracted_answer", "answer"},
	Reply:      {"generation", "text", "reply", "response", "completion", "solution", "output", "code", "messages"},
	Right:      {"correct", "is_correct", "symbolic_correct", "right"},
	Truncated:  {"truncated", "finish_reason", "stop_reason"},
	Tokens:     {"n_tokens", "num_generated_tokens", "completion_tokens", "tokens"},
	Seconds:    {"seconds", "generation_time", "duration"},
	Cells:      {"python_calls", "num_code_executions", "cells"},
	CellErrors: {"python_errors", "cell_errors"},
	ID:         {"problem_id", "unique_id", "question_id", "id", "uid", "idx"},
}

// SampleFields are the fields of recorded samples, and for each the names of its columns.
func SampleFields() (all []Field, columns map[Field][]string) {
	columns = map[Field][]string{}
	for _, f := range []Field{ID, Statement, Expected, Given, Reply, Right, Truncated, Tokens, Seconds, Cells, CellErrors, Subject, Level} {
		all = append(all, f)
		if columns[f] = sampleColumns[f]; columns[f] == nil {
			columns[f] = known[f]
		}
	}
	return all, columns
}

// sampleMapping finds the column of each field of samples: there must be one that tells
// problems apart, and one that says what was answered.
func sampleMapping(columns []string, said map[Field]string, has func(column string) bool) (map[Field]string, error) {
	by := map[Field]string{}
	fields, names := SampleFields()
	for _, f := range fields {
		want, ok := said[f]
		switch {
		case ok && want == "":
		case ok && has(want):
			by[f] = want
		case ok:
			return nil, fmt.Errorf("there is no column %q for %s: there are %s", want, f, listed(columns))
		default:
			if c, found := first(columns, names[f]); found && !slices.Contains(taken(by), c) {
				by[f] = c
			}
		}
	}
	if by[ID] == "" && by[Statement] == "" {
		return nil, fmt.Errorf("which column names the problem? There are %s; say it with --field id=COLUMN or --field problem=COLUMN", listed(columns))
	}
	if by[Given] == "" && by[Reply] == "" {
		return nil, fmt.Errorf("which column is the answer, or the reply? There are %s; say it with --field given=COLUMN or --field reply=COLUMN", listed(columns))
	}
	return by, nil
}

func taken(by map[Field]string) []string {
	all := make([]string, 0, len(by))
	for _, c := range by {
		all = append(all, c)
	}
	return all
}
