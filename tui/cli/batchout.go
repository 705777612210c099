package cli

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/queue"
	"github.com/aimo3/aimo3/engine/wire"
	"github.com/aimo3/aimo3/tui/cli/form"
	"github.com/aimo3/aimo3/tui/cli/outfile"
)

// batchLine is what came of a problem, as a line of JSON. Problem, answer and what a
// dataset is read by else have its names, so that the file can be read as one.
type batchLine struct {
	ID      string           `json:"id"`
	Problem string           `json:"problem"`
	Answer  string           `json:"answer,omitempty"` // the one that is expected
	Subject string           `json:"subject,omitempty"`
	Level   string           `json:"level,omitempty"`
	Attempt engine.AttemptID `json:"attempt"`
	Verdict *engine.Verdict  `json:"verdict"`
}

// checkOutput refuses files that are something else.
func (b *batching) checkOutput(read []string) error {
	switch {
	case b.to == "-" && b.json:
		return usage("use one of them", "-o - and --json both write to standard output")
	case b.queue != b.set.DB+queueEnd && b.ofDatabase(b.queue):
		return usage("name another file with --queue-db", "%s is of the database of attempts", b.queue)
	case b.to == "" || b.to == "-":
		return nil
	case b.ofDatabase(b.to), b.ofQueue(b.to):
		return usage("name another file with -o", "%s is a database", b.to)
	}
	return checkReplaces("-o", b.to, read...)
}

// ofQueue says whether a path is that of the queue, or of a file beside it.
func (b *batching) ofQueue(path string) bool {
	at, q := unlinked(path), unlinked(b.queue)
	return slices.ContainsFunc([]string{"", "-wal", "-shm", "-journal", "-lock"}, func(end string) bool {
		return at == q+end || outfile.Same(path, q+end)
	})
}

// conclude writes what came of a run that is over.
func (b *batching) conclude(ctx context.Context, q *queue.Queue, run queue.Run) error {
	s, err := q.State(ctx, run.ID)
	if err != nil {
		return err
	}
	if b.to != "" {
		if err := b.writeAnswers(ctx, q, run); err != nil {
			return err
		}
		if none := s.Problems - s.Answered; none > 0 && !b.inJSON() {
			b.say("%s without an answer: 0 stands for it there", form.Count(none, "problem"))
		}
	}
	switch {
	case b.json:
		return writeBatchLines(ctx, b.out, q, run)
	case b.to == "-":
		return nil
	}
	rows := [][]string{{"run", run.ID}, {"problems", strconv.Itoa(s.Problems)}, {"answered", strconv.Itoa(s.Answered)}}
	if s.Scored > 0 {
		rows = append(rows, []string{"right", fmt.Sprintf("%d of %d (%.1f %%)", s.Right, s.Scored, 100*float64(s.Right)/float64(s.Scored))})
	}
	return form.WriteTable(b.out, "", rows)
}

// inJSON says whether the file of the answers is of JSON lines.
func (b *batching) inJSON() bool {
	return slices.Contains([]string{".jsonl", ".ndjson", ".json"}, strings.ToLower(filepath.Ext(b.to)))
}

func (b *batching) writeAnswers(ctx context.Context, q *queue.Queue, run queue.Run) error {
	write := func(w io.Writer) error { return writeSubmission(ctx, w, q, run) }
	if b.inJSON() {
		write = func(w io.Writer) error { return writeBatchLines(ctx, w, q, run) }
	}
	if b.to == "-" {
		return write(b.out)
	}
	if err := outfile.Write(ctx, b.to, write); err != nil {
		return fault(bare(err), "cannot write "+b.to, "check the path, its permissions and its free space; the same command writes it again")
	}
	b.say("wrote %s", b.to)
	return nil
}

func writeBatchLines(ctx context.Context, w io.Writer, q *queue.Queue, run queue.Run) error {
	return q.Problems(ctx, run.ID, func(p queue.Problem) error {
		return wire.WriteLine(w, batchLine{p.ID, p.Statement, p.Key, p.Subject, p.Level, p.Attempt, p.Verdict})
	})
}

// writeSubmission writes answers as the AIMO competitions want them: a row for each
// problem, with 0 where there is no answer.
func writeSubmission(ctx context.Context, w io.Writer, q *queue.Queue, run queue.Run) error {
	table := csv.NewWriter(w)
	if err := table.Write([]string{"id", "answer"}); err != nil {
		return err
	}
	err := q.Problems(ctx, run.ID, func(p queue.Problem) error {
		answer := "0"
		if p.Verdict != nil && p.Verdict.Answer != "" {
			answer = string(p.Verdict.Answer)
		}
		return table.Write([]string{inert(p.ID), inert(answer)})
	})
	table.Flush()
	if err != nil {
		return err
	}
	return table.Error()
}

// inert is text that no spreadsheet takes for a formula. Numbers and fractions stay.
func inert(text string) string {
	if text == "" || !strings.ContainsRune("=+-@\t\r", rune(text[0])) {
		return text
	}
	if strings.Trim(text[1:], "0123456789./") == "" && text[0] == '-' {
		return text
	}
	return "'" + text
}
