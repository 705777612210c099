package phrase

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// Verdict is the answer of an attempt, in words, and how it came about, in parts.
func Verdict(p *engine.Progress) (answer string, parts []string) {
	v := p.Verdict
	if v == nil {
		return "No verdict: the attempt never ended.", nil
	}
	parts = []string{fmt.Sprintf("%d of %s", v.Votes, replies(v.Of)), v.Why.Words(), Took(p.Latest.Sub(p.Begun))}
	answer = "Answer: " + flat(string(v.Answer))
	if v.Answer == "" {
		answer, parts = "No answer", parts[1:]
	}
	if doubt := Doubt(v, len(p.Samples)); doubt != "" {
		parts = append([]string{doubt}, parts...)
	}
	for i := range p.Choices {
		parts = append(parts, Choice(&p.Choices[i]))
	}
	if v.Tie != "" {
		parts = append(parts, v.Tie.Words())
	}
	if n := p.Saved(); n > 0 {
		parts = append(parts, "saved about "+Count(n, "token"))
	}
	if weak := Weak(v.Thinking, v.Votes); weak != "" {
		parts = append(parts, weak+": only in its reasoning")
	}
	if v.Repaired > 0 {
		parts = append(parts, fmt.Sprintf("%d reduced by the problem's modulus", v.Repaired))
	}
	if v.Correct != nil {
		parts = append(parts, map[bool]string{true: "correct", false: "wrong, expected " + flat(p.Problem.Key)}[*v.Correct])
	}
	return answer, parts
}

// replies is a number of them: "1 reply", "8 replies".
func replies(n int) string {
	if n == 1 {
		return "1 reply"
	}
	return Thousands(n) + " replies"
}

// VoteRow is one line of a table of votes.
type VoteRow struct {
	Answer  string // as it was given; "" where Words say what the row is of
	Words   string // another spelling of the answer above, or replies that do not count
	Votes   string // how many; "" of a spelling
	Samples string // whose it is: "by 1, 3"
}

// Said is the row's answer or its words, on one line.
func (r VoteRow) Said() string {
	if r.Answer != "" {
		return flat(r.Answer)
	}
	return r.Words
}

// VoteRows are the tally: an answer, its votes, whose they are, with how else it was
// written below; then the replies that do not count.
func VoteRows(t *engine.Tally) []VoteRow {
	var rows []VoteRow
	for i := range t.Votes {
		v := &t.Votes[i]
		rows = append(rows, VoteRow{Answer: string(v.Answer), Votes: Count(len(v.Samples), "vote"), Samples: by(v.Samples)})
		for _, said := range Spellings(v) {
			rows = append(rows, VoteRow{Words: said.Words, Samples: by(said.Samples)})
		}
	}
	for _, said := range Outside(t) {
		rows = append(rows, VoteRow{Words: said.Words, Votes: strconv.Itoa(len(said.Samples)), Samples: by(said.Samples)})
	}
	if n := t.NoAnswer; n > 0 {
		rows = append(rows, VoteRow{Words: "(no answer)", Votes: strconv.Itoa(n), Samples: by(Silent(t))})
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

// Plan is how an attempt was to be made.
func Plan(of *engine.Progress) string {
	p := of.Plan
	line := fmt.Sprintf("%s · %s, %d at once · stop %s · context %s · seed %d · think %s", p.Model,
		Count(p.Samples, "sample"), p.Parallel, p.Stop, Count(p.Options.NumCtx, "token"), p.Seed, p.Think)
	if code := Code(of); code != "" {
		line += " · " + code
	}
	if of.Parent != "" {
		line += " · adds to attempt " + string(of.Parent)
	}
	return flat(line)
}

// Count is a number of things: "1 vote", "1,204 tokens".
func Count(n int, thing string) string {
	if n != 1 {
		thing += "s"
	}
	return Thousands(n) + " " + thing
}

// Short cuts a line to width cells.
func Short(s string, width int) string { return ansi.Truncate(s, width, "…") }

// flat is untrusted text on one line, clean.
func flat(s string) string { return strings.Join(strings.Fields(termsafe.Clean(s)), " ") }
