package live

import (
	"fmt"
	"strings"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/pane"
	"github.com/aimo3/aimo3/tui/phrase"
)

// From detailedFrom columns on, the list of samples says more of each, if it has the lines.
const detailedFrom = 160

// What graphs in the list take, in cells: the room before them, and their widths.
const (
	graphIndent   = 5
	minGraphWidth = 8
	maxGraphWidth = 24
	speedWidth    = len("~1000 tok/s")
	saysWidth     = 1 + speedWidth + len(" ctx ~100%") // beside a graph
)

// detailed are the samples with figures and graphs under each, and blank lines between them
// if there are enough; nil if there is no room for that.
func (s *Screen) detailed(w, h int) []string {
	n, per := len(s.progress.Samples), s.linesEach(h)
	if per < 2 {
		return nil
	}
	figures := s.figuresOf(w)
	var all []string
	for i := range n {
		all = append(all, s.row(i, w, strips{}))
		all = append(all, figures.lines(i, min(per-1, 2))...)
		if per == 4 && i < n-1 {
			all = append(all, "")
		}
	}
	return all
}

// linesEach is how many lines a sample has in the list of all where it is so high.
func (s *Screen) linesEach(h int) int {
	n := len(s.progress.Samples)
	if s.width < detailedFrom || n == 0 || h < 2*n {
		return 1
	}
	return min(h/n, 4)
}

// figures draws what is known of samples besides their words, all by one scale.
type figures struct {
	s     *Screen
	graph int // its width
	fast  float64
	conf  strips
}

func (s *Screen) figuresOf(w int) figures {
	f := figures{s: s, graph: min(max(w-graphIndent-saysWidth, minGraphWidth), maxGraphWidth)}
	for i := range s.progress.Samples {
		for _, v := range s.speedsOf(i, f.graph) {
			f.fast = max(f.fast, v)
		}
	}
	f.conf = s.strips(f.graph)
	return f
}

// lines are those of sample i: tokens a second over its time and how much of the context
// window it has filled, and the model's confidence along it and how many cells it has run.
func (f figures) lines(i, n int) []string {
	s, p := f.s, &f.s.progress.Samples[i]
	faint := s.env.Styles.Text.Faint
	all := make([]string, n)
	if p.From != "" || n == 0 {
		return all
	}
	speeds := s.speedsOf(i, f.graph)
	all[0] = f.line(pane.Graph{Styles: s.env.Styles.Graph, Flat: true}.Area(speeds, f.fast, len(speeds), 1)[0],
		faint.Render(pane.Fit(s.speedNow(p, speeds), speedWidth)+" "+s.filled(p.Frames)))
	if n > 1 {
		all[1] = f.line(f.conf.strip(p.Confidences, s.stripGraph()),
			faint.Render(pane.Fit(confidenceWords(p), speedWidth)+" "+phrase.Cells(len(p.Cells))))
	}
	return all
}

// line is a graph with what it says.
func (f figures) line(graph, says string) string {
	return strings.Repeat(" ", graphIndent) + pane.Fit(graph, f.graph) + " " + says
}

// speedNow is how fast a sample is, in its latest stretch while it goes on, else on average.
func (s *Screen) speedNow(p *engine.SampleProgress, speeds []float64) string {
	if n := len(speeds); p.Open() && n > 0 && !s.cut() {
		return fmt.Sprintf("≈%.0f tok/s", speeds[n-1])
	}
	return speedOf(p)
}

// confidenceWords are the model's confidence in a sample; "" if it was not measured.
func confidenceWords(p *engine.SampleProgress) string {
	if p.Confidence == nil && len(p.Confidences) == 0 {
		return ""
	}
	return strings.TrimRight("conf "+phrase.Confidence(p), " ")
}
