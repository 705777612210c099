package starlark

import (
	"context"
	"errors"
	"maps"
	"regexp"
	"slices"
	"strings"

	sl "go.starlark.net/starlark"
	"go.starlark.net/syntax"

	"github.com/aimo3/aimo3/engine/compute/starlark/rewrite"
)

// names are the globals of a session and how its functions use them.
type names struct {
	live     sl.StringDict   // every global, and again by its primed name where functions read it so
	captured map[string]bool // read by a function that is not their own
	shared   map[string]bool // declared global by a function
}

// interpreter runs cells that share their names. It is for one goroutine.
type interpreter struct {
	names    names
	output   *output
	limit    guardLimits
	compares bool // a cell has mentioned numbers of other types
}

func newInterpreter(outputBytes int, limit guardLimits) *interpreter {
	in := &interpreter{limit: limit, output: &output{most: outputBytes}}
	in.names = names{live: maps.Clone(predeclared()), captured: map[string]bool{}, shared: map[string]bool{}}
	return in
}

// exactNumbers is what a cell with numbers that are no int or float mentions.
var exactNumbers = regexp.MustCompile(`\b(Rational|Fraction|Poly|Matrix|convergents|fractions)\b`)

// run runs one cell and gives what is to be shown of its error.
func (in *interpreter) run(ctx context.Context, code string) (failed string) {
	in.output.reset()
	source, err := rewrite.Source(code)
	if err != nil {
		return "SyntaxError: " + err.Error() + "\n"
	}
	options := &syntax.FileOptions{Set: true, While: true, TopLevelControl: true, GlobalReassign: true, Recursion: true}
	file, err := options.Parse("cell", source, 0)
	if err != nil {
		return explainSyntax(err, code)
	}
	in.compares = in.compares || exactNumbers.MatchString(code)
	l := &lowerer{names: &in.names, compares: in.compares}
	l.file(file)
	program, err := sl.FileProgram(file, func(string) bool { return true })
	if err != nil {
		return explainSyntax(err, code)
	}
	return in.execute(ctx, program, code)
}

func (in *interpreter) execute(ctx context.Context, program *sl.Program, code string) (failed string) {
	var globals sl.StringDict
	g := newGuard(ctx, in.limit)
	defer func() {
		g.end()
		failed += in.makeRoom(g, globals)
	}()
	thread := &sl.Thread{Name: "cell", Print: func(_ *sl.Thread, text string) { in.output.line(text) }}
	g.watch(thread)
	thread.SetLocal(guardKey, g)
	thread.SetLocal(sessionKey, in)
	var err error
	globals, err = program.Init(thread, in.names.live)
	echo := globals[varEcho]
	delete(globals, varEcho)
	in.keep(globals)
	if err == nil && echo != nil && echo != sl.None {
		in.names.live["_"] = echo
		var text string
		if text, err = repr(g, echo); err == nil {
			in.output.line(text)
		}
	}
	if err != nil {
		return explain(err, g, code)
	}
	return ""
}

// makeRoom collects what a cell leaves behind, lest the next one find no memory.
// If what is alive takes too much, what the cell assigned and its value are given
// up, and that is told.
func (in *interpreter) makeRoom(g *guard, globals sl.StringDict) string {
	if !g.full() {
		return ""
	}
	delete(in.names.live, "_")
	names := slices.Sorted(maps.Keys(globals))
	for _, name := range names {
		delete(in.names.live, name)
		delete(in.names.live, primed(name))
	}
	clear(globals)
	g.full()
	return "Error: what the cell made takes too much memory, and is gone: " + clip(strings.Join(append(names, "_"), ", ")) + "\n"
}

// keep makes the globals of a cell known to the next ones.
func (in *interpreter) keep(globals sl.StringDict) {
	for name, v := range globals {
		if in.names.shared[name] {
			if v = in.names.live[primed(name)]; v == nil {
				continue
			}
		}
		in.set(name, v)
	}
}

func (in *interpreter) set(name string, v sl.Value) {
	in.names.live[name] = v
	in.names.live[primed(name)] = v
}

const sessionKey = "session"

// publish is the function by which code tells of an assignment to a global that
// functions read.
func publish(thread *sl.Thread, _ *sl.Builtin, args sl.Tuple, _ []sl.Tuple) (sl.Value, error) {
	in, ok := thread.Local(sessionKey).(*interpreter)
	name, isName := sl.AsString(args[0])
	if !ok || !isName {
		return nil, errors.New("no session")
	}
	in.set(name, args[1])
	return sl.None, nil
}

// output keeps what a cell prints, up to a bound.
type output struct {
	text    []byte
	most    int
	dropped int64
	tail    []byte // the end of what did not fit
}

func (o *output) reset() { o.text, o.tail, o.dropped = o.text[:0], nil, 0 }

func (o *output) line(s string) { o.write(s + "\n") }

// write keeps the first half of the bound and the last.
func (o *output) write(s string) {
	half := o.most / 2
	if room := half - len(o.text); room > 0 && len(o.tail) == 0 {
		n := min(room, len(s))
		o.text = append(o.text, s[:n]...)
		s = s[n:]
	}
	o.tail = append(o.tail, s...)
	if len(o.tail) > 2*half {
		cut := len(o.tail) - half
		o.dropped += int64(cut)
		o.tail = append([]byte(nil), o.tail[cut:]...)
	}
}

func (o *output) all() (text string, dropped int64) {
	half := o.most / 2
	if cut := len(o.tail) - half; cut > 0 {
		return string(o.text) + string(o.tail[cut:]), o.dropped + int64(cut)
	}
	return string(o.text) + string(o.tail), o.dropped
}
