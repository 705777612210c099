package hear

import (
	"strings"

	"github.com/aimo3/aimo3/engine"
)

const (
	thinkOpen  = "<think>"
	thinkClose = "</think>"
)

// Splitter parts the reply of a model that marks its hidden reasoning with
// <think> tags in the text. Tags may be split anywhere between pieces. A
// closing tag that was never opened, as templates produce that write the
// opening one into the prompt, makes all that came before it thinking.
type Splitter struct {
	Inside bool   // between an opening tag and its end
	Seen   bool   // any thinking so far, by tag or by the server's own field
	held   string // an end of text that may be the beginning of a tag
	Say    func(engine.Channel, string)
	Rewind func() // what was said as Reply so far was Thinking
}

// Feed takes the next text of the reply.
func (s *Splitter) Feed(text string) {
	if s.held == "" && strings.IndexByte(text, '<') < 0 {
		s.emit(text)
		return
	}
	text, s.held = s.held+text, ""
	for text != "" {
		at := strings.IndexByte(text, '<')
		if at < 0 {
			s.emit(text)
			return
		}
		s.emit(text[:at])
		text = text[at:]
		switch {
		case strings.HasPrefix(text, thinkOpen):
			s.Inside, s.Seen = true, true
			text = text[len(thinkOpen):]
		case strings.HasPrefix(text, thinkClose):
			s.end()
			text = text[len(thinkClose):]
		case strings.HasPrefix(thinkOpen, text), strings.HasPrefix(thinkClose, text):
			s.held = text
			return
		default:
			s.emit(text[:1])
			text = text[1:]
		}
	}
}

// Flush says what is held back; the reply is over.
func (s *Splitter) Flush() {
	s.emit(s.held)
	s.held = ""
}

func (s *Splitter) end() {
	if !s.Inside && !s.Seen {
		s.Rewind()
	}
	s.Inside, s.Seen = false, true
}

func (s *Splitter) emit(text string) {
	switch {
	case text == "":
	case s.Inside:
		s.Say(engine.Thinking, text)
	default:
		s.Say(engine.Reply, text)
	}
}
