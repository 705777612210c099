package live

import (
	"fmt"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/pane"
	"github.com/aimo3/aimo3/tui/phrase"
	"github.com/aimo3/aimo3/tui/screen"
)

// Status is what the status line says of this screen.
func (s *Screen) Status() []screen.Part {
	if s.cached != nil && s.player.over() {
		return s.cachedStatus()
	}
	if s.player != nil && s.player.follows() {
		return append(screen.Say("another program runs it"), screen.Part{Text: s.share(), Rank: screen.Figure}, screen.Part{Text: s.clock(), Rank: screen.Clock})
	}
	if s.cut() {
		return append([]screen.Part{{Text: "◌ " + isCut, Rank: screen.Warning}}, s.playStatus()...)
	}
	if s.player != nil {
		return s.playStatus()
	}
	var parts []screen.Part
	add := func(rank screen.Rank, text string) {
		if text != "" {
			parts = append(parts, screen.Part{Text: text, Rank: rank})
		}
	}
	add(screen.Warning, s.silence())
	add(screen.Warning, s.fallback())
	if n := s.Running(); n > 0 {
		inFlight, queued := s.inFlight()
		add(screen.Main, fmt.Sprintf("%d/%d in flight", inFlight, len(s.samples)))
		add(screen.Figure, counted(queued, "%d queued"))
		add(screen.Aside, counted(s.computing(), "%d running code"))
	}
	if s.missed {
		add(screen.Calm, "cache miss")
	}
	add(screen.Figure, s.window())
	add(screen.Figure, s.generated())
	add(screen.Clock, s.clock())
	return parts
}

func counted(n int, words string) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf(words, n)
}

// fallback names what the attempt goes on with in place of what failed; "" if nothing did.
func (s *Screen) fallback() string {
	all := s.progress.Fallbacks
	if len(all) == 0 {
		return ""
	}
	return "↓ " + phrase.FallbackTo(all[len(all)-1])
}

// window is how much of its context window the fullest of the samples that run has
// filled, about: what each has generated, and its prompt as far as the server has
// counted that. It is "" while nothing is known.
func (s *Screen) window() string {
	most := 0
	for i := range s.progress.Samples {
		if p := &s.progress.Samples[i]; p.State == engine.Running {
			most = max(most, p.Frames)
		}
	}
	return s.filled(most)
}

// filled is how much of the context window so many tokens fill beside the prompt, about; ""
// if there are none, or the window is not known.
func (s *Screen) filled(tokens int) string {
	size := s.progress.Plan.Options.NumCtx
	if size == 0 || tokens == 0 {
		return ""
	}
	share := 100 * float64(tokens+s.prompt()) / float64(size)
	if share < 1 {
		return "ctx <1%"
	}
	return "ctx ≈" + pane.Percent(share)
}

// prompt is how many tokens the prompt of every sample has. The server counts them when
// a reply ends, and those of what a cell printed with them; 0 if it has counted none
// without.
func (s *Screen) prompt() int {
	for i := range s.progress.Samples {
		p := &s.progress.Samples[i]
		if p.State == engine.Finished && len(p.Cells) == 0 && s.progress.Plan.Budget.Think == 0 {
			return p.Ending.PromptTokens
		}
	}
	return 0
}

// generated is how many tokens of the plan's budget are used, if it bounds them.
func (s *Screen) generated() string {
	bound, used, exact := s.progress.Plan.Budget.Tokens, 0, true
	if bound <= 0 || s.progress.Verdict != nil {
		return ""
	}
	for i := range s.progress.Samples {
		n, counted := s.progress.Samples[i].Tokens()
		used, exact = used+n, exact && (counted || n == 0)
	}
	about := "≈"
	if exact {
		about = ""
	}
	return fmt.Sprintf("%s%s of %s tok", about, pane.Count(used), pane.Count(bound))
}

// clock is how long the attempt took; while it runs how long it has since it began or last
// went on, and of how long it may.
func (s *Screen) clock() string {
	p := &s.progress
	switch {
	case p.Begun.IsZero():
		return ""
	case p.Verdict != nil:
		return pane.Duration(max(s.now.Sub(p.Begun), 0))
	}
	clock := pane.Duration(max(s.now.Sub(p.Since()), 0))
	if wall := p.Plan.Budget.Wall; wall > 0 {
		clock += " of " + pane.Duration(wall)
	}
	return clock
}
