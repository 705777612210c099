package cli

import (
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/aimo3/aimo3/engine/answer/asked"
	"github.com/aimo3/aimo3/engine/wire"
	"github.com/aimo3/aimo3/theme"
	"github.com/aimo3/aimo3/tui/cli/config"
)

// parsed is a flag that a function reads.
type parsed[T any] struct {
	text string
	kind string
	into *T
	read func(string) (T, error)
}

// String is the value's text, for help.
func (p *parsed[T]) String() string { return p.text }

// Type is a word for what the flag takes, for help.
func (p *parsed[T]) Type() string { return p.kind }

// Set reads the value.
func (p *parsed[T]) Set(s string) error {
	v, err := p.read(strings.TrimSpace(s))
	if err == nil {
		*p.into, p.text = v, s
	}
	return err
}

// listed is a flag that may stand several times, each time with one value or several,
// commas between.
type listed struct {
	kind string
	into *[]string
	read func(string) ([]string, error)
	set  bool
}

// String is the values with commas between, for help.
func (l *listed) String() string { return strings.Join(*l.into, ",") }

// Type is a word for what the flag takes, for help.
func (l *listed) Type() string { return l.kind }

// Set adds values; the first ones replace the default.
func (l *listed) Set(s string) error {
	more, err := l.read(strings.TrimSpace(s))
	if err != nil {
		return err
	}
	if !l.set {
		*l.into, l.set = nil, true
	}
	for _, one := range more {
		if !slices.Contains(*l.into, one) {
			*l.into = append(*l.into, one)
		}
	}
	return nil
}

// modelNames are names of models with commas between.
func modelNames(list string) ([]string, error) {
	var names []string
	for name := range strings.SplitSeq(list, ",") {
		if name = strings.TrimSpace(name); name != "" {
			names = append(names, name)
		}
	}
	return names, nil
}

func whole(minValue, maxValue int) func(string) (int, error) {
	return func(s string) (int, error) {
		n, err := strconv.Atoi(s)
		if err != nil || n < minValue || n > maxValue {
			return 0, fmt.Errorf("%q is not a whole number from %d to %d", s, minValue, maxValue)
		}
		return n, nil
	}
}

func decimal(minValue, maxValue float64) func(string) (float64, error) {
	return func(s string) (float64, error) {
		x, err := strconv.ParseFloat(s, 64)
		if err != nil || !(x >= minValue && x <= maxValue) {
			return 0, fmt.Errorf("%q is not a number from %g to %g", s, minValue, maxValue)
		}
		return x, nil
	}
}

func temperature(s string) (float64, error) {
	lowest, highest := wire.Range("temperature")
	return decimal(float64(lowest), float64(highest))(s)
}

// seed reads what chance starts from. Servers take a negative one for none at
// all, and take numbers that are too large for a float's digits for each other.
func seed(s string) (int64, error) {
	n, err := whole(wire.Range("seed"))(s)
	return int64(n), err
}

func pointer[T any](read func(string) (T, error)) func(string) (*T, error) {
	return func(s string) (*T, error) {
		v, err := read(s)
		return &v, err
	}
}

// budget reads a time such as 5m; "none" is no bound.
func budget(s string) (time.Duration, error) {
	if s == "none" {
		return -1, nil
	}
	d, err := time.ParseDuration(s)
	if err != nil || d <= 0 {
		return 0, fmt.Errorf("%q is not a time such as 90s or 5m, nor \"none\"", s)
	}
	return d, nil
}

// candidates reads a number of them, of which none is negative in a Plan.
func candidates(s string) (int, error) {
	n, err := whole(wire.Range("logprobs"))(s)
	if n == 0 {
		n = -1
	}
	return n, err
}

func answerRange(s string) (string, error) {
	r, err := asked.ParseRange(s)
	return r.String(), err
}

func positive(s string) (time.Duration, error) {
	d, err := time.ParseDuration(s)
	if err != nil || d <= 0 {
		return 0, fmt.Errorf("%q is not a time such as 6s or 1m", s)
	}
	return d, nil
}

// themeName reads the name of a palette; "auto", like "", is none.
func (s *shell) themeName(name string) (string, error) {
	if name == "" || strings.EqualFold(name, "auto") {
		return name, nil
	}
	if p, err := theme.Find(name); err == nil {
		return p.Name, nil
	}
	_, err := theme.FindIn(Themes(s.Getenv), name)
	return name, err
}

// Themes is the folder of a person's own palettes, beside the file of settings; "" if the
// environment names no place.
func Themes(getenv func(string) string) string {
	mine := config.User(getenv)
	if mine == "" {
		return ""
	}
	return filepath.Join(filepath.Dir(mine), "themes")
}

// announcements reads what the terminal is to be told; nil for "auto", which leaves that to
// what the terminal is.
func announcements(list string) ([]string, error) {
	all := []string{}
	switch list {
	case "auto", "":
		return nil, nil
	case "none":
		return all, nil
	}
	for one := range strings.SplitSeq(list, ",") {
		one = strings.TrimSpace(one)
		if !slices.Contains([]string{"title", "progress", "bell", "notify"}, one) {
			return nil, fmt.Errorf("%q is not title, progress, bell, notify, none or auto", one)
		}
		all = append(all, one)
	}
	return all, nil
}
