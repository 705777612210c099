// Package phrase puts what is known of an attempt into words, the same ones for
// the screens and for what is printed. All that it returns is safe for a
// terminal and has one line, but for the text of a [Part].
package phrase

import (
	"fmt"
	"strings"
	"time"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// Code says what runs the code of an attempt's samples, as far as that is
// known: "python · sympy · tool calls". It is "" before the attempt knows.
func Code(p *engine.Progress) string {
	switch {
	case p.Code.Engine != "":
		return ran(p.Code)
	case p.Plan.Tools == engine.ToolsOff, p.Verdict != nil:
		return "no code"
	}
	for i := range p.Samples {
		if s := &p.Samples[i]; s.Frames > 0 || s.Phase != "" && s.Phase != engine.Queued {
			return "no code" // it is chosen before the first request
		}
	}
	return ""
}

func ran(c engine.Code) string {
	parts := []string{termsafe.Line(c.Engine)}
	if c.SymPy {
		parts = append(parts, "sympy")
	}
	if c.Calls {
		parts = append(parts, "tool calls")
	} else {
		parts = append(parts, "code blocks")
	}
	return strings.Join(parts, " · ")
}

// Cells is a number of cells: "1 cell", "12 cells"; "" if there are none.
func Cells(n int) string {
	switch n {
	case 0:
		return ""
	case 1:
		return "1 cell"
	}
	return fmt.Sprintf("%d cells", n)
}

// Alerts are what a person should know of a cell besides what it printed.
func Alerts(c *engine.Cell) []string {
	var all []string
	if c.TimedOut {
		all = append(all, "timed out after "+seconds(c.Took))
	}
	if !c.Kept {
		all = append(all, lostSession(c))
	}
	return all
}

// lostSession says why a cell's session is gone, and what that means.
func lostSession(c *engine.Cell) string {
	if c.TimedOut {
		return "the session restarted: its variables are lost"
	}
	return "the session crashed: its variables are lost"
}

// From these on the figures of a cell are worth a word.
const (
	slow  = time.Second
	heavy = 256 << 20
)

// Figures are those of a cell that are worth a word; often none is.
func Figures(c *engine.Cell) string {
	var parts []string
	if c.Output == "" && c.Err == "" {
		parts = append(parts, "no output")
	}
	if c.Truncated > 0 {
		parts = append(parts, sizeOf(c.Truncated)+" of output cut")
	}
	if c.Took >= slow && !c.TimedOut { // else the alert says it
		parts = append(parts, seconds(c.Took))
	}
	if c.Memory >= heavy {
		parts = append(parts, sizeOf(c.Memory)+" RAM")
	}
	return strings.Join(parts, " · ")
}

// Confidence is how sure the model was of a sample that has ended: "4.1", the mean over
// all its tokens; "" if that is not known.
func Confidence(s *engine.SampleProgress) string {
	switch {
	case s.Confidence == nil:
		return ""
	case s.Confidence.Mean < 99.95:
		return fmt.Sprintf("%.1f", s.Confidence.Mean)
	}
	return fmt.Sprintf("%.0f", s.Confidence.Mean)
}

// Retried says that a reply was asked for again, and why: "try 2: the model repeated
// the same 42 bytes 6 times".
func Retried(r engine.SampleRetried) string {
	which := fmt.Sprintf("try %d", r.Try)
	if r.Of > 0 {
		which += fmt.Sprintf(" of %d", r.Of)
	}
	line := which + ": " + termsafe.Line(r.Why)
	if r.Wait > 0 {
		line += ", after a wait of " + seconds(r.Wait)
	}
	return line
}

// Fallback says what is tried in place of a server that failed, and why: "fallback:
// model qwen3:4b in place of qwen3:8b, for all samples: out of memory".
func Fallback(f engine.FallbackUsed) string {
	from, to := termsafe.Line(f.From), termsafe.Line(f.To)
	var what string
	switch f.Rung {
	case engine.RungHost:
		what = fmt.Sprintf("sample %d goes on at %s in place of %s", f.Sample+1, to, from)
	case engine.RungWindow:
		what = fmt.Sprintf("context window of %s tokens in place of %s, for all samples", to, from)
	case engine.RungModel:
		what = fmt.Sprintf("model %s in place of %s, for all samples", to, from)
	default:
		what = fmt.Sprintf("%s in place of %s", to, from)
	}
	return "fallback: " + what + ": " + termsafe.Line(f.Why)
}

// FallbackTo names what is gone on with: "fallback: qwen3:4b".
func FallbackTo(f engine.FallbackUsed) string {
	to := termsafe.Line(f.To)
	if f.Rung == engine.RungWindow {
		to = "window of " + to
	}
	return "fallback: " + to
}

// Unfinished is said of a cell whose sample ended while it ran.
const Unfinished = "interrupted: the sample ended first"

func seconds(d time.Duration) string { return fmt.Sprintf("%.1f s", d.Seconds()) }

func sizeOf(n int64) string {
	if n < 1000 {
		return fmt.Sprintf("%d bytes", n)
	}
	return Size(n)
}
