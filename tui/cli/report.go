package cli

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/answer/asked"
	"github.com/aimo3/aimo3/engine/dataset"
	"github.com/aimo3/aimo3/engine/figures"
	"github.com/aimo3/aimo3/engine/rescore"
	"github.com/aimo3/aimo3/engine/wire"
	"github.com/aimo3/aimo3/tui/cli/form"
	"github.com/aimo3/aimo3/tui/cli/outfile"
	"github.com/aimo3/aimo3/tui/export"
	"github.com/aimo3/aimo3/tui/phrase"
)

// maxFlips is how many problems of which two runs say otherwise are printed for people.
const maxFlips = 20

// reporting is one call of `aimo3 report`.
type reporting struct {
	*shell
	fields map[dataset.Field]string
	how    rescore.Reading
	voting rescore.Voting
	rules  []engine.StopRule
	replay rescore.Replaying
	seed   int64
	html   string
	tells  string                           // a file of problems
	named  struct{ fields, rules []string } // as they were given
}

func (s *shell) reportCommand() *cobra.Command {
	r := &reporting{shell: s}
	c := &cobra.Command{
		Use:   "report [RUN [RUN2]]",
		Short: "Show how good stored attempts or recorded samples are, or two of them side by side",
		Long: "Show how good a run was: how many verdicts are right, what k samples give (avg@k,\n" +
			"maj@k, pass@k) with standard errors and intervals, what went wrong and what it cost;\n" +
			"of two runs also which problems flipped, and whether one is better (McNemar's test).\n" +
			"RUN is a file of recorded samples (JSON lines or a table with a row for each; - is\n" +
			"standard input), a folder of such files of JSON, or a query of stored attempts, as\n" +
			"`aimo3 history list` takes it; without one it is all attempts. The latest attempt at\n" +
			"each problem counts.\n\n" +
			"Samples can be scored anew, with another reader of answers, voter or stop rule; then\n" +
			"what was recorded is shown beside. Nothing is asked of a model.",
		Example: "  aimo3 report 'tag:aime after:2026-01-01'\n" +
			"  aimo3 report traces.jsonl.gz --reader boxed --html report.html\n" +
			"  aimo3 report votes.csv --orders 400 --draw 8 --rule four-agree --rule asc:0.95\n" +
			"  aimo3 report model-a.jsonl model-b.jsonl --json",
		Args: atMost(2, "one or two runs"),
		RunE: func(cmd *cobra.Command, args []string) error { return r.run(cmd, args) },
	}
	f := c.Flags()
	f.StringArrayVar(&r.named.fields, "field", nil, "column of a field of recorded samples, as `FIELD=COLUMN`; a.b is b within a")
	f.StringVar(&r.tells, "problems", "", "`FILE` of problems that tells what samples do not say: statements, subjects, levels, expected answers")
	f.Var(&parsed[rescore.Reader]{"recorded", "READER", &r.how.Reader, rescore.ParseReader}, "reader", "how answers are read: recorded, stated (as solve does), boxed, guessed, after:MARK")
	f.BoolVar(&r.how.Check, "check", false, "hold answers against the statement, as solve does: reduce them by its modulus, leave out those it cannot have")
	f.Var(&parsed[asked.Range]{"", "RANGE", &r.how.Range, asked.ParseRange}, "range", "with --check, range of the answers: integer:0..99999, integer, any (default: as the statement says)")
	f.Var(&parsed[rescore.Voter]{"", "VOTER", &r.voting.Voter, rescore.ParseVoter}, "voter", "how votes count: count, confidence, first (default: as it was decided)")
	f.StringArrayVar(&r.named.rules, "rule", nil, "stop `RULE` that decides votes, as --stop of solve takes it; with --orders it may be repeated")
	f.Var(&parsed[int]{"", "N", &r.replay.Orders, whole(1, 100_000)}, "orders", "draw so many votes of each problem, and show what each --rule makes of them")
	f.Var(&parsed[int]{"8", "N", &r.replay.Samples, whole(1, engine.MaxSamples)}, "draw", "with --orders, samples of each vote")
	f.Var(&parsed[int64]{"1", "N", &r.seed, seed}, "draw-seed", "seed of all that is drawn by chance")
	f.StringVar(&r.html, "html", "", "write a web page of one file, with charts, to `FILE`")
	f.BoolVar(&s.json, "json", false, "print one JSON object")
	s.dbFlag(f)
	r.seed, r.replay.Samples = 1, 8
	return c
}

