package monitor

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"math"
	"strconv"
	"strings"
)

const (
	maxPlistBytes = 4 << 20
	maxPlistDepth = 32
)

// parsePlist reads an XML property list: a dict as map[string]any, an array as
// []any, integers and reals as float64, strings and booleans as themselves, and
// anything else as nil.
func parsePlist(text []byte) (any, error) {
	if len(text) > maxPlistBytes {
		return nil, errTooMuch
	}
	p := plist{xml.NewDecoder(bytes.NewReader(text))}
	start, ok, err := p.next()
	switch {
	case errors.Is(err, io.EOF):
		return nil, errNotPlist
	case err != nil:
		return nil, err
	case !ok || start.Name.Local != "plist":
		return nil, errNotPlist
	}
	if start, ok, err = p.next(); err != nil {
		return nil, err
	}
	if !ok {
		return nil, errNotPlist
	}
	v, err := p.value(start, 0)
	if err != nil {
		return nil, err
	}
	return v, nil
}

type plist struct{ in *xml.Decoder }

// next finds the next element; ok is false if the one around it ends instead.
func (p plist) next() (start xml.StartElement, ok bool, err error) {
	for {
		token, err := p.in.Token()
		if err != nil {
			return xml.StartElement{}, false, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			return t, true, nil
		case xml.EndElement:
			return xml.StartElement{}, false, nil
		}
	}
}

func (p plist) value(start xml.StartElement, depth int) (any, error) {
	if depth > maxPlistDepth {
		return nil, errTooMuch
	}
	switch start.Name.Local {
	case "dict":
		return p.dict(depth)
	case "array":
		return p.array(depth)
	case "string":
		return p.text(start)
	case "integer", "real":
		text, err := p.text(start)
		return number(text), err
	case "true", "false":
		return start.Name.Local == "true", p.in.Skip()
	}
	return nil, p.in.Skip()
}

func (p plist) dict(depth int) (any, error) {
	fields := map[string]any{}
	for {
		start, ok, err := p.next()
		if err != nil || !ok {
			return fields, err
		}
		if start.Name.Local != "key" {
			return nil, errNotPlist
		}
		key, err := p.text(start)
		if err != nil {
			return nil, err
		}
		if start, ok, err = p.next(); err != nil {
			return nil, err
		}
		if !ok {
			return nil, errNotPlist
		}
		if fields[key], err = p.value(start, depth+1); err != nil {
			return nil, err
		}
	}
}

func (p plist) array(depth int) (any, error) {
	list := []any{}
	for {
		start, ok, err := p.next()
		if err != nil || !ok {
			return list, err
		}
		item, err := p.value(start, depth+1)
		if err != nil {
			return nil, err
		}
		list = append(list, item)
	}
}

func (p plist) text(start xml.StartElement) (string, error) {
	var s string
	err := p.in.DecodeElement(&s, &start)
	return s, err
}

// number is nil unless text is a finite number.
func number(text string) any {
	n, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	if err != nil || math.IsInf(n, 0) || math.IsNaN(n) {
		return nil
	}
	return n
}
