package ask

import (
	"slices"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/theme"
	"github.com/aimo3/aimo3/tui/pane"
)

// picker is the list of installed models.
type picker struct {
	list   *pane.List
	models []engine.Model
}

func newPicker(st theme.ListStyles) *picker {
	p := &picker{}
	columns := pane.Columns{{Min: 12, Weight: 1}, {Min: 7, Right: true}, {Min: 8}, {Min: 9, Right: true}}
	p.list = pane.NewList(st, func(i, width int) string {
		m := p.models[i]
		return columns.Line(width, m.Name, m.Parameters, m.Quantization, pane.Bytes(m.Size))
	})
	return p
}

// show takes in the models there are now, keeping the selected one.
func (p *picker) show(models []engine.Model) {
	name := ""
	if i := p.list.Selected(); i >= 0 && i < len(p.models) {
		name = p.models[i].Name
	}
	p.models = models
	p.list.SetLen(len(models))
	p.selectModel(name)
	p.list.Redraw()
}

func (p *picker) selectModel(name string) {
	if i := slices.IndexFunc(p.models, func(m engine.Model) bool { return m.Name == name }); i >= 0 {
		p.list.Select(i)
	}
}

func (s *Screen) openPicker() {
	if s.setup.server == nil || len(s.setup.server.Models) == 0 {
		s.hint = "no model is installed"
		return
	}
	s.hint = ""
	s.picker = newPicker(s.env.Styles.List)
	s.picker.show(s.setup.server.Models)
	s.picker.selectModel(s.setup.model.Name)
	s.layout()
}

func (s *Screen) pickerKey(msg tea.KeyMsg) {
	k, p := s.keys, s.picker
	switch {
	case key.Matches(msg, k.take):
		if i := p.list.Selected(); i >= 0 && i < len(p.models) {
			s.setup.choose(p.models[i].Name)
		}
		s.picker = nil
	case key.Matches(msg, k.cancel):
		s.picker = nil
	case key.Matches(msg, k.Up):
		p.list.Move(-1)
	case key.Matches(msg, k.Down, k.model):
		p.list.Move(1)
	}
	s.layout()
}
