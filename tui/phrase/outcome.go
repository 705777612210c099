package phrase

import "github.com/aimo3/aimo3/engine"

// Outcome is how a sample ended, or what it does, in one line.
func Outcome(s *engine.SampleProgress) string {
	size := spent(s)
	switch s.State {
	case engine.Waiting:
		return "waiting"
	case engine.Running:
		return string(s.Phase) + size
	case engine.Failed:
		return flat("failed: " + WithTodo(s.Cause, s.Todo))
	case engine.Stopped:
		if s.Cause == engine.ErrStopped.Error() {
			return flat(s.Cause + size)
		}
		return flat("stopped: " + s.Cause + size)
	case engine.Finished:
	}
	switch {
	case s.Ending.Cut:
		return "no answer: hit the context window or the token limit" + size
	case s.Answer == "":
		return "no answer" + size
	}
	return flat(string(s.Answer) + size + carried(s))
}

// carried says whose vote it is, if that was carried over.
func carried(s *engine.SampleProgress) string {
	if s.From == "" {
		return ""
	}
	return " (carried over from attempt " + string(s.From) + ")"
}

// spent is how much a sample said and ran, how long that took, and how sure the
// model was.
func spent(s *engine.SampleProgress) string {
	var parts []string
	if n, _ := s.Tokens(); n > 0 {
		parts = append(parts, Count(n, "token"))
	}
	if n := len(s.Cells); n > 0 {
		parts = append(parts, Count(n, "cell"))
	}
	if len(parts) == 0 {
		return ""
	}
	text := " (" + parts[0]
	if len(parts) > 1 {
		text += ", " + parts[1]
	}
	text += ", " + Took(s.Latest.Sub(s.Begun))
	if confidence := Confidence(s); confidence != "" {
		text += ", confidence " + confidence
	}
	return text + ")"
}

// WithTodo is what happened and, if there is something, what to do.
func WithTodo(what, todo string) string {
	if todo == "" {
		return what
	}
	return what + " · " + todo
}

// Told is one thing that came of a cell; untitled, it is a remark. Text under a title is
// untrusted.
type Told struct{ Title, Text string }

// CameOf is what came of a cell: its output, its error, and what is to be said of them.
func CameOf(c *engine.CellProgress) []Told {
	if c.Cell == nil {
		return []Told{{"", Unfinished}}
	}
	var all []Told
	if c.Cell.Output != "" {
		all = append(all, Told{"Out", c.Cell.Output})
	}
	if c.Cell.Err != "" {
		all = append(all, Told{"Err", c.Cell.Err})
	}
	for _, remark := range append(Alerts(c.Cell), Figures(c.Cell)) {
		if remark != "" {
			all = append(all, Told{"", remark})
		}
	}
	return all
}
