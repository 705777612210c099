// Package config reads settings from where a person keeps them, and writes the
// file that they are kept in.
//
// Settings come from four kinds of sources. Each is read into values that know
// their origin, and is laid over those that count less:
//
//	all := config.New()
//	mine, err := config.Read("/home/ada/.config/aimo3/config.yaml") // samples: 16
//	all.Add(mine)
//	all.Add([]config.Value{{Key: "samples", Text: "4", From: config.Origin{
//		Source: config.Environment, Variable: "AIMO3_SAMPLES"}}})
//	v, _ := all.Value("samples") // 4, from AIMO3_SAMPLES
//
// A value is text, as it was written: what it means, and whether it is right, is
// for the reader of the flag that has the key's name. So a file, a variable and
// the command line have the same values and the same errors, and `think: on` is
// the word "on" and no YAML boolean. This package knows no key by name.
//
// What is read was perhaps written by a stranger: size and form are bounded, and
// a file that does not fit is an error that names file and line, never half a
// configuration.
package config

import (
	"fmt"

	"github.com/knadh/koanf/v2"
)

// Source is a kind of place where a value can come from.
type Source string

// The sources, the one that counts most first.
const (
	Flag        Source = "flag"
	Environment Source = "environment"
	File        Source = "file"
	Remembered  Source = "remembered" // what was used last in the app
	Default     Source = "default"
)

// Origin is where a value comes from.
type Origin struct {
	Source   Source `json:"source"`
	Variable string `json:"variable,omitempty"` // of the environment
	File     string `json:"file,omitempty"`     // also of a variable, if an env file sets it
	Line     int    `json:"line,omitempty"`     // in File, from 1
}

// String is the origin in words: "default", "AIMO3_SEED", "./aimo3.yaml:3".
func (o Origin) String() string {
	at := fmt.Sprintf("%s:%d", o.File, o.Line)
	switch {
	case o.Variable != "" && o.File != "":
		return o.Variable + " in " + at
	case o.Variable != "":
		return o.Variable
	case o.File != "":
		return at
	}
	return string(o.Source)
}

// Value is what one source says of one key.
type Value struct {
	Key, Text string
	From      Origin
}

// Where names the value in an error: "AIMO3_SEED", "./aimo3.yaml:3: seed".
func (v Value) Where() string {
	name := v.Key
	if v.From.Variable != "" {
		name = v.From.Variable
	}
	if v.From.File == "" {
		return name
	}
	return fmt.Sprintf("%s:%d: %s", v.From.File, v.From.Line, name)
}

// Settings are the values of all sources, one a key.
type Settings struct{ all *koanf.Koanf }

// New has no values yet.
func New() *Settings { return &Settings{koanf.New(".")} }

// Add lays the values of a source over those that are there.
func (s *Settings) Add(values []Value) error { return s.all.Load(source(values), nil) }

// Value is what counts of a key, if any source has it.
func (s *Settings) Value(key string) (Value, bool) {
	v, ok := s.all.Get(key).(Value)
	return v, ok
}

// source gives koanf the values of one source.
type source []Value

// Read is the values by key.
func (s source) Read() (map[string]any, error) {
	byKey := make(map[string]any, len(s))
	for _, v := range s {
		byKey[v.Key] = v
	}
	return byKey, nil
}

// ReadBytes fails: there is nothing left to parse.
func (source) ReadBytes() ([]byte, error) { return nil, fmt.Errorf("values have no bytes") }
