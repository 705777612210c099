package formula

import (
	"maps"
	"strings"
)

// Macros are commands that the text itself defines, by their names with the
// backslash.
type Macros map[string]Macro

// Macro is what one command stands for.
type Macro struct {
	args     int     // how many it takes
	optional []token // what the first one is if it is not given
	defaults bool    // the first one may be left out
	body     []token
}

// expander replaces macros until none is left or a bound is reached.
type expander struct {
	macros Macros
	own    bool // macros is no longer the caller's
	left   int  // expansions that may still be made
}

// expand replaces the macros in toks, and takes the definitions out. It is false if
// that goes on for too long, or a definition or a use is not well formed.
func expand(toks []token, macros Macros) ([]token, bool) {
	if len(macros) == 0 && !defines(toks) {
		return toks, len(toks) <= maxTokens
	}
	e := expander{macros: macros, left: maxExpansions}
	return e.all(toks)
}

func defines(toks []token) bool {
	for _, t := range toks {
		if defining(t) {
			return true
		}
	}
	return false
}

// defining tells the commands that define others.
func defining(t token) bool {
	switch t.name() {
	case "newcommand", "renewcommand", "providecommand", "def", "DeclareMathOperator", "let":
		return t.command()
	}
	return false
}

func (e *expander) all(toks []token) ([]token, bool) {
	var out []token
	for i := 0; i < len(toks); {
		if len(out) > maxTokens {
			return nil, false
		}
		t := toks[i]
		if defining(t) {
			n, ok := e.define(toks[i:])
			if !ok {
				return nil, false
			}
			i += n
			continue
		}
		m, ok := e.macros[string(t)]
		if !ok {
			out = append(out, t)
			i++
			continue
		}
		body, n, ok := m.apply(toks[i+1:])
		e.left--
		if !ok || e.left < 0 || len(body)+len(toks)-i > maxTokens {
			return nil, false
		}
		toks, i = append(body, toks[i+1+n:]...), 0
	}
	return out, len(out) <= maxTokens
}

// apply is what m stands for before the arguments that rest begins with, and how many
// tokens these are.
func (m Macro) apply(rest []token) (body []token, n int, ok bool) {
	args := make([][]token, 0, m.args)
	if m.defaults {
		arg, size := bracketed(rest)
		if size == 0 {
			arg = m.optional
		}
		args, n = append(args, arg), size
	}
	for len(args) < m.args {
		arg, size := argument(rest[n:])
		if size == 0 {
			return nil, 0, false
		}
		args, n = append(args, arg), n+size
	}
	for i := 0; i < len(m.body); i++ {
		if m.body[i] != "#" || i+1 == len(m.body) {
			body = append(body, m.body[i])
			continue
		}
		i++
		k := int(m.body[i][0] - '0')
		if k < 1 || k > len(args) {
			return nil, 0, false
		}
		if body = append(body, args[k-1]...); len(body) > maxTokens {
			return nil, 0, false
		}
	}
	return body, n, true
}

// define keeps the definition that toks begins with and says how long it is.
func (e *expander) define(toks []token) (n int, ok bool) {
	name, m, n := definition(toks)
	if n == 0 {
		return 0, false
	}
	if !e.own {
		e.macros, e.own = maps.Clone(e.macros), true
	}
	if e.macros == nil {
		e.macros = Macros{}
	}
	e.macros[name] = m
	return n, true
}

// definition reads the definition that toks begins with; n is 0 if there is none.
func definition(toks []token) (name string, m Macro, n int) {
	kind := toks[0].name()
	n = 1
	arg, size := argument(toks[n:])
	if size == 0 || len(arg) != 1 || !arg[0].command() {
		return "", m, 0
	}
	name, n = string(arg[0]), n+size
	switch kind {
	case "def":
		for n+1 < len(toks) && toks[n] == "#" {
			m.args, n = m.args+1, n+2
		}
	case "let":
		for n < len(toks) && (toks[n].space() || toks[n] == "=") {
			n++
		}
	default:
		n += m.signature(toks[n:])
	}
	body, size := argument(toks[n:])
	if size == 0 || m.args > 9 {
		return "", m, 0
	}
	m.body = body
	if kind == "DeclareMathOperator" {
		op := token(`\operatorname`)
		if strings.HasSuffix(string(toks[0]), "*") {
			op = `\operatorname*`
		}
		m.body = append([]token{op, "{"}, append(body, "}")...)
	}
	return name, m, n + size
}

// signature reads how many arguments a macro takes and what the first one defaults to.
func (m *Macro) signature(toks []token) (n int) {
	count, n := bracketed(toks)
	if n == 0 {
		return 0
	}
	if len(count) == 1 && digit(count[0][0]) {
		m.args = int(count[0][0] - '0')
	}
	if m.args == 0 {
		return n
	}
	optional, size := bracketed(toks[n:])
	m.optional, m.defaults = optional, size > 0
	return n + size
}
