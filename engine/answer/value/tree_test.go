package value

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
	"testing"

	"github.com/aimo3/aimo3/engine/answer/tex"
)

// free has names of their usual meaning, and no bound but that of each call.
var free Calc

// tree reads an expression in the notation of Go, with functions for what that
// does not have: pow, root, log(base, x), fact, binom, sum(k, from, to, body).
func tree(t testing.TB, text string) *tex.Node {
	t.Helper()
	e, err := parser.ParseExpr(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return fromGo(t, e)
}

func trees(t testing.TB, list []ast.Expr) []*tex.Node {
	var args []*tex.Node
	for _, e := range list {
		args = append(args, fromGo(t, e))
	}
	return args
}

func fromGo(t testing.TB, e ast.Expr) *tex.Node {
	switch e := e.(type) {
	case *ast.BasicLit:
		return &tex.Node{Op: tex.Num, Text: e.Value}
	case *ast.Ident:
		text := e.Name
		switch text {
		case "pi", "infty", "varphi":
			text = "\\" + text
		}
		return &tex.Node{Op: tex.Name, Text: text}
	case *ast.ParenExpr:
		return fromGo(t, e.X)
	case *ast.UnaryExpr:
		return &tex.Node{Op: tex.Neg, Args: []*tex.Node{fromGo(t, e.X)}}
	case *ast.BinaryExpr:
		x, y := fromGo(t, e.X), fromGo(t, e.Y)
		switch e.Op {
		case token.ADD:
			return &tex.Node{Op: tex.Sum, Args: []*tex.Node{x, y}}
		case token.SUB:
			return &tex.Node{Op: tex.Sum, Args: []*tex.Node{x, {Op: tex.Neg, Args: []*tex.Node{y}}}}
		case token.MUL:
			return &tex.Node{Op: tex.Product, Args: []*tex.Node{x, y}}
		case token.QUO:
			return &tex.Node{Op: tex.Quotient, Args: []*tex.Node{x, y}}
		default:
		}
	case *ast.CallExpr:
		return fromCall(t, e)
	}
	t.Fatalf("cannot read %T", e)
	return nil
}

func fromCall(t testing.TB, e *ast.CallExpr) *tex.Node {
	name, ok := e.Fun.(*ast.Ident)
	if !ok {
		t.Fatalf("cannot call %T", e.Fun)
	}
	text := name.Name
	ops := map[string]tex.Op{
		"pow": tex.Power, "root": tex.Root, "sqrt": tex.Root, "log": tex.Logarithm, "fact": tex.Factorial, "binom": tex.Binomial,
		"sum": tex.BigSum, "prod": tex.BigProd, "deg": tex.Degrees, "pct": tex.Percent, "mod": tex.Mod, "det": tex.Determinant, "matrix": tex.Matrix, "row": tex.Row,
		"list": tex.List,
	}
	if lit, ok := e.Args[0].(*ast.BasicLit); ok && lit.Kind == token.STRING {
		digits := strings.Trim(lit.Value, `"`)
		if text == "radix" {
			return &tex.Node{Op: tex.Radix, Text: digits, Args: trees(t, e.Args[1:])}
		}
		return &tex.Node{Op: tex.Repeating, Text: digits}
	}
	args := trees(t, e.Args)
	if op, ok := ops[text]; ok {
		return &tex.Node{Op: op, Args: args}
	}
	if text == "dfact" {
		return &tex.Node{Op: tex.Factorial, Text: "!!", Args: args}
	}
	return &tex.Node{Op: tex.Call, Text: text, Args: args}
}
