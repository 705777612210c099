package models

import (
	"cmp"
	"slices"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/monitor"
	"github.com/aimo3/aimo3/tui/pane"
)

// row is one model of the list: installed, or offered, or both.
type row struct {
	name  string
	model *engine.Model   // nil if it is not installed
	held  *monitor.Loaded // nil if it is not in memory
	offer *engine.Offer   // nil if it is not recommended
	usual bool            // the default
}

// refresh makes the rows anew: what is installed by name, then what is recommended. The
// model that was selected stays so.
func (s *Screen) refresh() {
	selected := s.selected().name
	var offers []engine.Offer
	if s.env.Offers != nil && s.server != nil {
		offers = s.env.Offers()
	}
	s.rows = nil
	for _, m := range s.installed() {
		if card := s.cards[cardOf(m)]; card.Name != "" {
			m.Context, m.Capabilities = card.Context, card.Capabilities
		}
		s.rows = append(s.rows, row{name: m.Name, model: &m, held: s.heldOf(m.Name), offer: offerOf(offers, m.Name)})
	}
	chosen, err := engine.Choose(s.installed(), cmp.Or(s.env.Plan.Model, s.env.LastModel))
	if err != nil && s.env.Plan.Model == "" { // the one used last is gone
		chosen, err = engine.Choose(s.installed(), "")
	}
	for i := range s.rows {
		s.rows[i].usual = err == nil && s.rows[i].name == chosen.Name
	}
	for _, o := range offers {
		if !slices.ContainsFunc(s.rows, func(r row) bool { return same(r.name, o.Name) }) {
			s.rows = append(s.rows, row{name: o.Name, offer: &o})
		}
	}
	s.list.SetLen(len(s.rows))
	if i := slices.IndexFunc(s.rows, func(r row) bool { return r.name == selected }); i >= 0 {
		s.list.Select(i)
	}
}

func (s *Screen) installed() []engine.Model {
	if s.server == nil {
		return nil
	}
	return s.server.Models
}

func (s *Screen) heldOf(name string) *monitor.Loaded {
	for i := range s.held {
		if same(s.held[i].Name, name) {
			return &s.held[i]
		}
	}
	return nil
}

func offerOf(offers []engine.Offer, name string) *engine.Offer {
	for i := range offers {
		if same(offers[i].Name, name) {
			return &offers[i]
		}
	}
	return nil
}

// same says whether two names are of one model.
func same(a, b string) bool { return engine.FullName(a) == engine.FullName(b) }

// selected is the row that is selected; no name if there is none.
func (s *Screen) selected() row {
	if i := s.list.Selected(); i >= 0 && i < len(s.rows) {
		return s.rows[i]
	}
	return row{}
}

// wideFrom is how many cells it takes to have every column.
const wideFrom = 76

func (s *Screen) columns(width int) pane.Columns {
	c := pane.Columns{{Title: "", Min: 2}, {Title: "Model", Min: 14, Weight: 2}, {Title: "Size", Min: 7, Right: true}}
	if width >= wideFrom {
		c = append(c, pane.Column{Title: "Params", Min: 6, Right: true}, pane.Column{Title: "Quant", Min: 8})
	}
	return append(c, pane.Column{Title: "Context", Min: 7, Right: true}, pane.Column{Title: "State", Min: 18, Weight: 1})
}

// row draws a row: a sign says where the model is, and a star which one is the default.
func (s *Screen) row(i, width int) string {
	r, st := s.rows[i], s.env.Styles.Text
	sign, style, size := "↓", st.Faint, int64(0)
	var params, quant, context string
	if r.offer != nil {
		size = r.offer.Size
	}
	if m := r.model; m != nil {
		sign, style, size, params, quant = "○", st.Body, m.Size, m.Parameters, m.Quantization
		if m.Context > 0 {
			context = pane.Window(m.Context)
		}
	}
	if r.held != nil {
		sign, style = "●", st.Good
	}
	if r.usual {
		sign += "*"
	}
	cells := []string{sign, r.name, pane.Bytes(size)}
	if width >= wideFrom {
		cells = append(cells, params, quant)
	}
	return style.Render(s.columns(width).Line(width, append(cells, context, s.state(r))...))
}

// state is where a model is, in a few words.
func (s *Screen) state(r row) string {
	switch {
	case s.pull != nil && same(s.pull.Model, r.name):
		return "being pulled"
	case r.held != nil:
		return pane.OnGPU(r.held.VRAM, r.held.Size) + " · " + pane.Expiry(r.held.Expires, s.env.Now())
	case r.model != nil && !r.model.Replies():
		return "only embeds"
	case r.model != nil:
		return "installed"
	case r.offer == nil:
		return ""
	case r.offer.Best:
		return "recommended here"
	case r.offer.Fits:
		return "fits"
	}
	return "too large: " + pane.Bytes(r.offer.Needs)
}
