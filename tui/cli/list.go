package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/wire"
	"github.com/aimo3/aimo3/tui/cli/form"
	"github.com/aimo3/aimo3/tui/phrase"
)

func (s *shell) listCommand() *cobra.Command {
	limit, deleted := 20, false
	c := &cobra.Command{
		Use:   "list [QUERY]",
		Short: "List stored attempts, newest first",
		Long: "List stored attempts, newest first. Each word of QUERY must begin a word of the\n" +
			"statement, of a reply or its code, of the answer, the model or the ID; of a\n" +
			"reply one of up to three letters must be a whole word. What stands in quotes\n" +
			"must follow each other. Besides, it may say:\n\n" + queryHelp(),
		Example:           "  aimo3 history list circle is:wrong model:qwen3\n  aimo3 history list after:yesterday is:slow",
		ValidArgsFunction: s.completeQuery,
		RunE: func(cmd *cobra.Command, args []string) error {
			if deleted {
				args = append(args, engine.KeyIs+":"+string(engine.TraitDeleted))
			}
			f, err := engine.ParseFilter(strings.Join(args, " "), s.Now())
			if err != nil {
				return err
			}
			f.Limit = limit
			err = s.reading(cmd, func(ctx context.Context, store Store) error {
				all, err := s.search(ctx, store, f)
				if err != nil {
					return err
				}
				return s.printList(all)
			})
			if errors.Is(err, errNothingKept) {
				return s.printList(nil)
			}
			return err
		},
	}
	f := c.Flags()
	f.VarP(&parsed[int]{"20", "N", &limit, whole(1, 100_000)}, "limit", "n", "maximum number of attempts to list")
	f.BoolVar(&deleted, "deleted", false, "list what was deleted and can be restored, as is:deleted does")
	f.BoolVar(&s.json, "json", false, "print one JSON object")
	s.dbFlag(f)
	return c
}

// titled is the title of an attempt's problem behind what it is marked with.
func titled(a wire.Hit) string {
	title := a.Problem.Title(60)
	if !a.Deleted.IsZero() {
		title = "(until " + a.Deleted.Add(engine.KeepDeleted).Local().Format("2006-01-02 15:04") + ") " + title
	}
	if len(a.Marks.Tags) > 0 {
		title = "#" + strings.Join(a.Marks.Tags, " #") + " " + title
	}
	if a.Marks.Starred {
		title = phrase.Star + " " + title
	}
	return title
}

func (s *shell) search(ctx context.Context, store Store, f engine.Filter) ([]wire.Hit, error) {
	all, err := store.Attempts(ctx, f)
	if err != nil {
		return nil, err
	}
	hits, err := wire.Hits(all, f.Words, func(id engine.AttemptID) (engine.Passage, bool, error) { return store.Passage(ctx, id, f.Words) })
	if err != nil {
		return nil, err
	}
	if f.Words == "" {
		return hits, nil
	}
	if n, err := store.Unindexed(ctx); err == nil && n > 0 {
		s.say("%s found by the statement only: the replies are indexed while the app, serve or solve runs", form.Count(n, "attempt"))
	}
	return hits, nil
}

func (s *shell) printList(all []wire.Hit) error {
	if s.json {
		return s.printJSON(struct {
			Version  int        `json:"version"`
			Attempts []wire.Hit `json:"attempts"`
		}{wire.Version, append([]wire.Hit{}, all...)})
	}
	if len(all) == 0 {
		s.say("no attempts found")
		return nil
	}
	rows := [][]string{{"ID", "STARTED", "ANSWER", "VOTES", "TOOK", "MODEL", "PROBLEM"}}
	if slices.ContainsFunc(all, func(h wire.Hit) bool { return h.Found != nil }) {
		rows[0] = append(rows[0], "FOUND")
	}
	for _, a := range all {
		answer, votes := "unfinished", "-"
		if v := a.Verdict; v != nil {
			answer, votes = string(v.Answer), fmt.Sprintf("%d/%d", v.Votes, v.Of)
			if doubt := v.Doubt(a.Samples); doubt != "" {
				votes += ", " + string(doubt)
			}
			if answer == "" {
				answer = "-"
			}
		}
		row := []string{
			form.Line(string(a.ID)), a.Begun.Local().Format("2006-01-02 15:04"), form.Short(form.Line(answer), 24), votes,
			form.Took(a.Took), form.Short(form.Line(a.Model), 28), form.Short(form.Line(titled(a)), 48),
		}
		if a.Found != nil {
			row = append(row, form.Line(phrase.Place(*a.Found)))
		}
		rows = append(rows, row)
	}
	return form.WriteTable(s.out, "", rows)
}
