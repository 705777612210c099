// Package form puts attempts into the text that commands print for people, and into
// aligned tables. Documents are in package export, JSON is in package wire.
//
// Text that the program did not write itself is made safe for terminals.
package form

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/phrase"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// WriteVerdict writes what came of an attempt, for a person. Splits are how
// often votes were right.
func WriteVerdict(w io.Writer, p *engine.Progress, splits []engine.Split, kept bool) error {
	var b strings.Builder
	b.WriteString(verdictLines(p) + precedentLine(p, splits))
	if err := WriteTable(&b, "  ", voteRows(p)); err != nil {
		return err
	}
	if kept {
		fmt.Fprintf(&b, "\nSaved: aimo3 history show %s\n", p.ID)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// verdictLines are the answer, and how it came about.
func verdictLines(p *engine.Progress) string {
	answer, parts := phrase.Verdict(p)
	if len(parts) == 0 {
		return answer + "\n"
	}
	return answer + "\n" + strings.Join(parts, " · ") + "\n"
}

// precedentLine is how often such votes were right, if that is known.
func precedentLine(p *engine.Progress, splits []engine.Split) string {
	if line := phrase.Precedent(splits, p.Verdict); line != "" {
		return line + "\n"
	}
	return ""
}

// maxAnswer is how many cells of an answer a table shows.
const maxAnswer = 60

// voteRows are the tally as rows of a table.
func voteRows(p *engine.Progress) [][]string {
	var rows [][]string
	for _, row := range phrase.VoteRows(&p.Tally) {
		rows = append(rows, []string{Short(row.Said(), maxAnswer), row.Votes, row.Samples})
	}
	return rows
}

// WriteAttempt writes a stored attempt, for a person. Splits are how often votes
// were right.
func WriteAttempt(w io.Writer, p *engine.Progress, splits []engine.Split) error {
	var b strings.Builder
	fmt.Fprintf(&b, "Attempt %s · %s · %s\n", p.ID, p.Begun.Local().Format("2006-01-02 15:04"), Took(p.Latest.Sub(p.Begun)))
	fmt.Fprintf(&b, "%s\n\n%s\n\n%s", phrase.Plan(p), termsafe.Clean(p.Problem.Statement), verdictLines(p)+precedentLine(p, splits))
	if err := WriteTable(&b, "  ", voteRows(p)); err != nil {
		return err
	}
	b.WriteString("\n")
	var rows [][]string
	for i := range p.Samples {
		rows = append(rows, []string{"sample " + strconv.Itoa(i+1), Outcome(&p.Samples[i])})
	}
	if err := WriteTable(&b, "  ", rows); err != nil {
		return err
	}
	for i := range p.Samples {
		for _, h := range p.Samples[i].Hints {
			fmt.Fprintf(&b, "\nsample %d was told: %s\n", i+1, Line(h.Text))
		}
		for _, r := range p.Samples[i].Retries {
			fmt.Fprintf(&b, "\nsample %d, %s\n", i+1, phrase.Retried(r))
		}
	}
	for _, f := range p.Fallbacks {
		fmt.Fprintf(&b, "\n%s\n", phrase.Fallback(f))
	}
	for _, breaker := range p.Breakers {
		if breaker.State != engine.BreakerClosed {
			fmt.Fprintf(&b, "\n%s\n", phrase.Breaker(breaker, p.Latest))
		}
	}
	for _, text := range p.Warnings {
		fmt.Fprintf(&b, "\nwarning: %s\n", Line(text))
	}
	_, err := io.WriteString(w, b.String())
	return err
}
