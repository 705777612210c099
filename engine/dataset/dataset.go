package dataset

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strconv"

	"github.com/aimo3/aimo3/engine"
)

// The bounds of what is read.
const (
	MaxProblems    = 250_000
	MaxKeptBytes   = 64 << 20 // of statements, answers and names, all together
	MaxRecordBytes = 1 << 20  // of one row, object, text between two separators, or file of a folder
	MaxSourceBytes = 8 << 30  // of a file once unpacked
	maxFieldBytes  = 4 << 10  // of an answer, a name, a subject, a level
)

// Entry is a problem and what its source says of it.
type Entry struct {
	engine.Problem
	Subject, Level string // "" if not said
	Line           int    // in the source, from 1; 0 in a folder
}

// Set is what was read.
type Set struct {
	Name    string // the file's, without its folder; "stdin"
	Format  Format
	Mapping []Mapped // of CSV and JSON: which column is what
	Columns []string // others that there are, in order
	Read    int      // problems in the source, of which Entries are those picked
	Entries []Entry
}

// Mapped says where a field is read from.
type Mapped struct {
	Field  Field
	Column string
}

// Options say what is read, and how where that is not to be found out.
type Options struct {
	Path      string    // of a file or a folder; "" or "-" is Input
	Input     io.Reader // standard input
	Format    Format    // "" is found out
	Fields    map[Field]string
	Separator string // line between two problems of a text; "" is any of three or more - = * or #
	Pick      Pick
}

// Read reads a source whole.
func Read(ctx context.Context, o Options) (*Set, error) {
	c := &collector{set: &Set{Name: name(o.Path)}, pick: o.Pick.filter(), seen: map[string]int{}}
	c.as = c.readAs
	if err := c.readFrom(ctx, o); err != nil {
		return nil, err
	}
	if err := c.pick.unmet(c.seen); err != nil {
		return nil, c.fault(position{}, "%w", err)
	}
	c.set.Entries = o.Pick.order(c.set.Entries)
	if c.set.Read == 0 {
		return nil, c.fault(position{}, "there is no problem in it")
	}
	return c.set, nil
}

func name(path string) string {
	if path == "" || path == "-" {
		return "stdin"
	}
	return filepath.Base(path)
}

// collector takes the problems of a source one by one.
type collector struct {
	set  *Set
	pick *filter
	seen map[string]int                                            // lines of names
	kept int                                                       // bytes
	as   func(m *meter, r io.Reader, head string, o Options) error // reads a source that begins so
}

// record is a problem as it stands in the source.
type record struct {
	statement, key, id, subject, level string
	at                                 position
}

// take adds a record, or says what is wrong with it.
func (c *collector) take(r record) error {
	c.set.Read++
	if c.set.Read > MaxProblems {
		return c.fault(r.at, "there are more than %d problems: split the file", MaxProblems)
	}
	if r.id == "" {
		r.id = strconv.Itoa(c.set.Read)
	}
	for _, f := range []string{r.id, r.key, r.subject, r.level} {
		if len(f) > maxFieldBytes {
			return c.fault(r.at, "a field of %d bytes; at most %d are accepted of all but the problem", len(f), maxFieldBytes)
		}
	}
	if line, again := c.seen[r.id]; again {
		return c.fault(r.at, "the name %q is that of line %d too: names must differ, or leave their column out with --field id=", r.id, line)
	}
	c.seen[r.id] = r.at.line
	if !c.pick.takes(r) {
		return nil
	}
	return c.keep(r)
}

func (c *collector) keep(r record) error {
	p, err := engine.NewProblem(c.set.Name, r.statement)
	if err != nil {
		return c.fault(r.at, "%w", err)
	}
	if broken(r) {
		return c.fault(r.at, "a character of it is broken (U+FFFD): it was read in another encoding somewhere, or holds half of a surrogate pair")
	}
	p.ID, p.Key = r.id, r.key
	c.kept += len(p.Statement) + len(p.ID) + len(p.Key) + len(r.subject) + len(r.level)
	if c.kept > MaxKeptBytes {
		return c.fault(r.at, "more than %d MB of text: split the file, or take less with --limit", MaxKeptBytes>>20)
	}
	c.set.Entries = append(c.set.Entries, Entry{p, r.subject, r.level, r.at.line})
	return nil
}

// position is a place in a source; its zero is the source as a whole.
type position struct{ line, column int }

// fault says what is wrong where.
func (c *collector) fault(at position, format string, args ...any) error {
	where := c.set.Name
	if at.line > 0 {
		where += fmt.Sprintf(":%d", at.line)
		if at.column > 0 {
			where += fmt.Sprintf(":%d", at.column)
		}
	}
	err := fmt.Errorf(format, args...)
	todo := "mend it there and read it again"
	var f *engine.Fault
	if errors.As(err, &f) {
		return &engine.Fault{Class: engine.Invalid, What: where + ": " + f.What, Todo: f.Todo}
	}
	return &engine.Fault{Class: engine.Invalid, What: where + ": " + err.Error(), Todo: todo}
}
