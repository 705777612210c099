package dataset

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/aimo3/aimo3/engine"
)

// sampleReader reads recorded samples of one source.
type sampleReader struct {
	*collector
	said map[Field]string
	by   map[Field]string
	take func(Sample) error
}

// readAs reads a source that begins so.
func (r *sampleReader) readAs(m *meter, from io.Reader, head string, _ Options) error {
	if kind := engine.KindOf(head); kind != "" {
		return r.fault(position{}, "it is %s: give a file of text", kind)
	}
	if begin := strings.TrimLeft(head, " \t\r\n"); strings.HasPrefix(begin, "{") || strings.HasPrefix(begin, "[") {
		r.set.Format = JSON
		return r.readJSON(m, from, strings.HasPrefix(begin, "["))
	}
	r.set.Format = CSV
	return r.readTable(m, from, firstRow(head))
}

func (r *sampleReader) readJSON(m *meter, from io.Reader, list bool) error {
	d := &objects{collector: r.collector, m: m, d: json.NewDecoder(from), list: list}
	if list {
		if _, err := d.d.Token(); err != nil {
			return d.jsonFault(err)
		}
	}
	for {
		m.next(d.d.InputOffset())
		values, columns, at, err := d.object()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := r.find(columns, func(c string) bool { return reach(values, c) != nil }); err != nil {
			return r.fault(at, "%w", err)
		}
		if err := r.row(func(c string) (string, error) { return saidIn(reach(values, c)) }, at); err != nil {
			return err
		}
	}
}

// readTable reads rows, parted by what parts the names of the first one.
func (r *sampleReader) readTable(m *meter, from io.Reader, head string) error {
	t := csv.NewReader(from)
	t.ReuseRecord = true
	for _, comma := range []rune{',', '\t', ';'} {
		if t.Comma = comma; strings.ContainsRune(head, comma) {
			break
		}
	}
	first, err := t.Read()
	if err != nil {
		return r.csvFault(err)
	}
	columns := slices.Clone(first)
	for i := range columns {
		columns[i] = strings.Clone(strings.TrimSpace(columns[i]))
	}
	if err := r.find(columns, func(c string) bool { return slices.Contains(columns, c) }); err != nil {
		return r.fault(position{1, 0}, "%w", err)
	}
	for {
		m.next(t.InputOffset())
		row, err := t.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return r.csvFault(err)
		}
		line, _ := t.FieldPos(0)
		value := func(c string) (string, error) { return strings.Clone(row[slices.Index(columns, c)]), nil }
		if err := r.row(value, position{line, 1}); err != nil {
			return err
		}
	}
}

// find finds the columns, once.
func (r *sampleReader) find(columns []string, has func(string) bool) (err error) {
	if r.by != nil {
		return nil
	}
	if r.by, err = sampleMapping(columns, r.said, has); err != nil {
		return err
	}
	fields, _ := SampleFields()
	for _, f := range fields {
		if r.by[f] != "" {
			r.set.Mapping = append(r.set.Mapping, Mapped{f, r.by[f]})
		}
	}
	return nil
}

// row takes one sample.
func (r *sampleReader) row(value func(column string) (string, error), at position) error {
	if r.set.Read++; r.set.Read > MaxSamples {
		return r.fault(at, "there are more than %d samples: split the file", MaxSamples)
	}
	texts := map[Field]string{}
	for f, column := range r.by {
		text, err := value(column)
		if err != nil {
			return r.fault(at, "the field %q (%s) %w", column, f, err)
		}
		if !utf8.ValidString(text) {
			return r.fault(at, "the field %q (%s) is not valid UTF-8 text; it may be in Latin-1 or another encoding", column, f)
		}
		texts[f] = text
	}
	s, err := r.sample(texts)
	if err == nil {
		s.Line = at.line
		err = r.take(s)
	}
	if err != nil {
		return r.fault(at, "%w", err)
	}
	return nil
}

// sample reads the texts of one sample.
func (r *sampleReader) sample(texts map[Field]string) (s Sample, err error) {
	for _, f := range []Field{ID, Subject, Level} {
		if texts[f] = strings.TrimSpace(texts[f]); len(texts[f]) > maxFieldBytes {
			return s, fmt.Errorf("the %s has %d bytes; at most %d are accepted", f, len(texts[f]), maxFieldBytes)
		}
	}
	if len(texts[Given]) > maxAnswerBytes {
		return s, fmt.Errorf("an answer of %d bytes; at most %d are accepted", len(texts[Given]), maxAnswerBytes)
	}
	s = Sample{
		ID: texts[ID], Subject: texts[Subject], Level: texts[Level], Statement: strings.TrimSpace(texts[Statement]), Text: texts[Reply],
		Expected: workedOut(texts[Expected]), Answer: strings.TrimSpace(texts[Given]), Answered: r.by[Given] != "",
	}
	if s.ID == "" && s.Statement == "" {
		return s, errors.New("neither a name nor a statement says which problem it is of")
	}
	if right := texts[Right]; right != "" {
		is, err := truth(right)
		if err != nil {
			return s, err
		}
		s.Right = &is
	}
	s.Truncated = slices.Contains([]string{"true", "1", "length", "max_tokens"}, strings.ToLower(texts[Truncated]))
	for f, to := range map[Field]*int{Tokens: &s.Tokens, Cells: &s.Cells, CellErrors: &s.CellErrors} {
		n, err := count(f, texts[f])
		if err != nil {
			return s, err
		}
		*to = int(n)
	}
	s.Seconds, err = count(Seconds, texts[Seconds])
	return s, err
}

func truth(text string) (bool, error) {
	switch strings.ToLower(strings.TrimSpace(text)) {
	case "true", "1", "yes", "1.0":
		return true, nil
	case "false", "0", "no", "0.0":
		return false, nil
	}
	return false, fmt.Errorf("right is %s, where true or false is wanted", cut([]byte(text)))
}

// count reads a number that is not negative; of nothing it is 0.
func count(f Field, text string) (float64, error) {
	const maxCount = 1e15
	text = strings.TrimSpace(text)
	if text == "" {
		return 0, nil
	}
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || !(n >= 0 && n <= maxCount) || f != Seconds && n != math.Trunc(n) {
		return 0, fmt.Errorf("%s is %s, where a number of at least 0 is wanted", f, cut([]byte(text)))
	}
	return n, nil
}

// reach is the value of a column: of that name, or within an object whose name is what stands
// before a point. It is nil if there is none.
func reach(values map[string]json.RawMessage, column string) json.RawMessage {
	if v, is := values[column]; is {
		return v
	}
	for i := range len(column) {
		if column[i] != '.' {
			continue
		}
		if v, is := values[column[:i]]; is {
			if within, _, err := object(v); err == nil {
				return reach(within, column[i+1:])
			}
		}
	}
	return nil
}

// saidIn is a value as text. Of a conversation it is what its last turn of an assistant says
// that calls nothing.
func saidIn(raw json.RawMessage) (string, error) {
	var turns []struct {
		Role      string  `json:"role"`
		Recipient *string `json:"recipient"`
		Content   string  `json:"content"`
	}
	if len(raw) == 0 || raw[0] != '[' || !strings.HasPrefix(strings.TrimLeft(string(raw[1:min(len(raw), 64)]), " \t\r\n"), "{") {
		return textOf(raw)
	}
	if err := json.Unmarshal(raw, &turns); err != nil {
		return "", errors.New("is a list of objects, but no conversation of turns with a role and content")
	}
	for _, t := range slices.Backward(turns) {
		if t.Role == "assistant" && t.Recipient == nil {
			return t.Content, nil
		}
	}
	return "", nil
}
