package pane

import "strings"

// Landmark is a kind of places in a transcript that one can go to.
type Landmark int

// The landmarks.
const (
	Cells  Landmark = iota // where a cell begins
	Boxes                  // an answer in a box
	Errors                 // where a cell failed, or what a person should know of it
)

// place is one of them: a part of the text of a section, or its title.
type place struct {
	section int
	at      stretch
	title   bool
}

// lit is the place that was gone to last, as long as nobody has moved since.
type lit struct {
	in    *section
	at    stretch
	title bool
}

// Jump goes to the next place of a kind if by is positive, else to the one before; after the
// last comes the first. It gives which one that is, counted from 1, and how many there are.
func (t *Transcript) Jump(to Landmark, by int) (at, of int) {
	all := t.places(to)
	if len(all) == 0 {
		return 0, 0
	}
	n := t.next(all, by)
	n = (n%len(all) + len(all)) % len(all)
	p := all[n]
	t.show(p.section, p.at)
	if p.title {
		t.top = min(t.textAt(p.section), t.end())
		if t.sections[p.section].titled(t.w) {
			t.top = max(t.top-1, 0)
		}
	}
	t.lit = lit{t.sections[p.section], p.at, p.title}
	return n + 1, len(all)
}

// next is the number of the place to go to; it may be one beyond the first or the last.
func (t *Transcript) next(all []place, by int) int {
	for i, p := range all {
		if t.sections[p.section] == t.lit.in && p.at == t.lit.at && p.title == t.lit.title {
			return i + by
		}
	}
	from := t.first()
	if by < 0 && !t.parked {
		from = t.total()
	}
	n := 0
	for n < len(all) && t.textAt(all[n].section)+all[n].at.line < from {
		n++
	}
	if by < 0 {
		return n - 1
	}
	return n
}

// places are all of a kind, from top to bottom.
func (t *Transcript) places(kind Landmark) []place {
	t.wrap()
	var all []place
	for i, s := range t.sections {
		first := i == 0 || s.of == nil || t.sections[i-1].of != s.of
		switch kind {
		case Cells:
			if first && (s.of != nil || s.voice == Code) {
				all = append(all, place{section: i, title: true})
			}
		case Errors:
			if s.wrong() && (first || !t.sections[i-1].wrong()) {
				all = append(all, place{section: i, at: stretch{0, 0, t.w}})
			}
		case Boxes:
			if s.voice == Reply || s.voice == Thinking {
				all = append(all, s.boxes(i)...)
			}
		}
	}
	return all
}

// wrong says that a section tells what went wrong in a cell.
func (s *section) wrong() bool { return s.voice == Trace || s.voice == Failure || s.voice == Alert }

// box is the command of LaTeX that an answer is given in.
const box = `\boxed`

// boxes are the answers in boxes of section i.
func (s *section) boxes(i int) []place {
	var all []place
	if s.drawn != nil {
		s.formulas(0, s.shown(), func(source string, m match) {
			if strings.Contains(source, box) {
				all = append(all, place{section: i, at: m[0]})
			}
		})
		return all
	}
	f := s.flat(0, s.shown())
	for _, m := range f.find(s, box, stretch{}) {
		all = append(all, place{section: i, at: m[0]})
	}
	return all
}
