package starlark

import (
	"go.starlark.net/syntax"

	"github.com/aimo3/aimo3/engine/compute/starlark/rewrite"
)

// assigned adds the names that statements bind, not those in inner functions.
func assigned(stmts []syntax.Stmt, out map[string]bool) {
	for _, s := range stmts {
		switch s := s.(type) {
		case *syntax.AssignStmt:
			targets(s.LHS, out)
		case *syntax.DefStmt:
			out[s.Name.Name] = true
		case *syntax.ForStmt:
			targets(s.Vars, out)
			assigned(s.Body, out)
		case *syntax.WhileStmt:
			assigned(s.Body, out)
		case *syntax.IfStmt:
			assigned(s.True, out)
			assigned(s.False, out)
		}
	}
}

// targets adds the names that an assignment to e binds.
func targets(e syntax.Expr, out map[string]bool) {
	switch e := e.(type) {
	case *syntax.Ident:
		out[e.Name] = true
	case *syntax.ParenExpr:
		targets(e.X, out)
	case *syntax.TupleExpr:
		for _, x := range e.List {
			targets(x, out)
		}
	case *syntax.ListExpr:
		for _, x := range e.List {
			targets(x, out)
		}
	}
}

// declaration gives the names of a global or nonlocal statement.
func declaration(s syntax.Stmt) (fn string, names []string) {
	e, ok := s.(*syntax.ExprStmt)
	if !ok {
		return "", nil
	}
	call, ok := e.X.(*syntax.CallExpr)
	if !ok {
		return "", nil
	}
	id, ok := call.Fn.(*syntax.Ident)
	if !ok || id.Name != rewrite.Global && id.Name != rewrite.Nonlocal {
		return "", nil
	}
	for _, a := range call.Args {
		if lit, ok := a.(*syntax.Literal); ok {
			if name, ok := lit.Value.(string); ok {
				names = append(names, name)
			}
		}
	}
	return id.Name, names
}

// declared adds the names of the declarations by fn; deep looks into inner
// functions as well.
func declared(stmts []syntax.Stmt, fn string, deep bool, out map[string]bool) {
	for _, s := range stmts {
		if f, names := declaration(s); f == fn {
			for _, n := range names {
				out[n] = true
			}
		}
		switch s := s.(type) {
		case *syntax.DefStmt:
			if deep {
				declared(s.Body, fn, deep, out)
			}
		case *syntax.ForStmt:
			declared(s.Body, fn, deep, out)
		case *syntax.WhileStmt:
			declared(s.Body, fn, deep, out)
		case *syntax.IfStmt:
			declared(s.True, fn, deep, out)
			declared(s.False, fn, deep, out)
		}
	}
}

// decorated turns the mark before a def into an assignment after it.
func decorated(stmts []syntax.Stmt) []syntax.Stmt {
	var out []syntax.Stmt
	var waiting []syntax.Expr
	for _, s := range stmts {
		if e, ok := decorator(s); ok {
			waiting = append(waiting, e)
			continue
		}
		inner(s, decorated)
		out = append(out, s)
		if d, ok := s.(*syntax.DefStmt); ok {
			for i := len(waiting) - 1; i >= 0; i-- {
				at := d.Def
				call := &syntax.CallExpr{Fn: waiting[i], Lparen: at, Args: []syntax.Expr{ident(d.Name.Name, at)}, Rparen: at}
				out = append(out, &syntax.AssignStmt{OpPos: at, Op: syntax.EQ, LHS: ident(d.Name.Name, at), RHS: call})
			}
		}
		waiting = nil
	}
	return out
}

func decorator(s syntax.Stmt) (syntax.Expr, bool) {
	e, ok := s.(*syntax.ExprStmt)
	if !ok {
		return nil, false
	}
	call, ok := e.X.(*syntax.CallExpr)
	if !ok || len(call.Args) != 1 {
		return nil, false
	}
	id, ok := call.Fn.(*syntax.Ident)
	if !ok || id.Name != rewrite.Decorate {
		return nil, false
	}
	return call.Args[0], true
}

// inner changes the blocks of a statement.
func inner(s syntax.Stmt, change func([]syntax.Stmt) []syntax.Stmt) {
	switch s := s.(type) {
	case *syntax.DefStmt:
		s.Body = change(s.Body)
	case *syntax.ForStmt:
		s.Body = change(s.Body)
	case *syntax.WhileStmt:
		s.Body = change(s.Body)
	case *syntax.IfStmt:
		s.True, s.False = change(s.True), change(s.False)
	}
}

// def lowers a function: what inner functions declare nonlocal is kept in a
// list of one, which they share.
func (l *lowerer) def(s *syntax.DefStmt) {
	l.params(s.Params)
	sc := scope{bound: map[string]bool{}, globals: map[string]bool{}}
	outer, boxed := map[string]bool{}, map[string]bool{}
	declared(s.Body, rewrite.Global, false, sc.globals)
	declared(s.Body, rewrite.Nonlocal, false, outer)
	declared(s.Body, rewrite.Nonlocal, true, boxed)
	assigned(s.Body, sc.bound)
	for name := range sc.bound {
		sc.bound[name] = false
		if outer[name] {
			delete(sc.bound, name)
		}
	}
	own := map[string]bool{}
	for _, p := range s.Params {
		targets(param(p), own)
	}
	at := s.Def
	var open []syntax.Stmt
	for name := range own {
		sc.bound[name] = false
	}
	for name := range boxed {
		if _, ok := sc.bound[name]; !ok {
			continue
		}
		sc.bound[name] = true
		var first syntax.Expr = ident("None", at)
		if own[name] {
			first = ident(name, at)
		}
		box := &syntax.ListExpr{Lbrack: at, List: []syntax.Expr{first}, Rbrack: at}
		open = append(open, &syntax.AssignStmt{OpPos: at, Op: syntax.EQ, LHS: ident(boxName(name), at), RHS: box})
	}
	l.scopes, l.depth = append(l.scopes, sc), l.depth+1
	body := l.block(s.Body)
	l.scopes, l.depth = l.scopes[:len(l.scopes)-1], l.depth-1
	s.Body = append(open, body...)
}

func boxName(name string) string { return name + "'box" }

// param is the name of a parameter.
func param(p syntax.Expr) syntax.Expr {
	switch p := p.(type) {
	case *syntax.BinaryExpr:
		return p.X
	case *syntax.UnaryExpr:
		if p.X != nil {
			return p.X
		}
	}
	return p
}

// params lowers defaults, which are computed outside the function.
func (l *lowerer) params(params []syntax.Expr) {
	for _, p := range params {
		if b, ok := p.(*syntax.BinaryExpr); ok {
			b.Y = l.expr(b.Y)
		}
	}
}
