package form

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// WriteVerdict writes what came of an attempt, for a person.
func WriteVerdict(w io.Writer, p *engine.Progress, kept bool) error {
	var b strings.Builder
	b.WriteString(verdictLines(p))
	if err := WriteTable(&b, "  ", voteRows(p)); err != nil {
		return err
	}
	if kept {
		fmt.Fprintf(&b, "\nKept: aimo3 history show %s\n", p.ID)
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
	parts := []string{fmt.Sprintf("%d of %d replies", v.Votes, v.Of), v.Why.Words(), Took(p.Latest.Sub(p.Begun))}
	answer := "Answer: " + Line(string(v.Answer))
	if v.Answer == "" {
		answer, parts = "No answer", parts[1:]
	}
	if v.Correct != nil {
		parts = append(parts, map[bool]string{true: "correct", false: "wrong, expected " + Line(p.Problem.Key)}[*v.Correct])
	}
	return answer + "\n" + strings.Join(parts, " · ") + "\n"
}

// voteRows are the tally: an answer, its votes, whose they are.
func voteRows(p *engine.Progress) [][]string {
	var rows [][]string
	for _, v := range p.Tally.Votes {
		names := make([]string, 0, len(v.Samples))
		for _, s := range v.Samples {
			names = append(names, strconv.Itoa(s+1))
		}
		rows = append(rows, []string{Short(Line(string(v.Answer)), 60), Count(len(v.Samples), "vote"), "by " + strings.Join(names, ", ")})
	}
	if n := p.Tally.NoAnswer; n > 0 {
		rows = append(rows, []string{"(no answer)", strconv.Itoa(n)})
	}
	return rows
}

// WriteAttempt writes a stored attempt, for a person.
func WriteAttempt(w io.Writer, p *engine.Progress) error {
	var b strings.Builder
	fmt.Fprintf(&b, "Attempt %s · %s · %s\n", p.ID, p.Begun.Local().Format("2006-01-02 15:04"), Took(p.Latest.Sub(p.Begun)))
	fmt.Fprintf(&b, "%s\n\n%s\n\n%s", Line(planLine(p.Plan)), termsafe.Clean(p.Problem.Statement), verdictLines(p))
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
	for _, text := range p.Warnings {
		fmt.Fprintf(&b, "\nwarning: %s\n", Line(text))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func planLine(p engine.Plan) string {
	return fmt.Sprintf("%s · %s, %d at once · stop %s · window %s · seed %d · think %s", p.Model,
		Count(p.Samples, "sample"), p.Parallel, p.Stop, Count(p.Options.NumCtx, "token"), p.Seed, p.Think)
}

// WriteSample writes what one sample said, for a person.
func WriteSample(w io.Writer, i int, s *engine.SampleProgress, thinking bool) error {
	var b strings.Builder
	fmt.Fprintf(&b, "Sample %d: %s\n", i+1, Line(Outcome(s)))
	switch text := s.Thinking.String(); {
	case text == "":
	case thinking:
		fmt.Fprintf(&b, "\n— thinking —\n%s\n\n— reply —\n", termsafe.Clean(strings.TrimSpace(text)))
	default:
		fmt.Fprintf(&b, "(%s of thinking hidden; --thinking shows it)\n\n", Count(len([]rune(text)), "character"))
	}
	fmt.Fprintln(&b, termsafe.Clean(strings.TrimSpace(s.Reply.String())))
	_, err := io.WriteString(w, b.String())
	return err
}

// WriteMarkdown writes an attempt as a document.
func WriteMarkdown(w io.Writer, p *engine.Progress) error {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n%s\n\n## Verdict\n\n%s\n", Line(p.Problem.Title(100)), termsafe.Clean(p.Problem.Statement), termsafe.Clean(verdictLines(p)))
	if rows := voteRows(p); len(rows) > 0 {
		b.WriteString("| answer | votes |\n|---|---|\n")
		for _, row := range rows {
			fmt.Fprintf(&b, "| %s | %s |\n", strings.ReplaceAll(Line(row[0]), "|", `\|`), strings.Join(row[1:], " "))
		}
		b.WriteString("\n")
	}
	fmt.Fprintf(&b, "%s\n", Line(planLine(p.Plan)))
	for i := range p.Samples {
		s := &p.Samples[i]
		fmt.Fprintf(&b, "\n## Sample %d\n\n%s\n", i+1, Line(Outcome(s)))
		for _, part := range []struct{ title, text string }{{"Thinking", s.Thinking.String()}, {"Reply", s.Reply.String()}} {
			if text := strings.TrimSpace(part.text); text != "" {
				fmt.Fprintf(&b, "\n### %s\n\n%s\n", part.title, termsafe.Clean(text))
			}
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}