// options reads what several flags say together.
func (r *reporting) options() (err error) {
	fields, _ := dataset.SampleFields()
	if r.fields, err = namedColumns(r.named.fields, fields); err != nil {
		return err
	}
	for _, named := range r.named.rules {
		rule, err := engine.ParseStop(named)
		if err != nil {
			return wrongValue("--rule", err)
		}
		r.rules = append(r.rules, rule)
	}
	if r.how.Range != (asked.Range{}) && !r.how.Check {
		return usage("add --check", "--range says within which range answers are checked, and nothing is checked")
	}
	switch {
	case r.replay.Orders > 0 && len(r.rules) == 0:
		r.rules = []engine.StopRule{engine.StopNone, engine.StopFourAgree, engine.StopUncatchable, engine.DefaultStop, "asc:0.95", "esc:4"}
	case r.replay.Orders > 0:
	case len(r.rules) > 1:
		return usage("add --orders N to compare rules, or give one", "%d rules cannot decide one vote", len(r.rules))
	case len(r.rules) == 1:
		r.voting.Stop = r.rules[0]
	}
	r.replay.Rules, r.replay.Seed = r.rules, uint64(r.seed)
	return nil
}

// anew says whether samples are scored otherwise than they were recorded.
func (r *reporting) anew() bool {
	return r.how != (rescore.Reading{}) || r.voting != (rescore.Voting{})
}

// reported is what a report says, as it is printed in JSON.
type reported struct {
	Version  int           `json:"version"`
	Runs     []scoredRun   `json:"runs"` // one, or A and B
	Pair     *figures.Pair `json:"pair"` // null of one run
	Replayed []replayedRun `json:"replayed,omitempty"`
	runs     []figures.Run
}

// scoredRun is one run, and how often it was read and scored as it was recorded.
type scoredRun struct {
	figures.Report
	Agreement rescore.Agreement `json:"agreement"`
}

func (r *reporting) run(cmd *cobra.Command, args []string) error {
	if err := r.options(); err != nil {
		return err
	}
	if err := checkReplaces("--html", r.html, append(args, r.tells)...); r.html != "" && err != nil {
		return err
	}
	sets, err := r.sets(cmd, args)
	if err != nil {
		return err
	}
	out := reported{Version: wire.Version}
	for _, one := range sets {
		run, err := one.set.Run(one.voting)
		if err != nil {
			return err
		}
		out.runs = append(out.runs, run)
		out.Runs = append(out.Runs, scoredRun{figures.Of(run, uint64(r.seed)), one.set.Agreement})
	}
	if len(sets) == 2 {
		pair := figures.Compare(out.runs[0], out.runs[1], uint64(r.seed))
		out.Pair = &pair
	}
	if r.replay.Orders > 0 {
		out.replay(sets, r.replay)
	}
	if err := r.writePage(cmd.Context(), &out); err != nil {
		return err
	}
	if r.json {
		return r.printJSON(out)
	}
	return form.WriteSheets(r.out, r.columns(), out.sheets())
}

// sheets are the tables of a report. Of two runs they are those of both side by side and,
// where the second is the first scored anew, those of it.
func (o *reported) sheets() []phrase.Sheet {
	var all []phrase.Sheet
	last := &o.Runs[len(o.Runs)-1]
	if o.Pair != nil {
		all = phrase.PairSheets(o.Pair, &o.Runs[0].Report, &last.Report, maxFlips)
	}
	for i := range o.Runs {
		one := phrase.RunSheets(&o.Runs[i].Report)
		one[0].Rows = append(one[0].Rows, agreed(o.Runs[i].Agreement)...)
		all = append(all, one...)
	}
	for _, replayed := range o.Replayed {
		all = append(all, replayed.sheet())
	}
	return all
}

// agreed says how often what was read and scored is what was recorded.
func agreed(a rescore.Agreement) [][]string {
	var rows [][]string
	if a.Answers > 0 {
		rows = append(rows, []string{"read as recorded", fmt.Sprintf("%s of %s", form.Thousands(a.SameAnswers), form.Count(a.Answers, "answer"))})
	}
	if a.Marks > 0 {
		rows = append(rows, []string{"marked as recorded", fmt.Sprintf("%s of %s", form.Thousands(a.SameMarks), form.Count(a.Marks, "sample"))})
	}
	return rows
}

// writePage writes the report as a web page, if that is asked for.
func (r *reporting) writePage(ctx context.Context, o *reported) error {
	if r.html == "" {
		return nil
	}
	if r.ofDatabase(r.html) {
		return usage("name another file with --html", "%s is the database of attempts", r.html)
	}
	err := outfile.Write(ctx, r.html, func(w io.Writer) error { return export.WriteReport(w, o.page()) })
	if err != nil {
		return fault(bare(err), "cannot write "+r.html, "check the path, its permissions and its free space")
	}
	r.say("wrote %s", r.html)
	return nil
}

// page is what the web page of a report says.
func (o *reported) page() export.Report {
	page := export.Report{Pair: o.Pair}
	for i := range o.runs {
		page.Runs = append(page.Runs, export.ReportedRun{Report: &o.Runs[i].Report, Problems: o.runs[i].Problems})
	}
	return page
}
