// Package form puts attempts into the forms that people read: text, a Markdown
// document, aligned tables. JSON is in package wire.
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
	v := p.Verdict
	if v == nil {
		return "No verdict: the attempt never ended.\n"
	}
	parts := []string{fmt.Sprintf("%d of %s", v.Votes, replies(v.Of)), v.Why.Words(), Took(p.Latest.Sub(p.Begun))}
	answer := "Answer: " + Line(string(v.Answer))
	if v.Answer == "" {
		answer, parts = "No answer", parts[1:]
	}
	if doubt := phrase.Doubt(v, len(p.Samples)); doubt != "" {
		parts = append([]string{doubt}, parts...)
	}
	for i := range p.Choices {
		parts = append(parts, phrase.Choice(&p.Choices[i]))
	}
	if v.Tie != "" {
		parts = append(parts, v.Tie.Words())
	}
	if n := p.Saved(); n > 0 {
		parts = append(parts, "saved about "+Count(n, "token"))
	}
	if weak := phrase.Weak(v.Thinking, v.Votes); weak != "" {
		parts = append(parts, weak+": only in its reasoning")
	}
	if v.Repaired > 0 {
		parts = append(parts, fmt.Sprintf("%d reduced by the problem's modulus", v.Repaired))
	}
	if v.Correct != nil {
		parts = append(parts, map[bool]string{true: "correct", false: "wrong, expected " + Line(p.Problem.Key)}[*v.Correct])
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

// voteRows are the tally: an answer, its votes, whose they are, with how else it
// was written below; then the replies that do not count.
func voteRows(p *engine.Progress) [][]string {
	var rows [][]string
	for i := range p.Tally.Votes {
		v := &p.Tally.Votes[i]
		rows = append(rows, []string{Short(Line(string(v.Answer)), 60), Count(len(v.Samples), "vote"), by(v.Samples)})
		for _, said := range phrase.Spellings(v) {
			rows = append(rows, []string{Short(said.Words, 60), "", by(said.Samples)})
		}
	}
	for _, said := range phrase.Outside(&p.Tally) {
		rows = append(rows, []string{Short(said.Words, 60), strconv.Itoa(len(said.Samples)), by(said.Samples)})
	}
	if n := p.Tally.NoAnswer; n > 0 {
		rows = append(rows, []string{"(no answer)", strconv.Itoa(n), by(phrase.Silent(&p.Tally))})
	}
	return rows
}

// by says whose an answer is.
func by(samples []int) string {
	if len(samples) == 0 {
		return ""
	}
	names := make([]string, 0, len(samples))
	for _, s := range samples {
		names = append(names, strconv.Itoa(s+1))
	}
	return "by " + strings.Join(names, ", ")
}

// WriteAttempt writes a stored attempt, for a person. Splits are how often votes
// were right.
func WriteAttempt(w io.Writer, p *engine.Progress, splits []engine.Split) error {
	var b strings.Builder
	fmt.Fprintf(&b, "Attempt %s · %s · %s\n", p.ID, p.Begun.Local().Format("2006-01-02 15:04"), Took(p.Latest.Sub(p.Begun)))
	fmt.Fprintf(&b, "%s\n\n%s\n\n%s", Line(planLine(p)), termsafe.Clean(p.Problem.Statement), verdictLines(p)+precedentLine(p, splits))
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

func planLine(of *engine.Progress) string {
	p := of.Plan
	line := fmt.Sprintf("%s · %s, %d at once · stop %s · context %s · seed %d · think %s", p.Model,
		Count(p.Samples, "sample"), p.Parallel, p.Stop, Count(p.Options.NumCtx, "token"), p.Seed, p.Think)
	if code := phrase.Code(of); code != "" {
		line += " · " + code
	}
	if of.Parent != "" {
		line += " · adds to attempt " + string(of.Parent)
	}
	return line
}

// replies is a number of them: "1 reply", "8 replies".
func replies(n int) string {
	if n == 1 {
		return "1 reply"
	}
	return Thousands(n) + " replies"
}
