package docs_test

import (
	"fmt"
	"go/ast"
	"io/fs"
)

// timed are the functions of tests that may measure time, and why.
var timed = map[string]string{
	"TestNvidiaWaitsLongerAfterEachFailure": "it asks for so much time at least, which a slow machine gives",
}

// clock forbids tests to measure how long something took, since a busy machine
// takes longer. In the bubbles of synctest time is told, and benchmarks are there
// to measure it.
func clock(root fs.FS) ([]string, error) {
	files, err := sources(root)
	if err != nil {
		return nil, err
	}
	var wrong []string
	for _, f := range files {
		for _, d := range f.file.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || !f.test || timed[fn.Name.Name] != "" || len(uses(fn, "synctest", "Test")) > 0 || len(uses(fn.Type, "testing", "B")) > 0 {
				continue
			}
			for _, at := range uses(fn, "time", "Since") {
				wrong = append(wrong, fmt.Sprintf("%s:%d: %s measures time; count, or wait for the event", f.path, f.line(at.Pos()), fn.Name.Name))
			}
		}
	}
	return wrong, nil
}

// uses are the places below n where a name of a package stands.
func uses(n ast.Node, pkg, name string) (found []ast.Node) {
	ast.Inspect(n, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok && s.Sel.Name == name {
			if x, ok := s.X.(*ast.Ident); ok && x.Name == pkg {
				found = append(found, n)
			}
		}
		return true
	})
	return found
}
