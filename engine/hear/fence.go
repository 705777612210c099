package hear

import (
	"strings"

	"github.com/aimo3/aimo3/engine"
)

// Fences finds the first piece of code that a reply wants run, for a model that
// cannot call tools: a fenced block of Python, or one in the tags that some
// models were trained on. Text may be cut anywhere between calls of feed.
//
// Only a whole block counts. Nothing after its end is looked at: whatever the
// model goes on to say of the output it has made up.
type Fences struct {
	Say   func(engine.Channel, string)
	Found func(code string) // a block is whole; called once

	Raw    strings.Builder // the reply as written, up to the end of the block
	code   strings.Builder
	held   string // an end of text that may be the beginning of a mark
	until  string // the mark that ends the block that is open; "" outside
	runs   bool   // the open block is code to run
	midway bool   // the start of a line of the open block was taken
	done   bool
}

// opening is how a block that is to run may begin.
var opening = [...]struct{ mark, end string }{
	{"<tool_call>", "</tool_call>"},
	{"<llm-code>", "</llm-code>"},
}

// runnable are the words after a fence that mean code to run.
var runnable = [...]string{"python", "py", "python3", "ipython", "tool_code"}

const maxInfoBytes = 40 // of a line that begins a fence

// Feed takes the next text of the reply.
func (f *Fences) Feed(text string) {
	if f.done {
		return
	}
	text, f.held = f.held+text, ""
	for text != "" && !f.done {
		take := f.outside
		if f.until != "" {
			take = f.inside
		}
		used := take(text)
		if used == 0 {
			f.held = text
			return
		}
		f.Raw.WriteString(text[:used])
		text = text[used:]
	}
	if f.done {
		f.Found(codeOf(f.code.String()))
	}
}

// Flush says what is held back; the reply is over. A block without an end is
// nothing to run.
func (f *Fences) Flush() {
	if f.held != "" && !f.done {
		f.Raw.WriteString(f.held)
		f.emit(f.held)
	}
	f.held = ""
}

// outside takes text up to the next block and, if one begins whole, its mark.
// It returns how much it took; 0 if more text is needed.
func (f *Fences) outside(text string) int {
	at := strings.IndexAny(text, "`<")
	if at < 0 {
		at = len(text)
	}
	if at > 0 {
		f.Say(engine.Reply, text[:at])
		return at
	}
	for _, o := range opening {
		if strings.HasPrefix(text, o.mark) {
			f.until, f.runs = o.end, true
			return len(o.mark)
		}
		if strings.HasPrefix(o.mark, text) {
			return 0
		}
	}
	ticks := len(text) - len(strings.TrimLeft(text, "`"))
	info, _, whole := strings.Cut(text[ticks:], "\n")
	switch {
	case ticks == len(text) && ticks <= maxInfoBytes, ticks >= 3 && !whole && len(info) <= maxInfoBytes:
		return 0
	case ticks < 3 || !whole || len(info) > maxInfoBytes || strings.Contains(info, "`"):
		n := max(ticks, 1)
		f.Say(engine.Reply, text[:n])
		return n
	}
	n := ticks + len(info) + 1
	f.until, f.runs = text[:ticks], runnableInfo(info)
	if !f.runs {
		f.Say(engine.Reply, text[:n])
	}
	return n
}

// inside takes text of the open block, and its end.
func (f *Fences) inside(text string) int {
	if f.until[0] == '<' {
		return f.insideTags(text)
	}
	line, _, whole := strings.Cut(text, "\n")
	if start := strings.TrimLeft(line, " \t"); !f.midway {
		switch {
		case strings.HasPrefix(start, f.until):
			return f.end(text, len(line)-len(start)+len(f.until))
		case !whole && strings.HasPrefix(f.until, start) && len(line) <= maxInfoBytes:
			return 0
		}
	}
	f.midway = !whole
	n := len(line)
	if whole {
		n++
	}
	f.emit(text[:n])
	return n
}

func (f *Fences) insideTags(text string) int {
	if at := strings.Index(text, f.until); at >= 0 {
		f.emit(text[:at])
		return f.end(text[at:], len(f.until)) + at
	}
	n := len(text)
	for k := min(len(f.until)-1, n); k > 0; k-- {
		if strings.HasSuffix(text, f.until[:k]) {
			n -= k
			break
		}
	}
	f.emit(text[:n])
	return n
}

// end takes the mark that ends the block, n bytes with what stands before it.
func (f *Fences) end(text string, n int) int {
	f.done, f.until, f.midway = f.runs, "", false
	if !f.runs {
		f.Say(engine.Reply, text[:n])
	}
	return n
}

func (f *Fences) emit(text string) {
	switch {
	case text == "":
	case f.runs:
		f.code.WriteString(text)
		f.Say(engine.Writing, text)
	default:
		f.Say(engine.Reply, text)
	}
}

// runnableInfo says whether the words after a fence mean code to run.
func runnableInfo(info string) bool {
	word := strings.ToLower(strings.Trim(strings.TrimSpace(info), "{}. "))
	word, _, _ = strings.Cut(word, " ")
	for _, w := range runnable {
		if word == w {
			return true
		}
	}
	return false
}

// codeOf is what to run of a block: all of it, or the argument if the block is a
// call written as JSON.
func codeOf(block string) string {
	text := strings.TrimSpace(block)
	if !strings.HasPrefix(text, "{") && !strings.HasPrefix(text, "[{") {
		return tidy(block)
	}
	if c, err := Argument([]byte(text)); err == nil && strings.TrimSpace(c) != "" {
		return c
	}
	return tidy(block)
}
