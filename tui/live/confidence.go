package live

import (
	"fmt"
	"slices"

	"github.com/charmbracelet/x/ansi"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/theme"
	"github.com/aimo3/aimo3/tui/pane"
	"github.com/aimo3/aimo3/tui/phrase"
)

// The widths of strips, in cells.
const (
	minStripWidth = 4
	maxStripWidth = 16
	headStrip     = 12 // above a transcript
)

// strips draw how sure the model was along each sample, all by one scale, so
// that they compare: as high as it was sure, as long as it wrote.
type strips struct {
	width     int
	per       int     // measurements a cell
	low, high float64 // of all cells
}

// strips are the strips of all samples, so many cells wide.
func (s *Screen) strips(width int) strips {
	longest := 0
	for i := range s.progress.Samples {
		longest = max(longest, len(s.progress.Samples[i].Confidences))
	}
	u := strips{width: width, per: max((longest+width-1)/max(width, 1), 1)}
	first := true
	for i := range s.progress.Samples {
		for _, x := range u.means(s.progress.Samples[i].Confidences) {
			if first {
				u.low, u.high, first = x, x, false
			}
			u.low, u.high = min(u.low, x), max(u.high, x)
		}
	}
	return u
}

// means are the values of the cells that measurements make.
func (u strips) means(measured []float64) []float64 {
	var all []float64
	for part := range slices.Chunk(measured, u.per) {
		sum := 0.
		for _, x := range part {
			sum += x
		}
		all = append(all, sum/float64(len(part)))
	}
	return all
}

// strip draws one sample's measurements, without the room they do not fill yet.
func (u strips) strip(measured []float64, graph pane.Graph) string {
	cells := u.means(measured)
	for i, x := range cells {
		if cells[i] = .5; u.high > u.low {
			cells[i] = (x - u.low) / (u.high - u.low)
		}
	}
	return graph.Sparkline(cells, 1, len(cells))
}

// hasConfidence says that the server tells how sure the model is, as far as is known.
func (s *Screen) hasConfidence() bool {
	for i := range s.progress.Samples {
		if p := &s.progress.Samples[i]; p.Confidence != nil || len(p.Confidences) > 0 {
			return true
		}
	}
	return false
}

// countAlike says that votes count alike because the server does not tell.
func (s *Screen) countAlike() bool {
	for i := range s.progress.Samples {
		if s.progress.Samples[i].State == engine.Finished {
			return !s.hasConfidence()
		}
	}
	return false
}

// stripGraph draws strips: the surer, the brighter.
func (s *Screen) stripGraph() pane.Graph {
	text := s.env.Styles.Text
	return pane.Graph{Styles: theme.GraphStyles{Low: text.Faint, Mid: text.Body, High: text.Accent, Track: text.Faint}}
}

// column is the right end of a sample's row: its strip, and its figure once it
// has ended.
func (s *Screen) column(p *engine.SampleProgress, u strips) string {
	return " " + pane.Fit(u.strip(p.Confidences, s.stripGraph()), u.width) + s.env.Styles.Text.Faint.Render(fmt.Sprintf(" %4s", phrase.Confidence(p)))
}

// confidenceOf is how sure the model was of a sample, in plain text of at most width
// cells: "conf 4.1 ▂▅▇", or less; "" if there is no room or nothing is known.
func (s *Screen) confidenceOf(p *engine.SampleProgress, width int) string {
	line := "conf"
	if figure := phrase.Confidence(p); figure != "" {
		line += " " + figure
	}
	room := min(width-ansi.StringWidth(line)-1, headStrip)
	if len(p.Confidences) > 0 && room >= minStripWidth {
		return line + " " + s.strips(room).strip(p.Confidences, pane.Graph{})
	}
	if p.Confidence == nil || room < -1 {
		return ""
	}
	return line
}
