// Package rewrite turns what models write in Python into Starlark where
// Starlark's parser would refuse it: powers, f-strings, imports, chained
// comparisons, sets, generator expressions. It works on tokens, so strings and
// comments are left alone; every line stays on its line; text without such
// constructs comes out as it went in.
package rewrite

import (
	"fmt"
	"strings"
)

// Names of the functions that rewritten text calls.
const (
	Pow      = "__pow"      // Pow(base, exponent)
	Format   = "__format"   // Format("text", [value, conversion, spec], …)
	Import   = "__import"   // Import(module) or Import(module, name)
	Splat    = "__splat"    // Splat(list, list, …): one list of all
	Merge    = "__merge"    // Merge(dict, dict, …): one dict of all
	Unpack   = "__unpack"   // Unpack(before, after, value): the middle as a list
	Delete   = "__delete"   // Delete(container, key)
	Global   = "__global"   // Global("x", …): a declaration, gone before it runs
	Nonlocal = "__nonlocal" // Nonlocal("x", …): likewise
	Decorate = "__decorate" // Decorate(f): applies to the next def
)

// An Unsupported is a construct that is not there; Instead says what to write.
type Unsupported struct {
	Line    int
	What    string
	Instead string
}

func (u *Unsupported) Error() string {
	return fmt.Sprintf("line %d: %s is not available here: %s", u.Line, u.What, u.Instead)
}

// piece is a span of the source and what is to stand there.
type piece struct {
	start, end int
	text       string
	key        string // of an index expression, what is between its last brackets
	base       string // and what is before them
	star       bool   // it was written with a star before it
}

// rewriter parses one source; it stops at the first thing it cannot follow,
// which is then for Starlark's parser to name.
type rewriter struct {
	src    string
	tokens []token
	at     int
	depth  int
	heads  []head // the compound statements that may go on with an else
	middle int    // how many middles of chains have a name
	fault  *Unsupported
}

// maxDepth bounds how deep expressions nest.
const maxDepth = 200

// lost ends the parse of a statement. It never leaves the package.
type lost struct{}

// Source gives the Starlark text of code. The error is always *Unsupported.
func Source(code string) (string, error) {
	r := &rewriter{src: code}
	var ok bool
	if r.tokens, ok = scan(code); !ok {
		return code, nil
	}
	var out strings.Builder
	end := 0
	for r.tokens[r.at].kind != ending {
		line := r.line()
		if r.fault != nil {
			return "", r.fault
		}
		out.WriteString(code[end:line.start])
		out.WriteString(line.text)
		end = line.end
	}
	out.WriteString(code[end:])
	return out.String(), nil
}

// line rewrites a logical line; one that cannot be followed stays as it is.
func (r *rewriter) line() (out piece) {
	start := r.at
	defer func() {
		if err := recover(); err != nil {
			if _, ours := err.(lost); !ours {
				panic(err)
			}
			out = r.skip(start)
		}
	}()
	r.depth = 0
	if r.peek().kind == newline {
		return r.skip(start)
	}
	out = r.statements()
	if r.peek().kind != newline {
		r.lose()
	}
	r.at++
	return out
}

func (r *rewriter) skip(start int) piece {
	for r.at = start; r.tokens[r.at].kind != newline; r.at++ {
		continue
	}
	from, to := r.tokens[start].start, r.tokens[r.at].start
	r.at++
	return piece{start: from, end: to, text: r.src[from:to]}
}

func (r *rewriter) lose() { panic(lost{}) }

// refuse records a construct that is not there and ends the parse.
func (r *rewriter) refuse(at int, what, instead string) {
	if r.fault == nil {
		r.fault = &Unsupported{1 + strings.Count(r.src[:at], "\n"), what, instead}
	}
	r.lose()
}

func (r *rewriter) peek() token { return r.tokens[r.at] }

// word is the text of the next token, "" for a string or the end of a line.
func (r *rewriter) word() string {
	t := r.peek()
	if t.kind == text || t.kind == newline || t.kind == ending {
		return ""
	}
	return r.src[t.start:t.end]
}

// take is the next token if it reads so.
func (r *rewriter) take(word string) (token, bool) {
	if r.word() != word {
		return token{}, false
	}
	r.at++
	return r.tokens[r.at-1], true
}

func (r *rewriter) want(word string) token {
	t, ok := r.take(word)
	if !ok {
		r.lose()
	}
	return t
}

func (r *rewriter) plain(t token) piece {
	return piece{start: t.start, end: t.end, text: r.src[t.start:t.end]}
}

// join sets pieces side by side with what the source has between them.
func (r *rewriter) join(parts ...piece) piece {
	var b strings.Builder
	for i, p := range parts {
		if i > 0 {
			b.WriteString(r.src[parts[i-1].end:p.start])
		}
		b.WriteString(p.text)
	}
	return piece{start: parts[0].start, end: parts[len(parts)-1].end, text: b.String()}
}

// over stands for a span with a new text that keeps its line ends.
func (r *rewriter) over(start, end int, open, inside, shut string) piece {
	missing := strings.Count(r.src[start:end], "\n") - strings.Count(open+inside+shut, "\n")
	return piece{start: start, end: end, text: open + inside + strings.Repeat("\n", max(missing, 0)) + shut}
}
