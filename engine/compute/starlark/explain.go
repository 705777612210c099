package starlark

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"go.starlark.net/resolve"
	sl "go.starlark.net/starlark"
	"go.starlark.net/syntax"
)

// explainSyntax says what Starlark's parser did not take, with the line.
func explainSyntax(err error, code string) string {
	line, what := 0, err.Error()
	var parse syntax.Error
	var resolved resolve.ErrorList
	switch {
	case errors.As(err, &parse):
		line, what = int(parse.Pos.Line), parse.Msg
	case errors.As(err, &resolved) && len(resolved) > 0:
		line, what = int(resolved[0].Pos.Line), resolved[0].Msg
	}
	return located("SyntaxError", what, line, code)
}

func located(class, what string, line int, code string) string {
	lines := strings.Split(code, "\n")
	if line < 1 || line > len(lines) {
		return class + ": " + what + "\n"
	}
	return fmt.Sprintf("line %d: %s\n%s: %s\n", line, clip(strings.TrimSpace(lines[line-1])), class, what)
}

func clip(s string) string {
	const most = 200
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// explain says what ended a cell: the line of the cell, and of the function of
// an earlier cell if it happened there, then the error.
func explain(err error, g *guard, code string) string {
	what := err.Error()
	var eval *sl.EvalError
	line, where := 0, ""
	if errors.As(err, &eval) {
		what = eval.Msg
		line, where = position(eval.CallStack)
	}
	class := "Error"
	if g.ctx.Err() != nil {
		class, what = ended(context.Cause(g.ctx), what)
	}
	class, what = translate(class, what)
	if where != "" {
		what += " (in " + where + ")"
	}
	return located(class, clipLong(what), line, code)
}

func clipLong(s string) string {
	const most = 2000
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most/2], "") + " … " + strings.ToValidUTF8(s[len(s)-most/2:], "")
}

// ended says which limit ended a cell.
func ended(why error, what string) (class, text string) {
	switch {
	case errors.Is(why, errMemory):
		return "MemoryError", why.Error() + "; make fewer or smaller values"
	case errors.Is(why, errDepth):
		return "RecursionError", why.Error() + "; use a loop or a table"
	case errors.Is(why, errSteps), errors.Is(why, context.Canceled), errors.Is(why, context.DeadlineExceeded):
		return "Interrupted", "the cell was stopped"
	}
	return "Error", what
}

// position is the line of the cell that was being run, and the innermost
// function if that is another place.
func position(stack sl.CallStack) (line int, where string) {
	for i, f := range stack {
		if f.Name == "<toplevel>" {
			line = int(f.Pos.Line)
		} else if i == len(stack)-1 || stack[i+1].Pos.Filename() == "<builtin>" {
			if f.Pos.Filename() != "<builtin>" {
				where = fmt.Sprintf("%s, line %d", f.Name, f.Pos.Line)
			}
		}
	}
	return line, where
}

// translate puts Starlark's words for common mistakes into Python's.
func translate(class, what string) (newClass, text string) {
	if name, ok := strings.CutPrefix(what, "internal error: predeclared variable "); ok {
		name = strings.TrimSuffix(strings.TrimSuffix(name, " is uninitialized"), "'")
		return "NameError", "name '" + name + "' is not defined" + instead(name)
	}
	what = strings.TrimPrefix(what, "fail: ")
	for _, hint := range hints {
		if strings.Contains(what, hint.part) {
			return class, what + hint.add
		}
	}
	return class, what
}

// hints say what helps where Starlark differs from Python.
var hints = []struct{ part, add string }{
	{"not implemented: Rational", "; make both numbers Rational"},
	{"during iteration", "; loop over list(...) of it"},
	{"got bool, want int", "; write int(...) around a truth value"},
	{"unknown binary op: bool", "; write int(...) around a truth value"},
	{"+ bool", "; write int(...) around a truth value"},
	{"int too large to convert to float", "; use // or Rational for exact division"},
}

// instead names what to use for what people expect from Python's libraries.
func instead(name string) string {
	for _, s := range substitutes {
		if strings.Contains(" "+s.names+" ", " "+name+" ") {
			return ": " + s.use
		}
	}
	return ""
}

var substitutes = []struct{ names, use string }{
	{"symbols Symbol symbol var", "there is no symbolic algebra; for polynomials write x = Poly([1, 0])"},
	{"solve Eq expand simplify factor diff integrate limit series nsolve", "there is no symbolic algebra; Poly has roots(), gcd(), resultant(), derivative()"},
	{"open input exec eval compile globals locals", "a cell reads and writes nothing but its output"},
	{"np numpy pd plt", "use lists, Matrix and loops"},
	{"class self object", "use dicts and functions"},
	{"random randint", "there is no chance here; go through all cases"},
	{"Decimal mpf mp", "use Rational for exact numbers or float"},
}
