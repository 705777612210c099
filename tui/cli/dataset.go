package cli

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/aimo3/aimo3/engine/dataset"
	"github.com/aimo3/aimo3/engine/wire"
	"github.com/aimo3/aimo3/tui/cli/form"
)

// previewed is how many problems a preview shows.
const previewed = 10

func (s *shell) datasetCommand() *cobra.Command {
	var source sourceFlags
	c := &cobra.Command{
		Use:   "dataset FILE|FOLDER|-",
		Short: "Show what a file of problems holds, or print it as JSON lines",
		Long: "Read a file of problems whole, and show what it is: a table as of the AIMO\n" +
			"competitions (CSV, tabs, semicolons), JSON lines or a list, text with lines of\n" +
			"--- between the problems, a folder of .txt, .tex and .md files; any but a folder may\n" +
			"be packed by gzip. What is wrong with it is said with its line and column, and then\n" +
			"nothing of it is used. With --json every problem is printed in a line of its own.",
		Example: "  aimo3 dataset problems.csv\n" +
			"  aimo3 dataset math.jsonl.gz --subject Algebra --shuffle 1 --limit 50 --json\n" +
			"  aimo3 dataset tasks.csv --field problem=task --field answer=key",
		Args: exactly(1, "one file or folder; - is standard input"),
		RunE: func(cmd *cobra.Command, args []string) error {
			o, err := source.options(args[0], s.in)
			if err != nil {
				return err
			}
			return s.dataset(cmd.Context(), o)
		},
	}
	f := c.Flags()
	source.add(f)
	f.BoolVar(&s.json, "json", false, "print every problem as JSON, one a line")
	return c
}

// sourceFlags say how a dataset is read.
type sourceFlags struct {
	with   dataset.Options
	fields []string
}

func (s *sourceFlags) add(f *pflag.FlagSet) {
	f.StringArrayVar(&s.fields, "field", nil, "column of a field, as `FIELD=COLUMN`: of problem, answer, id, subject or level; with no column, none")
	f.Var(&parsed[dataset.Format]{"found by looking", "FORMAT", &s.with.Format, sourceFormat}, "format", "csv, json or text")
	f.StringVar(&s.with.Separator, "separator", "", "`LINE` between two problems of a text (default: three or more of - = * or #)")
	pickFlags(f, &s.with.Pick)
}

// options are how the dataset at path is read, or standard input.
func (s *sourceFlags) options(path string, input io.Reader) (o dataset.Options, err error) {
	o = s.with
	o.Path, o.Input = path, input
	o.Fields, err = namedColumns(s.fields, dataset.Fields())
	return o, err
}

// pickFlags are the flags that pick problems of a dataset.
func pickFlags(f *pflag.FlagSet, pick *dataset.Pick) {
	f.Var(&parsed[int]{"all", "N", &pick.Limit, whole(1, dataset.MaxProblems)}, "limit", "number of problems to take, after all else")
	f.StringSliceVar(&pick.Only, "only", nil, "take only the problems with these names, as in `ID,ID`")
	f.StringSliceVar(&pick.Skip, "skip", nil, "leave out the problems with these names, as in `ID,ID`")
	f.StringVar(&pick.Subject, "subject", "", "take only the problems of this `SUBJECT`")
	f.Var(&parsed[*int64]{"none", "SEED", &pick.Shuffle, pointer(seed)}, "shuffle", "shuffle them, the same way for the same seed")
}

func sourceFormat(s string) (dataset.Format, error) {
	if f := dataset.Format(strings.ToLower(s)); slices.Contains(dataset.Formats(), f) {
		return f, nil
	}
	return "", fmt.Errorf("%q is none of csv, json and text", s)
}

