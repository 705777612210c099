package starlark

import (
	"go.starlark.net/syntax"

	"github.com/aimo3/aimo3/engine/compute/starlark/rewrite"
)

// Names of the functions that lowered code calls, beside those of rewrite.
const (
	fnIter    = "__iter"    // fnIter(x): x, or the characters of a string
	fnShift   = "__shl"     // fnShift(x, n): x << n for any n
	fnPercent = "__percent" // fnPercent(text, values)
	fnFill    = "__fill"    // fnFill(text, values…): str.format
	fnAttr    = "__attr"    // fnAttr(x, name): methods that Starlark's types lack
	fnCompare = "__compare" // fnCompare(op, x, y): numbers of any two types
	fnSearch  = "__search"  // fnSearch(what, items, test, keep, value): any, all, next
	fnSync    = "__sync"    // fnSync(name, value): a name that functions read
	varEcho   = "__echo"    // the value of the last expression
)

// A lowerer gives a cell Python's meaning where Starlark's parser takes the
// text but its semantics are others: a function sees a global as it is when the
// function runs, `global` and `nonlocal` work, strings are iterated.
type lowerer struct {
	names    *names
	top      map[string]bool // what this cell binds at its top level
	scopes   []scope
	depth    int  // functions around
	compares bool // numbers of different types may meet in comparisons
}

// scope is a function or comprehension.
type scope struct {
	bound   map[string]bool // true for one kept in a box, which inner functions assign to
	globals map[string]bool
}

// primed is the name by which a function reads a global that its own cell binds.
func primed(name string) string { return name + "'" }

func ident(name string, at syntax.Position) *syntax.Ident {
	return &syntax.Ident{NamePos: at, Name: name}
}

func literal(s string, at syntax.Position) *syntax.Literal {
	return &syntax.Literal{Token: syntax.STRING, TokenPos: at, Raw: `""`, Value: s}
}

func invoke(fn string, at syntax.Position, args ...syntax.Expr) *syntax.CallExpr {
	return &syntax.CallExpr{Fn: ident(fn, at), Lparen: at, Args: args, Rparen: at}
}

func (l *lowerer) file(f *syntax.File) {
	f.Stmts = decorated(f.Stmts)
	l.top = map[string]bool{}
	assigned(f.Stmts, l.top)
	declared(f.Stmts, rewrite.Global, true, l.names.shared)
	for name := range l.names.shared {
		if usesGlobal(f.Stmts, name) {
			l.top[name] = true
		}
	}
	if n := len(f.Stmts); n > 0 {
		if last, ok := f.Stmts[n-1].(*syntax.ExprStmt); ok {
			at := syntax.Start(last.X)
			f.Stmts[n-1] = &syntax.AssignStmt{OpPos: at, Op: syntax.EQ, LHS: ident(varEcho, at), RHS: last.X}
		}
	}
	f.Stmts = l.block(f.Stmts)
	f.Stmts = append(l.known(f), l.synced(f.Stmts)...)
}

// usesGlobal says whether one of the statements assigns to name at its top level.
func usesGlobal(stmts []syntax.Stmt, name string) bool {
	top := map[string]bool{}
	assigned(stmts, top)
	return top[name]
}

// known gives the names that the cell binds the values they have already.
func (l *lowerer) known(f *syntax.File) []syntax.Stmt {
	var out []syntax.Stmt
	at := syntax.MakePosition(&f.Path, 1, 1)
	for name := range l.top {
		if v := l.names.live[name]; v != nil {
			l.names.live[primed(name)] = v
			out = append(out, &syntax.AssignStmt{OpPos: at, Op: syntax.EQ, LHS: ident(name, at), RHS: ident(primed(name), at)})
		}
	}
	return out
}

// synced tells functions of each top-level assignment to a name they read.
func (l *lowerer) synced(stmts []syntax.Stmt) []syntax.Stmt {
	var out []syntax.Stmt
	for _, s := range stmts {
		bound := map[string]bool{}
		switch s := s.(type) {
		case *syntax.ForStmt:
			s.Body = l.synced(s.Body)
			targets(s.Vars, bound)
			s.Body = append(l.syncs(bound, s), s.Body...)
			bound = nil
		case *syntax.WhileStmt:
			s.Body = l.synced(s.Body)
		case *syntax.IfStmt:
			s.True, s.False = l.synced(s.True), l.synced(s.False)
		default:
			assigned([]syntax.Stmt{s}, bound)
		}
		out = append(append(out, s), l.syncs(bound, s)...)
	}
	return out
}

