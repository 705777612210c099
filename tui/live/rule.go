package live

import (
	"slices"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/tui/pane"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// ruling asks when the attempt is to end.
type ruling struct {
	rules []engine.StopRule
	at    int
	k     keys
}

// askRule lists the rules that a running attempt can change to, and the one that it has.
func (s *Screen) askRule() tea.Cmd {
	r := &ruling{rules: []engine.StopRule{
		engine.DefaultStop, engine.StopFourAgree, engine.StopUncatchable, "asc:0.95", "esc:4", engine.StopNone,
	}, k: s.keys}
	has := s.progress.Plan.WithDefaults().Stop
	if r.at = slices.Index(r.rules, has); r.at < 0 {
		r.rules, r.at = append([]engine.StopRule{has}, r.rules...), 0
	}
	return s.openDialog(r)
}

func (r *ruling) typing() bool { return false }

func (r *ruling) title(*Screen) string { return "When the attempt ends" }

func (r *ruling) lines(s *Screen, width, height int) []string {
	text, has := s.env.Styles.Text, s.progress.Plan.WithDefaults().Stop
	var all []string
	for i, rule := range r.rules {
		sign, style := "  ", text.Body
		if i == r.at {
			sign, style = "▸ ", text.Strong
		}
		line := sign + pane.Fit(termsafe.Line(string(rule)), 24) + "  " + rule.Within(s.electorate()).Words()
		if rule == has {
			line += " (now)"
		}
		all = append(all, style.Render(pane.Fit(line, width)))
	}
	from := max(min(r.at-height/2, len(all)-height), 0)
	return all[from:min(from+height, len(all))]
}

func (r *ruling) keys() []key.Binding {
	return []key.Binding{r.k.choose, r.k.above, r.k.below, r.k.cancel}
}

func (r *ruling) key(s *Screen, msg tea.KeyMsg) tea.Cmd {
	switch {
	case key.Matches(msg, r.k.above):
		r.at = max(r.at-1, 0)
	case key.Matches(msg, r.k.below):
		r.at = min(r.at+1, len(r.rules)-1)
	case key.Matches(msg, r.k.choose):
		rule, change := r.rules[r.at], s.env.ChangeRule
		return s.wish(func() error { return change(s.id, rule) }, ruled(rule))
	}
	return nil
}

func ruled(rule engine.StopRule) string { return "rule is now " + termsafe.Line(string(rule)) }
