package starlark

import (
	"slices"

	"go.starlark.net/syntax"
)

// expr lowers an expression and all in it.
func (l *lowerer) expr(e syntax.Expr) syntax.Expr {
	switch x := e.(type) {
	case *syntax.Ident:
		return l.name(x)
	case *syntax.BinaryExpr:
		return l.binary(x)
	case *syntax.CallExpr:
		return l.call(x)
	case *syntax.Comprehension:
		l.comprehension(x)
	case *syntax.DotExpr:
		x.X = l.expr(x.X)
		if slices.Contains(extraMethods, x.Name.Name) {
			return invoke(fnAttr, x.Dot, x.X, literal(x.Name.Name, x.NamePos))
		}
	case *syntax.LambdaExpr:
		l.lambda(x)
	default:
		l.parts(e)
	}
	return e
}

// parts lowers what needs nothing but its parts lowered.
func (l *lowerer) parts(e syntax.Expr) {
	switch x := e.(type) {
	case *syntax.CondExpr:
		x.Cond, x.True, x.False = l.expr(x.Cond), l.expr(x.True), l.expr(x.False)
	case *syntax.DictEntry:
		x.Key, x.Value = l.expr(x.Key), l.expr(x.Value)
	case *syntax.DictExpr:
		l.each(x.List, l.expr)
	case *syntax.IndexExpr:
		x.X, x.Y = l.expr(x.X), l.expr(x.Y)
	case *syntax.ListExpr:
		l.each(x.List, l.expr)
	case *syntax.ParenExpr:
		x.X = l.expr(x.X)
	case *syntax.SliceExpr:
		x.X = l.expr(x.X)
		for _, part := range []*syntax.Expr{&x.Lo, &x.Hi, &x.Step} {
			if *part != nil {
				*part = l.expr(*part)
			}
		}
	case *syntax.TupleExpr:
		l.each(x.List, l.expr)
	case *syntax.UnaryExpr:
		if x.X != nil {
			x.X = l.expr(x.X)
		}
	}
}

// name finds where a name lives: in a scope, in a box, or among the globals.
func (l *lowerer) name(x *syntax.Ident) syntax.Expr {
	for i := len(l.scopes) - 1; i >= 0; i-- {
		if boxed, ok := l.scopes[i].bound[x.Name]; ok && !l.scopes[i].globals[x.Name] {
			if !boxed {
				return x
			}
			zero := &syntax.Literal{Token: syntax.INT, TokenPos: x.NamePos, Raw: "0", Value: int64(0)}
			return &syntax.IndexExpr{X: ident(boxName(x.Name), x.NamePos), Lbrack: x.NamePos, Y: zero, Rbrack: x.NamePos}
		}
		if l.scopes[i].globals[x.Name] {
			break
		}
	}
	switch {
	case l.depth > 0:
		l.names.captured[x.Name] = true
		if l.top[x.Name] || l.names.shared[x.Name] {
			x.Name = primed(x.Name)
		}
	case l.top[x.Name] && l.names.shared[x.Name]:
		x.Name = primed(x.Name)
	}
	return x
}

func (l *lowerer) binary(x *syntax.BinaryExpr) syntax.Expr {
	x.X, x.Y = l.expr(x.X), l.expr(x.Y)
	switch x.Op {
	case syntax.LTLT:
		if lit, ok := x.Y.(*syntax.Literal); ok {
			if n, ok := lit.Value.(int64); ok && n < 512 {
				return x
			}
		}
		return invoke(fnShift, x.OpPos, x.X, x.Y)
	case syntax.PERCENT:
		if lit, ok := x.X.(*syntax.Literal); ok && lit.Token == syntax.STRING {
			return invoke(fnPercent, x.OpPos, x.X, x.Y)
		}
	case syntax.LT, syntax.GT, syntax.LE, syntax.GE, syntax.EQL, syntax.NEQ:
		if l.compares {
			return invoke(fnCompare, x.OpPos, literal(x.Op.String(), x.OpPos), x.X, x.Y)
		}
	default:
	}
	return x
}