func (l *lowerer) syncs(bound map[string]bool, s syntax.Stmt) []syntax.Stmt {
	var out []syntax.Stmt
	at := syntax.Start(s)
	for name := range bound {
		if l.names.captured[name] || l.names.shared[name] {
			out = append(out, &syntax.ExprStmt{X: invoke(fnSync, at, literal(name, at), ident(name, at))})
		}
	}
	return out
}

func (l *lowerer) block(stmts []syntax.Stmt) []syntax.Stmt {
	var out []syntax.Stmt
	for _, s := range stmts {
		out = append(out, l.stmt(s)...)
	}
	return out
}

func (l *lowerer) stmt(s syntax.Stmt) []syntax.Stmt {
	switch s := s.(type) {
	case *syntax.AssignStmt:
		return l.assign(s)
	case *syntax.DefStmt:
		l.def(s)
	case *syntax.ExprStmt:
		if name, _ := declaration(s); name != "" {
			return []syntax.Stmt{&syntax.BranchStmt{Token: syntax.PASS, TokenPos: syntax.Start(s)}}
		}
		s.X = l.expr(s.X)
	case *syntax.ForStmt:
		s.X = l.iterable(s.X)
		s.Vars = l.target(s.Vars)
		s.Body = l.block(s.Body)
	case *syntax.WhileStmt:
		s.Cond = l.expr(s.Cond)
		s.Body = l.block(s.Body)
	case *syntax.IfStmt:
		s.Cond = l.expr(s.Cond)
		s.True, s.False = l.block(s.True), l.block(s.False)
	case *syntax.ReturnStmt:
		if s.Result != nil {
			s.Result = l.expr(s.Result)
		}
	}
	return []syntax.Stmt{s}
}

// assign spells out an augmented assignment where reading and writing go to
// different places.
func (l *lowerer) assign(s *syntax.AssignStmt) []syntax.Stmt {
	at := syntax.Start(s)
	if name, ok := s.LHS.(*syntax.Ident); ok && s.Op != syntax.EQ && (s.Op == syntax.LTLT_EQ || l.elsewhere(name.Name)) {
		s.RHS = &syntax.BinaryExpr{X: ident(name.Name, at), OpPos: s.OpPos, Op: s.Op - syntax.PLUS_EQ + syntax.PLUS, Y: s.RHS}
		s.Op = syntax.EQ
	}
	s.RHS = l.expr(s.RHS)
	bound := map[string]bool{}
	targets(s.LHS, bound)
	if !l.inGlobals(bound) {
		if _, plain := s.LHS.(*syntax.Ident); plain && l.depth == 0 {
			return []syntax.Stmt{s}
		}
		s.LHS = l.target(s.LHS)
		return []syntax.Stmt{s}
	}
	out := []syntax.Stmt{s}
	for name := range bound {
		if l.global(name) {
			out = append(out, &syntax.ExprStmt{X: invoke(fnSync, at, literal(name, at), ident(name, at))})
		}
	}
	return out
}

// elsewhere holds for a name whose value is not where an assignment puts it.
func (l *lowerer) elsewhere(name string) bool {
	return l.global(name) || l.depth == 0 && l.names.shared[name]
}

func (l *lowerer) inGlobals(names map[string]bool) bool {
	for name := range names {
		if l.global(name) {
			return true
		}
	}
	return false
}

// global says whether the function around declares the name global.
func (l *lowerer) global(name string) bool {
	for i := len(l.scopes) - 1; i >= 0; i-- {
		if _, ok := l.scopes[i].bound[name]; ok {
			return l.scopes[i].globals[name]
		}
		if l.scopes[i].globals[name] {
			return true
		}
	}
	return false
}

// target is the left side of an assignment: names stay unless they are boxed.
func (l *lowerer) target(e syntax.Expr) syntax.Expr {
	switch x := e.(type) {
	case *syntax.Ident:
		if l.depth == 0 {
			return x
		}
	case *syntax.ParenExpr:
		x.X = l.target(x.X)
		return x
	case *syntax.TupleExpr:
		l.each(x.List, l.target)
		return x
	case *syntax.ListExpr:
		l.each(x.List, l.target)
		return x
	}
	return l.expr(e)
}

func (l *lowerer) each(list []syntax.Expr, f func(syntax.Expr) syntax.Expr) {
	for i, e := range list {
		list[i] = f(e)
	}
}
