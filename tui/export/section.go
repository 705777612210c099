package export

import (
	"fmt"
	"strings"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/formula"
	"github.com/aimo3/aimo3/tui/phrase"
	"github.com/aimo3/aimo3/tui/termsafe"
)

// section is a part of a sample under a heading of its own: text, or code with what came
// of it. All of it but the title is untrusted.
type section struct {
	title    string
	text     string
	thinking bool // the text is hidden reasoning
	code     bool // the text is code
	came     []phrase.Told
}

// sectionsOf are what a sample said, ran and was told, in order.
func sectionsOf(s *engine.SampleProgress) []section {
	var all []section
	for part := range phrase.Parts(s) {
		text := strings.TrimSpace(part.Text)
		switch {
		case part.Cell != nil:
			code := strings.TrimRight(part.Cell.Code, "\n")
			all = append(all, section{title: fmt.Sprintf("Cell %d", part.Number), text: code, code: true, came: phrase.CameOf(part.Cell)})
		case part.Hint != "":
			all = append(all, section{title: "You said", text: part.Hint})
		case text == "":
		case part.Channel == engine.Writing:
			all = append(all, section{title: "Code that never ran", text: text, code: true})
		case part.Channel == engine.Thinking:
			all = append(all, section{title: "Thinking", text: text, thinking: true})
		default:
			all = append(all, section{title: "Reply", text: text})
		}
	}
	return all
}

// maxTitle is how many characters of a statement are its title.
const maxTitle = 100

// titleOf are the pieces of a statement that name it: its first line, cut before a word or
// a formula where it is long, and never within one. What marks a heading or a list in
// Markdown is left out. It may be empty.
func titleOf(statement string) []formula.Piece {
	pieces, _ := formula.Find(termsafe.Clean(statement))
	var title []formula.Piece
	room := maxTitle
	for _, p := range pieces {
		text := p.Text
		if !p.Formula && title == nil {
			text = strings.TrimLeft(text, "#>*+- \t\n")
		}
		line, _, more := strings.Cut(text, "\n")
		if p.Formula {
			line, more = text, false
		}
		n := len([]rune(line))
		if n > room {
			if p.Formula && title == nil {
				return nil
			}
			if p.Formula {
				line = ""
			}
			return append(title, formula.Piece{Text: words(line, room) + "…"})
		}
		if room -= n; line != "" {
			p.Text = line
			title = append(title, p)
		}
		if more && title != nil {
			break
		}
	}
	return title
}

// words are the first ones of a line that has no room for all, at most n characters.
func words(line string, n int) string {
	cut := string([]rune(line)[:max(min(n, len([]rune(line)))-1, 0)])
	if i := strings.LastIndexByte(cut, ' '); i > 0 {
		return cut[:i]
	}
	return cut
}

// untitled is the title of a statement that gives none.
const untitled = "Problem"

// mathematical tells answers that are to be set as a formula: they have a command or a
// script in them.
func mathematical(answer string) (formula.Formula, bool) {
	f := formula.Parse(answer, nil)
	return f, f.Whole && strings.ContainsAny(answer, `\^_`)
}
