package engine

import "strings"

const (
	thinkOpen  = "<think>"
	thinkClose = "</think>"
)

// splitter parts the reply of a model that marks its hidden reasoning with
// <think> tags in the text. Tags may be split anywhere between pieces. A
// closing tag that was never opened, as templates produce that write the
// opening one into the prompt, makes all that came before it thinking.
type splitter struct {
	inside bool   // between an opening tag and its end
	seen   bool   // any thinking so far, by tag or by the server's own field
	held   string // an end of text that may be the beginning of a tag
	say    func(Channel, string)
	rewind func() // what was said as Reply so far was Thinking
}

// feed takes the next text of the reply.
func (s *splitter) feed(text string) {
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
			s.inside, s.seen = true, true
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

// flush says what is held back; the reply is over.
func (s *splitter) flush() {
	s.emit(s.held)
	s.held = ""
}

func (s *splitter) end() {
	if !s.inside && !s.seen {
		s.rewind()
	}
	s.inside, s.seen = false, true
}

func (s *splitter) emit(text string) {
	switch {
	case text == "":
	case s.inside:
		s.say(Thinking, text)
	default:
		s.say(Reply, text)
	}
}