func (l *lowerer) call(x *syntax.CallExpr) syntax.Expr {
	if id, ok := x.Fn.(*syntax.Ident); ok && slices.Contains([]string{"any", "all", "next"}, id.Name) && !l.top[id.Name] {
		if e := l.search(id.Name, x); e != nil {
			return e
		}
	}
	for i, a := range x.Args {
		if b, ok := a.(*syntax.BinaryExpr); ok && b.Op == syntax.EQ {
			b.Y = l.expr(b.Y)
			continue
		}
		x.Args[i] = l.expr(a)
	}
	if dot, ok := x.Fn.(*syntax.DotExpr); ok && dot.Name.Name == "format" {
		return &syntax.CallExpr{
			Fn: ident(fnFill, dot.Dot), Lparen: x.Lparen, Rparen: x.Rparen, Args: append([]syntax.Expr{l.expr(dot.X)}, x.Args...),
		}
	}
	x.Fn = l.expr(x.Fn)
	return x
}

// search lets any, all and next over one loop stop where they are decided; nil
// if the call is something else.
func (l *lowerer) search(fn string, x *syntax.CallExpr) syntax.Expr {
	if len(x.Args) == 0 || len(x.Args) > 1 && fn != "next" {
		return nil
	}
	c, ok := x.Args[0].(*syntax.Comprehension)
	if !ok || c.Curly {
		return nil
	}
	loop, ok := c.Clauses[0].(*syntax.ForClause)
	if !ok {
		return nil
	}
	at := c.Lbrack
	var keep syntax.Expr = ident("True", at)
	for _, clause := range c.Clauses[1:] {
		test, ok := clause.(*syntax.IfClause)
		if !ok {
			return nil
		}
		keep = &syntax.BinaryExpr{X: keep, OpPos: at, Op: syntax.AND, Y: test.Cond}
	}
	params, spread := plainNames(loop.Vars)
	if params == nil {
		return nil
	}
	lambda := func(body syntax.Expr) syntax.Expr {
		return l.expr(&syntax.LambdaExpr{Lambda: at, Params: slices.Clone(params), Body: body})
	}
	args := []syntax.Expr{literal(fn, at), l.iterable(loop.X), ident(spread, at)}
	if len(c.Clauses) == 1 {
		args = append(args, ident("None", at))
	} else {
		args = append(args, lambda(keep))
	}
	args = append(args, lambda(c.Body))
	if len(x.Args) == 2 {
		args = append(args, l.expr(x.Args[1]))
	}
	return invoke(fnSearch, at, args...)
}

// plainNames gives the variables of a loop as parameters, and "True" if an
// item has to be spread over them.
func plainNames(vars syntax.Expr) (params []syntax.Expr, spread string) {
	if p, ok := vars.(*syntax.ParenExpr); ok {
		vars = p.X
	}
	switch v := vars.(type) {
	case *syntax.Ident:
		return []syntax.Expr{v}, "False"
	case *syntax.TupleExpr:
		for _, x := range v.List {
			if _, ok := x.(*syntax.Ident); !ok {
				return nil, ""
			}
		}
		return v.List, "True"
	}
	return nil, ""
}

func (l *lowerer) comprehension(x *syntax.Comprehension) {
	sc := scope{bound: map[string]bool{}}
	for _, clause := range x.Clauses {
		switch c := clause.(type) {
		case *syntax.ForClause:
			c.X = l.iterable(c.X)
			bound := map[string]bool{}
			targets(c.Vars, bound)
			for name := range bound {
				sc.bound[name] = false
			}
			if clause == x.Clauses[0] {
				l.scopes = append(l.scopes, sc)
			}
		case *syntax.IfClause:
			c.Cond = l.expr(c.Cond)
		}
	}
	x.Body = l.expr(x.Body)
	l.scopes = l.scopes[:len(l.scopes)-1]
}

func (l *lowerer) lambda(x *syntax.LambdaExpr) {
	l.params(x.Params)
	sc := scope{bound: map[string]bool{}}
	for _, p := range x.Params {
		own := map[string]bool{}
		targets(param(p), own)
		for name := range own {
			sc.bound[name] = false
		}
	}
	l.scopes, l.depth = append(l.scopes, sc), l.depth+1
	x.Body = l.expr(x.Body)
	l.scopes, l.depth = l.scopes[:len(l.scopes)-1], l.depth-1
}

// iterable wraps what may be a string, which Starlark does not iterate.
func (l *lowerer) iterable(e syntax.Expr) syntax.Expr {
	lowered := l.expr(e)
	switch x := lowered.(type) {
	case *syntax.ListExpr, *syntax.Comprehension, *syntax.TupleExpr, *syntax.DictExpr:
		return lowered
	case *syntax.CallExpr:
		if id, ok := x.Fn.(*syntax.Ident); ok && slices.Contains([]string{"range", "enumerate", "zip", "list", "sorted"}, id.Name) {
			return lowered
		}
	}
	return invoke(fnIter, syntax.Start(e), lowered)
}
