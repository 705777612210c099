package health

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/pane"
	"github.com/aimo3/aimo3/tui/phrase"
)

// wholeFrom is how many cells it takes to have every figure of the cache.
const wholeFrom = 74

// cache tells how each tier of the cached verdicts does.
func (s *Screen) cache(w int) box {
	st, b := s.env.Styles.Text, box{title: "Cache"}
	switch {
	case s.env.Connect != "":
		b.lines = s.wrapped(st.Faint, s.env.WhyNone("aimo3 cache stats"), w, maxReason)
		return b
	case s.env.CacheFigures == nil:
		b.lines = []string{st.Faint.Render("off: no verdict is cached")}
		return b
	case len(s.figures.caches) == 0:
		b.lines = []string{st.Faint.Render("reading…")}
		return b
	}
	columns := pane.Columns{{Title: "Where", Min: 12, Weight: 1}, {Title: "Entries", Min: 7, Right: true}, {Title: "Size", Min: 14, Right: true}, {Title: "Hit rate", Min: 8, Right: true}, {Title: "Evicted", Min: 7, Right: true}}
	if w >= wholeFrom {
		columns = append(columns, pane.Column{Title: "Hits", Min: 7, Right: true}, pane.Column{Title: "Misses", Min: 7, Right: true})
	}
	b.lines = []string{columns.Header(s.env.Styles.List, w)}
	for _, f := range s.figures.caches {
		c := phrase.Figured(f)
		b.lines = append(b.lines, st.Body.Render(columns.Line(w, c.Tier, c.Entries, c.Size, c.Rate, c.Evicted, c.Hits, c.Misses)))
		if f.Fault != "" {
			b.lines = append(b.lines, s.wrapped(st.Warn, "◐ not used now: "+f.Fault, w, maxReason)...)
		}
	}
	return b
}

// store tells where attempts are kept, and what was wrong with that last.
func (s *Screen) store(w int) box {
	st, b := s.env.Styles.Text, box{title: "Store"}
	switch {
	case s.env.Connect != "":
		b.lines = s.wrapped(st.Faint, s.env.WhyNone("aimo3 doctor"), w, maxReason)
		return b
	case s.env.StoreSize == nil:
		b.lines = s.wrapped(st.Warn, "◌ nothing is saved: aimo3 was started with --no-save", w, maxReason)
		return b
	}
	b.lines = []string{st.Body.Render(s.place(w))}
	if s.figures.err != nil {
		b.lines = append(b.lines, s.wrapped(st.Bad, "▲ "+engine.Hint(s.figures.err), w, maxReason)...)
	}
	switch k := s.keeping; {
	case k.Trouble != "":
		b.lines = append(b.lines, st.Bad.Render("▲ "+k.Trouble))
	default:
		b.lines = append(b.lines, st.Good.Render("● all is saved"))
	}
	if k := s.keeping; k.Latest != "" {
		at := k.At.In(s.now.Location()).Format("15:04:05")
		b.lines = append(b.lines, s.wrapped(st.Faint, at+"  "+k.Latest, w, maxOwnReason)...)
	}
	return b
}

// place is where the store is and how large: of a path that is too long the end.
func (s *Screen) place(w int) string {
	if s.figures.path == "" {
		return "reading…"
	}
	size := " · " + phrase.Size(s.figures.bytes)
	path := pane.Fit(s.figures.path, ansi.StringWidth(s.figures.path))
	if over := ansi.StringWidth(path) + len(size) - w; over > 0 {
		path = ansi.TruncateLeft(path, over+1, "…")
	}
	return strings.TrimSpace(path) + size
}
