package dataset

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Field is what a column can be.
type Field string

// The fields of a problem.
const (
	Statement Field = "problem"
	Key       Field = "answer"
	ID        Field = "id"
	Subject   Field = "subject"
	Level     Field = "level"
)

// Fields are all of them, the one that is needed first.
func Fields() []Field { return []Field{Statement, Key, ID, Subject, Level} }

// known are the names by which columns of public sets are found, the likeliest first.
var known = map[Field][]string{
	Statement: {"problem", "question", "statement", "prompt", "input", "query"},
	Key:       {"answer", "final_answer", "expected_answer", "expected", "ground_truth", "target", "gold", "label"},
	ID:        {"id", "unique_id", "problem_id", "question_id", "uid", "idx", "name"},
	Subject:   {"subject", "subfield", "type", "category", "topic", "domain"},
	Level:     {"level", "difficulty"},
}

// mapping finds the column of each field. What a person says goes first; a field that is
// said to be "" has none.
func mapping(columns []string, said map[Field]string) (map[Field]string, error) {
	all := map[Field]string{}
	for _, f := range Fields() {
		want, ok := said[f]
		switch {
		case ok && want == "" && f != Statement:
		case ok && slices.Contains(columns, want):
			all[f] = want
		case ok:
			return nil, fmt.Errorf("there is no column %q for %s: there are %s", want, f, listed(columns))
		default:
			if c, found := first(columns, known[f]); found {
				all[f] = c
			}
		}
	}
	if all[Statement] == "" {
		return nil, fmt.Errorf("which column is the problem? There are %s; say it with --field problem=COLUMN", listed(columns))
	}
	return all, nil
}

// first is the column that has the first of these names, in any case.
func first(columns, names []string) (string, bool) {
	for _, n := range names {
		if i := slices.IndexFunc(columns, func(c string) bool { return strings.EqualFold(c, n) }); i >= 0 {
			return columns[i], true
		}
	}
	return "", false
}

func listed(columns []string) string {
	const maxNamed = 12
	quoted := make([]string, 0, maxNamed)
	for _, c := range columns[:min(len(columns), maxNamed)] {
		quoted = append(quoted, fmt.Sprintf("%q", c[:min(len(c), 40)]))
	}
	if more := len(columns) - maxNamed; more > 0 {
		quoted = append(quoted, fmt.Sprintf("%d more", more))
	}
	if len(quoted) == 0 {
		return "none"
	}
	return strings.Join(quoted, ", ")
}

// mapped sets down for a reader which column is what.
func (c *collector) mapped(columns []string, by map[Field]string) {
	for _, f := range Fields() {
		if by[f] != "" {
			c.set.Mapping = append(c.set.Mapping, Mapped{f, by[f]})
		}
	}
	for _, col := range columns {
		if len(c.set.Columns) < 100 && !slices.ContainsFunc(c.set.Mapping, func(m Mapped) bool { return m.Column == col }) {
			c.set.Columns = append(c.set.Columns, strings.Clone(col[:min(len(col), 100)]))
		}
	}
}

// recordOf is a record by the values of columns.
func recordOf(by map[Field]string, value func(column string) string, at position) record {
	of := func(f Field) string {
		if by[f] == "" {
			return ""
		}
		return strings.Clone(value(by[f])) // which would keep a whole row
	}
	return record{of(Statement), workedOut(of(Key)), strings.TrimSpace(of(ID)), strings.TrimSpace(of(Subject)), strings.TrimSpace(of(Level)), at}
}

// workedOut is the answer of a solution that ends with it after ####, as in GSM8K.
func workedOut(key string) string {
	if i := strings.LastIndex(key, "####"); i >= 0 {
		key = key[i+len("####"):]
	}
	return strings.TrimSpace(key)
}

// broken says whether a text holds what decoders put for what they cannot read.
func broken(r record) bool {
	return strings.ContainsRune(r.statement+r.key+r.id, utf8.RuneError)
}
