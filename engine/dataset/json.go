package dataset

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// objects reads objects of JSON, one after another or in a list.
type objects struct {
	*collector
	m    *meter
	d    *json.Decoder
	list bool
	said map[Field]string
	by   map[Field]string
}

func (c *collector) readJSON(m *meter, from io.Reader, o Options, list bool) error {
	r := &objects{collector: c, m: m, d: json.NewDecoder(from), list: list, said: o.Fields}
	if list {
		if _, err := r.d.Token(); err != nil {
			return r.jsonFault(err)
		}
	}
	var first []string
	for {
		m.next(r.d.InputOffset())
		columns, err := r.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if first == nil {
			first = columns
		}
	}
	c.mapped(first, r.by)
	return nil
}

// next takes the next object and returns its names; the error is io.EOF at the end.
func (r *objects) next() (columns []string, err error) {
	values, columns, at, err := r.object()
	if err != nil {
		return nil, err
	}
	if err := r.findColumns(columns); err != nil {
		return nil, r.fault(at, "%w", err)
	}
	return columns, r.takeObject(values, at)
}

// object reads the next object and says where it begins; the error is io.EOF at the end.
func (r *objects) object() (values map[string]json.RawMessage, columns []string, at position, err error) {
	if r.list && !r.d.More() {
		return nil, nil, at, r.closed()
	}
	var raw json.RawMessage
	err = r.d.Decode(&raw)
	switch {
	case errors.Is(err, io.EOF) && !r.list:
		return nil, nil, at, err
	case err != nil:
		return nil, nil, at, r.jsonFault(err)
	}
	at = r.m.at(r.d.InputOffset() - int64(len(raw)))
	if values, columns, err = object(raw); err != nil {
		err = r.fault(at, "%w", err)
	}
	return values, columns, at, err
}

// findColumns finds the columns by the first object, and those of other fields than the problem
// by a later one if that has one first.
func (r *objects) findColumns(columns []string) (err error) {
	if r.by == nil {
		r.by, err = mapping(columns, r.said)
		return err
	}
	for _, f := range Fields() {
		if _, said := r.said[f]; said || r.by[f] != "" {
			continue
		}
		if column, found := first(columns, known[f]); found {
			r.by[f] = column
		}
	}
	return nil
}

// closed reads the end of a list, after which there is nothing, and returns io.EOF.
func (r *objects) closed() error {
	if _, err := r.d.Token(); err != nil {
		return r.jsonFault(err)
	}
	end := r.d.InputOffset()
	if _, err := r.d.Token(); !errors.Is(err, io.EOF) {
		return r.fault(r.m.at(end), "something follows the list")
	}
	return io.EOF
}

func (r *objects) takeObject(values map[string]json.RawMessage, at position) error {
	if _, ok := values[r.by[Statement]]; !ok {
		return r.fault(at, "the object has no field %q, which the first one has", r.by[Statement])
	}
	texts := map[string]string{}
	for f, column := range r.by {
		text, err := textOf(values[column])
		if err != nil {
			return r.fault(at, "the field %q (%s) %w", column, f, err)
		}
		texts[column] = text
	}
	return r.take(recordOf(r.by, func(column string) string { return texts[column] }, at))
}

// object is a JSON object by its names, in which each stands once.
func object(raw json.RawMessage) (values map[string]json.RawMessage, names []string, err error) {
	if !utf8.Valid(raw) {
		return nil, nil, errors.New("it is not valid UTF-8 text; it may be in Latin-1 or another encoding")
	}
	if len(raw) == 0 || raw[0] != '{' {
		return nil, nil, fmt.Errorf("%s is no object, as in {\"problem\": …, \"answer\": …}", cut(raw))
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	_, _ = d.Token()
	values = map[string]json.RawMessage{}
	for d.More() {
		token, err := d.Token()
		if err != nil {
			return nil, nil, err
		}
		name, _ := token.(string)
		if _, twice := values[name]; twice {
			return nil, nil, fmt.Errorf("the field %q stands in it twice", name)
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return nil, nil, err
		}
		if names = append(names, name); len(names) > maxColumns {
			return nil, nil, fmt.Errorf("an object of more than %d fields", maxColumns)
		}
		values[name] = value
	}
	return values, names, nil
}

// textOf is a value as text: a string, a number as it is written, a truth value, nothing
// of null, and the texts of a list with commas between them.
func textOf(raw json.RawMessage) (string, error) {
	switch {
	case len(raw) == 0 || string(raw) == "null":
		return "", nil
	case raw[0] == '"':
		var s string
		err := json.Unmarshal(raw, &s)
		return s, err
	case raw[0] == '{':
		return "", errors.New("is an object; a text or a number is wanted")
	case raw[0] != '[':
		return string(raw), nil
	}
	var list []json.RawMessage
	if err := json.Unmarshal(raw, &list); err != nil {
		return "", err
	}
	var all []string
	for _, one := range list {
		if len(one) > 0 && one[0] == '[' {
			return "", errors.New("is a list of lists; a text or a number is wanted")
		}
		text, err := textOf(one)
		if err != nil {
			return "", err
		}
		all = append(all, text)
	}
	return strings.Join(slices.DeleteFunc(all, func(s string) bool { return s == "" }), ", "), nil
}

func (r *objects) jsonFault(err error) error {
	begins, offset := placeOf(r.d, err)
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &syntax):
		return r.fault(r.m.at(offset), "%w", err)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return r.fault(r.m.at(begins), "the file ends within what begins here")
	}
	return r.readFault(err)
}

// placeOf is where the value begins that a decoder could not read, and where in it the
// error is. The offset of a decoder's own errors leaves out what lies between values.
func placeOf(d *json.Decoder, err error) (begins, at int64) {
	rest, _ := io.ReadAll(d.Buffered())
	value := bytes.TrimLeft(rest, " \t\r\n,")
	begins = d.InputOffset() + int64(len(rest)-len(value))
	var syntax *json.SyntaxError
	if again := json.Unmarshal(value, new(json.RawMessage)); errors.As(again, &syntax) && again.Error() == err.Error() {
		return begins, begins + syntax.Offset - 1
	}
	return begins, begins
}

// cut is the beginning of a value, to be shown.
func cut(raw []byte) string {
	const maxQuoted = 20
	if len(raw) <= maxQuoted {
		return string(raw)
	}
	return strings.ToValidUTF8(string(raw[:maxQuoted]), "") + "…"
}