// namedColumns reads what --field says of fields.
func namedColumns(given []string, fields []dataset.Field) (map[dataset.Field]string, error) {
	if len(given) == 0 {
		return nil, nil
	}
	var names []string
	for _, f := range fields {
		names = append(names, string(f))
	}
	all := map[dataset.Field]string{}
	for _, one := range given {
		field, column, ok := strings.Cut(one, "=")
		if f := dataset.Field(strings.TrimSpace(field)); ok && slices.Contains(fields, f) {
			all[f] = strings.TrimSpace(column)
			continue
		}
		return nil, usage("give FIELD=COLUMN, where FIELD is one of "+strings.Join(names, ", "), "--field %s names no field", form.Line(one))
	}
	return all, nil
}

func (s *shell) dataset(ctx context.Context, o dataset.Options) error {
	set, err := dataset.Read(ctx, o)
	if err != nil {
		return err
	}
	if !s.json {
		return s.previewDataset(set)
	}
	for _, e := range set.Entries {
		if err := wire.WriteLine(s.out, datasetLine{e.ID, e.Statement, e.Key, e.Subject, e.Level}); err != nil {
			return err
		}
	}
	return nil
}

// datasetLine is a problem in a line of JSON, by the names that a dataset is read by.
type datasetLine struct {
	ID      string `json:"id"`
	Problem string `json:"problem"`
	Answer  string `json:"answer,omitempty"`
	Subject string `json:"subject,omitempty"`
	Level   string `json:"level,omitempty"`
}

func (s *shell) previewDataset(set *dataset.Set) error {
	n, keys, subjects := len(set.Entries), 0, map[string]int{}
	for _, e := range set.Entries {
		if e.Key != "" {
			keys++
		}
		if e.Subject != "" {
			subjects[e.Subject]++
		}
	}
	said := [][]string{{"source", fmt.Sprintf("%s (%s)", set.Name, set.Format)}, {"problems", picked(n, set.Read)}, {"answers", strconv.Itoa(keys)}}
	if len(set.Mapping) > 0 {
		said = append(said, []string{"columns", mappedColumns(set)})
	}
	if len(subjects) > 0 {
		said = append(said, []string{"subjects", counted(subjects)})
	}
	if err := form.WriteTable(s.out, "", said); err != nil {
		return err
	}
	rows := [][]string{{}, {"ID", "ANSWER", "PROBLEM"}}
	for _, e := range set.Entries[:min(n, previewed)] {
		rows = append(rows, []string{form.Short(form.Line(e.ID), 20), form.Short(form.Line(e.Key), 16), form.Short(form.Line(e.Statement[:min(len(e.Statement), 400)]), max(s.columns()-42, 20))})
	}
	if err := form.WriteTable(s.out, "", rows); err != nil || n <= previewed {
		return err
	}
	return form.WriteTable(s.out, "", [][]string{{fmt.Sprintf("… and %d more; --json prints them all", n-previewed)}})
}

func picked(n, of int) string {
	if n == of {
		return strconv.Itoa(n)
	}
	return fmt.Sprintf("%d of %d", n, of)
}

// mappedColumns says which column is what, and which are not used.
func mappedColumns(set *dataset.Set) string {
	var all []string
	for _, m := range set.Mapping {
		if string(m.Field) == m.Column {
			all = append(all, m.Column)
			continue
		}
		all = append(all, fmt.Sprintf("%s (as %s)", m.Column, m.Field))
	}
	text := strings.Join(all, ", ")
	if len(set.Columns) > 0 {
		text += "; not used: " + strings.Join(set.Columns, ", ")
	}
	return form.Short(form.Line(text), 400)
}

// counted are names with how often each came, the most frequent first, at most eight.
func counted(all map[string]int) string {
	names := make([]string, 0, len(all))
	for name := range all {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(all[b]-all[a], strings.Compare(a, b)) })
	const maxShown = 8
	var parts []string
	for _, name := range names[:min(len(names), maxShown)] {
		parts = append(parts, fmt.Sprintf("%s %d", form.Line(name), all[name]))
	}
	if more := len(names) - maxShown; more > 0 {
		parts = append(parts, fmt.Sprintf("%d others", more))
	}
	return strings.Join(parts, " · ")
}
