package extract

import (
	"strings"
)

// Bounds of what is looked at around a box.
const (
	maxContents = 4096 // bytes to the left in which an enclosing box, or one of the same list, may begin
	maxList     = 200  // boxes in one list
)

// box is a box where it stands. A box that is not closed ends with its line.
type box struct {
	start    int // where its command begins
	from, to int // its contents
	end      int // behind its closing brace
	closed   bool
}

// boxes returns the list or the one box that the span ends with; before it, if
// the last box never closes, that one.
func boxes(text string, in span) []Candidate {
	var found []Candidate
	s := &scan{text: text, at: in.to, floor: in.from, limit: in.to}
	for open := false; ; {
		b, ok := s.next()
		if !ok {
			return found
		}
		if !b.closed {
			c := Candidate{Source: Box, From: b.from, To: b.to, Truncated: true}
			if !open {
				c.Text = b.contents(text)
			}
			if open = true; !hollow(c.Text) {
				found = append(found, c)
			}
			continue
		}
		if !hollow(b.contents(text)) {
			return append(found, s.list(s.outermost(b)))
		}
	}
}

// list joins a box with those before it that only separators stand between.
func (s *scan) list(last box) Candidate {
	group := []box{last}
	explicit := true
	for len(group) < maxList && explicit {
		name := nameBefore(s.text, group[0].start, s.floor)
		s.floor = max(s.floor, group[0].start-maxContents)
		b, ok := s.next()
		if !ok || !b.closed || hollow(b.contents(s.text)) {
			break
		}
		b = s.outermost(b)
		if explicit = b.end <= name.from && separates(s.text[b.end:name.from]); explicit {
			group = append([]box{b}, group...)
		}
	}
	c := Candidate{Source: Box, From: group[0].from, To: last.to}
	c.Text = listed(s.text, group)
	return c
}

// listed writes the contents of boxes as one list: each once, with their names
// if every box has its own.
func listed(text string, group []box) string {
	var values, named []string
	seen, names := map[string]bool{}, map[string]bool{}
	for _, b := range group {
		value := b.contents(text)
		if seen[value] && len(group) > 1 {
			continue
		}
		seen[value] = true
		values = append(values, value)
		at := nameBefore(text, b.start, 0)
		if name := strings.TrimSpace(text[at.from:at.to]); name != "" && !names[name] {
			names[name] = true
			named = append(named, name+" "+value)
		}
	}
	if len(named) == len(group) && len(group) > 1 {
		return strings.Join(named, ", ")
	}
	return strings.Join(values, ", ")
}

// contents is the answer that a box holds. What is too long for one is left as
// it is, and whoever reads it will say so.
func (b box) contents(text string) string {
	s := text[b.from:b.to]
	if len(s) > maxContents {
		return s
	}
	s = unboxed(s)
	slashes := b.start
	for slashes < b.from && text[slashes] == '\\' {
		slashes++
	}
	if slashes-b.start == 2 {
		s = unescaped(s)
	}
	if !b.closed {
		s = firstLine(s)
	}
	return tidy(s)
}

// unescaped undoes the doubling of backslashes, if all are doubled.
func unescaped(s string) string {
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' {
			continue
		}
		if i+1 == len(s) || s[i+1] != '\\' {
			return s
		}
		i++
	}
	return strings.ReplaceAll(s, `\\`, `\`)
}

// firstLine is what stands on the line of a box that never closes, up to where
// the mathematics around it ends.
func firstLine(s string) string {
	s = strings.TrimLeft(s, " \t\r\n")
	s, _, _ = strings.Cut(s, "\n")
	for _, end := range [...]string{"$", `\)`, `\]`, "**", "<|"} {
		if at := strings.Index(s, end); at > 0 && s[at-1] != '\\' {
			s = s[:at]
		}
	}
	return s
}

// unboxed drops the boxes within the contents of a box, but not what they hold.
func unboxed(s string) string {
	if !strings.Contains(s, "box") {
		return s
	}
	var out strings.Builder
	var dropped []bool // for each open brace, whether it was a box's
	for i := 0; i < len(s); i++ {
		switch n := boxBrace(s[i:]); {
		case n > 0:
			dropped = append(dropped, true)
			i += n - 1
			continue
		case s[i] == '\\' && i+1 < len(s):
			out.WriteByte(s[i])
			i++
		case s[i] == '{':
			dropped = append(dropped, false)
		case s[i] == '}' && len(dropped) > 0:
			drop := dropped[len(dropped)-1]
			dropped = dropped[:len(dropped)-1]
			if drop {
				continue
			}
		}
		out.WriteByte(s[i])
	}
	return out.String()
}

// boxBrace is the length of a box's command with its brace at the beginning of
// s, or 0.
func boxBrace(s string) int {
	for _, name := range [...]string{`\boxed`, `\fbox`} {
		if rest, ok := strings.CutPrefix(s, name); ok {
			if rest = strings.TrimLeft(rest, " \t"); strings.HasPrefix(rest, "{") {
				return len(s) - len(rest) + 1
			}
		}
	}
	return 0
}

// placeholders are what models and prompts write into a box that is yet to be
// filled.
var placeholders = map[string]bool{
	"": true, "?": true, "??": true, "???": true, "...": true, "…": true, "ldots": true, "dots": true, "cdots": true, "square": true, "box": true,
	"answer": true, "ans": true, "the answer": true, "your answer": true, "final answer": true, "the final answer": true, "your final answer": true,
	"answer here": true, "your answer here": true, "insert answer here": true, "integer answer": true, "numerical answer": true, "final": true,
	"result": true, "final result": true, "final_answer": true, "your_answer": true, "number": true, "integer": true, "value": true, "solution": true,
	"placeholder": true, "todo": true, "tbd": true, "xxx": true, "%d": true, "%s": true, "%i": true,
}

// hollow tells a box that holds nothing, or only a word where the answer is to
// stand.
func hollow(s string) bool {
	if len(s) > 64 {
		return false
	}
	s = strings.TrimPrefix(strings.TrimSpace(s), "\\")
	for _, wrap := range [...]string{"text{", "mathrm{", "textbf{", "mathbf{", "textit{", "quad"} {
		s = strings.TrimPrefix(s, wrap)
	}
	s = strings.Trim(s, " \t\r\n$*_~[]<>{}()\"'`\\,;:")
	return placeholders[strings.ToLower(s)]
}
