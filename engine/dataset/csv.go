package dataset

import (
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
)

// maxColumns bounds the columns of a table.
const maxColumns = 1000

// readCSV reads a table whose first row names its columns. Fields may hold line breaks,
// within quotes.
func (c *collector) readCSV(m *meter, from io.Reader, o Options, comma rune) error {
	r := csv.NewReader(from)
	r.Comma, r.ReuseRecord = comma, true
	head, err := r.Read()
	if err != nil {
		return c.csvFault(err)
	}
	if len(head) > maxColumns {
		return c.fault(position{1, 0}, "%d columns; at most %d are accepted", len(head), maxColumns)
	}
	columns := make([]string, len(head))
	for i, h := range head {
		columns[i] = strings.Clone(strings.TrimSpace(h))
		if columns[i] != "" && slices.Contains(columns[:i], columns[i]) {
			line, column := r.FieldPos(i)
			return c.fault(position{line, column}, "a second column is called %q", columns[i])
		}
	}
	by, err := mapping(columns, o.Fields)
	if err != nil {
		return c.fault(position{1, 0}, "%w", err)
	}
	c.mapped(columns, by)
	for {
		m.next(r.InputOffset())
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return c.csvFault(err)
		}
		i := slices.Index(columns, by[Statement])
		line, column := r.FieldPos(i)
		value := func(name string) string { return row[slices.Index(columns, name)] }
		if err := c.take(recordOf(by, value, position{line, column})); err != nil {
			return err
		}
	}
}

func (c *collector) csvFault(err error) error {
	var parse *csv.ParseError
	switch {
	case errors.Is(err, io.EOF):
		return c.fault(position{}, "there is no row in it")
	case errors.As(err, &parse) && errors.Is(err, csv.ErrFieldCount):
		return c.fault(position{parse.Line, 0}, "the row has another number of fields than the first one")
	case errors.As(err, &parse):
		return c.fault(position{parse.Line, parse.Column}, "%w", parse.Err)
	}
	return c.readFault(err)
}

// comma finds what parts the fields of a table, by its first row: what makes a column of
// it known, or is asked for, is right. ok is false if nothing does.
func comma(head string, o Options) (found rune, ok bool) {
	for _, r := range []rune{',', '\t', ';'} {
		row := csv.NewReader(strings.NewReader(head))
		row.Comma = r
		columns, err := row.Read()
		if err != nil {
			continue
		}
		for i := range columns {
			columns[i] = strings.TrimSpace(columns[i])
		}
		if _, err := mapping(columns, o.Fields); err == nil && (len(columns) > 1 || o.Format == CSV) {
			return r, true
		}
	}
	return ',', false
}
