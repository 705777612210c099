// Package export writes attempts for others to read: as a Markdown, LaTeX or HTML
// document, or as JSON.
//
//	err := export.Write(w, export.HTML, summary, events)
//	path, err := export.Save(".", export.HTML, summary, events) // a new file there
//
// What a model wrote is set by what it says, and never obeyed: a document has the headings
// and sections that this package gives it, whatever the replies hold. Each format has its
// own allow list for that; what is not on it is shown as its source.
//
// Write reads the events once and keeps no state, and may be called from any goroutine.
package export

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/aimo3/aimo3/engine"
	"github.com/aimo3/aimo3/engine/wire"
	"github.com/aimo3/aimo3/tui/phrase"
)

// Format is a form that an attempt is written in. It is also how a file's name ends.
type Format string

// The formats.
const (
	Markdown Format = "md"
	HTML     Format = "html"
	LaTeX    Format = "tex"
	JSON     Format = "json"
	Lines    Format = "jsonl"
)

// Formats are all there are, those for people first.
func Formats() []Format { return []Format{Markdown, HTML, LaTeX, JSON, Lines} }

// Means says what a format is good for, in a few words.
func (f Format) Means() string {
	return map[Format]string{
		Markdown: "Markdown, to read and edit", HTML: "a web page with its formulas drawn", LaTeX: "a document for TeX",
		JSON: "one object with what every sample said", Lines: "every event, one a line",
	}[f]
}

// Parse reads a format's name, in capitals or not.
func Parse(s string) (Format, error) {
	for _, f := range Formats() {
		if strings.EqualFold(s, string(f)) {
			return f, nil
		}
	}
	return "", &engine.Fault{Class: engine.Invalid, What: fmt.Sprintf("unknown format %q", s), Todo: "use json, jsonl, md, tex or html"}
}

// Events reads the events of an attempt with Seq > after, at most Page of them.
type Events func(after uint64) ([]engine.Event, error)

// Page is how many events are read at once.
const Page = 2000

// Write writes a stored attempt.
func Write(w io.Writer, f Format, a engine.Summary, events Events) error {
	if f == Lines {
		b := bufio.NewWriterSize(w, 1<<16)
		err := wire.EachEvent(Page, events, func(e engine.Event) error { return wire.WriteLine(b, e) })
		return errors.Join(err, b.Flush())
	}
	p, err := wire.ProgressOf(a, Page, events)
	if err != nil {
		return err
	}
	return write(w, f, p, a.Marks)
}

// write writes what the events of an attempt come to, and what a person said of it.
func write(w io.Writer, f Format, p *engine.Progress, said engine.Marks) error {
	switch f {
	case Markdown:
		return WriteMarkdown(w, p, said)
	case LaTeX:
		return WriteLaTeX(w, p, said)
	case HTML:
		return WriteHTML(w, p, said)
	case JSON, Lines:
	}
	of := wire.Of(p, true)
	of.Marks = said
	return wire.WriteJSON(w, of)
}

// about is how an attempt was planned, which one it is, and what a person said of it: a line
// each, untrusted.
func about(p *engine.Progress, said engine.Marks) []string {
	lines := []string{phrase.Plan(p)}
	if p.ID != "" {
		lines = append(lines, "attempt "+string(p.ID)+" · begun "+p.Begun.UTC().Format("2006-01-02 15:04")+" UTC")
	}
	if marks := phrase.Marks(said); marks != "" {
		lines = append(lines, "marked: "+marks)
	}
	return lines
}
