package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/aimo3/aimo3/engine/answer"
	"github.com/aimo3/aimo3/engine/answer/grade"
	"github.com/aimo3/aimo3/engine/wire"
	"github.com/aimo3/aimo3/tui/cli/form"
)

// gradeFlags are what only grade takes.
type gradeFlags struct{ policy, gold, pred string }

func (s *shell) gradeCommand() *cobra.Command {
	var flags gradeFlags
	c := &cobra.Command{
		Use:   "grade [FILE.jsonl|-]",
		Short: "Compare answers with the expected ones",
		Long: "Compare answers with the expected ones, as the vote compares them.\n" +
			"A line of the file is a JSON object with gold and pred, two answers, or with\n" +
			"text, a reply whose answer is to be found, and expect. Each gives one line\n" +
			"with a verdict: equal, different or unknown. If a line also has a label, equal:\n" +
			"true or false, the summary says how many verdicts match it.\n\n" + switches(),
		Args: atMost(1, "one file"),
		RunE: func(cmd *cobra.Command, args []string) error { return s.grade(cmd, args, flags) },
	}
	f := c.Flags()
	f.StringVar(&flags.policy, "policy", "", "`LIST` of switches, as in list-order,units; empty is the strict default")
	f.StringVar(&flags.gold, "gold", "", "`ANSWER` that is right; with --pred, instead of a file")
	f.StringVar(&flags.pred, "pred", "", "`ANSWER` to compare with it")
	f.BoolVar(&s.json, "json", false, "print one JSON object, of --gold and --pred")
	return c
}

// switches lists those of --policy, for the help.
func switches() string {
	var b strings.Builder
	b.WriteString("Switches of --policy, several with commas between them:")
	for _, one := range answer.Switches() {
		fmt.Fprintf(&b, "\n  %-15s %s", one[0], one[1])
	}
	return b.String()
}

func (s *shell) grade(cmd *cobra.Command, args []string, flags gradeFlags) error {
	policy, err := answer.ParsePolicy(flags.policy)
	if err != nil {
		return usage("see `aimo3 grade --help`", "%s", err)
	}
	g := &grade.Grader{Policy: policy, Now: s.Now}
	gold, pred := flags.gold != "" || cmd.Flags().Changed("gold"), flags.pred != "" || cmd.Flags().Changed("pred")
	switch {
	case gold && pred && len(args) == 0:
		return s.gradePair(g.Pair(flags.gold, flags.pred))
	case gold || pred:
		return usage("give --gold and --pred, or a file", "one pair needs both its answers and no file")
	case s.json:
		return usage("leave it out: rows are always JSON", "--json is for --gold and --pred")
	}
	from, err := s.rows(cmd.Context(), args)
	if err != nil {
		return err
	}
	defer from.Close()
	return s.gradeRows(cmd.Context(), g, grade.NewLines(from))
}

// gradePair prints the verdict on one pair.
func (s *shell) gradePair(row grade.Graded) error {
	if s.json {
		return s.printJSON(row)
	}
	line := row.Verdict
	if row.Tier != "" {
		line += " by " + string(row.Tier)
	}
	if row.Reason != "" {
		line += ": " + row.Reason
	}
	_, err := fmt.Fprintln(s.out, form.Line(line))
	return err
}

// rows opens the rows that the command line names.
func (s *shell) rows(ctx context.Context, args []string) (io.ReadCloser, error) {
	if len(args) == 0 && s.Terminal(s.in) {
		return nil, usage("give a file, rows on standard input, or --gold and --pred", "no rows were given")
	}
	if len(args) == 0 || args[0] == "-" {
		return io.NopCloser(s.in), nil
	}
	f, err := opened(ctx, args[0])
	if err != nil {
		return nil, fault(bare(err), "cannot open "+args[0], "check the file's name and permissions")
	}
	return f, nil
}

// gradeRows grades line by line. A line that cannot be read is a row of its own
// and fails the command, but only at its end.
func (s *shell) gradeRows(ctx context.Context, g *grade.Grader, lines *grade.Lines) error {
	for n := 1; ; n++ {
		line, err := nextLine(ctx, lines)
		if errors.Is(err, io.EOF) {
			break
		}
		var row grade.Graded
		switch {
		case errors.Is(err, grade.ErrLong):
			row = g.Bad(n, err.Error())
		case err != nil:
			return fault(bare(err), "cannot read the rows", "give a text file with one JSON object a line")
		case grade.Blank(line):
			continue
		default:
			row = g.Line(n, line)
		}
		if err := wire.WriteLine(s.out, row); err != nil {
			return err
		}
	}
	for _, line := range g.Summary() {
		s.say("%s", line)
	}
	if g.Failed() > 0 {
		return usage("see the rows with an error", "%d of the lines could not be read", g.Failed())
	}
	return nil
}

// nextLine waits for a line or for the end of ctx.
func nextLine(ctx context.Context, lines *grade.Lines) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	text, err := awaited(ctx, func() (string, error) {
		line, err := lines.Next()
		return string(line), err
	})
	return []byte(text), err
}
