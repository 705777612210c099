package machine

import (
	"context"
	"fmt"
	"strconv"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/monitor"
	"github.com/aimo3/aimo3/tui/pane"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// processesFound is what one look found.
type processesFound struct {
	of  *Screen
	all []monitor.Process
	err error
}

// listsProcesses says whether processes are shown, and can be.
func (s *Screen) listsProcesses() bool {
	return s.env.Processes != nil && !s.hidden[processesPart]
}

// findProcesses looks for the processes that matter, one look at a time, if they are
// shown.
func (s *Screen) findProcesses() tea.Cmd {
	if s.looking || !s.listsProcesses() {
		return nil
	}
	s.looking = true
	find := s.env.Processes
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), lookTimeout)
		defer cancel()
		all, err := find(ctx)
		return processesFound{s, all, err}
	}
}

// take keeps what was found. The next reading has it drawn, but for the first.
func (s *Screen) take(found processesFound) {
	if len(s.found.all) == 0 {
		s.drawn = ""
	}
	s.found, s.looking = found, false
}

// processes shows what the server, its runners, the sandbox and this program use.
func (s *Screen) processes() content {
	var cpu float64
	var rss uint64
	for _, p := range s.found.all {
		cpu, rss = cpu+p.CPU.N, rss+p.RSS
	}
	c := content{title: "Processes", lines: s.processLines, wants: max(len(s.found.all)+1, 2), least: 2, weight: 1}
	if len(s.found.all) > 0 {
		c.right = []string{pane.Percent(cpu) + " of a core", pane.Bytes(int64(rss))}
	}
	return c
}

func (s *Screen) processLines(w, h int) []string {
	st, all := s.env.Styles.Text, s.found.all
	switch {
	case s.env.Processes == nil:
		return []string{st.Faint.Render("– they are not listed here")}
	case s.found.err != nil:
		return []string{st.Faint.Render("– " + termsafe.Line(engine.Hint(s.found.err)))}
	case len(all) == 0:
		return []string{st.Faint.Render("looking…")}
	}
	columns := pane.Columns{{Title: "Role", Min: 7}, {Title: "Program", Min: 8, Weight: 1}, {Title: "CPU", Min: 5, Right: true}, {Title: "Memory", Min: 7, Right: true}}
	cells := func(p monitor.Process) []string {
		return []string{string(p.Role), p.Name, value(p.CPU, pane.Percent), pane.Bytes(int64(p.RSS))}
	}
	if w >= 44 {
		columns = append(columns, pane.Column{Title: "PID", Min: 7, Right: true})
	}
	var lines []string
	if h > len(all) || h > 3 {
		lines = append(lines, columns.Header(s.env.Styles.List, w))
	}
	for i, p := range all {
		if len(lines) == h-1 && i < len(all)-1 {
			return append(lines, st.Faint.Render(fmt.Sprintf("+%d more", len(all)-i)))
		}
		lines = append(lines, st.Body.Render(columns.Line(w, append(cells(p), strconv.Itoa(p.PID))...)))
	}
	return lines
}
