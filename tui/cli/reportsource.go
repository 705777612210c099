package cli

import (
	"cmp"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/dataset"
	"github.com/aimo3/aimo3/engine/rescore"
)

// maxReported is how many stored attempts are looked at for one run.
const maxReported = 100_000

// votedSet is recorded samples, and how their verdicts are reached.
type votedSet struct {
	set    *rescore.Set
	voting rescore.Voting
}

// sets reads the runs that the command line names. One that is scored anew comes with the
// same samples as they were recorded before it, if they were.
func (r *reporting) sets(cmd *cobra.Command, args []string) ([]votedSet, error) {
	if len(args) == 0 {
		args = []string{""}
	}
	var described []dataset.Entry
	if r.tells != "" {
		problems, err := dataset.Read(cmd.Context(), dataset.Options{Path: r.tells})
		if err != nil {
			return nil, err
		}
		described = problems.Entries
	}
	var all []votedSet
	read := func(ctx context.Context, store Store) error {
		for _, arg := range args {
			both, err := r.source(ctx, store, arg, described)
			if err != nil {
				return err
			}
			if len(args) > 1 {
				both = both[len(both)-1:]
			}
			all = append(all, both...)
		}
		return nil
	}
	if !slices.ContainsFunc(args, func(arg string) bool { return !namesFile(arg) }) {
		err := read(cmd.Context(), nil)
		return all, err
	}
	err := r.reading(cmd, read)
	return all, err
}

// namesFile tells a file or a folder from a query of stored attempts.
func namesFile(arg string) bool {
	if _, err := os.Stat(arg); err == nil || arg == "-" {
		return arg != ""
	}
	ends := []string{".jsonl", ".json", ".csv", ".tsv", ".gz"}
	return strings.ContainsRune(arg, filepath.Separator) && !strings.Contains(arg, ":") || slices.Contains(ends, strings.ToLower(filepath.Ext(arg)))
}

// source reads one run: as it was recorded, if it is to be shown beside, and as it is scored.
func (r *reporting) source(ctx context.Context, store Store, arg string, described []dataset.Entry) ([]votedSet, error) {
	name := cmp.Or(arg, "all attempts")
	if namesFile(arg) {
		name = filepath.Base(arg)
	}
	scored := votedSet{rescore.New(name, r.how), r.voting}
	asRecorded := votedSet{rescore.New("recorded "+name, rescore.Reading{}), rescore.Voting{}}
	for _, e := range described {
		scored.set.Describe(e)
		asRecorded.set.Describe(e)
	}
	if !r.anew() {
		return []votedSet{scored}, r.fill(ctx, store, arg, nil, scored.set)
	}
	scored.set.Name = "rescored " + name
	err := r.fill(ctx, store, arg, asRecorded.set, scored.set)
	if asRecorded.set.Problems() == 0 {
		scored.set.Name = name
		return []votedSet{scored}, err
	}
	return []votedSet{asRecorded, scored}, err
}

// fill reads a run into the set of what is scored and, if there is one, that of what was
// recorded.
func (r *reporting) fill(ctx context.Context, store Store, arg string, recorded, scored *rescore.Set) error {
	if !namesFile(arg) {
		return r.attempts(ctx, store, arg, recorded, scored)
	}
	_, err := dataset.Samples(ctx, dataset.Options{Path: arg, Input: r.in, Fields: r.fields}, func(s dataset.Sample) error {
		if recorded != nil && s.Answered {
			if err := recorded.Add(s); err != nil {
				return err
			}
		}
		return scored.Add(s)
	})
	return err
}

// attempts reads stored attempts, the latest at each problem.
func (r *reporting) attempts(ctx context.Context, store Store, query string, recorded, scored *rescore.Set) error {
	f, err := engine.ParseFilter(query, r.Now())
	if err != nil {
		return err
	}
	f.Limit = maxReported
	all, err := store.Attempts(ctx, f)
	if err != nil {
		return err
	}
	left := 0
	for _, a := range all {
		p, err := progressOf(ctx, store, a)
		if err != nil {
			return err
		}
		taken, err := scored.AddAttempt(p, a.Marks)
		if err == nil && recorded != nil {
			_, err = recorded.AddAttempt(p, a.Marks)
		}
		if err != nil {
			return usage("give both attempts one expected answer with `aimo3 history mark`, or choose attempts by a query", "attempt %s: %s", a.ID, err)
		}
		if !taken {
			left++
		}
	}
	switch {
	case scored.Problems() == 0 && left > 0:
		return usage("wait for them, or go on with them by `aimo3 history resume`", "no attempt that %s chooses has ended", quoted(query))
	case scored.Problems() == 0:
		return usage("see `aimo3 history list --help` for queries", "no stored attempt is chosen by %s", quoted(query))
	case left > 0:
		r.say("%d attempts are left out: earlier ones at the same problems, and those that have not ended", left)
	}
	return nil
}
