package form

import (
	"fmt"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/phrase"
)

// Told is what a person who reads lines is told of an event, one line each; none of most.
// Progress has the event in it already.
func Told(p *engine.Progress, e engine.Event) []string {
	line := func(format string, args ...any) []string { return []string{Line(fmt.Sprintf(format, args...))} }
	switch f := e.Fact.(type) {
	case engine.AttemptStarted:
		return append(line("%s", f.Problem.Title(72)),
			line("%s · %s · context %s", f.Plan.Model, Count(f.Plan.Samples, "sample"), Count(f.Plan.Options.NumCtx, "token"))...)
	case engine.CodeChosen:
		return line("code runs in %s", phrase.Code(p))
	case engine.ChoiceStarted, engine.ChoiceFinished:
		if n := len(p.Choices); n > 0 {
			return line("%s", phrase.Choice(&p.Choices[n-1]))
		}
	case engine.SampleRetried:
		return line("sample %d: %s", f.Sample+1, phrase.Retried(f))
	case engine.FallbackUsed:
		return line("%s", phrase.Fallback(f))
	case engine.HintGiven:
		return line("sample %d was told: %s", f.Sample+1, f.Text)
	case engine.RuleChanged:
		return line("it %s now", f.Stop.Within(len(p.Samples)).Words())
	case engine.SamplesAdded:
		return line("%s added", Count(f.Samples, "sample"))
	case engine.BreakerChanged:
		return line("%s", phrase.Breaker(f.Breaker(), e.At))
	case engine.NotKept:
		return line("warning: %s", f.Words())
	case engine.Warning:
		return line("warning: %s", f.Text)
	case engine.SampleFinished:
		return ended(p, f.Sample)
	case engine.SampleFailed:
		return ended(p, f.Sample)
	}
	return nil
}

// ended says how a sample ended, if it is one of the attempt's.
func ended(p *engine.Progress, sample int) []string {
	if sample < 0 || sample >= len(p.Samples) {
		return nil
	}
	return []string{Line(fmt.Sprintf("sample %d: %s", sample+1, Outcome(&p.Samples[sample])))}
}
